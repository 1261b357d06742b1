"""Reads of the people on duty: who, what, where, when; and how many there have to be (P24)."""

from collections import Counter
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.accounts.models import Person, Role
from fairs.accounts.rules import RoleKind
from fairs.database import db, found
from fairs.programmes.models import Event, Occurrence, StaffShift
from fairs.programmes.rules import EventState, OccurrenceState
from fairs.safety.staffing import Manning, manning

STAFF_KINDS = (
    RoleKind.CAREER_OFFICER,
    RoleKind.CAREER_DIRECTOR,
    RoleKind.DEPT_COORDINATOR,
    RoleKind.COUNSELLOR,
    RoleKind.DOOR_STAFF,
    RoleKind.CAMPUS_SECURITY,
)
"""Roles whose holders may be put on duty by name."""

GATES = sa.table("gate", sa.column("id"), sa.column("public_id"), sa.column("event_id"), sa.column("name"))
"""The doors of an event belong to a feature beside this one: named, not imported."""


def shifts(event_id: int) -> list[StaffShift]:
    """The duties of an event in order of time."""
    chosen = (
        sa.select(StaffShift)
        .join(Occurrence, Occurrence.id == StaffShift.occurrence_id)
        .where(Occurrence.event_id == event_id, StaffShift.ended_at.is_(None))
        .options(joinedload(StaffShift.person), joinedload(StaffShift.occurrence))
        .order_by(StaffShift.starts_at, StaffShift.duty, StaffShift.id)
    )
    return list(db.session.scalars(chosen.limit(500)))


def shift(public_id: str, event_id: int) -> StaffShift:
    """A duty of an event that was not taken off. Raises NotFound."""
    chosen = (
        sa.select(StaffShift)
        .join(Occurrence, Occurrence.id == StaffShift.occurrence_id)
        .where(
            StaffShift.public_id == public_id,
            Occurrence.event_id == event_id,
            StaffShift.ended_at.is_(None),
        )
    )
    return found(db.session.scalars(chosen).one_or_none())


def by_duty(event_id: int) -> list[tuple[str, int, int]]:
    """(duty, planned, filled) over all days of an event."""
    planned: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    for row in shifts(event_id):
        planned[row.duty] += 1
        filled[row.duty] += row.person_id is not None
    return [(duty, count, filled[duty]) for duty, count in sorted(planned.items())]


def manning_of(event_id: int, booths: int) -> Manning:
    """The gauge of an event: its thinnest day against one person for ten booths (P24)."""
    days = (
        sa.select(Occurrence.id, sa.func.count(StaffShift.id), sa.func.count(StaffShift.person_id))
        .outerjoin(
            StaffShift, sa.and_(StaffShift.occurrence_id == Occurrence.id, StaffShift.ended_at.is_(None))
        )
        .where(Occurrence.event_id == event_id)
        .group_by(Occurrence.id)
    )
    return manning(booths, [(planned, filled) for _, planned, filled in db.session.execute(days)])


def clash(
    person_id: int, starts_at: datetime, ends_at: datetime, but_for: int | None = None
) -> tuple[StaffShift, Event] | None:
    """Another duty of the person at that time, at an event that was not called off."""
    chosen = (
        sa.select(StaffShift, Event)
        .join(Occurrence, Occurrence.id == StaffShift.occurrence_id)
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            StaffShift.person_id == person_id,
            StaffShift.ended_at.is_(None),
            StaffShift.id.is_distinct_from(but_for),
            StaffShift.starts_at < ends_at,
            StaffShift.ends_at > starts_at,
            Occurrence.state == OccurrenceState.PLANNED,
            Event.state.not_in([EventState.CANCELLED, EventState.POSTPONED]),
        )
    )
    row = db.session.execute(chosen.limit(1)).one_or_none()
    return (row[0], row[1]) if row else None


def staff(university_id: int) -> list[Person]:
    """People of a university who may be put on duty: its staff, and helpers of its earlier events."""
    roles = sa.select(Role.person_id).where(
        Role.university_id == university_id, Role.kind.in_(STAFF_KINDS), Role.until_on.is_(None)
    )
    helped = (
        sa.select(StaffShift.person_id)
        .join(Occurrence, Occurrence.id == StaffShift.occurrence_id)
        .join(Event, Event.id == Occurrence.event_id)
        .where(Event.university_id == university_id, StaffShift.person_id.is_not(None))
    )
    chosen = sa.select(Person).where(sa.or_(Person.id.in_(roles), Person.id.in_(helped)))
    return list(db.session.scalars(chosen.order_by(Person.name, Person.id).limit(500)))


def helper(university_id: int, name: str, phone: str) -> Person | None:
    """Somebody who helped the university before under this name and phone."""
    known = (
        sa.select(Person)
        .join(StaffShift, StaffShift.person_id == Person.id)
        .join(Occurrence, Occurrence.id == StaffShift.occurrence_id)
        .join(Event, Event.id == Occurrence.event_id)
        .where(Event.university_id == university_id, Person.name == name, Person.phone == phone)
    )
    return db.session.scalars(known.limit(1)).first()


def gates(event_id: int) -> list[tuple[int, str, str]]:
    """(number, public id, name) of an event's doors."""
    chosen = sa.select(GATES.c.id, GATES.c.public_id, GATES.c.name).where(GATES.c.event_id == event_id)
    return [(row[0], row[1], row[2]) for row in db.session.execute(chosen.order_by(GATES.c.name).limit(100))]


def earlier_rosters(event: Event) -> list[Event]:
    """Events of the university, but this one, whose roster can be copied; the latest first."""
    with_shifts = (
        sa.select(Occurrence.event_id)
        .join(StaffShift, StaffShift.occurrence_id == Occurrence.id)
        .where(StaffShift.ended_at.is_(None))
    )
    chosen = sa.select(Event).where(
        Event.university_id == event.university_id, Event.id != event.id, Event.id.in_(with_shifts)
    )
    return list(db.session.scalars(chosen.order_by(Event.id.desc()).limit(10)))
