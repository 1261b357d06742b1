"""Putting people on duty, taking them off, and telling them; nobody is in two places at once (P24)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fairs.accounts import queries as accounts
from fairs.accounts.models import Person
from fairs.audit import actions as audit
from fairs.clock import campus
from fairs.database import db, found, lock, new_public_id, transaction
from fairs.errors import NotFound
from fairs.programmes import queries as events
from fairs.programmes.duties import Duty, duty_words
from fairs.programmes.models import Event, Occurrence, StaffShift
from fairs.programmes.rules import check_period, check_words_open
from fairs.safety import notices, queries, rosters
from fairs.safety.staffing import HelperIncomplete, ShiftClash, ShiftOutside, usual_duties

AROUND = timedelta(hours=4)
"""How long before and after a day somebody may be on duty for it."""


@dataclass(frozen=True, kw_only=True)
class ShiftDraft:
    """A duty as typed: ``person_id``, or a helper's name and phone, or nobody yet."""

    duty: Duty
    starts_at: datetime
    ends_at: datetime
    person_id: int | None = None
    name: str = ""
    phone: str = ""
    gate_id: int | None = None


def _day(event_id: int, occurrence_id: int) -> tuple[Event, Occurrence]:
    event = lock(Event, event_id)
    check_words_open(event.state)
    day = found(db.session.get(Occurrence, occurrence_id))
    if day.event_id != event.id:
        raise NotFound
    return event, day


def _check_hours(draft: ShiftDraft, day: Occurrence) -> None:
    check_period(draft.starts_at, draft.ends_at)
    if draft.starts_at < day.starts_at - AROUND or draft.ends_at > day.ends_at + AROUND:
        raise ShiftOutside


def _person(draft: ShiftDraft, event: Event) -> Person | None:
    """Who is meant, locked: one of the staff, a known helper, or a new one with name and phone."""
    if draft.person_id is not None:
        known = {person.id for person in rosters.staff(event.university_id)}
        if draft.person_id not in known:
            raise NotFound
        return lock(Person, draft.person_id)
    name, phone = draft.name.strip(), draft.phone.strip()
    if not name and not phone:
        return None
    if not (name and phone):
        raise HelperIncomplete
    there = rosters.helper(event.university_id, name, phone)
    if there is not None:
        return lock(Person, there.id)
    fresh = Person(name=name, phone=phone)
    db.session.add(fresh)
    db.session.flush()
    return fresh


def _check_free(person: Person, draft: ShiftDraft, but_for: int | None = None) -> None:
    taken = rosters.clash(person.id, draft.starts_at, draft.ends_at, but_for)
    if taken is not None:
        there, event = taken
        when = f"{campus(there.starts_at):%m-%d %H:%M}–{campus(there.ends_at):%H:%M}"
        raise ShiftClash(name=person.name, when=when, event=event.title)


def _check_gate(event: Event, gate_id: int | None) -> None:
    if gate_id is not None and gate_id not in {number for number, _, _ in rosters.gates(event.id)}:
        raise NotFound


def _add(day: Occurrence, draft: ShiftDraft, person: Person | None, now: datetime) -> StaffShift:
    public_id = new_public_id()
    row = StaffShift(
        public_id=public_id,
        occurrence_id=day.id,
        gate_id=draft.gate_id,
        person_id=person.id if person else None,
        duty=draft.duty.value,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        uid=f"shift-{public_id}@campus-fairs",
        calendar_changed_at=now,
    )
    db.session.add(row)
    return row


@transaction
def add_shift(
    event_id: int, occurrence_id: int, draft: ShiftDraft, *, by: int | None, now: datetime
) -> StaffShift:
    """Put somebody on duty, or plan a duty that nobody has yet; whoever has it is told.

    Raises ShiftOutside, PeriodInvalid, ShiftClash, HelperIncomplete, WrongEventState once the event is over.
    """
    event, day = _day(event_id, occurrence_id)
    _check_hours(draft, day)
    _check_gate(event, draft.gate_id)
    person = _person(draft, event)
    if person is not None:
        _check_free(person, draft)
    row = _add(day, draft, person, now)
    _record("add_shift", row, event, by, now)
    _tell("safety/on_duty", row, event, now)
    return row


@transaction
def change_shift(
    event_id: int, shift_id: int, draft: ShiftDraft, *, by: int | None, now: datetime
) -> StaffShift:
    """Change a duty. Given to somebody else it ends for the one and begins for the other, in both calendars.

    Raises as ``add_shift``.
    """
    shift = lock(StaffShift, shift_id)
    event, day = _day(event_id, shift.occurrence_id)
    _check_hours(draft, day)
    _check_gate(event, draft.gate_id)
    if shift.ended_at is not None:
        raise NotFound
    person = _person(draft, event)
    if person is not None:
        _check_free(person, draft, but_for=shift.id)
    if shift.person_id is not None and shift.person_id != (person.id if person else None):
        _end(shift, event, by, now)
        row = _add(day, draft, person, now)
        _record("add_shift", row, event, by, now)
    else:
        row = shift
        row.person_id = person.id if person else None
        row.duty, row.gate_id = draft.duty.value, draft.gate_id
        row.starts_at, row.ends_at = draft.starts_at, draft.ends_at
        row.sequence += 1
        row.calendar_changed_at = now
        _record("change_shift", row, event, by, now)
    _tell("safety/on_duty", row, event, now)
    return row


@transaction
def end_shift(event_id: int, shift_id: int, *, by: int | None, now: datetime) -> StaffShift:
    """Take a duty off the roster; in its holder's calendar it is cancelled. Twice is once."""
    event = lock(Event, event_id)
    shift = lock(StaffShift, shift_id)
    if shift.ended_at is None:
        _end(shift, event, by, now)
    return shift


def _end(shift: StaffShift, event: Event, by: int | None, now: datetime) -> None:
    shift.ended_at = shift.calendar_changed_at = now
    shift.sequence += 1
    _record("end_shift", shift, event, by, now)
    _tell("safety/off_duty", shift, event, now)


@transaction
def plan_usual(event_id: int, *, by: int | None, now: datetime) -> int:
    """Plan the usual duties for every day that has none yet; how many. Nobody has them yet (P24)."""
    event = lock(Event, event_id)
    check_words_open(event.state)
    manned = {row.occurrence_id for row in rosters.shifts(event_id)}
    wanted = usual_duties(queries.booths_of(event), len(rosters.gates(event_id)))
    made = 0
    for day in events.occurrences(event_id):
        for duty, count in wanted.items() if day.id not in manned else ():
            draft = ShiftDraft(
                duty=duty, starts_at=day.starts_at - timedelta(minutes=30), ends_at=day.ends_at
            )
            for _ in range(count):
                _add(day, draft, None, now)
                made += 1
    if made:
        audit.record("plan_shifts", event, by=by, university_id=event.university_id, now=now, count=made)
    return made


@transaction
def copy_roster(event_id: int, from_id: int, *, by: int, now: datetime) -> tuple[int, int]:
    """Take the duties and people of an earlier event over, day by day; (how many, of these without a person).

    Hours keep their distance to the day's beginning, within its limits. Whoever is on duty elsewhere then is
    left out of it. Raises NotFound for an event of another university.
    """
    event = lock(Event, event_id)
    check_words_open(event.state)
    source = found(db.session.get(Event, from_id))
    if source.university_id != event.university_id:
        raise NotFound
    theirs, days = events.occurrences(from_id), events.occurrences(event_id)
    pairs = {old.id: (old, days[min(number, len(days) - 1)]) for number, old in enumerate(theirs)}
    made = empty = 0
    for row in rosters.shifts(from_id):
        old, day = pairs[row.occurrence_id]
        draft = ShiftDraft(
            duty=Duty(row.duty) if row.duty in set(Duty) else Duty.STEWARD,
            starts_at=max(day.starts_at + (row.starts_at - old.starts_at), day.starts_at - AROUND),
            ends_at=min(day.ends_at + (row.ends_at - old.ends_at), day.ends_at + AROUND),
        )
        person = lock(Person, row.person_id) if row.person_id else None
        if person is not None and rosters.clash(person.id, draft.starts_at, draft.ends_at):
            person = None
        fresh = _add(day, draft, person, now)
        db.session.flush()
        _tell("safety/on_duty", fresh, event, now)
        made, empty = made + 1, empty + (person is None)
    audit.record("copy_roster", event, by=by, university_id=event.university_id, now=now, count=made)
    return made, empty


def _record(action: str, row: StaffShift, event: Event, by: int | None, now: datetime) -> None:
    audit.record(action, row, by=by, university_id=event.university_id, now=now, duty=row.duty)


def tell_moved(occurrence: Occurrence, now: datetime) -> None:
    """Everybody on duty on a day that moved is told the new hours (inside an action)."""
    for row in rosters.shifts(occurrence.event_id):
        if row.occurrence_id == occurrence.id:
            _tell("safety/on_duty", row, occurrence.event, now)


def _tell(kind: str, row: StaffShift, event: Event, now: datetime) -> None:
    """Tell whoever has the duty, if there is a way to reach them."""
    db.session.flush()
    person = accounts.person(row.person_id) if row.person_id else None
    if person is None or not (person.email or accounts.account_of(person.id)):
        return
    day = found(db.session.get(Occurrence, row.occurrence_id))
    notices.tell(
        kind,
        [person.id],
        event,
        now=now,
        duty=duty_words(row.duty),
        place=day.where,
        hours=f"{campus(row.starts_at):%Y-%m-%d %H:%M}–{campus(row.ends_at):%H:%M}",
    )
