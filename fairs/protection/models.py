"""Tables of reports, alerts and inspections."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import PublicRow, kind_of, live, state_of
from fairs.employers.models import Employer
from fairs.exhibitors.models import Exhibitor
from fairs.files.models import File
from fairs.institutions.models import Department, University
from fairs.postings.models import Posting
from fairs.programmes.models import Event
from fairs.protection.alerts import AlertState, Audience, Guard, Severity
from fairs.protection.inspecting import Measure
from fairs.protection.rules import ComplaintState, Reason, Source

_OPEN = "state IN ('received', 'accepted', 'investigating')"


class Complaint(PublicRow):
    """The case about one posting or one booth at a university; reports join it while it is open."""

    __tablename__ = "complaint"
    __table_args__ = (
        sa.CheckConstraint("(posting_id IS NULL) <> (exhibitor_id IS NULL)", name="one_thing"),
        live("uq_complaint_posting", "university_id", "posting_id", where=_OPEN),
        live("uq_complaint_exhibitor", "university_id", "exhibitor_id", where=_OPEN),
        sa.Index("ix_complaint_queue", "university_id", "state", "due_at"),
    )

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    posting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("posting.id"), index=True)
    # the version that was shown when the case was opened
    revision_no: Mapped[int | None]
    exhibitor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("exhibitor.id"), index=True)
    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    state: Mapped[ComplaintState] = mapped_column(state_of(ComplaintState), default=ComplaintState.RECEIVED)
    opened_at: Mapped[datetime]
    # the earliest answer owed to somebody who reported by name
    due_at: Mapped[datetime | None]
    # to those who reported, and to the employer
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    ground: Mapped[str] = mapped_column(sa.Text, default="")
    upheld: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    university: Mapped[University] = relationship()
    employer: Mapped[Employer] = relationship()
    posting: Mapped[Posting | None] = relationship()
    exhibitor: Mapped[Exhibitor | None] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class Report(PublicRow):
    """What one person reported. The employer never learns who; officers only of those who gave their name."""

    __tablename__ = "report"
    __table_args__ = (
        live("uq_report_reporter", "complaint_id", "reporter_id", where="reporter_id IS NOT NULL"),
    )

    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    # made with the form, so that a second click is the same report
    once: Mapped[str] = mapped_column(sa.String(40), unique=True)
    source: Mapped[Source] = mapped_column(kind_of(Source))
    reporter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    named: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str] = mapped_column(sa.String(120), default="")
    reason: Mapped[Reason] = mapped_column(kind_of(Reason))
    text: Mapped[str] = mapped_column(sa.Text)
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    complaint: Mapped[Complaint] = relationship()
    reporter: Mapped[Person | None] = relationship()
    file: Mapped[File | None] = relationship()


class Alert(PublicRow):
    """A warning to students, written by one officer and approved by another."""

    __tablename__ = "alert"
    __table_args__ = (
        sa.CheckConstraint("approved_by <> created_by", name="second_officer"),
        sa.CheckConstraint("(audience = 'department') = (department_id IS NOT NULL)", name="department"),
        sa.CheckConstraint("(audience = 'event') = (event_id IS NOT NULL)", name="event"),
        sa.Index("ix_alert_shown", "university_id", "state", "expires_at"),
    )

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    guard: Mapped[Guard] = mapped_column(kind_of(Guard))
    severity: Mapped[Severity] = mapped_column(kind_of(Severity))
    audience: Mapped[Audience] = mapped_column(kind_of(Audience))
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("department.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    body: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[AlertState] = mapped_column(state_of(AlertState), default=AlertState.DRAFT)
    created_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    approved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    university: Mapped[University] = relationship()
    department: Mapped[Department | None] = relationship()
    event: Mapped[Event | None] = relationship()
    employer: Mapped[Employer | None] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class Inspection(PublicRow):
    """A look at a booth; a later one of the same booth stands beside it, never in its place."""

    __tablename__ = "inspection"

    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id"), index=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    once: Mapped[str] = mapped_column(sa.String(40), unique=True)
    brochure: Mapped[bool]
    no_fees: Mapped[bool]
    no_papers: Mapped[bool]
    staffed: Mapped[bool]
    note: Mapped[str] = mapped_column(sa.String(500), default="")
    measure: Mapped[Measure] = mapped_column(kind_of(Measure))
    complaint_id: Mapped[int | None] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    sanction_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sanction.id"), index=True)
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    exhibitor: Mapped[Exhibitor] = relationship()
    author: Mapped[Person] = relationship()
    complaint: Mapped[Complaint | None] = relationship()
