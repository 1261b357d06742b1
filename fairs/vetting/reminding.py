"""Reminding officers of texts whose time is nearly up, or over: one message a day and kind."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db, transaction
from fairs.institutions import queries as institutions
from fairs.messages import actions as messages
from fairs.vetting import queries
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import WAITING

AHEAD = timedelta(hours=6)
"""How long before a deadline the officers hear of it; deadlines are at the end of a working day."""


@transaction
def remind_due(now: datetime) -> int:
    """Tell each career centre once a day what is due within hours and what is overdue; messages queued."""
    counted = sa.func.count(VettingCase.id)
    late = VettingCase.due_at < now
    rows = db.session.execute(
        sa.select(VettingCase.university_id, late.label("late"), counted, sa.func.min(VettingCase.due_at))
        .where(VettingCase.state.in_(sorted(WAITING)), VettingCase.due_at < now + AHEAD)
        .group_by(VettingCase.university_id, late)
    ).all()
    return sum(_remind(*row, now) for row in rows)


def _remind(university_id: int, late: bool, count: int, first: datetime, now: datetime) -> int:
    day = campus_day(now)
    return messages.queue(
        "vetting/overdue" if late else "vetting/due_soon",
        sorted(queries.officers(university_id, day)),
        {"count": count, "first": first.isoformat(), "slug": institutions.university(university_id).slug},
        university_id=university_id,
        dedupe=f"vetting:{university_id}:{'late' if late else 'soon'}:{day.isoformat()}",
        now=now,
    )
