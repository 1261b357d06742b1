"""Forms of the administration."""

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from fairs.accounts.rules import OF_DEPARTMENT, ROLE_LABELS, RoleKind
from fairs.administration.actions.roles import HandOver, RoleDraft
from fairs.administration.actions.school import PartDraft, SchoolDraft
from fairs.institutions import queries as institutions
from fairs.institutions.duties import Duty, DutyKind
from fairs.web.forms import DayField
from fairs.web.language import current
from fairs.workdays.actions import PeriodDraft
from fairs.workdays.rules import PERIOD_LABELS, DayKind, PeriodKind

MAIL = [DataRequired(_("请填写邮箱。")), Length(max=120), Email(_("邮箱格式不正确。"))]


_TYPED = {
    DutyKind.WHOLE: {"inputmode": "numeric"},
    DutyKind.COLOUR: {"maxlength": "7", "spellcheck": "false"},
}


class DutyForm(FlaskForm):
    """One value of the duty table."""

    value: Any
    shown = HiddenField()


def duty_form(duty: Duty, in_force: int | str) -> DutyForm:
    """The form of a duty, with the value in force."""
    language = current()
    label = f"{duty.label[language]}（{duty.unit[language]}）" if duty.unit else duty.label[language]
    needed = [InputRequired(_("请填写这一项。"))]

    class OneDuty(DutyForm):
        value = (
            RadioField(label, needed, choices=[(key, text[language]) for key, text in duty.choices.items()])
            if duty.kind is DutyKind.CHOICE
            else StringField(label, needed, render_kw=_TYPED[duty.kind])
        )

    return OneDuty(data={"value": str(in_force), "shown": str(in_force)})


class SchoolForm(FlaskForm):
    """A university's own data."""

    name = StringField(_("学校名称"), [DataRequired(_("请填写学校名称。")), Length(max=100)])
    name_en = StringField(_("英文名称"), [Optional(), Length(max=100)])
    hotline_phone = StringField(
        _("举报电话"),
        [DataRequired(_("请填写举报电话。")), Length(max=40)],
        description=_("显示在每个页面的底部；为空时系统不能对外开放。"),
    )
    hotline_mail = EmailField(_("举报邮箱"), MAIL)

    def draft(self) -> SchoolDraft:
        """What was typed."""
        names = ("name", "name_en", "hotline_phone", "hotline_mail")
        return SchoolDraft(**{name: (self[name].data or "").strip() for name in names})


class PartForm(FlaskForm):
    """A new campus, department or major."""

    department = SelectField(_("院系"), [InputRequired()], coerce=str)
    code = StringField(_("代码"), [DataRequired(_("请填写代码。")), Length(max=12)])
    name = StringField(_("名称"), [DataRequired(_("请填写名称。")), Length(max=60)])
    more = StringField(_("地址"), [Optional(), Length(max=200)])

    def draft(self, kind: str) -> PartDraft:
        """What was typed."""
        name = (self.name.data or "").strip()
        return PartDraft(
            kind=kind,
            name=name,
            code=(self.code.data or "").strip() if kind != "campus" else name,
            more=(self.more.data or "").strip() if kind == "campus" else "",
            department_id=int(self.department.data) if kind == "major" else None,
        )


FIELDS = {"campus": {"name", "more"}, "department": {"code", "name"}, "major": {"department", "code", "name"}}
"""Which fields each kind of part has."""


def part_form(kind: str, university_id: int) -> PartForm:
    """The form of a new part of a kind."""
    form = PartForm()
    form.department.choices = [(str(row.id), row.name) for row in institutions.departments(university_id)]
    for name in {"department", "code", "name", "more"} - FIELDS[kind]:
        del form[name]
    return form


class RenameForm(FlaskForm):
    """Another name for a part."""

    name = StringField(_("名称"), [DataRequired(_("请填写名称。")), Length(max=60)])


class RoleForm(FlaskForm):
    """A role for somebody."""

    mail = EmailField(_("邮箱"), MAIL, description=_("已有账号的人会收到通知；没有账号的人会收到激活链接。"))
    name = StringField(
        _("姓名"),
        [DataRequired(_("请填写姓名。")), Length(max=60)],
        description=_("已有账号的人以账号中的姓名为准。"),
    )
    kind = SelectField(_("角色"), [InputRequired()])
    department = SelectField(
        _("院系"), [Optional()], coerce=str, description=_("院系就业专员、院系负责人和辅导员必填。")
    )
    until = DayField(_("截止日期"), [Optional()], description=_("包括当天，到期自动失效；不填则长期有效。"))

    def draft(self) -> RoleDraft:
        """What was typed; a department counts only for roles that are held for one."""
        kind = RoleKind(self.kind.data)
        named = self.department.data if kind in OF_DEPARTMENT else ""
        return RoleDraft(
            mail=(self.mail.data or "").strip(),
            name=(self.name.data or "").strip(),
            kind=kind,
            department_id=int(named) if named else None,
            until=self.until.data,
        )


def role_form(university_id: int, kinds: list[RoleKind]) -> RoleForm:
    """The form of a new role, with the kinds that the viewer may give."""
    form = RoleForm()
    form.kind.choices = [(kind.value, gettext(ROLE_LABELS[kind])) for kind in kinds]
    form.department.choices = [("", gettext("不限院系"))] + [
        (str(row.id), row.name) for row in institutions.departments(university_id)
    ]
    return form


class UntilForm(FlaskForm):
    """Until when a role lasts."""

    until = DayField(_("截止日期"), [Optional()], description=_("包括当天，到期自动失效；不填则长期有效。"))


class HandOverForm(FlaskForm):
    """A successor, and the last day of the former."""

    mail = EmailField(_("接任人的邮箱"), MAIL)
    name = StringField(_("接任人的姓名"), [DataRequired(_("请填写姓名。")), Length(max=60)])
    last_on = DayField(_("原角色的最后一天"), [InputRequired(_("请填写日期。"))])

    def draft(self) -> HandOver:
        """What was typed."""
        form: Any = self  # validated: what is required has a value
        return HandOver(mail=form.mail.data.strip(), name=form.name.data.strip(), last_on=form.last_on.data)


class PeriodForm(FlaskForm):
    """A term, exam weeks or a vacation."""

    kind = SelectField(_("类型"), [InputRequired()])
    name = StringField(_("名称"), [Optional(), Length(max=60)])
    first_on = DayField(_("开始日期"), [InputRequired(_("请填写日期。"))])
    last_on = DayField(_("结束日期"), [InputRequired(_("请填写日期。"))])

    def draft(self) -> PeriodDraft:
        """What was typed."""
        form: Any = self  # validated
        name = (form.name.data or "").strip()
        return PeriodDraft(PeriodKind(form.kind.data), name, form.first_on.data, form.last_on.data)


def period_form() -> PeriodForm:
    """The form of a new stretch of the year."""
    form = PeriodForm()
    form.kind.choices = [(kind.value, gettext(label)) for kind, label in PERIOD_LABELS.items()]
    return form


OWN_DAY_LABELS = {DayKind.SWAP_REST: "本校放假", DayKind.SWAP_WORKDAY: "本校上班"}


class DayForm(FlaskForm):
    """A day on which the university differs from the state's calendar."""

    day = DayField(_("日期"), [InputRequired(_("请填写日期。"))])
    kind = SelectField(_("安排"), [InputRequired()])
    name = StringField(_("名称"), [Optional(), Length(max=60)], description=_("例如“校庆”。"))


def day_form(day: date | None = None) -> DayForm:
    """The form of an own day."""
    form = DayForm(day=day)
    form.kind.choices = [(kind.value, gettext(label)) for kind, label in OWN_DAY_LABELS.items()]
    return form
