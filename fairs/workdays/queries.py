"""The working-day calendar in force."""

from datetime import date

import sqlalchemy as sa

from fairs.database import db
from fairs.workdays.models import AcademicPeriod, CalendarDay
from fairs.workdays.rules import Day, PeriodKind, WorkCalendar


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


def periods(university_id: int, since: date | None = None) -> list[AcademicPeriod]:
    """The terms, exam weeks and vacations of a university that end on or after ``since``, in order."""
    chosen = sa.select(AcademicPeriod).where(
        AcademicPeriod.university_id == university_id, AcademicPeriod.ended_at.is_(None)
    )
    if since is not None:
        chosen = chosen.where(AcademicPeriod.last_on >= since)
    return list(db.session.scalars(chosen.order_by(AcademicPeriod.first_on, AcademicPeriod.id).limit(500)))


def exams_on(university_id: int, days: list[date]) -> list[date]:
    """Those of ``days`` that lie in exam weeks of the university."""
    if not days:
        return []
    chosen = sa.select(AcademicPeriod.first_on, AcademicPeriod.last_on).where(
        AcademicPeriod.university_id == university_id,
        AcademicPeriod.kind == PeriodKind.EXAMS,
        AcademicPeriod.ended_at.is_(None),
        AcademicPeriod.first_on <= max(days),
        AcademicPeriod.last_on >= min(days),
    )
    weeks = db.session.execute(chosen).all()
    return [day for day in days if any(first <= day <= last for first, last in weeks)]


def own_days(university_id: int) -> list[CalendarDay]:
    """The days on which a university differs from the state's calendar, in order."""
    chosen = sa.select(CalendarDay).where(CalendarDay.university_id == university_id)
    return list(db.session.scalars(chosen.order_by(CalendarDay.day).limit(1000)))


def state_days(first: date, last: date) -> list[CalendarDay]:
    """The state's holidays and swapped days between two days, in order."""
    chosen = sa.select(CalendarDay).where(
        CalendarDay.university_id.is_(None), CalendarDay.day.between(first, last)
    )
    return list(db.session.scalars(chosen.order_by(CalendarDay.day)))


def days_left(today: date) -> int:
    """For how many days ahead the calendar is settled; 0 if today is a guess already."""
    until = calendar(around=today).settled_until(today)
    return (until - today).days if until else 0
