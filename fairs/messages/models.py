"""The table of messages."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import PublicRow, kind_of, state_of
from fairs.messages.rules import Channel, MessageState


class Message(PublicRow):
    """One message to one person. ``dedupe_key`` makes a reminder unique: (rule, subject, recipient, anchor)."""

    __tablename__ = "message"
    __table_args__ = (
        sa.Index("ix_message_due", "state", "planned_at"),
        sa.Index("ix_message_subject", "subject_kind", "subject_id"),
    )

    dedupe_key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    university_id: Mapped[int | None] = mapped_column(sa.ForeignKey("university.id"), index=True)
    channel: Mapped[Channel] = mapped_column(kind_of(Channel))
    # the template that renders it: templates/<feature>/mail/<name>.txt, named "<feature>/<name>"
    kind: Mapped[str] = mapped_column(sa.String(60))
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    subject_kind: Mapped[str] = mapped_column(sa.String(40), default="")
    subject_id: Mapped[int | None]
    anchor_on: Mapped[date | None]
    planned_at: Mapped[datetime]
    state: Mapped[MessageState] = mapped_column(state_of(MessageState), default=MessageState.SCHEDULED)
    claimed_by: Mapped[str | None] = mapped_column(sa.String(60))
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(sa.String(300), default="")
    # the RFC 5322 id, fixed before the first attempt so that a repeat is recognised
    message_id: Mapped[str] = mapped_column(sa.String(120), unique=True)
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    body: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
