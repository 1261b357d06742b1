"""The officer's decision, and how the office decides."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # WTForms 3.3 has it, its stubs not yet
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput, ListWidget

from fairs.clauses.rules import Profile
from fairs.vetting.policy import MOST_WORKDAYS, PROFILE_LABELS, VettingPolicy
from fairs.vetting.rules import VerdictKind
from fairs.vetting.sampling import SAMPLE_LABELS, SampleVerdict

DECISIONS = (VerdictKind.APPROVE, VerdictKind.RETURN, VerdictKind.REJECT, VerdictKind.LIFT)


class DecisionForm(FlaskForm):
    """A verdict (the button pressed), its reason, and the findings that the officer does not share."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    verdict = HiddenField(validators=[AnyOf(DECISIONS)])
    template = SelectField(_("常用原因"), [Optional()], validate_choice=False)
    reason = TextAreaField(
        _("给单位的说明"),
        [Optional(), Length(max=1000)],
        description=_("退回或不通过时必填，单位会看到这段文字。"),
        render_kw={"rows": 4},
    )
    overruled = SelectMultipleField(validators=[Optional()], coerce=int, validate_choice=False)

    def __init__(self, *args: object, reasons: Mapping[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.reasons = reasons
        self.template.choices = [
            SelectChoice("", gettext("选择常用原因")),
            *(SelectChoice(key, gettext(text)) for key, text in reasons.items()),
        ]

    def full_reason(self) -> str:
        """What the employer reads: the chosen template, then what was typed."""
        typed = (self.reason.data or "").strip()
        template = self.reasons.get(self.template.data or "", "")
        parts = (template if template not in typed else "", typed)
        return "\n".join(part for part in parts if part)


class PolicyForm(FlaskForm):
    """How a university vets."""

    profile = RadioField(
        _("检查的严格程度"),
        [InputRequired()],
        choices=[SelectChoice(one.value, _(label)) for one, label in PROFILE_LABELS.items()],
        description=_("“校园从严”：年龄限制和院校偏好也按必须修改处理。"),
        widget=ListWidget(prefix_label=False),
    )
    workdays = IntegerField(
        _("办理时限（工作日）"),
        [InputRequired(), NumberRange(1, MOST_WORKDAYS, _("请填写 1 到 3 个工作日。"))],
        description=_("单位提交后多少个工作日内答复，提交当天不算；申诉同样。已经提交的不受影响。"),
    )
    share = IntegerField(
        _("每周抽查比例（%）"),
        [InputRequired(), NumberRange(0, 100, _("请填写 0 到 100 之间的整数。"))],
        description=_("从上一周的审核决定中随机抽取，由另一位老师复查；0 表示不抽查。"),
    )

    def policy(self) -> VettingPolicy:
        """What was chosen."""
        return VettingPolicy(self.workdays.data or 1, Profile(self.profile.data), self.share.data or 0)


class ReasonTextForm(FlaskForm):
    """The words of a reason."""

    text = StringField(
        _("原因"),
        [InputRequired(_("请写明这条原因。")), Length(max=300)],
        description=_("单位会看到这段文字。"),
    )


class ReviewForm(FlaskForm):
    """A second officer's word on a decision."""

    verdict = RadioField(
        _("您的判断"),
        [InputRequired(_("请选择一项。"))],
        choices=[SelectChoice(one.value, _(label)) for one, label in SAMPLE_LABELS.items()],
        widget=ListWidget(prefix_label=False),
    )
    reason = TextAreaField(
        _("理由"),
        [Optional(), Length(max=1000)],
        description=_("不同意时必填，原审核老师会看到。"),
        render_kw={"rows": 3},
    )

    def said(self) -> tuple[SampleVerdict, str]:
        """Verdict and reason."""
        return SampleVerdict(self.verdict.data), self.reason.data or ""
