"""Tables of a season beside its events: plan documents, and campaigns that others run (S10, S18, S31)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.database import PublicRow, Row, live, state_of
from fairs.files.models import File
from fairs.institutions.models import University
from fairs.programmes.campaigns import ActivityState
from fairs.programmes.models import Programme


class ProgrammePlan(Row):
    """The plan document of a programme, with its owner and who does what (S31)."""

    __tablename__ = "programme_plan"
    __table_args__ = (live("uq_programme_plan_live", "programme_id"),)

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    owner: Mapped[str] = mapped_column(sa.String(60))
    duties: Mapped[str] = mapped_column(sa.Text)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"))
    set_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    set_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    file: Mapped[File] = relationship()


class ExternalActivity(PublicRow):
    """A campaign of somebody else in our calendar: a link, a deadline, for whom (S10, S18)."""

    __tablename__ = "external_activity"
    __table_args__ = (sa.CheckConstraint("ends_at > starts_at", name="period"),)

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    campaign: Mapped[str] = mapped_column(sa.String(40), default="")
    title: Mapped[str] = mapped_column(sa.String(120))
    organiser: Mapped[str] = mapped_column(sa.String(120), default="")
    audience: Mapped[str] = mapped_column(sa.String(200), default="")
    url: Mapped[str] = mapped_column(sa.String(300))
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # until when one can join, where that is earlier than the end
    deadline_at: Mapped[datetime | None]
    state: Mapped[ActivityState] = mapped_column(state_of(ActivityState), default=ActivityState.DRAFT)
    uid: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    calendar_changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    university: Mapped[University] = relationship()
    programme: Mapped[Programme | None] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class ExternalPart(Row):
    """A student says to have taken part in an external activity; one live row each (S18)."""

    __tablename__ = "external_part"
    __table_args__ = (live("uq_external_part_live", "activity_id", "person_id"),)

    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("external_activity.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
