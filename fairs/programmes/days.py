"""What is on, day by day: the coming week, a month, one day. A day shows its first few and says how many more."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from fairs.clock import at_campus, campus_day
from fairs.database import db
from fairs.programmes import queries
from fairs.programmes.board import Card, DayColumn, cards
from fairs.programmes.models import Event, Occurrence
from fairs.web.lists import Listing, listing

STRIP_DAYS = 7
STRIP_MOST = 3
"""Cards of a day in the week's strip; the others stand on the day's page."""
MONTH_MOST = 2
"""The same on the month board."""
_SPAN = (date(2000, 1, 2), date(2199, 12, 30))
"""Days whose neighbours an address can name too."""


def strip(university_id: int, today: date) -> list[DayColumn]:
    """The coming week, day by day, with what is public."""
    days = [today + timedelta(days=i) for i in range(STRIP_DAYS)]
    return list(_columns(university_id, days, STRIP_MOST, today))


def month(university_id: int, first: date, today: date) -> list[list[DayColumn]]:
    """The weeks of the month that begins on ``first``, from Monday to Sunday; outside it the days are empty."""
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    days = [first + timedelta(days=i) for i in range(last.day)]
    before = [DayColumn(first - timedelta(days=i), False, []) for i in range(first.weekday(), 0, -1)]
    after = [DayColumn(last + timedelta(days=i), False, []) for i in range(1, 7 - last.weekday())]
    columns = [*before, *_columns(university_id, days, MONTH_MOST, today), *after]
    return [columns[i : i + 7] for i in range(0, len(columns), 7)]


DAY_CARDS = 12


def day_page(university_id: int, day: date) -> Listing:
    """Everything public on one day, by time, ``DAY_CARDS`` a page."""
    page = listing(
        queries.between(queries.public_days(university_id), day, 1), scalars=False, per_page=DAY_CARDS
    )
    page.items = cards((day, event) for day, event in page.items)
    return page


def neighbours(day: date) -> tuple[date | None, date | None]:
    """The day before and the day after, where an address can name them."""
    one = timedelta(days=1)
    return (day - one if day > _SPAN[0] else None, day + one if day < _SPAN[1] else None)


def _columns(university_id: int, days: list[date], most: int, today: date) -> Iterator[DayColumn]:
    """A column for each of ``days`` (which follow each other) with its first ``most`` cards; one query."""
    there: dict[date, list[Card]] = {}
    totals: dict[date, int] = {}
    for occurrence, event, total in db.session.execute(_first_few(university_id, days, most)):
        on = campus_day(occurrence.starts_at)
        there.setdefault(on, []).extend(cards([(occurrence, event)]))
        totals[on] = total
    for day in days:
        shown = there.get(day, [])
        yield DayColumn(day, day == today, shown, totals.get(day, 0) - len(shown))


def _first_few(university_id: int, days: list[date], most: int) -> sa.Select[Occurrence, Event, int]:
    """(occurrence, event, how many that day has) of the first ``most`` of each day, counted by the database."""
    edges = [_midnight(day + timedelta(days=1)) for day in days[:-1]]
    on = sa.case(
        *((Occurrence.starts_at < edge, place) for place, edge in enumerate(edges)), else_=len(edges)
    )
    by_time = (Occurrence.starts_at, Occurrence.id)
    numbered = (
        sa.select(
            Occurrence.id,
            sa.func.row_number().over(partition_by=on, order_by=by_time).label("place"),
            sa.func.count().over(partition_by=on).label("total"),
        )
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            queries.taking_part(university_id),
            queries.is_public(),
            Occurrence.starts_at >= _midnight(days[0]),
            Occurrence.starts_at < _midnight(days[-1] + timedelta(days=1)),
        )
        .subquery()
    )
    return (
        sa.select(Occurrence, Event, numbered.c.total)
        .join(numbered, numbered.c.id == Occurrence.id)
        .join(Event, Event.id == Occurrence.event_id)
        .where(numbered.c.place <= most)
        .options(queries.WITH_PLACES)
        .order_by(*by_time)
    )


def _midnight(day: date) -> datetime:
    return at_campus(day, time())
