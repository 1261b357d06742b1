"""Moves an event in place, or lets a postponed one go on at a new date, with everything that hangs on its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from fairs.accounts import queries as accounts
from fairs.accounts.rules import RoleKind
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.livestreams import following as live
from fairs.operations import queries
from fairs.operations.obstacles import Change, check_obstacles
from fairs.operations.steps import check_among, end_stop, heard_of, move, record, tell
from fairs.operations.stops import check_coming, check_movable, check_new_times, check_version
from fairs.programmes import actions as programmes
from fairs.programmes import parts
from fairs.programmes import queries as events
from fairs.programmes.drafts import DayDraft, Period, period_of
from fairs.programmes.gates import Gate
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import EventState
from fairs.safety import shifts


@dataclass(frozen=True, kw_only=True)
class NewDate:
    """Where an event goes: its first day and the hours of every day; further days keep their distance.

    ``place``: None leaves the words as they are. ``space_id``: a hall to be taken firmly, only after a
    postponement. ``outside_reason``: why it may lie outside its programme's window (S3).
    """

    first_on: date
    starts: time
    ends: time
    place: str | None = None
    outside_reason: str = ""
    space_id: int | None = None

    def periods(self, days: Sequence[Occurrence]) -> list[Period]:
        """When each of the days would be."""
        shift = self.first_on - campus_day(days[0].starts_at)
        return [
            period_of(DayDraft(on=campus_day(day.starts_at) + shift, starts=self.starts, ends=self.ends))
            for day in days
        ]


@transaction
def move_day(
    occurrence_id: int,
    day: DayDraft,
    *,
    outside_reason: str = "",
    version: int | None = None,
    by: int,
    now: datetime,
) -> Occurrence:
    """Move one day by the campus clock, with its slots, halls and duties, and tell everybody concerned.

    A postponed event goes on with that. Raises what ``programmes.actions.set_occurrence_time`` raises,
    OutsideProgramme, InTheWay, NoNewDate, HostBusy for a stream that cannot follow, Conflict if the event is no
    longer in ``version``.
    """
    number = db.session.scalar(sa.select(Occurrence.event_id).where(Occurrence.id == occurrence_id))
    event = lock(Event, found(number))
    occurrence = found(db.session.get(Occurrence, occurrence_id))
    _check(event, [occurrence], version, now)
    streams = live.places(event, now)
    resumed = event.state is EventState.POSTPONED
    before = [(occurrence.starts_at, occurrence.ends_at)]
    check_new_times(before, [period_of(day)], now, same=resumed or day.place != occurrence.place)
    _set(occurrence, day, by, now)
    live.carry(event, streams, by=by, now=now)
    _follow(event, outside_reason, by, now)
    return occurrence


@transaction
def move_event(event_id: int, new: NewDate, *, version: int | None = None, by: int, now: datetime) -> Event:
    """Move all days of an event by as many days, once for all, and tell everybody concerned once.

    Raises as ``move_day``.
    """
    event = lock(Event, event_id)
    days = events.occurrences(event_id)
    _check(event, days, version, now)
    check_new_times([(day.starts_at, day.ends_at) for day in days], new.periods(days), now, same=False)
    _set_all(days, new, by, now)
    _follow(event, new.outside_reason, by, now)
    return event


@transaction
def resume_event(event_id: int, new: NewDate, *, version: int | None = None, by: int, now: datetime) -> Event:
    """Give a postponed event a new date: it is planned again and every gate signed anew; tickets hold.

    Raises as ``move_day``, WrongEventState unless it is postponed, Conflict where the hall is taken.
    """
    event = lock(Event, event_id)
    check_among(event, frozenset({EventState.POSTPONED}))
    check_version(version, event.version)
    days = events.occurrences(event_id)
    _set_all(days, new, by, now)
    if new.space_id is not None:
        programmes.take_space(event_id, new.space_id, by=by, now=now)
    _follow(event, new.outside_reason, by, now)
    return event


def _check(event: Event, days: Sequence[Occurrence], version: int | None, now: datetime) -> None:
    check_version(version, event.version)
    check_movable(event.state, started=any(day.starts_at <= now for day in days))
    check_obstacles(event, Change.MOVE)


def _set_all(days: Sequence[Occurrence], new: NewDate, by: int, now: datetime) -> None:
    shift = new.first_on - campus_day(days[0].starts_at)
    event = days[0].event
    streams = live.places(event, now)
    # the last one first where they go later, so that no day ever lands on one that has not moved yet
    for day in reversed(days) if shift > timedelta(0) else days:
        draft = DayDraft(
            on=campus_day(day.starts_at) + shift,
            starts=new.starts,
            ends=new.ends,
            place=day.place if new.place is None else new.place,
        )
        _set(day, draft, by, now)
    live.carry(event, streams, by=by, now=now)


def _set(day: Occurrence, draft: DayDraft, by: int, now: datetime) -> None:
    programmes.set_occurrence_time(day.id, draft, by=by, now=now)
    shifts.tell_moved(day, now)


def _follow(event: Event, outside_reason: str, by: int, now: datetime) -> None:
    first = events.occurrences(event.id)[0]
    parts.check_windows(event, first.starts_at, outside_reason)
    if event.state is EventState.POSTPONED:
        check_coming(first.starts_at, now)
        _go_on(event, by, now)
    elif heard_of(event):
        tell(event, "operations/moved", _told(event, now), now)


def _go_on(event: Event, by: int, now: datetime) -> None:
    move(event, EventState.PLANNED)
    event.state_reason = ""
    end_stop(event.id, by, now)
    for row in events.gates(event.id).values():
        row.ended_at = now
    record("resume_event", event, by, now)
    tell(event, "operations/resumed", queries.told_of_change(event, now), now)


def _told(event: Event, now: datetime) -> list[int]:
    """Who hears of a move: the people concerned, and campus security where it signed the old time and place."""
    people = set(queries.told_of_change(event, now))
    safety = events.gates(event.id).get(Gate.SAFETY)
    if safety is not None and safety.signed_at is not None:
        guards = accounts.people_with(RoleKind.CAMPUS_SECURITY, event.university_id, campus_day(now))
        people |= {person.id for person in guards}
    return sorted(people)
