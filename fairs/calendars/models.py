"""The table of private feed links."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fairs.database import PublicRow


class FeedToken(PublicRow):
    """A private calendar link: the secret is shown once and only its hash is kept."""

    __tablename__ = "feed_token"
    __table_args__ = (sa.CheckConstraint("(person_id IS NULL) <> (employer_id IS NULL)", name="one_owner"),)

    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    scope: Mapped[str] = mapped_column(sa.String(30), default="mine")
    secret_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
