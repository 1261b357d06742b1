"""Who is expected when, and was not reminded yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db
from fairs.docking import queries as docking
from fairs.employers.models import EmployerContact
from fairs.employers.rules import ContactState
from fairs.exhibitors.models import Exhibitor
from fairs.messages.models import Message
from fairs.programmes.models import EntrySlot, Event, Occurrence, StaffShift
from fairs.programmes.rules import OccurrenceState
from fairs.registrations.models import Registration
from fairs.reminders.rules import (
    EXPECTED_BOOTH,
    EXPECTED_TICKET,
    HAPPENS,
    HORIZON,
    LOOK_BACK,
    ReminderKind,
    Rule,
    due_at,
    prefix_of,
)


@dataclass(frozen=True)
class Sitting:
    """People of one kind who are expected at the same time on the same day of an event."""

    kind: ReminderKind
    occurrence_id: int
    university_id: int
    day: date
    starts_at: datetime
    changed_at: datetime
    slot_id: int | None = None
    sitting_no: int = 0


@dataclass(frozen=True)
class Addressee:
    """One reminder to be written: about which row, to whom."""

    subject_id: int
    person_id: int


def sittings(now: datetime) -> Iterator[Sitting]:
    """Every sitting near enough to be reminded of."""
    near = sa.and_(Occurrence.starts_at > now - LOOK_BACK, Occurrence.starts_at < now + HORIZON)
    stands = sa.and_(Occurrence.state == OccurrenceState.PLANNED, Event.state.in_(HAPPENS))
    days = (
        sa.select(Occurrence, Event.university_id)
        .join(Event, Occurrence.event_id == Event.id)
        .where(near, stands)
        .order_by(Occurrence.starts_at, Occurrence.id)
        .limit(500)
    )
    for occurrence, university_id in db.session.execute(days).all():
        yield from _sittings_of(occurrence, university_id)


def _sittings_of(occurrence: Occurrence, university_id: int) -> Iterator[Sitting]:
    base = (occurrence.id, university_id, campus_day(occurrence.starts_at))
    changed = occurrence.calendar_changed_at
    yield Sitting(ReminderKind.BOOTH, *base, occurrence.starts_at, changed)
    yield Sitting(ReminderKind.TICKET, *base, occurrence.starts_at, changed)
    slots = sa.select(EntrySlot).where(EntrySlot.occurrence_id == occurrence.id).order_by(EntrySlot.starts_at)
    for slot in db.session.scalars(slots).all():
        yield Sitting(ReminderKind.TICKET, *base, slot.starts_at, changed, slot.id)
    on_duty = sa.and_(StaffShift.occurrence_id == occurrence.id, StaffShift.ended_at.is_(None))
    shifts = sa.select(StaffShift.starts_at).where(on_duty).distinct()
    for starts_at in db.session.scalars(shifts).all():
        yield Sitting(ReminderKind.SHIFT, *base, starts_at, changed)
    for number, starts_at in docking.agreed_times(occurrence):
        yield Sitting(ReminderKind.MEETING, *base, starts_at, changed, sitting_no=number)


def not_reminded(sitting: Sitting, rule: Rule, most: int) -> list[Addressee]:
    """Who is expected at a sitting, knew of it when the reminder was due, and has none on record."""
    chosen, subject, person = _EXPECTED[sitting.kind](sitting, due_at(rule, sitting.starts_at))
    key = (
        sa.literal(f"{prefix_of(rule, sitting.kind)}:")
        + sa.cast(subject, sa.String)
        + sa.literal(f":{sitting.day.isoformat()}:")
        + sa.cast(person, sa.String)
    )
    known = sa.select(Message.id).where(Message.dedupe_key == key)
    rows = db.session.execute(chosen.where(~known.exists()).order_by(subject, person).limit(most))
    return [Addressee(subject_id, person_id) for subject_id, person_id in rows]


def _tickets(sitting: Sitting, since: datetime) -> tuple[Any, Any, Any]:
    chosen = sa.select(Registration.id, Registration.person_id).where(
        Registration.occurrence_id == sitting.occurrence_id,
        Registration.entry_slot_id.is_not_distinct_from(sitting.slot_id),
        Registration.state == EXPECTED_TICKET,
        Registration.calendar_changed_at <= since,
    )
    return chosen, Registration.id, Registration.person_id


def _booths(sitting: Sitting, since: datetime) -> tuple[Any, Any, Any]:
    chosen = (
        sa.select(Exhibitor.id, EmployerContact.person_id)
        .join(EmployerContact, EmployerContact.employer_id == Exhibitor.employer_id)
        .join(Occurrence, Occurrence.event_id == Exhibitor.event_id)
        .where(
            Occurrence.id == sitting.occurrence_id,
            EmployerContact.state == ContactState.ACTIVE,
            Exhibitor.state == EXPECTED_BOOTH,
            Exhibitor.calendar_changed_at <= since,
        )
    )
    return chosen, Exhibitor.id, EmployerContact.person_id


def _shifts(sitting: Sitting, _since: datetime) -> tuple[Any, Any, Any]:
    chosen = sa.select(StaffShift.id, StaffShift.person_id).where(
        StaffShift.occurrence_id == sitting.occurrence_id,
        StaffShift.starts_at == sitting.starts_at,
        StaffShift.person_id.is_not(None),
        StaffShift.ended_at.is_(None),
    )
    return chosen, StaffShift.id, StaffShift.person_id


def _meetings(sitting: Sitting, since: datetime) -> tuple[Any, Any, Any]:
    both = docking.expected(sitting.occurrence_id, sitting.sitting_no, since)
    return sa.select(both.c.subject, both.c.person), both.c.subject, both.c.person


_EXPECTED = {
    ReminderKind.TICKET: _tickets,
    ReminderKind.BOOTH: _booths,
    ReminderKind.SHIFT: _shifts,
    ReminderKind.MEETING: _meetings,
}
