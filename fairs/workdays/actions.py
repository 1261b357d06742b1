"""Filling the table of days."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.errors import NotFound
from fairs.workdays.models import AcademicPeriod, CalendarDay
from fairs.workdays.rules import DayKind, PeriodKind, check_period
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


SCHOOL = "school"
"""The source of a university's own days."""


@dataclass(frozen=True)
class PeriodDraft:
    """A term, exam weeks or a vacation as typed; both days included."""

    kind: PeriodKind
    name: str
    first_on: date
    last_on: date


@transaction
def add_period(draft: PeriodDraft, *, university_id: int, by: int, now: datetime) -> AcademicPeriod:
    """A new stretch of the academic year. Raises PeriodWrong, or Conflict if one of its kind begins that day."""
    check_period(draft.first_on, draft.last_on)
    period = AcademicPeriod(university_id=university_id, **vars(draft))
    db.session.add(period)
    audit.record("add_period", period, by=by, university_id=university_id, now=now, **_plain(draft))
    return period


@transaction
def change_period(period_id: int, draft: PeriodDraft, *, by: int, now: datetime) -> None:
    """Other days or another name for a stretch. Raises as ``add_period``."""
    check_period(draft.first_on, draft.last_on)
    period = lock(AcademicPeriod, period_id)
    before = {"from_was": period.first_on.isoformat(), "until_was": period.last_on.isoformat()}
    period.kind, period.name = draft.kind, draft.name
    period.first_on, period.last_on = draft.first_on, draft.last_on
    detail = _plain(draft) | before
    audit.record("change_period", period, by=by, university_id=period.university_id, now=now, **detail)


@transaction
def end_period(period_id: int, *, university_id: int, by: int, now: datetime) -> None:
    """Take a stretch out of the calendar. Raises NotFound for another university's."""
    period = lock(AcademicPeriod, period_id)
    if period.university_id != university_id or period.ended_at is not None:
        raise NotFound
    period.ended_at = now
    audit.record("end_period", period, by=by, university_id=university_id, now=now)


def _plain(draft: PeriodDraft) -> dict[str, str]:
    days = {"from": draft.first_on.isoformat(), "until": draft.last_on.isoformat()}
    return {"kind": draft.kind.value, "name": draft.name} | days


@transaction
def set_own_day(
    day: date, kind: DayKind, name: str, *, university_id: int, by: int, now: datetime
) -> CalendarDay:
    """A university works or rests on a day, whatever the state's calendar says."""
    row = db.session.scalars(_own(university_id, day)).one_or_none()
    if row is None:
        row = CalendarDay(university_id=university_id, day=day)
        db.session.add(row)
    row.kind, row.name, row.source, row.provisional = kind, name, SCHOOL, False
    detail = {"day": day.isoformat(), "kind": kind.value, "name": name}
    audit.record("set_own_day", row, by=by, university_id=university_id, now=now, **detail)
    return row


@transaction
def drop_own_day(day: date, *, university_id: int, by: int, now: datetime) -> None:
    """From now on the state's calendar counts on this day. Raises NotFound."""
    row = found(db.session.scalars(_own(university_id, day)).one_or_none())
    detail = {"day": day.isoformat(), "kind": row.kind.value, "name": row.name}
    audit.record("drop_own_day", row, by=by, university_id=university_id, now=now, **detail)
    db.session.delete(row)  # a day says nothing but this; the trail keeps what it said


def _own(university_id: int, day: date) -> sa.Select[CalendarDay]:
    return sa.select(CalendarDay).where(CalendarDay.university_id == university_id, CalendarDay.day == day)
