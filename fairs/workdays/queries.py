"""The working-day calendar in force."""

from datetime import date

import sqlalchemy as sa

from fairs.database import db
from fairs.workdays.models import CalendarDay
from fairs.workdays.rules import Day, WorkCalendar


def calendar(university_id: int | None = None, *, around: date | None = None) -> WorkCalendar:
    """Working days as the table knows them: the state's days, overridden by the university's own.

    With ``around`` only the years beside that day are read: enough for every deadline, and much cheaper.
    """
    chosen = (
        sa.select(CalendarDay.day, CalendarDay.kind, CalendarDay.name, CalendarDay.provisional)
        .where(sa.or_(CalendarDay.university_id.is_(None), CalendarDay.university_id == university_id))
        .order_by(CalendarDay.university_id.is_not(None))
    )
    if around is not None:
        first, last = date(around.year - 1, 1, 1), date(around.year + 1, 12, 31)
        chosen = chosen.where(CalendarDay.day.between(first, last))
    return WorkCalendar.of(
        Day(day, kind, name, provisional) for day, kind, name, provisional in db.session.execute(chosen)
    )
