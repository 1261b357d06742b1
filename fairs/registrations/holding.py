"""Holding places under locks: what bookings, moves and waiting lists share. Only actions call these.

Locks are always taken in this order, so that no two bookings wait for each other: the event (shared: bookings
do not queue at it, but it cannot be cancelled meanwhile), the quotas of a joint fair, slots by id, then
registrations.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.database import db, found, lock, new_public_id
from fairs.errors import Conflict
from fairs.messages import actions as messages
from fairs.programmes.models import EntrySlot, Event, EventSchool, Occurrence
from fairs.programmes.rules import EventState, OccurrenceState
from fairs.registrations import queries, ticketing, windows
from fairs.registrations.models import Registration
from fairs.registrations.rules import (
    Booking,
    RegistrationState,
    TicketKind,
    bookable,
    move,
)
from fairs.students.models import Student

BOOKABLE = frozenset({EventState.OPEN, EventState.LOCKED})
"""States of an event in which students book: ``locked`` settles the booths, not the visitors."""

AT_THE_DOOR = BOOKABLE | {EventState.RUNNING}
"""States in which places are still given: by promotion, and at the door to who comes without a booking."""


def enter(slot_ids: Iterable[int]) -> dict[int, EntrySlot]:
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


def held(registration_id: int, slot_id: int | None) -> Registration:
    """The registration, locked after its slot. Raises Conflict if it was moved to another one meanwhile."""
    registration = lock(Registration, registration_id)
    if registration.entry_slot_id != slot_id:
        raise Conflict
    return registration


def booking(
    slot: EntrySlot, student: Student | None, *, is_registered: bool = False, keeps_quota: bool = False
) -> Booking:
    """What is decided on, counted under the lock of the slot."""
    event = slot.occurrence.event
    quotas = queries.quotas(event.id)
    own = quotas.get(student.university_id) if student and not keeps_quota else None
    return Booking(
        opens_at=windows.opens_at(event, student),
        closes_at=slot.ends_at,
        slot_ends_at=slot.ends_at,
        capacity=bookable(slot.capacity, slot.walk_in_quota),
        taken=queries.taken(slot.id),
        waiting=len(queries.waiting_for(slot.id, quotas)),
        is_open=event.state in BOOKABLE and slot.occurrence.state is OccurrenceState.PLANNED,
        is_eligible=student is not None,
        is_registered=is_registered,
        quota=own.places if own else None,
        quota_taken=own.taken if own else 0,
    )


def registered(slot: EntrySlot, student: Student, state: RegistrationState, now: datetime) -> Registration:
    """A new registration in a (locked) slot."""
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


def fill(slots: dict[int, EntrySlot], now: datetime) -> int:
    """Promote those who wait for these (locked) slots while there are places; how many were promoted."""
    promoted = 0
    for slot in slots.values():
        event = slot.occurrence.event
        if now >= slot.ends_at or event.state not in AT_THE_DOOR:
            continue
        while queries.taken(slot.id) < bookable(slot.capacity, slot.walk_in_quota):
            first = next(iter(queries.waiting_for(slot.id, queries.quotas(event.id))), None)
            if first is None:
                break
            _promote(first, now)
            promoted += 1
    return promoted


def where_quota_waits(registration: Registration) -> dict[int, EntrySlot]:
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
    calendar_changed(registration, now)
    record("promote_registration", registration, None, now)
    tell("registrations/promoted", registration, now)


def calendar_changed(registration: Registration, now: datetime) -> None:
    """Let the person's calendar know."""
    registration.sequence += 1
    registration.calendar_changed_at = now


def record(action: str, registration: Registration, by: int | None, now: datetime, **detail: Any) -> None:
    """Write the change into the trail of the university that leads the event."""
    university_id = registration.occurrence.event.university_id
    audit.record(action, registration, by=by, university_id=university_id, now=now, **detail)


def tell(kind: str, registration: Registration, now: datetime, **more: str) -> None:
    """Queue a message with event, time, place and the way to the ticket."""
    occurrence = registration.occurrence
    period: EntrySlot | Occurrence = registration.entry_slot or occurrence
    params = {
        "event": occurrence.event.title,
        "event_id": occurrence.event.public_id,
        "registration": registration.public_id,
        "starts_at": period.starts_at.isoformat(),
        "ends_at": period.ends_at.isoformat(),
        "place": occurrence.where,
    }
    messages.queue(
        kind,
        [registration.person_id],
        params | more,
        subject=registration,
        university_id=registration.university_id,
        now=now,
    )
