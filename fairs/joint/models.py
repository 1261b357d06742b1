"""Tables of joint fairs."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fairs.database import Row, live


class PostingCosign(Row):
    """A taking-part university has signed a posting brought to a joint fair; the lead has vetted it (S17)."""

    __tablename__ = "posting_cosign"
    __table_args__ = (live("uq_posting_cosign_live", "event_id", "university_id", "posting_revision_id"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    posting_revision_id: Mapped[int] = mapped_column(sa.ForeignKey("posting_revision.id"), index=True)
    signed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    signed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
