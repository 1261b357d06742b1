"""The table of days that differ from the plain week."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fairs.database import Row, kind_of, live
from fairs.workdays.rules import DayKind, PeriodKind


class CalendarDay(Row):
    """A statutory holiday, a swapped working day (调休), or a school's own day."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        live("uq_calendar_day_state", "day", where="university_id IS NULL"),
        live("uq_calendar_day_school", "university_id", "day", where="university_id IS NOT NULL"),
    )

    university_id: Mapped[int | None] = mapped_column(sa.ForeignKey("university.id"))
    day: Mapped[date]
    kind: Mapped[DayKind] = mapped_column(kind_of(DayKind))
    name: Mapped[str] = mapped_column(sa.String(60), default="")
    source: Mapped[str] = mapped_column(sa.String(60))
    provisional: Mapped[bool] = mapped_column(default=False)


class AcademicPeriod(Row):
    """A term, exam weeks or a vacation of a university: both days included."""

    __tablename__ = "academic_period"
    __table_args__ = (
        sa.CheckConstraint("last_on >= first_on", name="period"),
        live(
            "uq_academic_period_live",
            "university_id",
            "kind",
            "first_on",
            conflict="这一类安排已有从同一天开始的，请直接修改它。",
        ),
    )

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    kind: Mapped[PeriodKind] = mapped_column(kind_of(PeriodKind))
    name: Mapped[str] = mapped_column(sa.String(60), default="")
    first_on: Mapped[date]
    last_on: Mapped[date]
    ended_at: Mapped[datetime | None]
