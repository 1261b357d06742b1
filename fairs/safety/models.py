"""Tables of safety plans, responsible persons, licences and filings; shifts are rows of programmes."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import PublicRow, Row, kind_of, live, state_of
from fairs.files.models import File
from fairs.institutions.models import Department
from fairs.programmes.models import Event
from fairs.safety.licensing import LicenceState
from fairs.safety.rules import Position


class SafetyPlan(PublicRow):
    """The safety plan of an event as it is being written; its state is that of the gate "safety" (P20)."""

    __tablename__ = "safety_plan"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), unique=True)
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    # the file whose items were answered: fairs/safety/checklists/<checklist>.yaml
    checklist: Mapped[str] = mapped_column(sa.String(60))
    # {field: text or number} by safety.contents.FIELDS
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # {item: {"answer": …, "note": …}}
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    implementation_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    drawing_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    emergency_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    changed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    implementation_file: Mapped[File | None] = relationship(foreign_keys=[implementation_file_id])
    drawing_file: Mapped[File | None] = relationship(foreign_keys=[drawing_file_id])
    emergency_file: Mapped[File | None] = relationship(foreign_keys=[emergency_file_id])
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class SafetySubmission(Row):
    """The plan as it was handed in, frozen, with what campus security said to it."""

    __tablename__ = "safety_submission"
    __table_args__ = (sa.UniqueConstraint("plan_id", "no"),)

    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("safety_plan.id"))
    no: Mapped[int]
    snapshot: Mapped[dict[str, Any]] = mapped_column(default=dict)
    submitted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    submitted_at: Mapped[datetime]
    is_accepted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(sa.String(300), default="")
    signed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    signed_at: Mapped[datetime | None]
    plan: Mapped[SafetyPlan] = relationship()


_LIVE = "ended_at IS NULL AND "


class ResponsiblePerson(PublicRow):
    """First or direct responsible person of a school, a department or one event (S130)."""

    __tablename__ = "responsible_person"
    __table_args__ = (
        live(
            "uq_responsible_school",
            "university_id",
            "position",
            where=_LIVE + "department_id IS NULL AND event_id IS NULL",
        ),
        live(
            "uq_responsible_department",
            "department_id",
            "position",
            where=_LIVE + "department_id IS NOT NULL",
        ),
        live("uq_responsible_event", "event_id", "position", where=_LIVE + "event_id IS NOT NULL"),
        sa.CheckConstraint("department_id IS NULL OR event_id IS NULL", name="one_scope"),
    )

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("department.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"), index=True)
    position: Mapped[Position] = mapped_column(kind_of(Position))
    name: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[str] = mapped_column(sa.String(60))
    phone: Mapped[str] = mapped_column(sa.String(30))
    # who is told when something is late; None: has no account
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    ended_at: Mapped[datetime | None]
    department: Mapped[Department | None] = relationship()


class Licence(PublicRow):
    """The licence of a large event, from the first doubt to the number (P18, P21)."""

    __tablename__ = "licence"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), unique=True)
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    state: Mapped[LicenceState] = mapped_column(state_of(LicenceState), default=LicenceState.DRAFTING)
    authority: Mapped[str] = mapped_column(sa.String(100), default="")
    number: Mapped[str] = mapped_column(sa.String(60), default="")
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    # programmes.terms.Arrangement: what it holds for, and what a change would make of it
    terms: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    wanted: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    reason: Mapped[str] = mapped_column(sa.String(300), default="")
    submitted_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    event: Mapped[Event] = relationship()
    file: Mapped[File | None] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class LicenceAnswer(Row):
    """Whether an event counts as a large public one: who said so, when, and why; the latest answer holds (P18)."""

    __tablename__ = "licence_answer"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    counts: Mapped[bool]
    answered_by: Mapped[str] = mapped_column(sa.String(60))
    answered_on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.String(300))
    recorded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    recorder: Mapped[Person | None] = relationship()


class Filing(Row):
    """Something was reported to the authorities (P23)."""

    __tablename__ = "filing"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "duty", info={"conflict": "这一项已经登记过，请刷新页面。"}),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    duty: Mapped[str] = mapped_column(sa.String(40))
    filed_on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    filed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
