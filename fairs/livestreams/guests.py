"""Reads of those who follow live streams: whose booking opens them, and who went on to which."""

from collections.abc import Collection

import sqlalchemy as sa

from fairs.database import db
from fairs.livestreams.models import LiveAttendance, LiveSession, LiveWords
from fairs.programmes.models import Event, Occurrence
from fairs.registrations.models import Registration
from fairs.registrations.rules import HOLDS_PLACE


def booked_at(event_id: int, person_id: int) -> int | None:
    """The university for which a person holds a place at an event; None without one."""
    chosen = (
        sa.select(Registration.university_id)
        .join(Occurrence, Occurrence.id == Registration.occurrence_id)
        .where(
            Occurrence.event_id == event_id,
            Registration.person_id == person_id,
            Registration.state.in_(HOLDS_PLACE),
        )
    )
    return db.session.scalar(chosen.order_by(Registration.id).limit(1))


def attendances(session_ids: Collection[int]) -> dict[int, int]:
    """How many people went on to each of these streams (人次: once per person and stream)."""
    chosen = (
        sa.select(LiveAttendance.session_id, sa.func.count())
        .where(LiveAttendance.session_id.in_(session_ids))
        .group_by(LiveAttendance.session_id)
    )
    return dict(row for row in db.session.execute(chosen))


def attended(person_id: int, most: int) -> list[tuple[LiveAttendance, LiveWords, Event]]:
    """The streams to which a person went on."""
    chosen = (
        sa.select(LiveAttendance, LiveWords, Event)
        .join(LiveSession, LiveSession.id == LiveAttendance.session_id)
        .join(Event, Event.id == LiveSession.event_id)
        .join(
            LiveWords, sa.and_(LiveWords.session_id == LiveSession.id, LiveWords.no == LiveSession.words_no)
        )
        .where(LiveAttendance.person_id == person_id)
        .order_by(LiveAttendance.id)
        .limit(most)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(chosen)]
