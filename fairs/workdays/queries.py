"""The working-day calendar in force."""

import sqlalchemy as sa

from fairs.database import db
from fairs.workdays.models import CalendarDay
from fairs.workdays.rules import Day, WorkCalendar


def calendar(university_id: int | None = None) -> WorkCalendar:
    """Working days as the table knows them: the state's days, overridden by the university's own."""
    rows = db.session.scalars(
        sa.select(CalendarDay)
        .where(sa.or_(CalendarDay.university_id.is_(None), CalendarDay.university_id == university_id))
        .order_by(CalendarDay.university_id.is_not(None))
    )
    days = {row.day: Day(row.day, row.kind, row.name, row.provisional) for row in rows}
    return WorkCalendar.of(days.values())
