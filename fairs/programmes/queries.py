"""Reads of programmes and events. "Public" is what any visitor may see."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from fairs.accounts.rules import OFFICE, RoleKind, Viewer
from fairs.clock import at_campus
from fairs.database import db, found
from fairs.errors import NotFound
from fairs.programmes.gates import Gate, Preparation
from fairs.programmes.models import (
    EntrySlot,
    Event,
    EventOrganiser,
    EventSchool,
    EventTarget,
    Fair,
    GateApproval,
    Occurrence,
    Programme,
    ProgrammeEvent,
)
from fairs.programmes.participation import ParticipationState
from fairs.programmes.rules import WITH_BOOTHS, EventKind, EventMode, EventState, TargetDimension
from fairs.venues import queries as venues
from fairs.venues.models import Space, SpaceUse

WITH_PLACES = selectinload(Occurrence.uses).joinedload(SpaceUse.space).joinedload(Space.campus)
"""Reads what ``Occurrence.where`` needs for all days of a list at once."""

SEES_ALL = OFFICE | {RoleKind.CAMPUS_SECURITY, RoleKind.SCHOOL_LEADER, RoleKind.AUDITOR}
"""Roles that may look at every event of their university."""


def led_event(public_id: str, university_id: int) -> Event:
    """An event that the university leads, in any state. Raises NotFound."""
    chosen = sa.select(Event).where(Event.public_id == public_id, Event.university_id == university_id)
    return found(db.session.scalars(chosen).one_or_none())


def staff_event(public_id: str, university_id: int, who: Viewer) -> Event:
    """An event that this member of staff may see: a coordinator only those of the own department.

    Raises NotFound.
    """
    event = led_event(public_id, university_id)
    if not who.has(SEES_ALL, university_id) and event.department_id not in who.departments(university_id):
        raise NotFound
    return event


def staff_events(university_id: int, who: Viewer) -> sa.Select[Any]:
    """The events of a university that this member of staff may see, as a statement for a list."""
    chosen = sa.select(Event).where(Event.university_id == university_id)
    if not who.has(SEES_ALL, university_id):
        chosen = chosen.where(Event.department_id.in_(who.departments(university_id)))
    return chosen


def is_public() -> sa.ColumnElement[bool]:
    """Whether an event may be seen by everybody: it was approved once, and is not a draft again.

    It stays visible while it is reviewed again, postponed or cancelled. A meeting is never published (S6).
    """
    return sa.and_(Event.published_at.is_not(None), Event.state != EventState.DRAFT)


def taking_part(university_id: int) -> sa.ColumnElement[bool]:
    """Whether the university takes part in an event, as lead or as a partner that has accepted (S17)."""
    return sa.exists().where(
        EventSchool.event_id == Event.id,
        EventSchool.university_id == university_id,
        EventSchool.state == ParticipationState.ACCEPTED,
    )


def public_event(public_id: str, university_id: int) -> Event:
    """A published event in which the university takes part (as lead or partner). Raises NotFound."""
    chosen = sa.select(Event).where(Event.public_id == public_id, taking_part(university_id), is_public())
    return found(db.session.scalars(chosen).one_or_none())


def public_days(university_id: int) -> sa.Select[Occurrence, Event]:
    """(occurrence, event) of everything public in which the university takes part, by time."""
    return (
        sa.select(Occurrence, Event)
        .join(Event, Event.id == Occurrence.event_id)
        .where(taking_part(university_id), is_public())
        .options(WITH_PLACES)
        .order_by(Occurrence.starts_at, Occurrence.id)
    )


def between(statement: sa.Select[Occurrence, Event], first: date, days: int) -> sa.Select[Occurrence, Event]:
    """Only what starts on one of ``days`` campus days from ``first`` on."""
    starts, ends = at_campus(first, time()), at_campus(first + timedelta(days=days), time())
    return statement.where(Occurrence.starts_at >= starts, Occurrence.starts_at < ends)


def aimed_at(codes: Collection[str]) -> sa.ColumnElement[bool]:
    """Whether an event is meant for one of these majors; one without majors is meant for all."""
    majors = sa.exists().where(
        EventTarget.event_id == Event.id, EventTarget.dimension == TargetDimension.MAJOR
    )
    mine = sa.exists().where(
        EventTarget.event_id == Event.id,
        EventTarget.dimension == TargetDimension.MAJOR,
        EventTarget.code.in_(codes),
    )
    return sa.or_(mine, ~majors)


def upcoming(after: datetime) -> sa.ColumnElement[bool]:
    """Whether a day is not over at the instant ``after``."""
    return Occurrence.ends_at >= after


def first_start() -> sa.ScalarSelect[datetime]:
    """When an event begins: the start of its first day, to sort lists by."""
    return (
        sa.select(sa.func.min(Occurrence.starts_at)).where(Occurrence.event_id == Event.id).scalar_subquery()
    )


def first_days(event_ids: Collection[int]) -> dict[int, Occurrence]:
    """Event id → its first day."""
    chosen = sa.select(Occurrence).where(Occurrence.event_id.in_(event_ids), Occurrence.ordinal == 1)
    return {day.event_id: day for day in db.session.scalars(chosen)}


def fair_of(event_id: int) -> Fair | None:
    """What an event with booths has in addition."""
    return db.session.get(Fair, event_id)


def occurrences(event_id: int) -> list[Occurrence]:
    """The days of an event, in order."""
    chosen = sa.select(Occurrence).where(Occurrence.event_id == event_id).options(WITH_PLACES)
    return list(db.session.scalars(chosen.order_by(Occurrence.ordinal).limit(100)))


def occurrence(public_id: str, event_id: int) -> Occurrence:
    """A day of an event. Raises NotFound."""
    chosen = sa.select(Occurrence).where(Occurrence.public_id == public_id, Occurrence.event_id == event_id)
    return found(db.session.scalars(chosen).one_or_none())


def slots(occurrence_id: int) -> list[EntrySlot]:
    """The entry slots of a day, in order."""
    return slots_of([occurrence_id]).get(occurrence_id, [])


def slots_of(occurrence_ids: Collection[int]) -> dict[int, list[EntrySlot]]:
    """Occurrence id → the entry slots of that day, in order."""
    chosen = sa.select(EntrySlot).where(EntrySlot.occurrence_id.in_(occurrence_ids))
    slots: dict[int, list[EntrySlot]] = {}
    for slot in db.session.scalars(chosen.order_by(EntrySlot.starts_at)):
        slots.setdefault(slot.occurrence_id, []).append(slot)
    return slots


def places_a_day(event_id: int) -> int:
    """The places in all slots of an event's fullest day; 0 where nothing is booked."""
    sums = (
        sa.select(sa.func.sum(EntrySlot.capacity).label("places"))
        .join(Occurrence, Occurrence.id == EntrySlot.occurrence_id)
        .where(Occurrence.event_id == event_id)
        .group_by(Occurrence.id)
        .subquery()
    )
    return int(db.session.scalar(sa.select(sa.func.max(sums.c.places))) or 0)


def invited_schools(event_id: int) -> list[EventSchool]:
    """The universities of an event in whatever state, those asked and those gone too, lead first (S17)."""
    chosen = sa.select(EventSchool).where(EventSchool.event_id == event_id)
    return list(db.session.scalars(chosen.order_by(EventSchool.id).limit(200)))


def schools(event_id: int) -> list[EventSchool]:
    """The universities that take part in an event, lead first."""
    return [row for row in invited_schools(event_id) if row.state is ParticipationState.ACCEPTED]


def part(event_id: int, university_id: int) -> EventSchool:
    """The part of a university that takes part in an event. Raises NotFound."""
    return found(next((row for row in schools(event_id) if row.university_id == university_id), None))


def invited_part(event_id: int, university_id: int) -> EventSchool:
    """The part of a university in an event, in whatever state. Raises NotFound."""
    rows = invited_schools(event_id)
    return found(next((row for row in rows if row.university_id == university_id), None))


def organisers(event_id: int) -> list[EventOrganiser]:
    """The organisations of an event in printed order."""
    chosen = sa.select(EventOrganiser).where(EventOrganiser.event_id == event_id)
    return list(db.session.scalars(chosen.order_by(EventOrganiser.position).limit(100)))


def targets(event_id: int, dimension: TargetDimension) -> list[str]:
    """The codes of one dimension for which an event is meant."""
    chosen = sa.select(EventTarget.code).where(
        EventTarget.event_id == event_id, EventTarget.dimension == dimension
    )
    return list(db.session.scalars(chosen.order_by(EventTarget.code).limit(500)))


def gates(event_id: int) -> dict[Gate, GateApproval]:
    """The gates of an event that are in force, in the order of ``Gate``."""
    chosen = sa.select(GateApproval).where(GateApproval.event_id == event_id, GateApproval.ended_at.is_(None))
    there = {row.gate: row for row in db.session.scalars(chosen)}
    return {gate: there[gate] for gate in Gate if gate in there}


def of_university(university_id: int) -> sa.ColumnElement[bool]:
    """Whether a programme is the university's own or above the universities."""
    return sa.or_(Programme.university_id == university_id, Programme.university_id.is_(None))


def programme(public_id: str, university_id: int) -> Programme:
    """A programme of the university or one above the universities. Raises NotFound."""
    chosen = sa.select(Programme).where(Programme.public_id == public_id, of_university(university_id))
    return found(db.session.scalars(chosen).one_or_none())


def programmes(
    university_id: int, *, ending_from: date | None = None, public: bool = False, archived: bool = False
) -> list[Programme]:
    """The programmes of a university and those above it, newest first; ``archived`` ones too if asked."""
    chosen = sa.select(Programme).where(of_university(university_id))
    chosen = chosen if archived else chosen.where(Programme.ended_at.is_(None))
    if public:
        chosen = chosen.where(Programme.published_at.is_not(None))
    if ending_from is not None:
        chosen = chosen.where(Programme.ends_on >= ending_from)
    return list(db.session.scalars(chosen.order_by(Programme.starts_on.desc(), Programme.id).limit(200)))


def programmes_of(event_id: int) -> list[Programme]:
    """The programmes to which an event belongs."""
    chosen = sa.select(Programme).join(ProgrammeEvent, ProgrammeEvent.programme_id == Programme.id)
    chosen = chosen.where(ProgrammeEvent.event_id == event_id).order_by(Programme.id)
    return list(db.session.scalars(chosen.limit(20)))


def venue_ready(event: Event) -> bool:
    """Whether every day of an event on site has its space firmly."""
    if event.mode is EventMode.ONLINE:
        return True
    days = occurrences(event.id)
    return bool(days) and all(venues.is_firm(day.id) for day in days)


def preparation(event: Event) -> Preparation:
    """How far the plan of an event is."""
    days, plan = occurrences(event.id), venues.latest_plan(event.id)
    return Preparation(
        onsite=event.mode is not EventMode.ONLINE,
        with_booths=event.kind in WITH_BOOTHS,
        space_taken=all(venues.uses(day.id) for day in days),
        plan_made=plan is not None,
        desk_planned=plan is not None and venues.has_complaint_desk(plan.id),
        first_start=days[0].starts_at,
        majors_named=not (event.department_id and event.kind is EventKind.SPECIALTY_FAIR)
        or bool(targets(event.id, TargetDimension.MAJOR)),
    )


def filtered_days(university_id: int, now: datetime, *, past: bool = False) -> sa.Select[Occurrence, Event]:
    """(occurrence, event) of what is public and still to come (or over)."""
    rows = public_days(university_id)
    return rows.where(~upcoming(now) if past else upcoming(now))


def own_programme(public_id: str, university_id: int) -> Programme:
    """A programme of the university itself, which its office may change. Raises NotFound."""
    chosen = sa.select(Programme).where(
        Programme.public_id == public_id, Programme.university_id == university_id
    )
    return found(db.session.scalars(chosen).one_or_none())


def tagged(dimension: TargetDimension, code: str) -> sa.ColumnElement[bool]:
    """Whether an event carries a code in one dimension, e.g. a campaign (S19)."""
    return sa.exists().where(
        EventTarget.event_id == Event.id, EventTarget.dimension == dimension, EventTarget.code == code
    )
