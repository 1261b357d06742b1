"""Writing, submitting and contesting a posting."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from fairs import clock
from fairs.postings import queries
from fairs.postings.content import Content
from fairs.postings.rules import (
    MOST_DAYS,
    POSTING_KIND_LABELS,
    REQUIRED_BY_KIND,
    PostingKind,
    SalaryWrong,
    UnknownMajor,
    ValidityWrong,
    check_validity,
)
from fairs.postings.statute_forms import StatuteForm
from fairs.students.rules import DEGREE_LABELS
from fairs.web.forms import DayField, SelectChoice

_SEPARATORS = re.compile(r"[,，、;；\s]+")
_KINDS = [SelectChoice(kind.value, _(label)) for kind, label in POSTING_KIND_LABELS.items()]
_DEGREES = [
    SelectChoice("", _("不限")),
    *(SelectChoice(degree.value, _(label)) for degree, label in DEGREE_LABELS.items()),
]
_NEEDED = _("请填写这一项。")


class PostingForm(FlaskForm):
    """The content of a posting; saved as a draft, only the title is needed."""

    kind = SelectField(_("招聘类型"), choices=_KINDS)
    hiring = SelectField(
        _("为哪家单位招聘"), [Optional()], description=_("只列出授权书仍在有效期内的委托单位。"), choices=[]
    )
    title = StringField(_("岗位名称"), [DataRequired(_("请填写岗位名称。")), Length(max=120)])
    headcount = IntegerField(
        _("需求人数"), [InputRequired(_NEEDED), NumberRange(1, 9999, _("请填写 1 到 9999 之间的人数。"))]
    )
    city = StringField(
        _("工作地点"), [DataRequired(_NEEDED), Length(max=40)], description=_("例如：南京市江宁区")
    )
    degree = SelectField(_("学历要求"), [Optional()], choices=_DEGREES)
    majors = StringField(
        _("专业要求"),
        [Optional(), Length(max=400)],
        description=_("专业名称或国家专业代码，用逗号隔开；不填表示专业不限。"),
        render_kw={"list": "major-names", "autocomplete": "off"},
    )
    salary_min = IntegerField(_("月薪下限（元，税前）"), [Optional(), NumberRange(1, 1_000_000)])
    salary_max = IntegerField(_("月薪上限（元，税前）"), [Optional(), NumberRange(1, 1_000_000)])
    salary_text = StringField(
        _("薪酬说明"), [Optional(), Length(max=120)], description=_("例如：13 薪，试用期 3 个月不打折。")
    )
    description = TextAreaField(
        _("工作内容"), [DataRequired(_NEEDED), Length(max=5000)], render_kw={"rows": 6}
    )
    requirements = TextAreaField(
        _("任职要求"),
        [DataRequired(_NEEDED), Length(max=5000)],
        description=_("写工作需要的能力和经验；不得限定性别、婚育、年龄、户籍、院校等。"),
        render_kw={"rows": 6},
    )
    benefits = TextAreaField(_("福利待遇"), [Optional(), Length(max=3000)], render_kw={"rows": 4})
    cohort = IntegerField(
        _("面向届别"),
        [Optional(), NumberRange(2000, 2100, _("请填写毕业年份，例如 2027。"))],
        description=_("毕业年份，例如 2027。"),
    )
    period = StringField(
        _("实习、见习或服务期"),
        [Optional(), Length(max=60)],
        description=_("例如：3 个月，2027 年 1 月至 3 月。实习、就业见习、科研助理和基层项目必填。"),
    )
    days_per_week = IntegerField(
        _("每周工作天数"),
        [Optional(), NumberRange(1, 7, _("请填写 1 到 7 天。"))],
        description=_("实习必填。"),
    )
    project = StringField(
        _("项目名称"),
        [Optional(), Length(max=80)],
        description=_("例如：“三支一扶”计划。基层项目必填。"),
    )
    settlement = StringField(
        _("结算方式"),
        [Optional(), Length(max=60)],
        description=_("例如：按周结算，每小时 25 元。灵活就业必填。"),
    )
    apply_how = TextAreaField(
        _("应聘方式"),
        [Optional(), Length(max=500)],
        description=_("投递邮箱或网址、联系人和电话、需要的材料、面试安排。不得收取任何费用。"),
        render_kw={"rows": 3},
    )
    valid_from = DayField(_("开始展示"), [Optional()], description=_("不填表示通过审核后马上展示。"))
    valid_until = DayField(
        _("有效期至"), [DataRequired(_NEEDED)], description=_("到期后自动停止展示，最长一年。")
    )
    version = HiddenField()
    draft = SubmitField(_("先存草稿"))

    def __init__(self, *args: Any, first: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes: tuple[str, ...] = ()
        self.kind.flags.required = True  # there is always a choice, so it is not marked as optional
        self.fixed_kind = PostingKind(self.kind.data) if not first and self.kind.data else None
        if not first:
            del self.kind
        today = clock.campus_day(clock.now())
        last = today + timedelta(days=MOST_DAYS)
        self.valid_until.render_kw = {"min": today.isoformat(), "max": last.isoformat()}

    def validate(self, extra_validators: Any = None) -> bool:
        """As usual, but a draft may leave out everything except its title."""
        valid = bool(super().validate(extra_validators))
        if not self.draft.data:
            return all([self._states_pay(), self._states_kind(), valid])
        for field in self:
            if field.name != "title" and not any(getattr(field, "raw_data", None) or ()):
                field.errors = []
        return not self.errors

    def _states_kind(self) -> bool:
        """Kinds that have a period state it, and so on for the other fields of a kind."""
        kind = self.chosen_kind() or self.fixed_kind
        lacking = [self[name] for name in REQUIRED_BY_KIND[kind] if not self[name].data] if kind else []
        for field in lacking:
            field.errors = field.errors or [gettext("这类岗位请填写这一项。")]
        return not lacking

    def _states_pay(self) -> bool:
        stated = self.salary_min.data or self.salary_max.data or (self.salary_text.data or "").strip()
        if not stated and not self.salary_min.errors:
            self.salary_min.errors = [gettext("请写明基本薪酬：填写月薪范围或薪酬说明。")]
        return bool(stated)

    def validate_majors(self, field: Any) -> None:
        """Each major is known by code or name."""
        named, unknown = queries.majors_named(word for word in _SEPARATORS.split(field.data or "") if word)
        if unknown:
            raise ValidationError(gettext(UnknownMajor.sentence) % {"names": "、".join(unknown)})
        self.codes = tuple(named)

    def validate_salary_max(self, field: Any) -> None:
        """Not below the lower end; said together with what else is wrong."""
        if field.data and self.salary_min.data and field.data < self.salary_min.data:
            raise ValidationError(gettext(SalaryWrong.sentence))

    def validate_valid_until(self, field: Any) -> None:
        """From today on, for a year at most."""
        try:
            check_validity(field.data, clock.campus_day(clock.now()))
        except ValidityWrong as refusal:
            raise ValidationError(gettext(refusal.sentence)) from refusal

    def content(self) -> Content:
        """What was typed. Raises SalaryWrong."""
        texts = {name: _plain(self[name].data) for name in _TEXTS}
        return Content(
            **texts,
            degree=self.degree.data or "",
            majors=self.codes,
            headcount=self.headcount.data or 0,
            salary_min=self.salary_min.data,
            salary_max=self.salary_max.data,
            cohort=self.cohort.data,
            days_per_week=self.days_per_week.data,
            valid_from=self.valid_from.data,
            valid_until=self.valid_until.data,
        )

    def offer_principals(self, firms: Mapping[str, str]) -> None:
        """For whom an agency may write ({public id: name}); without any there is nothing to choose (S137)."""
        if not firms:
            del self.hiring
            return
        own = SelectChoice("", gettext("本机构自己的岗位"))
        self.hiring.choices = [*(SelectChoice(key, name) for key, name in firms.items()), own]

    def chosen_kind(self) -> PostingKind | None:
        """The kind of work, where it can still be chosen."""
        known = {kind.value: kind for kind in PostingKind}
        return known.get(self.kind.data) if "kind" in self else None


_TEXTS = (
    *("title", "city", "salary_text", "description", "requirements", "benefits"),
    *("period", "project", "settlement", "apply_how"),
)


def _plain(typed: str | None) -> str:
    """Browsers send line ends as CR LF; places of findings count one character per line end."""
    return (typed or "").replace("\r\n", "\n").strip()


class SubmissionForm(StatuteForm):
    """Which universities a version goes to."""

    version = HiddenField()
    schools = SelectMultipleField(
        _("提交到"),
        [DataRequired(_("请选择要提交到的学校。"))],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class AppealForm(FlaskForm):
    """Why a return or rejection is contested."""

    reason = TextAreaField(
        _("申诉依据"),
        [DataRequired(_("请写明申诉依据，例如所依据的法律条款或公告。")), Length(max=1000)],
        description=_("例如：该岗位属于《女职工劳动保护特别规定》附录所列的禁忌从事的劳动范围，第×项。"),
        render_kw={"rows": 4},
    )


class WithdrawForm(FlaskForm):
    """Why a posting is taken back."""

    reason = StringField(
        _("撤下的原因"),
        [DataRequired(_("请写明撤下的原因，例如“已招满”。")), Length(max=300)],
        description=_("例如：已招满、招聘计划调整。学校会看到。"),
    )


class RemovalForm(FlaskForm):
    """Why a university stops showing a posting."""

    why = TextAreaField(
        _("停止展示的原因"),
        [DataRequired(_("请写明停止展示的原因，单位会看到。")), Length(max=300)],
        description=_("单位会收到邮件，看到这段文字，并可以修改后重新提交。"),
        render_kw={"rows": 3},
    )


class TemplateForm(FlaskForm):
    """How a template is called."""

    name = StringField(_("模板名称"), [DataRequired(_("请给模板起一个名称。")), Length(max=60)])


class CopyForm(FlaskForm):
    """For whom and until when copies are valid."""

    cohort = IntegerField(
        _("面向届别"),
        [Optional(), NumberRange(2000, 2100, _("请填写毕业年份，例如 2027。"))],
        description=_("毕业年份；不填则沿用原来的。"),
    )
    valid_until = DayField(_("新的有效期"), [DataRequired(_NEEDED)], description=_("最长一年。"))
