"""What a public feed depends on, asked as a few sums: while they stay, so does the feed, and nobody builds it again.

Every change that a calendar shows raises a number that is summed here: a day's SEQUENCE, an event's or an activity's
row version. Names of programmes and places have no such number, so they are read themselves.
"""

from collections.abc import Hashable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.calendars.queries import Choice
from fairs.calendars.rules import AHEAD, PAST
from fairs.database import db
from fairs.institutions.models import Campus
from fairs.programmes import season_queries as seasons
from fairs.programmes.models import Event, Occurrence, Programme, ProgrammeEvent
from fairs.programmes.season_models import ExternalActivity
from fairs.venues.models import Space, SpaceUse
from fairs.venues.rules import UseState


def of_days(choice: Choice, now: datetime) -> Hashable:
    """The version of a choice of days at ``now``: three queries, however many days there are."""
    within = (Occurrence.ends_at > now - PAST, Occurrence.starts_at < now + AHEAD)
    rows = choice.rows.where(*within).order_by(None)
    events = rows.with_only_columns(Occurrence.event_id)
    return (
        _once(rows.with_only_columns(*_sums(now))),
        _all(_programmes(events)),
        _all(_places(rows.with_only_columns(Occurrence.id))),
    )


def of_activities(university_id: int, now: datetime, programme_id: int | None = None) -> Hashable:
    """The version of the activities of others in a feed."""
    rows = seasons.shown_activities(university_id, now - PAST, programme_id).order_by(None)
    return _once(
        rows.with_only_columns(
            sa.func.count(),
            sa.func.sum(ExternalActivity.id),
            sa.func.sum(ExternalActivity.version),
            sa.func.max(ExternalActivity.uid),
        )
    )


def _sums(now: datetime) -> tuple[sa.ColumnElement[Any], ...]:
    coming = sa.func.sum(sa.case((Occurrence.ends_at >= now, 1), else_=0))
    return (
        sa.func.count(),
        coming,
        sa.func.sum(Occurrence.id),
        sa.func.sum(Occurrence.sequence),
        sa.func.sum(Event.version),
        sa.func.max(Occurrence.calendar_changed_at),
        sa.func.max(Event.published_at),
        sa.func.max(Occurrence.uid),
    )


def _programmes(events: Any) -> Any:
    """The programmes of these events by name, and which event belongs to which."""
    return (
        sa.select(
            Programme.id, Programme.name, Programme.theme, sa.func.count(), sa.func.sum(ProgrammeEvent.id)
        )
        .join(ProgrammeEvent, ProgrammeEvent.programme_id == Programme.id)
        .where(ProgrammeEvent.event_id.in_(events))
        .group_by(Programme.id, Programme.name, Programme.theme)
        .order_by(Programme.id)
    )


def _places(days: Any) -> Any:
    """The places of these days by name, and which is used when."""
    return (
        sa.select(Space.id, Space.name, Campus.name, sa.func.count(), sa.func.sum(SpaceUse.id))
        .join(SpaceUse, SpaceUse.space_id == Space.id)
        .join(Campus, Campus.id == Space.campus_id)
        .where(SpaceUse.occurrence_id.in_(days), SpaceUse.state != UseState.RELEASED)
        .group_by(Space.id, Space.name, Campus.name)
        .order_by(Space.id)
    )


def _once(statement: Any) -> tuple[Any, ...]:
    return tuple(db.session.execute(statement).one())


def _all(statement: Any) -> tuple[Any, ...]:
    return tuple(tuple(row) for row in db.session.execute(statement))
