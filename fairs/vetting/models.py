"""Tables of vetting."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.clauses.rules import Severity
from fairs.database import PublicRow, Row, kind_of, state_of
from fairs.vetting.rules import CaseState, SubjectKind, VerdictKind


class VettingCase(PublicRow):
    """One revision of a text before one university; ``text`` is frozen: {field: text}."""

    __tablename__ = "vetting_case"
    __table_args__ = (
        sa.UniqueConstraint("university_id", "subject_kind", "subject_id", "revision_no"),
        sa.Index("ix_vetting_case_queue", "university_id", "state", "due_at"),
    )

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    subject_kind: Mapped[SubjectKind] = mapped_column(kind_of(SubjectKind))
    subject_id: Mapped[int] = mapped_column(index=True)
    revision_no: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    text: Mapped[dict[str, Any]]
    profile: Mapped[str] = mapped_column(sa.String(30), default="default")
    employer_type: Mapped[str | None] = mapped_column(sa.String(30))
    rulebook_version: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[CaseState] = mapped_column(state_of(CaseState), default=CaseState.IN_REVIEW)
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    due_at: Mapped[datetime]
    assignee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


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
