"""What the live streams of a programme's events came to, apart from those who came (S22)."""

from typing import Any

import sqlalchemy as sa

from fairs.livestreams.models import LiveAttendance, LiveSession
from fairs.livestreams.rules import LiveState
from fairs.programmes.models import Event

Group = sa.ColumnElement[Any]


def streams(led: Group, group: Group, source: Any) -> Any:
    """Statement of (group, streams held) of the events that ``led`` chooses."""
    return (
        sa.select(group.label("g"), sa.func.count(sa.distinct(LiveSession.id)))
        .select_from(source)
        .join(LiveSession, LiveSession.event_id == Event.id)
        .where(led, LiveSession.state == LiveState.HELD)
        .group_by("g")
    )


def watching(ids: Any, university_id: int, group: Group, source: Any) -> Any:
    """Statement of (group, persons, attendances) of a university's students in the streams held of these events."""
    return (
        sa.select(
            group.label("g"),
            sa.func.count(sa.distinct(LiveAttendance.person_id)),
            sa.func.count(sa.distinct(LiveAttendance.id)),
        )
        .select_from(source)
        .join(LiveSession, LiveSession.event_id == Event.id)
        .join(LiveAttendance, LiveAttendance.session_id == LiveSession.id)
        .where(
            Event.id.in_(ids),
            LiveSession.state == LiveState.HELD,
            LiveAttendance.university_id == university_id,
        )
        .group_by("g")
    )
