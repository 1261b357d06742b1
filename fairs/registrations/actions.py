"""Booking a place, waiting for one, moving to another slot, cancelling (docs/adr/0023)."""

from datetime import datetime

import sqlalchemy as sa

from fairs.database import db, found, transaction
from fairs.errors import NotFound
from fairs.programmes import actions as programmes
from fairs.programmes.drafts import SlotDraft
from fairs.programmes.models import EntrySlot, Occurrence
from fairs.registrations import desk, queries, ticketing
from fairs.registrations.holding import (
    AT_THE_DOOR,
    BOOKABLE,
    booking,
    calendar_changed,
    enter,
    held,
    record,
    registered,
    tell,
    where_quota_waits,
)
from fairs.registrations.holding import fill as fill_locked
from fairs.registrations.models import Registration
from fairs.registrations.rules import (
    NO_SHOW_AFTER,
    NotEligible,
    RegistrationState,
    TicketKind,
    WrongState,
    may_book,
    may_walk_in,
    move,
)

__all__ = ["AT_THE_DOOR", "BOOKABLE"]

_MOST_EXPIRED = 500


@transaction
def book(slot_id: int, person_id: int, now: datetime, *, accepts_waiting: bool = False) -> Registration:
    """A place in a slot for a student, with its ticket; or one on the waiting list if that is accepted.

    Asking twice for the same slot is asking once: a double click gets the first one's answer. Raises
    BookingClosed, NotOpenYet, NotEligible, AlreadyRegistered, SlotFull, QuotaFull; Conflict if the same person
    books two slots at once.
    """
    slot = enter([slot_id])[slot_id]
    event = slot.occurrence.event
    student = queries.student_for(event.id, person_id)
    taken_part = queries.live_registration(slot.occurrence_id, person_id)
    if taken_part is not None and taken_part.entry_slot_id == slot_id:
        return taken_part
    state = may_book(
        booking(slot, student, is_registered=taken_part is not None), now, accepts_waiting=accepts_waiting
    )
    if student is None:
        raise NotEligible
    registration = registered(slot, student, state, now)
    record("register_student", registration, person_id, now)
    ticketed = state is RegistrationState.TICKETED
    if ticketed:
        ticketing.issue(registration, TicketKind.ROTATING, now)
    tell("registrations/booked" if ticketed else "registrations/waiting", registration, now)
    return registration


@transaction
def join_waiting_list(slot_id: int, person_id: int, now: datetime) -> Registration:
    """A place on the waiting list of a full slot; a place in it if one became free meanwhile. Raises as ``book``."""
    return book(slot_id, person_id, now, accepts_waiting=True)


@transaction
def walk_in(slot_id: int, student_no: str, *, by: int, now: datetime) -> Registration:
    """A place at the door for a student who comes without a booking, with a paper ticket.

    It may use the places kept for that. Raises BookingClosed, NotEligible, AlreadyRegistered, SlotFull.
    """
    slot = enter([slot_id])[slot_id]
    event = slot.occurrence.event
    student = desk.student_by_number(event.id, student_no)
    if student is None:
        raise NotEligible("参加本场活动的学校里没有这个学号，请核对学生证。")
    there = queries.live_registration(slot.occurrence_id, student.person_id)
    asked = booking(slot, student, is_registered=there is not None)
    may_walk_in(asked, slot.capacity, now, is_open=event.state in AT_THE_DOOR)
    registration = registered(slot, student, RegistrationState.TICKETED, now)
    ticketing.issue(registration, TicketKind.PRINTED, now)
    record("walk_in", registration, by, now)
    return registration


@transaction
def move_slot(
    registration_id: int, slot_id: int, now: datetime, *, by: int | None, accepts_waiting: bool = False
) -> Registration:
    """Go to another slot of the same day. If that is full the present place is kept. Raises as ``book``.

    Who waits may wait for another slot instead (``accepts_waiting``) and keeps the time since when they wait.
    """
    before = found(db.session.get(Registration, registration_id)).entry_slot_id
    slots = enter({slot_id, *([before] if before else [])})
    registration, slot = held(registration_id, before), slots[slot_id]
    if slot.occurrence_id != registration.occurrence_id:
        raise NotFound
    if registration.state not in {RegistrationState.TICKETED, RegistrationState.WAITING}:
        raise WrongState
    if before == slot_id:
        return registration
    student = queries.student_for(slot.occurrence.event_id, registration.person_id)
    was_waiting = registration.state is RegistrationState.WAITING
    asked = booking(slot, student, keeps_quota=not was_waiting)
    state = may_book(asked, now, accepts_waiting=accepts_waiting and was_waiting)
    registration.entry_slot_id, registration.entry_slot = slot_id, slot
    if was_waiting and state is RegistrationState.TICKETED:
        registration.state, registration.waiting_since = move(registration.state, state), None
        ticketing.issue(registration, TicketKind.ROTATING, now)
    calendar_changed(registration, now)
    record("move_registration", registration, by, now, slot=slot_id)
    waits = registration.state is RegistrationState.WAITING
    tell("registrations/waiting" if waits else "registrations/moved", registration, now)
    db.session.flush()
    fill_locked(slots, now)
    return registration


@transaction
def cancel(registration_id: int, *, by: int | None, now: datetime) -> Registration:
    """Give a place (or a wait) back; the first who waits gets it. Raises WrongState once somebody came in."""
    before = found(db.session.get(Registration, registration_id)).entry_slot_id
    slots = enter([before] if before else [])
    registration = held(registration_id, before)
    registration.state = move(registration.state, RegistrationState.CANCELLED)
    registration.ended_at = now
    ticketing.revoke(registration, now)
    calendar_changed(registration, now)
    record("cancel_registration", registration, by, now)
    tell("registrations/cancelled", registration, now)
    db.session.flush()
    fill_locked(slots | where_quota_waits(registration), now)
    return registration


@transaction
def cancel_university(
    event_id: int, university_id: int, reason: str, *, by: int, now: datetime
) -> list[Registration]:
    """Give back every place and wait of one university's students, because it left a joint event (S17).

    Each is told, and in their calendars it is cancelled; the places go to those who wait. Who is in stays in.
    """
    of_event = sa.select(EntrySlot.id).join(Occurrence).where(Occurrence.event_id == event_id)
    slots = enter(db.session.scalars(of_event))
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
        calendar_changed(registration, now)
        record("cancel_registration", registration, by, now, because="school_left")
        tell("registrations/school_left", registration, now, reason=reason)
    db.session.flush()
    fill_locked(slots, now)
    return gone


@transaction
def fill(slot_id: int, now: datetime) -> int:
    """Give free places of a slot to those who wait, e.g. after its capacity grew; how many got one."""
    return fill_locked(enter([slot_id]), now)


@transaction
def fill_event(event_id: int, now: datetime) -> int:
    """Give free places of all slots of an event to those who wait, e.g. after a quota grew; how many got one."""
    slots = sa.select(EntrySlot.id).join(Occurrence).where(Occurrence.event_id == event_id)
    return fill_locked(enter(db.session.scalars(slots).all()), now)


def fill_waiting(now: datetime) -> int:
    """Go through every event for which somebody waits; how many got a place.

    What raises a capacity fills at once; this finds whatever was raised in another way.
    """
    return sum(fill_event(event_id, now) for event_id in queries.waited_for(now))


@transaction
def change_slots(event_id: int, slots: SlotDraft, *, version: int, by: int, now: datetime) -> int:
    """Cut an event's days anew or change their places; how many who waited got one. Raises as ``programmes``."""
    programmes.change_slots(event_id, slots, version=version, by=by, now=now)
    return fill_event(event_id, now)


@transaction
def expire(now: datetime, *, event_id: int | None = None) -> int:
    """Close what days that are over have left: who did not come is a no-show, who waited is let go; how many.

    With ``event_id`` everything of that event, else a bounded part of what there is.
    """
    left = (
        sa.select(Registration)
        .join(Occurrence)
        .where(
            Registration.state.in_([RegistrationState.TICKETED, RegistrationState.WAITING]),
            Occurrence.ends_at < now - NO_SHOW_AFTER,
        )
        .order_by(Registration.id)
        .with_for_update(skip_locked=event_id is None, of=Registration)
    )
    left = left.limit(_MOST_EXPIRED) if event_id is None else left.where(Occurrence.event_id == event_id)
    rows = db.session.scalars(left).all()
    for row in rows:
        if row.state is RegistrationState.WAITING:
            row.state, row.ended_at = move(row.state, RegistrationState.CANCELLED), now
        else:
            row.state = move(row.state, RegistrationState.NO_SHOW)
        record("expire_registration", row, None, now, state=row.state.value)
    return len(rows)
