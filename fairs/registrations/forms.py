"""Forms of booking: buttons that carry a slot; when booking begins; lists of who may book first."""

import re
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from fairs.clock import at_campus, campus
from fairs.programmes import queries as programmes
from fairs.registrations.models import BookingWindow
from fairs.registrations.rules import (
    MOST_EARLY_DAYS,
    SUPPORT_GROUP_LABELS,
    SupportGroup,
)
from fairs.web.forms import DayField

AHEAD = timedelta(hours=2)
"""How long before a slot somebody without a booking may be written into it."""


class SlotForm(FlaskForm):
    """Which slot, and whether the waiting list will do."""

    slot = HiddenField()
    waiting = HiddenField()


class WalkInForm(FlaskForm):
    """Somebody who comes without a booking."""

    number = StringField(_("学号"), [DataRequired(_("请填写学号。")), Length(max=30)])
    slot = SelectField(_("入场时段"), [InputRequired(_("请选择时段。"))])


def walk_in_form(event_id: int, now: datetime) -> WalkInForm:
    """The form with the slots that are on or begin soon."""
    form = WalkInForm()
    days = programmes.slots_of([day.id for day in programmes.occurrences(event_id)])
    form.slot.choices = [
        (slot.public_id, f"{campus(slot.starts_at):%m-%d %H:%M}–{campus(slot.ends_at):%H:%M}")
        for slots in days.values()
        for slot in slots
        if slot.starts_at - AHEAD <= now < slot.ends_at
    ]
    return form


class WindowForm(FlaskForm):
    """When booking begins."""

    opens_on = DayField(_("开放预约日期"), [InputRequired(_("请填写日期。"))])
    opens_time = TimeField(_("开放时间"), [InputRequired(_("请填写时间。"))])
    group = SelectField(
        _("优先群体"),
        [Optional()],
        description=_("名单内的同学可提前预约；页面上不会显示谁在名单里，也不会显示有提前预约。"),
    )
    early_days = IntegerField(
        _("提前天数"), [Optional(), NumberRange(0, MOST_EARLY_DAYS, _("请填写 0 到 30。"))]
    )

    def window(self) -> tuple[datetime, SupportGroup | None, int]:
        """What was typed, for the action."""
        form: Any = self  # validated: what is required has a value
        group = SupportGroup(form.group.data) if form.group.data else None
        return at_campus(form.opens_on.data, form.opens_time.data), group, form.early_days.data or 0


def window_form(row: BookingWindow | None, opens_at: datetime) -> WindowForm:
    """The form of an event's window, with what stands now."""
    form = choose_groups(WindowForm())
    form.group.choices = [("", gettext("不设优先")), *(form.group.choices or ())]
    if not form.is_submitted():
        form.opens_on.data, form.opens_time.data = campus(opens_at).date(), campus(opens_at).time()
        form.group.data = row.support_group.value if row and row.support_group else ""
        form.early_days.data = row.early_days if row else 0
    return form


F = TypeVar("F", bound=FlaskForm)


def choose_groups(form: F) -> F:
    """The form with the support groups as its choices."""
    form.group.choices = [(group.value, gettext(label)) for group, label in SUPPORT_GROUP_LABELS.items()]
    return form


class LookForm(FlaskForm):
    """Which list somebody wants to see, and what for."""

    group = SelectField(_("群体"), [InputRequired()])
    purpose = StringField(
        _("用途"),
        [DataRequired(_("请写明用途。")), Length(max=50)],
        description=_("用途和操作人会留下记录。"),
    )

    def entry(self) -> tuple[SupportGroup, str]:
        """What was typed, for the action."""
        form: Any = self  # validated: what is required has a value
        return SupportGroup(form.group.data), form.purpose.data.strip()


class ListForm(LookForm):
    """A whole list by student numbers."""

    numbers = TextAreaField(
        _("学号"),
        [Optional(), Length(max=200_000)],
        description=_("每行一个，可从表格粘贴；保存后以这次的名单为准，留空表示清空。"),
    )

    def members(self) -> list[str]:
        """The student numbers, for the action."""
        typed: Any = self.numbers.data
        return [number for number in re.split(r"[\s,，;；、]+", typed or "") if number]
