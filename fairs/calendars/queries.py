"""Reads for feeds: days of events, bookings, appearances, shifts, each bounded by the feed's window."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.accounts.rules import Grant
from fairs.allocation.models import BoothAssignment
from fairs.calendars.models import FeedToken
from fairs.calendars.rules import AHEAD, CANCELLED_KEPT, MOST, PAST, hash_of
from fairs.database import db, found
from fairs.employers.models import EmployerContact
from fairs.employers.rules import ContactState
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.programmes import attending
from fairs.programmes.models import (
    Event,
    EventTarget,
    Occurrence,
    Programme,
    ProgrammeEvent,
    StaffShift,
)
from fairs.programmes.queries import WITH_PLACES, tagged, taking_part
from fairs.programmes.rules import PUBLIC_STATES, EventKind, EventState, TargetDimension
from fairs.programmes.season_queries import parents
from fairs.programmes.seasons import below
from fairs.registrations.models import Registration
from fairs.venues.models import PlanBooth


@dataclass(frozen=True)
class Filter:
    """What of a school's public events is wanted; None means all."""

    kind: EventKind | None = None
    department: str | None = None
    major: str | None = None
    # only the events that name it, not those that are for all (S7)
    industry: str | None = None
    region: str | None = None
    campaign: str | None = None
    chain: str | None = None


@dataclass(frozen=True)
class Day:
    """A day of an event, and how many days the event has."""

    occurrence: Occurrence
    days: int


@dataclass(frozen=True)
class Appearance:
    """An employer's day at a fair, with the number of its booth if it has one."""

    exhibitor: Exhibitor
    occurrence: Occurrence
    booth: str | None
    days: int


_OTHER = sa.orm.aliased(Occurrence)
_DAYS = (
    sa.select(sa.func.count(_OTHER.id))
    .where(_OTHER.event_id == Occurrence.event_id)
    .correlate(Occurrence)
    .scalar_subquery()
)
WITH_EVENT = (
    joinedload(Occurrence.event).joinedload(Event.university),
    WITH_PLACES,
)


@dataclass(frozen=True)
class Choice:
    """Which days a public feed holds; read only when somebody has no current copy of it."""

    rows: sa.Select[Any]

    def days(self, now: datetime) -> list[Day]:
        """The days, within the feed's window."""
        return _days(self.rows, now)


def public_days(university_id: int, wanted: Filter) -> Choice:
    """The days of the published events in which a university takes part."""
    chosen = _public(university_id)
    if wanted.kind is not None:
        chosen = chosen.where(Event.kind == wanted.kind)
    if wanted.department is not None:
        chosen = chosen.where(_aims_at(TargetDimension.DEPARTMENT, wanted.department))
    if wanted.major is not None:
        chosen = chosen.where(_aims_at(TargetDimension.MAJOR, wanted.major))
    for dimension in NAMED:
        if (code := getattr(wanted, dimension.value)) is not None:
            chosen = chosen.where(tagged(dimension, code))
    return Choice(chosen)


NAMED = (
    TargetDimension.INDUSTRY,
    TargetDimension.REGION,
    TargetDimension.CAMPAIGN,
    TargetDimension.CHAIN,
)
"""The tags by which a feed can be chosen beside kind, department and major."""


def programme_days(programme: Programme, university_id: int) -> Choice:
    """The days of the published events of a programme, and of those below it, in which a university takes part."""
    tree = below(programme.id, parents(university_id))
    linked = sa.select(ProgrammeEvent.event_id).where(ProgrammeEvent.programme_id.in_(tree))
    return Choice(_public(university_id).where(Event.id.in_(linked)))


def event_days(event: Event) -> list[Day]:
    """Every day of one event, however long ago."""
    chosen = sa.select(Occurrence, _DAYS).where(Occurrence.event_id == event.id).options(*WITH_EVENT)
    rows = db.session.execute(chosen.order_by(Occurrence.ordinal).limit(MOST))
    return [Day(occurrence, days) for occurrence, days in rows]


def led_days(universities: Collection[int], departments: Collection[int], now: datetime) -> list[Day]:
    """The days of events that these universities or departments lead, unpublished ones too, drafts not."""
    leads = sa.or_(Event.university_id.in_(universities), Event.department_id.in_(departments))
    chosen = sa.select(Occurrence, _DAYS).join(Event, Occurrence.event_id == Event.id)
    return _days(chosen.where(leads, Event.state != EventState.DRAFT), now)


def called_days(person_id: int, grants: Sequence[Grant], now: datetime) -> list[Day]:
    """The days of meetings to which a person with these roles was called (S6)."""
    chosen = sa.select(Occurrence, _DAYS).join(Event, Occurrence.event_id == Event.id)
    states = PUBLIC_STATES - {EventState.APPROVED}
    return _days(chosen.where(attending.calls(person_id, grants), Event.state.in_(states)), now)


def _public(university_id: int) -> sa.Select[Any]:
    return (
        sa.select(Occurrence, _DAYS)
        .join(Event, Occurrence.event_id == Event.id)
        .where(taking_part(university_id), Event.published_at.is_not(None), Event.state.in_(PUBLIC_STATES))
    )


def _aims_at(dimension: TargetDimension, code: str) -> sa.ColumnElement[bool]:
    """The event names this code, or names nobody in this dimension and so is for all."""
    named = sa.select(EventTarget.id).where(
        EventTarget.event_id == Event.id, EventTarget.dimension == dimension
    )
    return sa.or_(named.where(EventTarget.code == code).exists(), ~named.exists())


def _days(chosen: sa.Select[Any], now: datetime) -> list[Day]:
    rows = _bounded(chosen.options(*WITH_EVENT), Occurrence.starts_at, Occurrence.ends_at, now)
    return [Day(occurrence, days) for occurrence, days in rows]


def _bounded(chosen: Any, starts_at: Any, ends_at: Any, now: datetime) -> list[Any]:
    """At most MOST rows: what is to come, soonest first in the choice, then what ended a short while ago."""
    coming = chosen.where(ends_at >= now, starts_at < now + AHEAD)
    rows = list(db.session.execute(coming.order_by(starts_at).limit(MOST)))
    if len(rows) < MOST:
        past = chosen.where(ends_at < now, ends_at > now - PAST).order_by(starts_at.desc())
        rows = list(db.session.execute(past.limit(MOST - len(rows))))[::-1] + rows
    return rows


def programmes_of(days: list[Day]) -> dict[int, list[Programme]]:
    """The programmes of each event of these days, by event id."""
    events = {day.occurrence.event_id for day in days}
    linked = sa.select(ProgrammeEvent.event_id, Programme).join(
        Programme, Programme.id == ProgrammeEvent.programme_id
    )
    rows = db.session.execute(linked.where(ProgrammeEvent.event_id.in_(events)).order_by(Programme.id))
    programmes = defaultdict(list)
    for event_id, programme in rows:
        programmes[event_id].append(programme)
    return programmes


def current_programmes(university_id: int, now: datetime) -> list[Programme]:
    """Programmes of a university, or above it, that have not ended, for the page of links."""
    own = sa.or_(Programme.university_id == university_id, Programme.university_id.is_(None))
    chosen = sa.select(Programme).where(
        own,
        Programme.ended_at.is_(None),
        Programme.published_at.is_not(None),
        Programme.ends_on >= now.date(),
    )
    return list(db.session.scalars(chosen.order_by(Programme.starts_on).limit(50)))


def bookings(person_id: int, now: datetime) -> list[Registration]:
    """A person's registrations; one that its owner cancelled stays for a while."""
    chosen = (
        sa.select(Registration)
        .join(Occurrence, Registration.occurrence_id == Occurrence.id)
        .where(
            Registration.person_id == person_id,
            sa.or_(Registration.ended_at.is_(None), Registration.ended_at > now - CANCELLED_KEPT),
        )
        .options(
            joinedload(Registration.occurrence).options(*WITH_EVENT), joinedload(Registration.entry_slot)
        )
    )
    rows = _bounded(chosen, Occurrence.starts_at, Occurrence.ends_at, now)
    return [registration for (registration,) in rows]


def appearances(person_id: int, now: datetime) -> list[Appearance]:
    """The days at fairs of the employers for which a person acts, once a booth was offered or confirmed."""
    employers = sa.select(EmployerContact.employer_id).where(
        EmployerContact.person_id == person_id, EmployerContact.state == ContactState.ACTIVE
    )
    offered = sa.select(BoothAssignment.id).where(BoothAssignment.exhibitor_id == Exhibitor.id)
    number = (
        sa.select(PlanBooth.number)
        .join(BoothAssignment, BoothAssignment.plan_id == PlanBooth.plan_id)
        .where(
            BoothAssignment.booth_key == PlanBooth.booth_key,
            BoothAssignment.exhibitor_id == Exhibitor.id,
            BoothAssignment.ended_at.is_(None),
        )
        .limit(1)
        .correlate(Exhibitor)
        .scalar_subquery()
    )
    chosen = (
        sa.select(Exhibitor, Occurrence, number, _DAYS)
        .join(Occurrence, Occurrence.event_id == Exhibitor.event_id)
        .where(
            Exhibitor.employer_id.in_(employers),
            sa.or_(offered.exists(), Exhibitor.state == ExhibitorState.CONFIRMED),
            sa.or_(Exhibitor.ended_at.is_(None), Exhibitor.ended_at > now - CANCELLED_KEPT),
        )
        .options(*WITH_EVENT, joinedload(Exhibitor.employer))
    )
    rows = _bounded(chosen, Occurrence.starts_at, Occurrence.ends_at, now)
    return [Appearance(exhibitor, day, booth, days) for exhibitor, day, booth, days in rows]


def shifts(person_id: int, now: datetime) -> list[tuple[StaffShift, Occurrence]]:
    """A person's duties, with the day they belong to; one that was taken off stays for a while."""
    chosen = (
        sa.select(StaffShift, Occurrence)
        .join(Occurrence, StaffShift.occurrence_id == Occurrence.id)
        .where(
            StaffShift.person_id == person_id,
            sa.or_(StaffShift.ended_at.is_(None), StaffShift.ended_at > now - CANCELLED_KEPT),
        )
        .options(*WITH_EVENT)
    )
    return [(row[0], row[1]) for row in _bounded(chosen, StaffShift.starts_at, StaffShift.ends_at, now)]


def live_link(person_id: int) -> FeedToken | None:
    """A person's private link that works."""
    chosen = sa.select(FeedToken).where(FeedToken.person_id == person_id, FeedToken.revoked_at.is_(None))
    return db.session.scalars(chosen.order_by(FeedToken.id.desc()).limit(1)).one_or_none()


def owner_of(secret: str) -> int:
    """Whose private link this is (a person's id). Raises NotFound for a wrong or revoked one."""
    chosen = sa.select(FeedToken.person_id).where(
        FeedToken.secret_hash == hash_of(secret), FeedToken.revoked_at.is_(None)
    )
    return found(db.session.scalar(chosen))
