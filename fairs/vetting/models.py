"""Tables of vetting."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.clauses.rules import Severity
from fairs.database import Model, PublicRow, Row, kind_of, live, state_of
from fairs.employers.models import Employer
from fairs.files.models import File
from fairs.vetting.rules import CaseOrigin, CaseState, SubjectKind, VerdictKind
from fairs.vetting.sampling import SampleVerdict


class VettingCase(PublicRow):
    """One revision of a text before one university; ``text`` is frozen: {field: text}."""

    __tablename__ = "vetting_case"
    __table_args__ = (
        sa.UniqueConstraint(
            "university_id",
            "subject_kind",
            "subject_id",
            "revision_no",
            "round",
            name="uq_vetting_case_round",
        ),
        sa.Index("ix_vetting_case_queue", "university_id", "state", "due_at"),
        sa.Index("ix_vetting_case_submitted", "university_id", "submitted_at"),
    )

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    subject_kind: Mapped[SubjectKind] = mapped_column(kind_of(SubjectKind))
    subject_id: Mapped[int] = mapped_column(index=True)
    revision_no: Mapped[int]
    # how often this revision has been put before the university: changed rules ask again
    round: Mapped[int] = mapped_column(default=1, server_default="1")
    origin: Mapped[CaseOrigin] = mapped_column(
        kind_of(CaseOrigin), default=CaseOrigin.SUBMITTED, server_default="submitted"
    )
    title: Mapped[str] = mapped_column(sa.String(120))
    text: Mapped[dict[str, Any]]
    profile: Mapped[str] = mapped_column(sa.String(30), default="default")
    employer_type: Mapped[str | None] = mapped_column(sa.String(30))
    # under whose name the text goes; None for the words of an event
    employer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    # reasons to look twice at the text as a whole ({kind, reason, basis, params}), and how many they are
    remarks: Mapped[list[Any]] = mapped_column(sa.JSON, default=list, server_default="[]")
    doubts: Mapped[int] = mapped_column(default=0, server_default="0")
    rulebook_version: Mapped[str] = mapped_column(sa.String(20))
    # the newest rulebook that has read this text since; None: only the one above
    checked_version: Mapped[str | None] = mapped_column(sa.String(20))
    # by what law the author keeps a clause that should go, and the document that says so
    ground: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    ground_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    state: Mapped[CaseState] = mapped_column(state_of(CaseState), default=CaseState.IN_REVIEW)
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    due_at: Mapped[datetime]
    # when the author heard that the answer is late; once per round, also where an appeal is late again
    late_told_at: Mapped[datetime | None]
    assignee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)
    ground_file: Mapped[File | None] = relationship()
    employer: Mapped[Employer | None] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class TextBand(Model):
    """One of the few keys under which a text like this one is found; see ``clauses.duplicates.bands``."""

    __tablename__ = "text_band"
    __table_args__ = (sa.Index("ix_text_band_found", "university_id", "key", "case_id"),)

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("vetting_case.id"), primary_key=True)
    key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))


class Likeness(Model):
    """Nearly the same text under another employer at the same university; written both ways."""

    __tablename__ = "likeness"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("vetting_case.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("vetting_case.id"), primary_key=True, index=True)
    share: Mapped[int]  # percent of common runs of characters


class Finding(Row):
    """A clause found in a case's text; positions are Unicode code points in ``text[field]``."""

    __tablename__ = "finding"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("vetting_case.id"), index=True)
    rulebook_version: Mapped[str] = mapped_column(sa.String(20))
    rule: Mapped[str] = mapped_column(sa.String(60))
    category: Mapped[str] = mapped_column(sa.String(40))
    severity: Mapped[Severity] = mapped_column(kind_of(Severity))
    field: Mapped[str] = mapped_column(sa.String(30))
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(sa.Text)
    basis: Mapped[str] = mapped_column(sa.Text)
    rewrite: Mapped[str] = mapped_column(sa.Text)
    overruled_by: Mapped[int | None] = mapped_column(sa.ForeignKey("decision.id", use_alter=True))
    overrule_reason: Mapped[str] = mapped_column(sa.Text, default="", server_default="")

    @property
    def said(self) -> tuple[object, ...]:
        """All that its hint says: equal ones are shown, and judged, as one."""
        words = (self.rule, self.severity, self.quote, self.basis, self.rewrite)
        return (*words, self.overruled_by, self.overrule_reason)


class Decision(Row):
    """One step on a case (an officer's decision, or an appeal), who took it and why; never changed."""

    __tablename__ = "decision"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "seq", info={"conflict": "这条信息刚刚已由其他老师处理。"}),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("vetting_case.id"))
    seq: Mapped[int]
    verdict: Mapped[VerdictKind] = mapped_column(kind_of(VerdictKind))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    case: Mapped[VettingCase] = relationship()


class ReasonTemplate(PublicRow):
    """One edition of a reason that the officers of a university often give; changing it begins the next edition."""

    __tablename__ = "reason_template"
    __table_args__ = (live("uq_reason_template_live", "replaces_id", where="replaces_id IS NOT NULL"),)

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(300))
    edition: Mapped[int] = mapped_column(default=1)
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("reason_template.id"))
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Sample(Row):
    """The decisions of one week that chance chose for a second look (S114); ``seed`` repeats the choice."""

    __tablename__ = "vetting_sample"
    __table_args__ = (sa.UniqueConstraint("university_id", "week"),)

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    week: Mapped[date]  # its Monday
    seed: Mapped[int]
    share: Mapped[int]  # percent
    pool: Mapped[int]  # decisions of that week
    drawn_at: Mapped[datetime]


class SampleItem(PublicRow):
    """A decision that is looked at again, and what the second reviewer says."""

    __tablename__ = "vetting_sample_item"

    sample_id: Mapped[int] = mapped_column(sa.ForeignKey("vetting_sample.id"), index=True)
    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("decision.id"), unique=True)
    verdict: Mapped[SampleVerdict | None] = mapped_column(kind_of(SampleVerdict))
    reason: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime | None]
    decision: Mapped[Decision] = relationship()
    sample: Mapped[Sample] = relationship()
