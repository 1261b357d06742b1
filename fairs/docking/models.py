"""Tables of docking meetings."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.database import Model, PublicRow, kind_of, live, state_of
from fairs.docking.rules import MeetingState, Side
from fairs.employers.models import Employer
from fairs.institutions.models import Department
from fairs.programmes.models import Event, Occurrence


class DockingPlan(Model):
    """How many tables a docking meeting has, and how long one sitting is (minutes)."""

    __tablename__ = "docking_plan"
    __table_args__ = (sa.CheckConstraint("tables > 0 AND minutes > 0", name="positive"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    tables: Mapped[int]
    minutes: Mapped[int]


class TableMeeting(PublicRow):
    """An employer and a department at a table. The time follows the day: it is the ``sitting_no``-th of it."""

    __tablename__ = "table_meeting"
    __table_args__ = (
        live(
            "uq_table_meeting_table",
            "occurrence_id",
            "sitting_no",
            "table_no",
            conflict="这张桌子在这个时段刚刚被约走。请换一个时段再试。",
        ),
        live(
            "uq_table_meeting_employer",
            "occurrence_id",
            "sitting_no",
            "employer_id",
            conflict="该单位在这个时段已有对接。请换一个时段。",
        ),
        live(
            "uq_table_meeting_department",
            "occurrence_id",
            "sitting_no",
            "department_id",
            conflict="该院系在这个时段已有对接。请换一个时段。",
        ),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id"))
    sitting_no: Mapped[int]
    table_no: Mapped[int]
    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    department_id: Mapped[int] = mapped_column(sa.ForeignKey("department.id"), index=True)
    asked_side: Mapped[Side] = mapped_column(kind_of(Side))
    asked_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    topic: Mapped[str] = mapped_column(sa.String(200), default="")
    state: Mapped[MeetingState] = mapped_column(state_of(MeetingState), default=MeetingState.ASKED)
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(sa.String(200), default="")
    minutes: Mapped[str] = mapped_column(sa.Text, default="")
    follow_up: Mapped[str] = mapped_column(sa.String(300), default="")
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    event: Mapped[Event] = relationship()
    occurrence: Mapped[Occurrence] = relationship()
    employer: Mapped[Employer] = relationship()
    department: Mapped[Department] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)
