"""Filling the table of days."""

from datetime import datetime

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db, transaction
from fairs.workdays.models import CalendarDay
from fairs.workdays.sources import OFFICIAL_YEARS, days_of

AHEAD = 2


@transaction
def seed(now: datetime) -> int:
    """Add the national days that are not on record yet, up to two years ahead; how many were added.

    Days of later years are provisional until a notice is imported; a firm day replaces a provisional one.
    """
    years = range(OFFICIAL_YEARS.start, campus_day(now).year + AHEAD + 1)
    known = {
        row.day: row
        for row in db.session.scalars(sa.select(CalendarDay).where(CalendarDay.university_id.is_(None)))
    }
    added = 0
    for day in days_of(years):
        row = known.get(day.day)
        if row is not None and not (row.provisional and not day.provisional):
            continue
        if row is None:
            row = CalendarDay(university_id=None, day=day.day)
            db.session.add(row)
            added += 1
        row.kind, row.name, row.source, row.provisional = day.kind, day.name, day.source, day.provisional
    return added
