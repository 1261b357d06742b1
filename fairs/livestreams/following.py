"""Streams follow their event: they move with its days. While it is called off they are off too, by its state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.database import db
from fairs.livestreams import queries
from fairs.livestreams.hosts import check_free, hold_still
from fairs.livestreams.models import LiveSession
from fairs.livestreams.rules import OPEN, HostBusy, LiveState
from fairs.livestreams.times import Period, carried, nearest, words_of
from fairs.programmes import queries as events
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState


@dataclass(frozen=True)
class Place:
    """With which day of its event a stream goes, and when that day was."""

    session_id: int
    day_id: int
    was: Period


def places(event: Event, now: datetime) -> list[Place]:
    """Where the streams to come stand beside the days of their event, before any of these moves."""
    rows = _coming(event, now)
    days = events.occurrences(event.id) if rows else []
    periods = [(day.starts_at, day.ends_at) for day in days]
    return [
        Place(row.id, days[place].id, periods[place])
        for row in rows
        for place in [nearest(row.period, periods)]
    ]


def _coming(event: Event, now: datetime) -> list[LiveSession]:
    """Streams that have not begun; of a postponed event all, for none was held meanwhile."""
    chosen = sa.select(LiveSession).where(LiveSession.event_id == event.id, LiveSession.state.in_(OPEN))
    if event.state is not EventState.POSTPONED:
        chosen = chosen.where(LiveSession.starts_at > now)
    return list(db.session.scalars(chosen.options(*queries.WITH_HOST).order_by(LiveSession.id)))


def carry(event: Event, before: Sequence[Place], *, by: int, now: datetime) -> None:
    """Move the streams with their days, all of them or none. Inside an action.

    Raises HostBusy where a host has another stream at the new hours.
    """
    if not before:
        return
    days = {day.id: (day.starts_at, day.ends_at) for day in events.occurrences(event.id)}
    moved = []
    for place in before:
        row = db.session.get_one(LiveSession, place.session_id)
        period = carried(row.period, place.was, days[place.day_id])
        if period != row.period:
            (row.starts_at, row.ends_at), row.calendar_changed_at = period, now
            row.sequence += 1
            moved.append(row)
    db.session.flush()
    for row in moved:
        hold_still(event, row.employer_id)
        check_free(row)
        detail = {"starts_at": row.starts_at.isoformat()}
        audit.record("move_live", row, by=by, university_id=event.university_id, now=now, **detail)


def come_back(event: Event, now: datetime) -> None:
    """An event that was called off takes place after all: its streams need their hosts' time again. Inside an action.

    Raises HostBusy.
    """
    for row in _coming(event, now):
        hold_still(event, row.employer_id)
        check_free(row)


def in_the_way(event: Event, days: Mapping[int, Period], now: datetime) -> list[HostBusy]:
    """What forbids the streams to follow if the event's days (by id) went there."""
    found = []
    for place in places(event, now):
        row = db.session.get_one(LiveSession, place.session_id)
        period = carried(row.period, place.was, days.get(place.day_id, place.was))
        other = queries.busy(event, row.employer_id, period, row.id)
        if other is not None and other.event_id != event.id:
            values = {"host": row.host_name, "title": other.words.title, "when": words_of(other.period)}
            found.append(HostBusy(**values))
    return found


def announced(
    event: Event, days: Mapping[int, Period] | None = None, *, now: datetime | None = None
) -> list[str]:
    """The announced streams of an event in words, for the letters about it; with ``days`` as they would be if its
    days (by id) went there.
    """
    along = {place.session_id: place for place in places(event, now)} if days and now else {}
    told = []
    for line in queries.programme(event):
        row = line.session
        if row.state is LiveState.ANNOUNCED:
            place = along.get(row.id)
            period = carried(row.period, place.was, (days or {})[place.day_id]) if place else row.period
            told.append(f"{line.title} {words_of(period)}")
    return told
