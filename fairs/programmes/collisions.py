"""What stands against a time and place: who holds the hall, exams and holidays, other fairs for the same majors."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from fairs.clock import at_campus, campus_day
from fairs.database import db
from fairs.programmes.drafts import Period
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.queries import aimed_at
from fairs.programmes.rules import WITH_BOOTHS, EventKind, EventState
from fairs.venues import queries as venues
from fairs.venues.models import Space, SpaceUse
from fairs.venues.rules import UseState
from fairs.workdays import queries as workdays
from fairs.workdays.rules import DayKind

FREE_DAYS = frozenset({DayKind.HOLIDAY, DayKind.SWAP_REST})
NOT_HELD = (EventState.CANCELLED, EventState.POSTPONED)
SUGGESTED = 2


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A time and place that somebody has in mind. ``majors`` empty: for all; ``event_id``: the event itself."""

    university_id: int
    kind: EventKind
    periods: Sequence[Period]
    majors: Sequence[str] = ()
    space_ids: Sequence[int] = ()
    event_id: int | None = None


@dataclass(frozen=True)
class Clash:
    """Something against a wish: ``sentence`` is a message id. A hard one must go, another may be accepted."""

    code: str
    sentence: str
    values: dict[str, Any] = field(default_factory=dict)
    hard: bool = False


def clashes(wish: Wish) -> list[Clash]:
    """Everything against a wish, hard ones first; the number of queries does not depend on the days."""
    return [*_hall(wish), *_days(wish), *_fairs(wish)]


def holders(
    space_ids: Collection[int], starts_at: datetime, ends_at: datetime, *, but_for: int | None = None
) -> list[str]:
    """Who firmly holds one of these spaces then, in words; the event ``but_for`` does not count.

    An event that nobody outside knows of yet keeps its name to itself.
    """
    title = sa.case((Event.published_at.is_not(None), Event.title), else_="另一场活动")
    taken = (
        sa.select(Space.name, sa.case((Event.id.is_not(None), title)), SpaceUse.reason)
        .select_from(SpaceUse)
        .join(Space, Space.id == SpaceUse.space_id)
        .outerjoin(Occurrence, Occurrence.id == SpaceUse.occurrence_id)
        .outerjoin(Event, Event.id == Occurrence.event_id)
        .where(
            SpaceUse.space_id.in_(space_ids),
            SpaceUse.state == UseState.FIRM,
            SpaceUse.starts_at < ends_at,
            SpaceUse.ends_at > starts_at,
            Event.id.is_distinct_from(but_for),
        )
        .limit(5)
    )
    return [f"{space}（{event or reason}）" for space, event, reason in db.session.execute(taken)]


def _hall(wish: Wish) -> Iterator[Clash]:
    if not wish.space_ids:
        return
    leaves = [leaf for number in wish.space_ids for leaf in venues.leaves(number)]
    for starts_at, ends_at in wish.periods:
        there = holders(leaves, starts_at, ends_at, but_for=wish.event_id)
        if there:
            free = _free_halls(wish, starts_at, ends_at)
            sentence = "该场地在这段时间已被占用（%(day)s）：%(holder)s。请换一个时间，或改用 %(free)s。"
            values = {"day": campus_day(starts_at).isoformat(), "holder": there[0], "free": free}
            if not free:
                sentence = "该场地在这段时间已被占用（%(day)s）：%(holder)s。这段时间没有其他空闲场地，请换一个时间。"
                del values["free"]
            yield Clash("room", sentence, values, hard=True)


def _free_halls(wish: Wish, starts_at: datetime, ends_at: datetime) -> str:
    taken = venues.taken_spaces(wish.university_id, starts_at, ends_at)
    free = [space.name for space in venues.spaces(wish.university_id) if space.id not in taken]
    return "、".join(free[:SUGGESTED])


def _days(wish: Wish) -> Iterator[Clash]:
    days = sorted({campus_day(starts_at) for starts_at, _ends_at in wish.periods})
    calendar = workdays.calendar(wish.university_id, around=days[0])
    exams = workdays.exams_on(wish.university_id, days)
    for day in days:
        if day in exams:
            yield Clash("exams", "%(day)s 在考试周内，多数学生不能参加。", {"day": day.isoformat()})
        known = calendar.day(day)
        if known.kind in FREE_DAYS:
            yield Clash(
                "holiday",
                "%(day)s 是%(name)s，多数学生不在校。",
                {"day": day.isoformat(), "name": known.name or "放假"},
            )


def _fairs(wish: Wish) -> Iterator[Clash]:
    """Other fairs on the same days for the same majors: the same students cannot be at both."""
    if wish.kind not in WITH_BOOTHS:
        return
    days = [campus_day(starts_at) for starts_at, _ends_at in wish.periods]
    rows = sa.select(Event.title, Event.published_at, Occurrence.starts_at).join(
        Occurrence, Occurrence.event_id == Event.id
    )
    rows = rows.where(
        Event.university_id == wish.university_id,
        Event.kind.in_(WITH_BOOTHS),
        Event.state.not_in(NOT_HELD),
        Event.id.is_distinct_from(wish.event_id),
        sa.or_(*(_on(day) for day in days)),
    )
    if wish.majors:
        rows = rows.where(aimed_at(wish.majors))
    for title, published, starts_at in db.session.execute(rows.order_by(Occurrence.starts_at).limit(5)):
        yield Clash(
            "majors",
            "%(day)s 已有面向相同专业的“%(title)s”，学生和单位可能无法兼顾。",
            {
                "day": campus_day(starts_at).isoformat(),
                "title": title if published else "另一场活动（尚未公布）",
            },
        )


def _on(day: date) -> sa.ColumnElement[bool]:
    starts, ends = at_campus(day, time()), at_campus(day + timedelta(days=1), time())
    return sa.and_(Occurrence.starts_at >= starts, Occurrence.starts_at < ends)
