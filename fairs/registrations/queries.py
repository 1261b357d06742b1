"""Reads of registrations, of the places left in slots, and of tickets with the keys behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.database import db, found
from fairs.programmes.models import EntrySlot, Event, EventSchool, Occurrence
from fairs.programmes.participation import ParticipationState
from fairs.programmes.queries import WITH_PLACES
from fairs.registrations.models import FairKey, Registration, Ticket
from fairs.registrations.rules import HOLDS_PLACE, RegistrationState, bookable
from fairs.students.models import Student
from fairs.students.rules import StudentState


@dataclass(frozen=True)
class SlotPlaces:
    """A slot with how many of its places are taken and how many people wait for one."""

    slot: EntrySlot
    taken: int
    waiting: int

    @property
    def capacity(self) -> int:
        """Places that may be booked: those kept for people without a booking are left out."""
        return bookable(self.slot.capacity, self.slot.walk_in_quota)

    @property
    def free(self) -> int:
        """Places a newcomer may take now; those who wait come first."""
        return max(0, self.capacity - self.taken - self.waiting)


def places(occurrence_id: int) -> list[SlotPlaces]:
    """All slots of a day with their places, in order: one query."""
    live = sa.and_(Registration.entry_slot_id == EntrySlot.id, Registration.ended_at.is_(None))
    chosen = (
        sa.select(EntrySlot, _counted(Registration.state.in_(HOLDS_PLACE)), _counted(_is_waiting()))
        .outerjoin(Registration, live)
        .where(EntrySlot.occurrence_id == occurrence_id)
        .group_by(EntrySlot.id)
        .order_by(EntrySlot.starts_at)
        .limit(200)
    )
    return [SlotPlaces(slot, taken, waiting) for slot, taken, waiting in db.session.execute(chosen)]


def _is_waiting() -> sa.ColumnElement[bool]:
    return Registration.state == RegistrationState.WAITING


def _counted(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


@dataclass(frozen=True)
class Quota:
    """A university's places at an event (None: any number) and how many are taken."""

    places: int | None
    taken: int

    @property
    def full(self) -> bool:
        """Whether none is left."""
        return self.places is not None and self.taken >= self.places


def quotas(event_id: int) -> dict[int, Quota]:
    """The quota of each university that takes part in an event, by the university's id (S17)."""
    taken = (
        sa.select(sa.func.count())
        .select_from(Registration)
        .join(Occurrence)
        .where(
            Occurrence.event_id == EventSchool.event_id,
            Registration.university_id == EventSchool.university_id,
            Registration.state.in_(HOLDS_PLACE),
        )
        .correlate(EventSchool)
        .scalar_subquery()
    )
    counted = sa.case((EventSchool.ticket_quota.is_(None), 0), else_=taken)
    chosen = sa.select(EventSchool.university_id, EventSchool.ticket_quota, counted)
    rows = db.session.execute(chosen.where(EventSchool.event_id == event_id))
    return {university_id: Quota(quota, taken) for university_id, quota, taken in rows}


def taken(slot_id: int) -> int:
    """How many places of a slot are given away."""
    chosen = sa.select(sa.func.count()).where(
        Registration.entry_slot_id == slot_id, Registration.state.in_(HOLDS_PLACE)
    )
    return db.session.scalar(chosen) or 0


def waiting_for(slot_id: int, of: dict[int, Quota]) -> list[Registration]:
    """Who waits for a slot and could be given a place, first come first; those of full universities could not."""
    full = [university_id for university_id, quota in of.items() if quota.full]
    chosen = sa.select(Registration).where(
        Registration.entry_slot_id == slot_id, _is_waiting(), Registration.university_id.not_in(full)
    )
    return list(db.session.scalars(chosen.order_by(Registration.waiting_since, Registration.id)))


def student_for(event_id: int, person_id: int) -> Student | None:
    """The person as an active student of a university that takes part in the event, lead first."""
    chosen = (
        sa.select(Student)
        .join(EventSchool, EventSchool.university_id == Student.university_id)
        .where(
            EventSchool.event_id == event_id,
            EventSchool.state == ParticipationState.ACCEPTED,
            Student.person_id == person_id,
            Student.state == StudentState.ACTIVE,
        )
        .order_by(EventSchool.id)
        .limit(1)
    )
    return db.session.scalars(chosen).first()


def waited_for(now: datetime) -> list[int]:
    """The events to come for which somebody waits."""
    chosen = (
        sa.select(Occurrence.event_id)
        .join(Registration, Registration.occurrence_id == Occurrence.id)
        .where(_is_waiting(), Occurrence.ends_at > now)
    )
    return list(db.session.scalars(chosen.distinct().order_by(Occurrence.event_id)))


def slot_of(event_id: int, public_id: str | None) -> EntrySlot:
    """A slot of an event. Raises NotFound."""
    chosen = sa.select(EntrySlot).join(Occurrence).where(Occurrence.event_id == event_id)
    return found(db.session.scalars(chosen.where(EntrySlot.public_id == public_id)).one_or_none())


def live_registration(occurrence_id: int, person_id: int) -> Registration | None:
    """The person's registration for a day that has not ended, if any."""
    chosen = sa.select(Registration).where(
        Registration.occurrence_id == occurrence_id,
        Registration.person_id == person_id,
        Registration.ended_at.is_(None),
    )
    return db.session.scalars(chosen).one_or_none()


def is_booked(event_id: int, person_id: int) -> bool:
    """Whether a person has a place at any day of an event."""
    chosen = (
        sa.select(Registration.id)
        .join(Occurrence)
        .where(
            Occurrence.event_id == event_id,
            Registration.person_id == person_id,
            Registration.state.in_(HOLDS_PLACE),
        )
    )
    return db.session.scalar(chosen.limit(1)) is not None


def has_slots(event_id: int) -> bool:
    """Whether an event is booked at all."""
    chosen = sa.select(EntrySlot.id).join(Occurrence).where(Occurrence.event_id == event_id)
    return db.session.scalar(chosen.limit(1)) is not None


def own_registration(public_id: str, person_id: int, university_id: int) -> Registration:
    """A person's own registration at a university that leads the event or is their own. Raises NotFound."""
    chosen = (
        with_event()
        .join(Registration.occurrence)
        .join(Occurrence.event)
        .where(
            Registration.public_id == public_id,
            Registration.person_id == person_id,
            sa.or_(Registration.university_id == university_id, Event.university_id == university_id),
        )
    )
    return found(db.session.scalars(chosen).one_or_none())


def mine(person_id: int) -> list[Registration]:
    """A person's registrations, the latest day first."""
    chosen = with_event().join(Registration.occurrence).where(Registration.person_id == person_id)
    return list(db.session.scalars(chosen.order_by(Occurrence.starts_at.desc(), Registration.id).limit(200)))


def with_event() -> sa.Select[Registration]:
    """Registrations with their day, event, places and slot."""
    return sa.select(Registration).options(
        joinedload(Registration.occurrence).options(joinedload(Occurrence.event), WITH_PLACES),
        joinedload(Registration.entry_slot),
    )


def ahead_of(registration: Registration) -> int:
    """How many people wait for the same slot and came earlier."""
    earlier = sa.or_(
        Registration.waiting_since < registration.waiting_since,
        sa.and_(Registration.waiting_since == registration.waiting_since, Registration.id < registration.id),
    )
    chosen = sa.select(sa.func.count()).where(
        Registration.entry_slot_id == registration.entry_slot_id, _is_waiting(), earlier
    )
    return db.session.scalar(chosen) or 0


def ahead_of_all(registrations: Sequence[Registration]) -> dict[int, int]:
    """For each of these registrations that waits: how many came earlier, in one query."""
    other = sa.orm.aliased(Registration)
    earlier = sa.or_(
        other.waiting_since < Registration.waiting_since,
        sa.and_(other.waiting_since == Registration.waiting_since, other.id < Registration.id),
    )
    same = sa.and_(
        other.entry_slot_id == Registration.entry_slot_id,
        other.state == RegistrationState.WAITING,
        earlier,
    )
    chosen = (
        sa.select(Registration.id, sa.func.count(other.id))
        .outerjoin(other, same)
        .where(Registration.id.in_([row.id for row in registrations]), _is_waiting())
        .group_by(Registration.id)
    )
    return {row[0]: row[1] for row in db.session.execute(chosen)}


def registered(event_id: int) -> int:
    """How many places are given away at an event, over all its days."""
    chosen = (
        sa.select(sa.func.count())
        .select_from(Registration)
        .join(Occurrence)
        .where(Occurrence.event_id == event_id, Registration.state.in_(HOLDS_PLACE))
    )
    return db.session.scalar(chosen) or 0


def ticket_of(registration_id: int) -> Ticket | None:
    """The ticket in force of a registration."""
    chosen = sa.select(Ticket).where(Ticket.registration_id == registration_id, Ticket.revoked_at.is_(None))
    return db.session.scalars(chosen.order_by(Ticket.id.desc()).limit(1)).first()


def ticket_by_code(code: str) -> Ticket | None:
    """The ticket with this code, revoked ones too, with its registration, day and event."""
    day = joinedload(Ticket.registration).joinedload(Registration.occurrence)
    chosen = sa.select(Ticket).options(day.joinedload(Occurrence.event)).where(Ticket.code == code)
    return db.session.scalars(chosen).one_or_none()


def ticket_by_student_no(student_no: str, occurrence_id: int) -> Ticket | None:
    """The ticket in force of the one student with this number who is registered for a day; None if unclear."""
    chosen = (
        sa.select(Ticket)
        .join(Ticket.registration)
        .join(
            Student,
            sa.and_(
                Student.person_id == Registration.person_id,
                Student.university_id == Registration.university_id,
            ),
        )
        .where(
            Registration.occurrence_id == occurrence_id,
            Student.student_no == student_no,
            Ticket.revoked_at.is_(None),
        )
    )
    tickets: Sequence[Ticket] = db.session.scalars(chosen.limit(2)).all()
    return tickets[0] if len(tickets) == 1 else None


def fair_key(event_id: int, version: int | None = None) -> FairKey | None:
    """An event's key of a version, retired ones too; without ``version`` the one in force."""
    wanted = FairKey.retired_at.is_(None) if version is None else FairKey.version == version
    return db.session.scalars(sa.select(FairKey).where(FairKey.event_id == event_id, wanted)).one_or_none()
