"""What live streams came to: streams (场), persons (人), attendances (人次); apart, what platforms state (S22)."""

from dataclasses import dataclass

import sqlalchemy as sa

from fairs.database import db
from fairs.livestreams.models import LiveAttendance, LiveSession
from fairs.livestreams.rules import LiveState


@dataclass(frozen=True)
class Counts:
    """Of the streams that were held: how many, who went on to them, each once and once per stream.

    ``viewers`` is the sum of what platforms state: people we know nothing of, never added to ours.
    """

    sessions: int = 0
    persons: int = 0
    attendances: int = 0
    viewers: int = 0


def has_streams(event_id: int) -> bool:
    """Whether streams of an event were announced and not all called off."""
    chosen = sa.select(LiveSession.id).where(
        LiveSession.event_id == event_id, LiveSession.state.in_([LiveState.ANNOUNCED, LiveState.HELD])
    )
    return db.session.scalar(chosen.limit(1)) is not None


def counted(event_id: int) -> Counts:
    """The counts of one event."""
    held = sa.and_(LiveSession.event_id == event_id, LiveSession.state == LiveState.HELD)
    streams = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(LiveSession.viewers_stated), 0))
    people = (
        sa.select(sa.func.count(sa.distinct(LiveAttendance.person_id)), sa.func.count(LiveAttendance.id))
        .join(LiveSession, LiveSession.id == LiveAttendance.session_id)
        .where(held)
    )
    sessions, viewers = db.session.execute(streams.where(held)).one()
    persons, attendances = db.session.execute(people).one()
    return Counts(sessions, persons, attendances, int(viewers or 0))
