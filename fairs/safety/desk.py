"""All coming events of a university at a glance: plan, licence, people on duty, what is to be filed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from fairs.accounts.rules import Viewer
from fairs.clock import campus_day
from fairs.database import db
from fairs.institutions import duties
from fairs.institutions.models import University
from fairs.programmes import queries as events
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.models import Event, GateApproval, Occurrence, StaffShift
from fairs.programmes.rules import WITH_BOOTHS, EventState
from fairs.safety.badges import licence_badge, plan_badge
from fairs.safety.filings import NO_PRESET, Due, due
from fairs.safety.models import Filing, Licence
from fairs.web.badges import Badge
from fairs.workdays import queries as workdays

CLOSING = time(17, 30)
"""When a day on which something is due ends, for lists by time."""

OFF = (EventState.CANCELLED, EventState.POSTPONED)
FILED_LATE, FILED_AHEAD = timedelta(days=30), timedelta(days=40)
"""How long after a fair something not filed is still shown, and how long before one it is looked at."""


@dataclass(frozen=True)
class Row:
    """One coming event."""

    event: Event
    first: datetime
    plan: Badge | None
    licence: Badge | None
    planned: int
    filled: int


def rows(page: Sequence[Event]) -> list[Row]:
    """What is known of these events, in a fixed number of queries."""
    ids = [event.id for event in page]
    first, gates, licences, people = (
        events.first_days(ids),
        _gates(ids),
        _licences(ids),
        _people(ids),
    )
    return [
        Row(
            event,
            first[event.id].starts_at,
            plan_badge(gates[event.id]) if event.id in gates else plan_badge(GateState.DRAFTING),
            licence_badge(licences[event.id].state) if event.id in licences else None,
            *people.get(event.id, (0, 0)),
        )
        for event in page
    ]


def _gates(ids: Collection[int]) -> dict[int, GateState]:
    chosen = sa.select(GateApproval.event_id, GateApproval.state).where(
        GateApproval.event_id.in_(ids),
        GateApproval.gate == Gate.SAFETY,
        GateApproval.ended_at.is_(None),
    )
    return dict(db.session.execute(chosen).all())


def _licences(ids: Collection[int]) -> dict[int, Licence]:
    return {
        row.event_id: row for row in db.session.scalars(sa.select(Licence).where(Licence.event_id.in_(ids)))
    }


def _people(ids: Collection[int]) -> dict[int, tuple[int, int]]:
    chosen = (
        sa.select(Occurrence.event_id, sa.func.count(StaffShift.id), sa.func.count(StaffShift.person_id))
        .join(StaffShift, StaffShift.occurrence_id == Occurrence.id)
        .where(Occurrence.event_id.in_(ids), StaffShift.ended_at.is_(None))
        .group_by(Occurrence.event_id)
    )
    return {number: (planned, filled) for number, planned, filled in db.session.execute(chosen)}


def coming(university_id: int, who: Viewer, now: datetime) -> sa.Select[Event]:
    """The events of a university that are not over, as a statement for a list."""
    last = sa.select(sa.func.max(Occurrence.ends_at)).where(Occurrence.event_id == Event.id).scalar_subquery()
    shown: sa.Select[Event] = events.staff_events(university_id, who).where(
        last >= now, Event.state.not_in(OFF)
    )
    return shown


@dataclass(frozen=True)
class ToFile:
    """Something to be reported for an event; ``words`` by language."""

    event: Event
    key: str
    words: Mapping[str, str]
    on: date
    filed: Filing | None
    is_late: bool


def to_file(event: Event, today: date) -> list[ToFile]:
    """What is to be reported for one event, done or not, by date."""
    days = events.occurrences(event.id)
    if event.kind not in WITH_BOOTHS or not days:
        return []
    preset = duties.chosen(event.university.settings, "filing")
    first, last = campus_day(days[0].starts_at), campus_day(days[-1].starts_at)
    done = {row.duty: row for row in db.session.scalars(sa.select(Filing).where(Filing.event_id == event.id))}
    calendar = workdays.calendar(event.university_id, around=first)
    return [_to_file(event, one, done.get(one.duty.key), today) for one in due(preset, first, last, calendar)]


def _to_file(event: Event, one: Due, filed: Filing | None, today: date) -> ToFile:
    is_late = filed is None and today > one.on
    return ToFile(event, one.duty.key, one.duty.words, one.on, filed, is_late)


def _spans() -> sa.Subquery:
    """Each event with its first and last start."""
    first, last = sa.func.min(Occurrence.starts_at), sa.func.max(Occurrence.starts_at)
    spans = sa.select(Occurrence.event_id, first.label("first"), last.label("last"))
    return spans.group_by(Occurrence.event_id).subquery()


def waiting_filings(school: University, now: datetime, ahead: int = 3) -> list[ToFile]:
    """What is due within ``ahead`` days, or late by up to a month, for the fairs of a university; soonest first."""
    preset = duties.chosen(school.settings, "filing")
    if preset == NO_PRESET:
        return []
    today = campus_day(now)
    spans = _spans()
    chosen = (
        sa.select(Event.id, spans.c.first, spans.c.last)
        .join(spans, spans.c.event_id == Event.id)
        .where(
            Event.university_id == school.id,
            Event.kind.in_(WITH_BOOTHS),
            Event.state.not_in([*OFF, EventState.DRAFT]),
            spans.c.last > now - FILED_LATE,
            spans.c.first < now + FILED_AHEAD,
        )
        .order_by(spans.c.first)
        .limit(200)
    )
    fairs = db.session.execute(chosen).all()
    done = _filed([number for number, _first, _last in fairs])
    calendar = workdays.calendar(school.id, around=today)
    waiting = [
        (number, one)
        for number, first, last in fairs
        for one in due(preset, campus_day(first), campus_day(last), calendar)
        if (number, one.duty.key) not in done and (one.on - today).days <= ahead
    ]
    named = {row.id: row for row in db.session.scalars(_events({number for number, _one in waiting}))}
    return [
        _to_file(named[number], one, None, today) for number, one in sorted(waiting, key=lambda it: it[1].on)
    ]


def _events(ids: Collection[int]) -> sa.Select[Event]:
    return sa.select(Event).where(Event.id.in_(ids))


def _filed(ids: Collection[int]) -> set[tuple[int, str]]:
    chosen = sa.select(Filing.event_id, Filing.duty).where(Filing.event_id.in_(ids))
    return {(number, duty) for number, duty in db.session.execute(chosen)}
