"""Tables of the audit trail."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fairs.database import Row


class Audit(Row):
    """One change. ``seq`` and ``seal`` are given by ``jobs``, in the order of sealing (gap-free)."""

    __tablename__ = "audit"
    __table_args__ = (
        sa.Index("ix_audit_subject", "subject_kind", "subject_id"),
        # the trail by time, and what it can be narrowed to
        sa.Index("ix_audit_when", "university_id", "at", "id"),
        sa.Index("ix_audit_action", "university_id", "action"),
        sa.Index("ix_audit_actor", "university_id", "actor_id"),
        sa.Index("ix_audit_kind", "university_id", "subject_kind"),
        sa.CheckConstraint("(seq IS NULL) = (seal IS NULL)", name="sealed_whole"),
    )

    seq: Mapped[int | None] = mapped_column(unique=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    university_id: Mapped[int | None] = mapped_column(sa.ForeignKey("university.id"), index=True)
    action: Mapped[str] = mapped_column(sa.String(60))
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seal: Mapped[str | None] = mapped_column(sa.String(64))


class AccessLog(Row):
    """Somebody read personal data that is masked by default (P37)."""

    __tablename__ = "access_log"
    __table_args__ = (sa.Index("ix_access_log_subject", "subject_kind", "subject_id"),)

    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    # whose data it was; empty where the subject belongs to no university
    university_id: Mapped[int | None] = mapped_column(sa.ForeignKey("university.id"), index=True)
    purpose: Mapped[str] = mapped_column(sa.String(60))
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int]
