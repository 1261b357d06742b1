"""Forms of the office about one employer: sanctions, requests, tags, introducer, register, owner."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from fairs.employers.actions.marks import TagDraft
from fairs.employers.actions.papers import Upload
from fairs.employers.marks import INTRODUCER_LABELS, REGISTER_LABELS, TAG_LABELS, TagKind
from fairs.institutions.codes import Entry
from fairs.web.forms import DayField, SelectChoice

_PAPER = {"accept": "application/pdf,image/png,image/jpeg"}


def choices(labels: Mapping[Any, str], empty: Any = None) -> list[SelectChoice]:
    """The labels as choices in the reader's language, after an empty one if wanted."""
    first = [SelectChoice("", empty)] if empty is not None else []
    return [*first, *(SelectChoice(str(value), _(label)) for value, label in labels.items())]


def upload_of(field: Any) -> Upload | None:
    """The file that was sent, if any."""
    return Upload(field.data.read(), field.data.filename) if field.data else None


class ReasonForm(FlaskForm):
    """A reason that the employer reads: to void a strike, to end a suspension."""

    reason = TextAreaField(
        _("理由"),
        [DataRequired(_("请写明原因，对方会看到这段文字。")), Length(max=1000)],
        render_kw={"rows": 3},
    )


class AnswerForm(FlaskForm):
    """A second officer's answer to a request."""

    appeal = HiddenField()
    answer = TextAreaField(
        _("复核理由"),
        [DataRequired(_("请写明原因，对方会看到这段文字。")), Length(max=1000)],
        description=_("单位会看到这段文字。"),
        render_kw={"rows": 3},
    )


class HandOverForm(FlaskForm):
    """On what ground an account goes to somebody else."""

    reason = TextAreaField(
        _("移交依据"),
        [DataRequired(_("请写明依据，例如已核对哪一份委托书、与谁核实过。")), Length(max=1000)],
        description=_("例如：原负责人邮箱退信，已核对新的盖章委托书，并电话核实。"),
        render_kw={"rows": 3},
    )


class TagForm(FlaskForm):
    """A mark with its evidence."""

    kind = SelectField(
        _("标签"), [InputRequired(_("请选择一项。"))], choices=choices(TAG_LABELS, _("请选择"))
    )
    code = SelectField(_("产业链"), [Optional()], description=_("只有“重点产业链”需要选择。"))
    number = StringField(_("证书编号"), [Optional(), Length(max=60)], description=_("“专精特新”必须填写。"))
    valid_until = DayField(_("有效期至"), [Optional()], description=_("长期有效的不用填写。"))
    evidence = FileField(_("证明材料"), [Optional()], render_kw=_PAPER)

    def __init__(self, chains: Iterable[Entry], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        groups = [SelectChoice(one.code, _(one.name), optgroup=_(one.area)) for one in chains]
        self.code.choices = [SelectChoice("", _("不适用")), *groups]

    def draft(self) -> TagDraft:
        """The tag as entered."""
        return TagDraft(
            TagKind(self.kind.data),
            self.code.data or "",
            self.number.data or "",
            self.valid_until.data,
            upload_of(self.evidence),
        )


class IntroducerForm(FlaskForm):
    """Who brought the employer."""

    kind = SelectField(_("由谁引进"), [Optional()], choices=choices(INTRODUCER_LABELS, _("不清楚")))
    name = StringField(
        _("名称或姓名"),
        [Optional(), Length(max=60)],
        description=_("例如：江苏省软件行业协会、机械学院张老师。"),
    )


class RegisterForm(FlaskForm):
    """What the public register says, looked up by hand."""

    result = SelectField(
        _("查询结果"), [InputRequired(_("请选择一项。"))], choices=choices(REGISTER_LABELS, _("请选择"))
    )
    note = TextAreaField(_("备注"), [Optional(), Length(max=500)], render_kw={"rows": 2})


class ReliefForm(FlaskForm):
    """An employer's written explanation."""

    reason = TextAreaField(
        _("情况说明"),
        [DataRequired(_("请写明情况说明，老师会据此复核。")), Length(max=2000)],
        render_kw={"rows": 6},
    )
    letter = FileField(
        _("盖章的说明"), [Optional()], description=_("PDF、PNG 或 JPEG，不超过 10 MB。"), render_kw=_PAPER
    )


class PrincipalForm(FlaskForm):
    """A principal and its authorisation."""

    uscc = StringField(
        _("委托单位的统一社会信用代码"),
        [DataRequired(_("请填写代码。")), Length(max=40)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    legal_name = StringField(
        _("委托单位全称"),
        [DataRequired(_("请填写单位全称。")), Length(max=120)],
        description=_("与授权书一致。"),
    )
    file = FileField(
        _("授权书"), [InputRequired(_("请选择文件。"))], description=_("加盖委托单位公章。"), render_kw=_PAPER
    )
    valid_until = DayField(_("授权到期日"), [InputRequired(_("请填写日期。"))])


class LetterForm(FlaskForm):
    """A letter of authority."""

    file = FileField(
        _("单位委托书"),
        [InputRequired(_("请选择文件。"))],
        description=_("写明您的姓名和授权事项，加盖单位公章。PDF、PNG 或 JPEG，不超过 10 MB。"),
        render_kw=_PAPER,
    )
