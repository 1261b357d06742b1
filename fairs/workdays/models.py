"""The table of days that differ from the plain week."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fairs.database import Row, kind_of, live
from fairs.workdays.rules import DayKind


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
