"""Reads of live streams for feeds: of one event, and of what a person has booked or speaks in (S22)."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fairs.calendars.queries import WITH_EVENT
from fairs.calendars.rules import AHEAD, MOST, PAST
from fairs.database import db
from fairs.employers.models import EmployerContact
from fairs.employers.rules import ContactState
from fairs.livestreams import queries as live
from fairs.livestreams.models import LiveSession
from fairs.livestreams.queries import Line
from fairs.programmes.models import Event, Occurrence
from fairs.registrations.models import Registration
from fairs.registrations.rules import HOLDS_PLACE


@dataclass(frozen=True)
class Stream:
    """A live stream of an event, with the event's first day: it moves and falls with the event."""

    line: Line
    first_day: Occurrence


def event_streams(event: Event) -> list[Stream]:
    """The streams of an event that everybody may see."""
    return _read(LiveSession.event_id == event.id)


def own_streams(person_id: int, now: datetime) -> list[Stream]:
    """The streams of the events that a person has booked, and of the employers for which the person acts."""
    booked = (
        sa.select(Occurrence.event_id)
        .join(Registration)
        .where(Registration.person_id == person_id, Registration.state.in_(HOLDS_PLACE))
    )
    employers = sa.select(EmployerContact.employer_id).where(
        EmployerContact.person_id == person_id, EmployerContact.state == ContactState.ACTIVE
    )
    mine = sa.or_(LiveSession.event_id.in_(booked), LiveSession.employer_id.in_(employers))
    return _read(mine, LiveSession.ends_at > now - PAST, LiveSession.starts_at < now + AHEAD)


def _read(*which: sa.ColumnElement[bool]) -> list[Stream]:
    chosen = (
        sa.select(LiveSession, Occurrence)
        .join(Occurrence, sa.and_(Occurrence.event_id == LiveSession.event_id, Occurrence.ordinal == 1))
        .where(LiveSession.announced_at.is_not(None), *which)
        .options(*live.WITH_HOST, *WITH_EVENT)
        .order_by(LiveSession.starts_at, LiveSession.id)
        .limit(MOST)
    )
    rows = db.session.execute(chosen).unique().all()
    lines = live.lines([row[0] for row in rows])
    return [Stream(line, row[1]) for line, row in zip(lines, rows, strict=True)]
