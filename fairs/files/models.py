"""The table of uploaded files."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fairs.database import PublicRow, kind_of
from fairs.files.rules import FilePurpose


class File(PublicRow):
    """One upload; equal contents share the bytes on disk, never the row."""

    __tablename__ = "file"

    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    bytes: Mapped[int]
    media_type: Mapped[str] = mapped_column(sa.String(100))
    name: Mapped[str] = mapped_column(sa.String(200))
    path: Mapped[str] = mapped_column(sa.String(200))
    purpose: Mapped[FilePurpose] = mapped_column(kind_of(FilePurpose))
    university_id: Mapped[int | None] = mapped_column(sa.ForeignKey("university.id"), index=True)
    uploaded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    uploaded_at: Mapped[datetime]
    purge_after: Mapped[datetime | None]
    purged_at: Mapped[datetime | None]
