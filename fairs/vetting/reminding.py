"""Texts whose time is nearly up, or over: officers hear of them once a day and kind, an author once of its own."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db, transaction
from fairs.institutions import queries as institutions
from fairs.messages import actions as messages
from fairs.vetting import turns
from fairs.vetting.actions import authors
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import WAITING

AHEAD = timedelta(hours=6)
"""How long before a deadline the officers hear of it; deadlines are at the end of a working day."""
AT_ONCE = 200
"""Late texts whose authors are told by one transaction; the next run tells the others."""


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
        sorted(turns.officers(university_id, day)),
        {"count": count, "first": first.isoformat(), "slug": institutions.university(university_id).slug},
        university_id=university_id,
        dedupe=f"vetting:{university_id}:{'late' if late else 'soon'}:{day.isoformat()}",
        now=now,
    )


@transaction
def tell_late(now: datetime) -> int:
    """Tell whoever waits for an answer that it is late: once for each round of a text; messages queued.

    The case is noted without a new version: an officer who has its page open still decides on what is there.
    """
    waiting = (
        sa.select(VettingCase)
        .where(
            VettingCase.state.in_(sorted(WAITING)),
            VettingCase.due_at < now,
            VettingCase.late_told_at.is_(None),
        )
        .order_by(VettingCase.due_at, VettingCase.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    late = list(db.session.scalars(waiting))
    told = sum(_tell_late(case, now) for case in late)
    noted = sa.update(VettingCase).where(VettingCase.id.in_([case.id for case in late]))
    db.session.execute(noted.values(late_told_at=now).execution_options(synchronize_session=False))
    return told


def _tell_late(case: VettingCase, now: datetime) -> int:
    school = institutions.university(case.university_id)
    return messages.queue(
        "vetting/late",
        authors(case, now),
        {
            "title": case.title,
            "due": case.due_at.isoformat(),
            "university": school.name,
            "contact": " ".join(filter(None, (school.hotline_phone, school.hotline_mail))),
        },
        subject=case,
        university_id=school.id,
        dedupe=f"late:{case.id}",
        now=now,
    )
