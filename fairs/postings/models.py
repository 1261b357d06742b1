"""Tables of postings. Public is derived from a publication in force, never a flag."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.database import PublicRow, Row, db, kind_of, live, state_of
from fairs.employers.models import Employer
from fairs.postings.changes import ChangeKind, ChangeState
from fairs.postings.rules import PostingKind, RevisionFrozen
from fairs.vetting.models import VettingCase


class Posting(PublicRow):
    """A job on offer; who publishes and who hires may differ (agencies)."""

    __tablename__ = "posting"

    publishing_employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    hiring_employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    kind: Mapped[PostingKind] = mapped_column(kind_of(PostingKind))
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(sa.String(300), default="", server_default="")
    # last year's posting whose text this one began with
    copied_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("posting.id"), index=True)
    publishing_employer: Mapped[Employer] = relationship(foreign_keys=[publishing_employer_id])
    hiring_employer: Mapped[Employer] = relationship(foreign_keys=[hiring_employer_id])


class PostingRevision(Row):
    """One version of a posting's content; immutable once ``frozen_at`` is set."""

    __tablename__ = "posting_revision"
    __table_args__ = (sa.UniqueConstraint("posting_id", "no"),)

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id"))
    no: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    headcount: Mapped[int]
    city: Mapped[str] = mapped_column(sa.String(40), default="", index=True)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    # of the content, what people look for; ``posting_major`` has the majors
    cohort: Mapped[int | None]
    degree: Mapped[str] = mapped_column(sa.String(20), default="", server_default="")
    salary_min: Mapped[int | None]
    salary_max: Mapped[int | None]
    search_text: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    # the whole content: the text fields, pay, degree, majors (national codes), …
    fields: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    created_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    posting: Mapped[Posting] = relationship()


@sa.event.listens_for(PostingRevision, "before_update")
def _frozen_stays(_mapper: Any, _connection: Any, revision: PostingRevision) -> None:
    """What was submitted is never written over, whoever tries (S34)."""
    history = sa.inspect(revision).attrs.frozen_at.history
    unchanged = None if history.added else revision.frozen_at
    before = history.deleted[0] if history.deleted else unchanged
    if before is not None and db.session.is_modified(revision):
        raise RevisionFrozen


class PostingPublication(Row):
    """A university shows a revision, by a decision, from and until."""

    __tablename__ = "posting_publication"
    __table_args__ = (
        live("uq_posting_publication_live", "posting_id", "university_id", where="taken_down_at IS NULL"),
        sa.Index("ix_posting_publication_shown", "university_id", "until_at"),
        sa.Index("ix_posting_publication_due", "until_at"),
        # the public list, newest first: 25 rows without sorting all
        sa.Index("ix_posting_publication_newest", "university_id", "from_at", "id"),
    )

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id"), index=True)
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("posting_revision.id"), index=True)
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("decision.id"), index=True)
    from_at: Mapped[datetime]
    until_at: Mapped[datetime]
    taken_down_at: Mapped[datetime | None]
    # when its employer was told that the end is near, and that it is over
    reminded_at: Mapped[datetime | None]
    expired_at: Mapped[datetime | None]
    posting: Mapped[Posting] = relationship()
    revision: Mapped[PostingRevision] = relationship()


class PostingMajor(Row):
    """A version is meant for a major, by national code; a version without any is open to all."""

    __tablename__ = "posting_major"
    __table_args__ = (sa.UniqueConstraint("revision_id", "code"),)

    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("posting_revision.id"))
    code: Mapped[str] = mapped_column(sa.String(12), index=True)


class PostingTemplate(PublicRow):
    """A text that an employer keeps to begin postings with (S24)."""

    __tablename__ = "posting_template"
    __table_args__ = (
        live("uq_posting_template_live", "employer_id", "name", conflict="已有同名的模板，请换一个名称。"),
    )

    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[PostingKind] = mapped_column(kind_of(PostingKind))
    content: Mapped[dict[str, Any]]
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RuleChange(PublicRow):
    """What newer rules say of a text that is shown: found by a re-check, answered by an officer (S36)."""

    __tablename__ = "rule_change"
    __table_args__ = (
        sa.UniqueConstraint("publication_id", "rulebook_version"),
        live("uq_rule_change_text", "case_id", "rulebook_version", where="publication_id IS NULL"),
        sa.Index("ix_rule_change_open", "university_id", "state"),
    )

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    # None: the text is not a posting's
    publication_id: Mapped[int | None] = mapped_column(sa.ForeignKey("posting_publication.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("vetting_case.id"), index=True)
    new_case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("vetting_case.id"), index=True)
    rulebook_version: Mapped[str] = mapped_column(sa.String(20))
    kind: Mapped[ChangeKind] = mapped_column(kind_of(ChangeKind))
    # the findings that are new; for a text that has become clean, those that are gone
    findings: Mapped[dict[str, Any]]
    state: Mapped[ChangeState] = mapped_column(state_of(ChangeState))
    found_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(sa.String(300), default="", server_default="")
    new_case: Mapped[VettingCase | None] = relationship(foreign_keys=[new_case_id])
