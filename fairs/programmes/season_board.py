"""What the pages of programmes and months show, put together for templates."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import sqlalchemy as sa

from fairs.accounts.rules import Viewer
from fairs.clock import at_campus, campus_day
from fairs.database import db
from fairs.programmes import board, queries
from fairs.programmes import season_queries as seasons
from fairs.programmes.clashes import Slot, clashes
from fairs.programmes.models import Event, EventTarget, Occurrence, Programme, ProgrammeEvent
from fairs.programmes.rules import EventKind, EventState, ProgrammeKind, TargetDimension
from fairs.programmes.seasons import DayGauge, below, day_gauge
from fairs.venues.models import SpaceUse
from fairs.venues.rules import UseState

BOARD_DAYS = 14
"""A programme of at most so many days has a board with one column a day."""


def rows_of(programme: Programme, university_id: int, *, public: bool) -> list[tuple[Occurrence, Event]]:
    """The days of a programme's events and of all programmes below it, each once, by time."""
    numbers = below(programme.id, seasons.parents(university_id))
    linked = sa.select(ProgrammeEvent.event_id).where(ProgrammeEvent.programme_id.in_(numbers))
    chosen = (
        sa.select(Occurrence, Event)
        .join(Event, Event.id == Occurrence.event_id)
        .where(Event.id.in_(linked), queries.taking_part(university_id))
        .options(queries.WITH_PLACES)
        .order_by(Occurrence.starts_at, Occurrence.id)
        .limit(1000)
    )
    rows = db.session.execute(chosen.where(queries.is_public()) if public else chosen)
    return [(day, event) for day, event in rows]


def page(
    programme: Programme, university_id: int, args: Mapping[str, str], *, public: bool
) -> dict[str, Any]:
    """Tree, board, gauge, totals and the list by week (``?kind=`` filters the list) of a programme."""
    rows = rows_of(programme, university_id, public=public)
    kept = [row for row in rows if row[1].state is not EventState.CANCELLED]
    kind = args.get("kind", "")
    listed = [row for row in rows if row[1].kind == kind] if kind in set(EventKind) else rows
    return {
        "tree": seasons.tree(programme, university_id, public=public),
        "parent": db.session.get(Programme, programme.parent_id) if programme.parent_id else None,
        "weeks": board.by_week(listed),
        "totals": board.totals(kept),
        "columns": columns(programme, rows),
        "gauge": gauge(programme, kept),
        "kind_filter": kind,
        "activities": seasons.public_activities(
            university_id, at_campus(programme.starts_on, time()), programme.id
        ),
    }


def columns(programme: Programme, rows: Sequence[tuple[Occurrence, Event]]) -> list[board.DayColumn]:
    """One column a day for a short programme; none for a long one (S16)."""
    length = (programme.ends_on - programme.starts_on).days + 1
    if length > BOARD_DAYS:
        return []
    cards = board.cards(rows)
    days = [programme.starts_on + timedelta(days=i) for i in range(length)]
    return [board.DayColumn(d, False, [c for c in cards if campus_day(c.day.starts_at) == d]) for d in days]


def gauge(programme: Programme, rows: Sequence[tuple[Occurrence, Event]]) -> DayGauge | None:
    """ "One activity a day" of a promotion week (S16, P35); other kinds have no such duty."""
    if programme.kind is not ProgrammeKind.EMPLOYMENT_PROMOTION_WEEK:
        return None
    busy = {campus_day(day.starts_at) for day, _event in rows}
    return day_gauge(programme.starts_on, programme.ends_on, busy)


@dataclass(frozen=True)
class MonthEntry:
    """A day of an event on the month board; ``clashes``: titles of what it collides with, and where."""

    day: Occurrence
    event: Event
    clashes: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Month:
    """A month, its neighbours, and its days from the Monday before the first to the Sunday after the last."""

    first: date
    before: date
    after: date
    weeks: Sequence[Sequence[tuple[date, Sequence[MonthEntry]]]]
    clashing: int


def month_of(text: str, today: date) -> date:
    """The first day of the month that an address names ("2026-11"), else of this month."""
    year, _dash, month = text.partition("-")
    if year.isdecimal() and month.isdecimal() and 2000 <= int(year) <= 2199 and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return today.replace(day=1)


def month(university_id: int, who: Viewer, first: date) -> Month:
    """The events of a month that the viewer may see, drafts too, with what clashes: five queries."""
    length = calendar.monthrange(first.year, first.month)[1]
    start = first - timedelta(days=first.weekday())
    end = first + timedelta(days=length)
    weeks = ((end - start).days + 6) // 7
    days = queries.staff_events(university_id, who).with_only_columns(Occurrence, Event)
    chosen = days.join(Occurrence, Occurrence.event_id == Event.id).options(queries.WITH_PLACES)
    shown = [
        (day, event)
        for day, event in db.session.execute(
            queries.between(chosen, start, weeks * 7)
            .order_by(Occurrence.starts_at, Occurrence.id)
            .limit(2000)
        )
    ]
    found = _clashes(shown)
    entries = [MonthEntry(day, event, found.get(day.id, [])) for day, event in shown]
    grid = [
        [(d, [e for e in entries if campus_day(e.day.starts_at) == d]) for d in _week(start, week)]
        for week in range(weeks)
    ]
    return Month(first, (first - timedelta(days=1)).replace(day=1), end, grid, len(found))


def _week(start: date, week: int) -> list[date]:
    return [start + timedelta(days=7 * week + i) for i in range(7)]


def _clashes(rows: Sequence[tuple[Occurrence, Event]]) -> dict[int, list[tuple[str, str]]]:
    """Day → (title, why) of what it collides with, among days that are not cancelled."""
    live = [(day, event) for day, event in rows if event.state is not EventState.CANCELLED]
    numbers = [day.id for day, _event in live]
    spaces: dict[int, set[int]] = {}
    for occurrence_id, space_id in db.session.execute(
        sa.select(SpaceUse.occurrence_id, SpaceUse.space_id).where(
            SpaceUse.occurrence_id.in_(numbers), SpaceUse.state != UseState.RELEASED
        )
    ):
        spaces.setdefault(occurrence_id or 0, set()).add(space_id)
    majors: dict[int, set[str]] = {}
    for event_id, code in db.session.execute(
        sa.select(EventTarget.event_id, EventTarget.code).where(
            EventTarget.event_id.in_({event.id for _day, event in live}),
            EventTarget.dimension == TargetDimension.MAJOR,
        )
    ):
        majors.setdefault(event_id, set()).add(code)
    slots = [
        Slot(
            day.id,
            event.id,
            event.title,
            day.starts_at,
            day.ends_at,
            frozenset(spaces.get(day.id, ())),
            frozenset(majors.get(event.id, ())),
        )
        for day, event in live
    ]
    return clashes(slots)
