"""Booking a place, waiting for one, moving to another slot, cancelling.

Locks are always taken in this order, so that no two bookings wait for each other: the event (shared: bookings
do not queue at it, but it cannot be cancelled meanwhile), the quotas of a joint fair, slots by id, then
registrations.
"""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.database import db, found, lock, new_public_id, transaction
from fairs.errors import Conflict, NotFound
from fairs.programmes.models import EntrySlot, Event, EventSchool, Occurrence
from fairs.programmes.rules import EventState, OccurrenceState
from fairs.registrations import queries, ticketing
from fairs.registrations.models import Registration
from fairs.registrations.rules import (
    NO_SHOW_AFTER,
    Booking,
    NotEligible,
    RegistrationState,
    TicketKind,
    WrongState,
    may_book,
    move,
)
from fairs.registrations.trail import calendar_changed as _calendar_changed
from fairs.registrations.trail import record as _record
from fairs.registrations.trail import tell as _tell
from fairs.students.models import Student

BOOKABLE = frozenset({EventState.OPEN, EventState.LOCKED})
"""States of an event in which students book: ``locked`` settles the booths, not the visitors."""

_MOST_EXPIRED = 500


@transaction
def book(slot_id: int, person_id: int, now: datetime, *, accepts_waiting: bool = False) -> Registration:
    """A place in a slot for a student, with its ticket; or one on the waiting list if that is accepted.

    Raises BookingClosed, NotEligible, AlreadyRegistered, SlotFull, QuotaFull; Conflict if the same person
    books twice at once.
    """
    slot = _enter([slot_id])[slot_id]
    event = slot.occurrence.event
    student = queries.student_for(event.id, person_id)
    taken_part = queries.live_registration(slot.occurrence_id, person_id)
    state = may_book(
        _booking(slot, student, is_registered=taken_part is not None), now, accepts_waiting=accepts_waiting
    )
    if student is None:
        raise NotEligible
    registration = _registered(slot, student, state, now)
    audit.record("register_student", registration, by=person_id, university_id=event.university_id, now=now)
    ticketed = state is RegistrationState.TICKETED
    if ticketed:
        ticketing.issue(registration, TicketKind.ROTATING, now)
    _tell("registrations/booked" if ticketed else "registrations/waiting", registration, now)
    return registration


@transaction
def join_waiting_list(slot_id: int, person_id: int, now: datetime) -> Registration:
    """A place on the waiting list of a full slot; a place in it if one became free meanwhile. Raises as ``book``."""
    return book(slot_id, person_id, now, accepts_waiting=True)


@transaction
def move_slot(registration_id: int, slot_id: int, now: datetime, *, by: int | None) -> Registration:
    """Go to another slot of the same day. If that is full the present place is kept. Raises as ``book``."""
    before = found(db.session.get(Registration, registration_id)).entry_slot_id
    slots = _enter({slot_id, *([before] if before else [])})
    registration, slot = _held(registration_id, before), slots[slot_id]
    if slot.occurrence_id != registration.occurrence_id:
        raise NotFound
    if registration.state not in {RegistrationState.TICKETED, RegistrationState.WAITING}:
        raise WrongState
    if before == slot_id:
        return registration
    student = queries.student_for(slot.occurrence.event_id, registration.person_id)
    keeps_quota = registration.state is RegistrationState.TICKETED
    state = may_book(_booking(slot, student, keeps_quota=keeps_quota), now)
    was_waiting = registration.state is RegistrationState.WAITING
    registration.entry_slot_id, registration.entry_slot = slot_id, slot
    registration.state, registration.waiting_since = state, None
    if was_waiting:
        ticketing.issue(registration, TicketKind.ROTATING, now)
    _calendar_changed(registration, now)
    _record("move_registration", registration, by, now, slot=slot_id)
    _tell("registrations/booked", registration, now)
    _fill(slots, now)
    return registration


@transaction
def cancel(registration_id: int, *, by: int | None, now: datetime) -> Registration:
    """Give a place (or a wait) back; the first who waits gets it. Raises WrongState once somebody came in."""
    before = found(db.session.get(Registration, registration_id)).entry_slot_id
    slots = _enter([before] if before else [])
    registration = _held(registration_id, before)
    registration.state = move(registration.state, RegistrationState.CANCELLED)
    registration.ended_at = now
    ticketing.revoke(registration, now)
    _calendar_changed(registration, now)
    _record("cancel_registration", registration, by, now)
    _tell("registrations/cancelled", registration, now)
    db.session.flush()
    _fill(slots | _where_quota_waits(registration), now)
    return registration


@transaction
def cancel_university(
    event_id: int, university_id: int, reason: str, *, by: int, now: datetime
) -> list[Registration]:
    """Give back every place and wait of one university's students, because it left a joint event (S17).

    Each is told, and in their calendars it is cancelled; the places go to those who wait. Who is in stays in.
    """
    of_event = sa.select(EntrySlot.id).join(Occurrence).where(Occurrence.event_id == event_id)
    slots = _enter(db.session.scalars(of_event))
    theirs = (
        sa.select(Registration)
        .join(Occurrence)
        .where(
            Occurrence.event_id == event_id,
            Registration.university_id == university_id,
            Registration.state.in_([RegistrationState.TICKETED, RegistrationState.WAITING]),
        )
        .order_by(Registration.id)
        .with_for_update(of=Registration)
    )
    gone = list(db.session.scalars(theirs))
    for registration in gone:
        registration.state = move(registration.state, RegistrationState.CANCELLED)
        registration.ended_at = now
        ticketing.revoke(registration, now)
        _calendar_changed(registration, now)
        _record("cancel_registration", registration, by, now, because="school_left")
        _tell("registrations/school_left", registration, now, reason=reason)
    db.session.flush()
    _fill(slots, now)
    return gone


@transaction
def fill(slot_id: int, now: datetime) -> int:
    """Give free places of a slot to those who wait, e.g. after its capacity grew; how many got one."""
    return _fill(_enter([slot_id]), now)


@transaction
def expire(now: datetime) -> int:
    """Close what days that are over have left: who did not come is a no-show, who waited is let go; how many."""
    left = (
        sa.select(Registration)
        .join(Occurrence)
        .where(
            Registration.state.in_([RegistrationState.TICKETED, RegistrationState.WAITING]),
            Occurrence.ends_at < now - NO_SHOW_AFTER,
        )
        .order_by(Registration.id)
        .limit(_MOST_EXPIRED)
        .with_for_update(skip_locked=True, of=Registration)
    )
    rows = db.session.scalars(left).all()
    for row in rows:
        if row.state is RegistrationState.WAITING:
            row.state, row.ended_at = RegistrationState.CANCELLED, now
        else:
            row.state = move(row.state, RegistrationState.NO_SHOW)
    return len(rows)


def _enter(slot_ids: Iterable[int]) -> dict[int, EntrySlot]:
    """Lock these slots of one event, and before them what else their bookings depend on. Raises NotFound."""
    numbers = sorted(slot_ids)
    if not numbers:
        return {}
    of_slot = sa.select(Occurrence.event_id).join(EntrySlot).where(EntrySlot.id == numbers[0])
    event_id = found(db.session.scalar(of_slot))
    fresh = {"populate_existing": True}
    shared = sa.select(Event).where(Event.id == event_id).with_for_update(read=True)
    db.session.scalars(shared.execution_options(**fresh)).one()
    has_quota = sa.select(EventSchool.id).where(
        EventSchool.event_id == event_id, EventSchool.ticket_quota.is_not(None)
    )
    if (first := db.session.scalar(has_quota.order_by(EventSchool.id).limit(1))) is not None:
        lock(EventSchool, first)  # a quota counts over all slots, so its bookings queue at one row
    return {number: lock(EntrySlot, number) for number in numbers}


def _held(registration_id: int, slot_id: int | None) -> Registration:
    """The registration, locked after its slot. Raises Conflict if it was moved to another one meanwhile."""
    registration = lock(Registration, registration_id)
    if registration.entry_slot_id != slot_id:
        raise Conflict
    return registration


def _booking(
    slot: EntrySlot, student: Student | None, *, is_registered: bool = False, keeps_quota: bool = False
) -> Booking:
    """What is decided on, counted under the lock of the slot."""
    event = slot.occurrence.event
    quotas = queries.quotas(event.id)
    own = quotas.get(student.university_id) if student and not keeps_quota else None
    return Booking(
        opens_at=event.published_at or event.created_at,
        closes_at=slot.ends_at,
        slot_ends_at=slot.ends_at,
        capacity=slot.capacity,
        taken=queries.taken(slot.id),
        waiting=len(queries.waiting_for(slot.id, quotas)),
        is_open=event.state in BOOKABLE and slot.occurrence.state is OccurrenceState.PLANNED,
        is_eligible=student is not None,
        is_registered=is_registered,
        quota=own.places if own else None,
        quota_taken=own.taken if own else 0,
    )


def _fill(slots: dict[int, EntrySlot], now: datetime) -> int:
    """Promote those who wait for these (locked) slots while there are places; how many were promoted."""
    promoted = 0
    for slot in slots.values():
        event = slot.occurrence.event
        if now >= slot.ends_at or event.state not in BOOKABLE | {EventState.RUNNING}:
            continue
        while queries.taken(slot.id) < slot.capacity:
            first = next(iter(queries.waiting_for(slot.id, queries.quotas(event.id))), None)
            if first is None:
                break
            _promote(first, now)
            promoted += 1
    return promoted


def _where_quota_waits(registration: Registration) -> dict[int, EntrySlot]:
    """The other slots of a joint fair in which the place that its university gets back may be waited for."""
    event_id = registration.occurrence.event_id
    if queries.quotas(event_id)[registration.university_id].places is None:
        return {}
    waited_for = (
        sa.select(Registration.entry_slot_id)
        .join(Occurrence)
        .where(
            Occurrence.event_id == event_id,
            Registration.university_id == registration.university_id,
            Registration.state == RegistrationState.WAITING,
        )
    )
    numbers = {number for number in db.session.scalars(waited_for) if number is not None}
    return {number: lock(EntrySlot, number) for number in sorted(numbers)}


def _promote(registration: Registration, now: datetime) -> None:
    registration.state = move(registration.state, RegistrationState.TICKETED)
    registration.waiting_since = None
    ticketing.issue(registration, TicketKind.ROTATING, now)
    _calendar_changed(registration, now)
    _record("promote_registration", registration, None, now)
    _tell("registrations/promoted", registration, now)


def _registered(slot: EntrySlot, student: Student, state: RegistrationState, now: datetime) -> Registration:
    public_id = new_public_id()
    registration = Registration(
        public_id=public_id,
        occurrence_id=slot.occurrence_id,
        entry_slot_id=slot.id,
        person_id=student.person_id,
        university_id=student.university_id,
        state=state,
        waiting_since=now if state is RegistrationState.WAITING else None,
        uid=f"registration-{public_id}@campus-fairs",
        calendar_changed_at=now,
        created_at=now,
    )
    db.session.add(registration)
    db.session.flush()
    return registration
