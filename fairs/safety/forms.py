"""Forms of safety plans, responsible persons, licences, duties and filings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import starmap
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from fairs.clock import at_campus, campus
from fairs.programmes.duties import DUTY_LABELS, Duty
from fairs.programmes.models import Occurrence, StaffShift
from fairs.programmes.terms import Arrangement
from fairs.safety.checklists import ANSWER_LABELS, Checklist
from fairs.safety.contents import FIELD_LABELS, FILE_KINDS, HELP_LABELS, Kind, Section
from fairs.safety.models import SafetyPlan
from fairs.safety.rules import POSITION_LABELS
from fairs.safety.shifts import ShiftDraft
from fairs.web.forms import DayField, SelectChoice

UPLOAD = "_upload"
_WHEN = _("请填写日期。")
_PAPERS = {"accept": ".pdf,.png,.jpg,.jpeg"}


def choices(pairs: Sequence[tuple[str, str]]) -> list[Any]:
    """The choices of a list, from (value, words)."""
    return list(starmap(SelectChoice, pairs))


def section_form(section: Section, plan: SafetyPlan | None) -> Any:
    """The form of a step, with what was written so far; nothing is required before the plan is handed in."""
    fields: dict[str, Any] = {}
    for field in section.fields:
        label, told = _(FIELD_LABELS[field.key]), _(HELP_LABELS[field.key])
        if field.kind is Kind.NUMBER:
            limits = [Optional(), NumberRange(0, 100_000, _("请填写 0 到 100000。"))]
            fields[field.key] = IntegerField(label, limits, description=told)
        elif field.kind is not Kind.FILE:
            fields[field.key] = TextAreaField(
                label, [Optional(), Length(max=4000)], description=told, render_kw={"rows": 4}
            )
        if field.kind in FILE_KINDS:
            upload = label if field.kind is Kind.FILE else _("上传文件")
            note = told if field.kind is Kind.FILE else _("PDF 或图片，不超过 10 MB。")
            fields[field.key + UPLOAD] = FileField(upload, description=note, render_kw=_PAPERS)
    form: Any = type("SectionForm", (FlaskForm,), fields)(data=dict(plan.content) if plan else {})
    for field in section.fields:
        if field.is_required and field.key in form:
            form[field.key].flags.required = True  # said beside the label; checked when the plan is handed in
    return form


def written(form: Any, section: Section) -> dict[str, Any]:
    """What was typed in a step: texts and numbers by field."""
    return {
        field.key: form[field.key].data if field.kind is Kind.NUMBER else (form[field.key].data or "").strip()
        for field in section.fields
        if field.kind is not Kind.FILE
    }


def upload_of(field: Any) -> tuple[bytes, str] | None:
    """The bytes and name of a chosen file; None where none was chosen."""
    data = field.data
    return (data.read(), data.filename) if data and getattr(data, "filename", "") else None


def uploads(form: Any, section: Section) -> dict[str, tuple[bytes, str]]:
    """The files chosen in a step, by field."""
    chosen = {
        field.key: upload_of(form[field.key + UPLOAD]) for field in section.fields if field.kind in FILE_KINDS
    }
    return {key: upload for key, upload in chosen.items() if upload}


def checklist_form(checklist: Checklist, plan: SafetyPlan | None, language: str) -> Any:
    """A question for each item of a checklist, with room for a note."""
    fields: dict[str, Any] = {}
    given: dict[str, str] = {}
    for item in checklist.items:
        said_by = choices([(answer.value, _(label)) for answer, label in ANSWER_LABELS.items()])
        fields[f"answer_{item.id}"] = RadioField(item.words[language], [Optional()], choices=said_by)
        fields[f"note_{item.id}"] = StringField(_("说明"), [Optional(), Length(max=200)])
        said: Mapping[str, str] = (plan.answers if plan else {}).get(item.id, {})
        given |= {f"answer_{item.id}": said.get("answer", ""), f"note_{item.id}": said.get("note", "")}
    form: Any = type("ChecklistForm", (FlaskForm,), fields)(data=given)
    for item in checklist.items:
        form[f"answer_{item.id}"].flags.required = True
    return form


def answered(form: Any, checklist: Checklist) -> dict[str, dict[str, str]]:
    """What was answered, by item."""
    return {
        item.id: {"answer": form[f"answer_{item.id}"].data, "note": form[f"note_{item.id}"].data or ""}
        for item in checklist.items
        if form[f"answer_{item.id}"].data
    }


class ResponsibleForm(FlaskForm):
    """Somebody who answers for a school, a department or an event."""

    where = SelectField(_("范围"), [Optional()])
    position = SelectField(
        _("责任"),
        [InputRequired()],
        choices=choices([(one.value, _(label)) for one, label in POSITION_LABELS.items()]),
    )
    name = StringField(_("姓名"), [DataRequired(_("请填写姓名。")), Length(max=60)])
    title = StringField(_("职务"), [DataRequired(_("请填写职务。")), Length(max=60)])
    phone = StringField(_("电话"), [DataRequired(_("请填写电话。")), Length(max=30)])
    login = StringField(
        _("登录名"), [Optional(), Length(max=120)], description=_("填写后，逾期提醒会同时发给本人。")
    )


class FilingForm(FlaskForm):
    """Something was reported."""

    on = DayField(_("办理日期"), [InputRequired(_WHEN)])
    note = StringField(_("备注"), [Optional(), Length(max=200)], description=_("例如受理编号、经办人。"))


class DeclareForm(FlaskForm):
    """How many are expected, and who may come."""

    expected = IntegerField(
        _("预计同时参加人数"),
        [InputRequired(_("请填写人数。")), NumberRange(0, 1_000_000, _("请填写 0 到 1000000。"))],
    )
    open_to_public = BooleanField(
        _("面向社会公众"), description=_("校外求职者也可以参加。同时参加 1000 人以上的，须申请安全许可。")
    )


class AnswerForm(FlaskForm):
    """Whether an event counts as a large public one."""

    counts = RadioField(
        _("本场活动是否属于大型群众性活动"),
        [InputRequired(_("请选择。"))],
        choices=choices([("yes", _("属于，需要许可")), ("no", _("不属于，不需要许可"))]),
    )
    answered_by = StringField(_("答复人"), [DataRequired(_("请填写答复人。")), Length(max=60)])
    on = DayField(_("答复日期"), [InputRequired(_WHEN)])
    note = TextAreaField(_("依据"), [DataRequired(_("请写明依据。")), Length(max=300)])


class ApplyForm(FlaskForm):
    """The application was handed in."""

    authority = StringField(_("公安机关"), [DataRequired(_("请填写受理的公安机关。")), Length(max=100)])
    on = DayField(_("申请日期"), [InputRequired(_WHEN)])


class AcceptForm(FlaskForm):
    """The police took the application on."""

    on = DayField(_("受理日期"), [InputRequired(_WHEN)])


class GrantForm(FlaskForm):
    """A licence came."""

    number = StringField(_("许可证号"), [DataRequired(_("请填写许可证号。")), Length(max=60)])
    on = DayField(_("决定日期"), [InputRequired(_WHEN)])
    paper = FileField(_("许可文件"), description=_("PDF 或图片，不超过 10 MB。"), render_kw=_PAPERS)


class RefuseForm(FlaskForm):
    """The police said no."""

    reason = TextAreaField(_("原因"), [DataRequired(_("请写明原因。")), Length(max=300)])
    on = DayField(_("决定日期"), [InputRequired(_WHEN)])


class ChangeForm(FlaskForm):
    """What a licensed event shall be instead."""

    on = DayField(_("第一天改为"), [InputRequired(_WHEN)], description=_("多天的活动按同样天数顺延。"))
    starts = TimeField(_("开始时间"), [InputRequired(_("请填写时间。"))])
    ends = TimeField(_("结束时间"), [InputRequired(_("请填写时间。"))])
    space = SelectField(_("场地"), [InputRequired()], coerce=str)
    persons = IntegerField(
        _("最多同时参加人数"),
        [InputRequired(_("请填写人数。")), NumberRange(1, 1_000_000, _("请填写 1 到 1000000。"))],
    )
    reason = TextAreaField(_("变更原因"), [DataRequired(_("请写明原因。")), Length(max=300)])

    def wanted(
        self, days: Sequence[Occurrence], present: Arrangement, spaces: Mapping[str, int]
    ) -> Arrangement:
        """What was typed, for the action: every day moved along with the first."""
        form: Any = self
        apart = form.on.data - campus(days[0].starts_at).date()
        periods = frozenset(
            (
                at_campus(campus(day.starts_at).date() + apart, form.starts.data),
                at_campus(campus(day.starts_at).date() + apart, form.ends.data),
            )
            for day in days
        )
        chosen = spaces.get(form.space.data)
        where = frozenset({chosen}) if chosen else present.spaces
        return Arrangement(days=periods, spaces=where, persons=form.persons.data)


class ShiftForm(FlaskForm):
    """A duty: what, when, where, and who."""

    day = SelectField(_("哪一天"), [InputRequired()])
    duty = SelectField(
        _("岗位"),
        [InputRequired()],
        choices=choices([(one.value, _(label)) for one, label in DUTY_LABELS.items()]),
    )
    starts = TimeField(_("开始时间"), [InputRequired(_("请填写时间。"))])
    ends = TimeField(_("结束时间"), [InputRequired(_("请填写时间。"))])
    gate = SelectField(_("入口"), [Optional()])
    person = SelectField(_("人员"), [Optional()], description=_("名单里没有的，请在下面填写姓名和手机号。"))
    name = StringField(_("志愿者姓名"), [Optional(), Length(max=60)])
    phone = StringField(_("手机号"), [Optional(), Length(max=30)])

    def draft(self, day: Occurrence, people: Mapping[str, int], gates: Mapping[str, int]) -> ShiftDraft:
        """What was typed, for the action; an end before the start is on the next day."""
        form: Any = self
        on = campus(day.starts_at).date()
        late = on + timedelta(days=1) if form.ends.data < form.starts.data else on
        return ShiftDraft(
            duty=Duty(form.duty.data),
            starts_at=at_campus(on, form.starts.data),
            ends_at=at_campus(late, form.ends.data),
            person_id=people.get(form.person.data or ""),
            name=form.name.data or "",
            phone=form.phone.data or "",
            gate_id=gates.get(form.gate.data or ""),
        )


def shift_form(
    days: Sequence[Occurrence],
    people: Sequence[tuple[str, str]],
    gates: Sequence[tuple[str, str]],
    shift: StaffShift | None,
) -> ShiftForm:
    """The form of a duty, with what it is now."""
    form = ShiftForm()
    form.day.choices = [SelectChoice(day.public_id, f"{campus(day.starts_at):%m-%d}") for day in days]
    form.gate.choices = choices([("", gettext("不限")), *gates])
    form.person.choices = choices([("", gettext("暂不安排")), *people])
    if not form.is_submitted():
        starts: datetime = shift.starts_at if shift else days[0].starts_at - timedelta(minutes=30)
        ends: datetime = shift.ends_at if shift else days[0].ends_at
        form.starts.data, form.ends.data = campus(starts).time(), campus(ends).time()
        if shift is not None:
            form.day.data, form.duty.data = shift.occurrence.public_id, shift.duty
            form.person.data = shift.person.public_id if shift.person else ""
    return form


def change_form(days: Sequence[Occurrence], spaces: Sequence[tuple[str, str]], persons: int) -> ChangeForm:
    """The form of a change, with what the event is now."""
    form = ChangeForm()
    form.space.choices = choices(spaces)
    if not form.is_submitted():
        starts, ends = campus(days[0].starts_at), campus(days[0].ends_at)
        form.on.data, form.starts.data, form.ends.data = starts.date(), starts.time(), ends.time()
        form.persons.data = persons
        used = {use.space.public_id for use in days[0].uses}
        form.space.data = next(iter(used), None)
    return form


def today_in(form: Any, today: date) -> Any:
    """``form`` with today as its date, unless one was typed."""
    if not form.is_submitted():
        form.on.data = today
    return form
