"""Forms of an event's parts: slots, hall, booth plan."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from fairs.programmes import queries
from fairs.programmes.drafts import SlotDraft
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import EventKind
from fairs.venues import queries as venues


def fill_slots(form: Any, day: Occurrence) -> None:
    """What the slots of a day are now, in the fields that the form has."""
    slots = queries.slots(day.id)
    first = slots[0] if slots else None
    now = {
        "slots": max(1, len(slots)),
        "capacity": first.capacity if first else 0,
        "walk_in": first.walk_in_quota if first else 0,
    }
    for name in now.keys() & form._fields.keys():
        form[name].data = now[name]


class SlotsForm(FlaskForm):
    """How the days are cut into entry slots."""

    slots = IntegerField(
        _("分几个入场时段"),
        [InputRequired(_("请填写数量。")), NumberRange(1, 24, _("请填写 1 到 24。"))],
    )
    capacity = IntegerField(
        _("每个时段名额"),
        [InputRequired(_("请填写名额。")), NumberRange(0, 50_000, _("请填写 0 到 50000。"))],
        description=_("填 0 表示不需要预约。"),
    )
    walk_in = IntegerField(
        _("其中留给现场入场"), [Optional(), NumberRange(0, 50_000, _("请填写 0 到 50000。"))]
    )

    def draft(self) -> SlotDraft:
        """What was typed, for the action."""
        form: Any = self  # validated: what is required has a value
        return SlotDraft(
            count=form.slots.data,
            capacity=form.capacity.data,
            walk_in_quota=min(form.walk_in.data or 0, form.capacity.data),
        )


def slots_form(days: Sequence[Occurrence]) -> SlotsForm:
    """The form of an event's slots, with what the first day has."""
    form = SlotsForm()
    if not form.is_submitted():
        fill_slots(form, days[0])
    return form


class HallForm(FlaskForm):
    """The space of an event."""

    space = SelectField(_("场地"), [DataRequired(_("请选择场地。"))], coerce=str)
    late_reason = StringField(
        _("紧急办理的原因"),
        [Optional(), Length(max=200)],
        description=_("宣讲会教室提前不到 5 个工作日预订时填写。"),
    )


def hall_form(event: Event, days: Sequence[Occurrence]) -> HallForm:
    """The form of a space; each choice says whether it is free on all days."""
    form = HallForm()
    if event.kind is not EventKind.INFO_SESSION:
        del form.late_reason
    form.space.choices = [("", gettext("请选择"))]
    here = event.university_id
    taken = [venues.taken_spaces(here, d.starts_at, d.ends_at, but_for=d.id) for d in days]
    for space in venues.spaces(here):
        free = not any(space.id in on_day for on_day in taken)
        text = gettext("%(name)s（可容纳 %(persons)s 人）", name=space.name, persons=space.capacity)
        form.space.choices.append(
            (str(space.id), text if free else gettext("%(space)s：已被占用", space=text))
        )
    return form


class PlanForm(FlaskForm):
    """How many booths of which kind; the rows are drawn from it."""

    booths = IntegerField(_("展位总数"), [InputRequired(_("请填写数量。"))], default=30)
    large = IntegerField(_("其中大展位"), [Optional()], default=0, description=_("6 米宽，靠里墙。"))
    power = IntegerField(_("其中带电源"), [Optional()], default=10, description=_("靠里墙排列。"))
    accessible = IntegerField(_("其中无障碍"), [Optional()], default=2, description=_("离入口最近的展位。"))
    per_row = IntegerField(
        _("每排展位"),
        [InputRequired(_("请填写数量。")), NumberRange(2, 40, _("请填写 2 到 40。"))],
        default=10,
    )
