"""Tables of exhibitors."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.database import Model, PublicRow, Row, live, state_of
from fairs.employers.models import Employer
from fairs.exhibitors.rules import ExhibitorState
from fairs.programmes.models import Event


class Exhibitor(PublicRow):
    """An employer's request for a place at a fair; one live request per employer and fair (P10)."""

    __tablename__ = "exhibitor"
    __table_args__ = (
        live("uq_exhibitor_live", "event_id", "employer_id", conflict="贵单位已申请过这场招聘会。"),
        sa.Index("ix_exhibitor_state", "event_id", "state"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    state: Mapped[ExhibitorState] = mapped_column(state_of(ExhibitorState), default=ExhibitorState.DRAFT)
    # {"size": …, "power": bool, "accessible": bool, "zone": …, "note": …}
    needs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    majors: Mapped[list[str]] = mapped_column(default=list)
    priority: Mapped[int] = mapped_column(default=0)
    uid: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    calendar_changed_at: Mapped[datetime]
    requested_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    event: Mapped[Event] = relationship()
    employer: Mapped[Employer] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class ExhibitorSchool(Model):
    """The university through which an employer comes to a joint fair (S17); without a row it is the lead."""

    __tablename__ = "exhibitor_school"

    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id"), primary_key=True)
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)


class ExhibitorPosting(Row):
    """A posting's revision that an exhibitor brings to the fair."""

    __tablename__ = "exhibitor_posting"
    __table_args__ = (sa.UniqueConstraint("exhibitor_id", "posting_revision_id"),)

    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id"))
    posting_revision_id: Mapped[int] = mapped_column(sa.ForeignKey("posting_revision.id"), index=True)


class RepPass(PublicRow):
    """A named member of an exhibitor's staff; at most ``fair.max_reps``, checked under a lock (P27)."""

    __tablename__ = "rep_pass"
    __table_args__ = (sa.UniqueConstraint("exhibitor_id", "checkin_code"),)

    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id"))
    name: Mapped[str] = mapped_column(sa.String(60))
    phone: Mapped[str | None] = mapped_column(sa.String(30))
    plate: Mapped[str] = mapped_column(sa.String(20), default="")
    checkin_code: Mapped[str] = mapped_column(sa.String(6))
    ended_at: Mapped[datetime | None]
