"""Tables of invitations."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import PublicRow, Row, kind_of, live, state_of
from fairs.employers.models import Employer
from fairs.invitations.rules import DeclineKind, InvitationState
from fairs.programmes.models import Event

_LIVE = "state IN ('sent', 'opened', 'accepted') AND employer_id IS "


class Invitation(PublicRow):
    """An employer is asked to come by a personal link; without ``employer`` by mail address alone."""

    __tablename__ = "invitation"
    __table_args__ = (
        live(
            "uq_invitation_employer",
            "event_id",
            "employer_id",
            where=_LIVE + "NOT NULL",
            conflict="这家单位已有一份有效的邀请。",
        ),
        live(
            "uq_invitation_email",
            "event_id",
            "email",
            where=_LIVE + "NULL",
            conflict="这个邮箱已有一份有效的邀请。",
        ),
        sa.Index("ix_invitation_due", "state", "expires_at"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    # how an employer that is not in the directory was addressed
    name: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")
    email: Mapped[str] = mapped_column(sa.String(120))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    state: Mapped[InvitationState] = mapped_column(state_of(InvitationState), default=InvitationState.SENT)
    language: Mapped[str] = mapped_column(sa.String(5), default="zh", server_default="zh")
    introducer: Mapped[str] = mapped_column(sa.String(80), default="", server_default="")
    words: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    invited_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    sent_count: Mapped[int] = mapped_column(default=1, server_default="1")
    expires_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    decline_kind: Mapped[DeclineKind | None] = mapped_column(kind_of(DeclineKind))
    decline_note: Mapped[str] = mapped_column(sa.String(300), default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    event: Mapped[Event] = relationship()
    employer: Mapped[Employer | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)

    @property
    def addressed(self) -> str:
        """Who is invited: the employer's name, or how it was addressed."""
        return self.employer.legal_name if self.employer else self.name


class InvitationStop(Row):
    """An employer (or a mailbox) wants no more invitations of a university; lifted by the employer."""

    __tablename__ = "invitation_stop"
    __table_args__ = (
        live(
            "uq_invitation_stop_employer",
            "university_id",
            "employer_id",
            where="ended_at IS NULL AND employer_id IS NOT NULL",
        ),
        live(
            "uq_invitation_stop_email",
            "university_id",
            "email",
            where="ended_at IS NULL AND employer_id IS NULL",
        ),
    )

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    employer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    email: Mapped[str] = mapped_column(sa.String(120), default="")
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
