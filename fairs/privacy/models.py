"""The table of requests to be forgotten."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import PublicRow, live, state_of
from fairs.privacy.rules import RequestState


class ErasureRequest(PublicRow):
    """A person asks a university to erase their data; one open request each."""

    __tablename__ = "erasure_request"
    __table_args__ = (
        live("uq_erasure_request_open", "person_id", conflict="您已经提交过注销申请，正在处理中。"),
        sa.Index("ix_erasure_request_queue", "university_id", "state"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    state: Mapped[RequestState] = mapped_column(state_of(RequestState), default=RequestState.OPEN)
    reason: Mapped[str] = mapped_column(sa.String(300), default="")
    answer: Mapped[str] = mapped_column(sa.String(300), default="")
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
