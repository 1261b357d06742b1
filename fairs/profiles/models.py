"""Versions of what an employer says of itself. Public is derived from an approved case, never a flag."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.database import PublicRow, Row
from fairs.employers.models import Employer
from fairs.files.models import File

PDF = "application/pdf"


class ProfileRevision(Row):
    """One version of an employer's page, as it was handed in; never changed afterwards."""

    __tablename__ = "profile_revision"
    __table_args__ = (
        sa.UniqueConstraint("employer_id", "no", info={"conflict": "同事刚刚提交了新的版本，请刷新后再改。"}),
    )

    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"))
    no: Mapped[int]
    introduction: Mapped[str] = mapped_column(sa.Text)
    logo_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    employer: Mapped[Employer] = relationship()
    logo: Mapped[File | None] = relationship()


class Brochure(PublicRow):
    """One version of an employer's recruitment brochure, and the text that was read in it (S35)."""

    __tablename__ = "brochure"
    __table_args__ = (
        sa.UniqueConstraint("employer_id", "no", info={"conflict": "同事刚刚提交了新的版本，请刷新后再改。"}),
    )

    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"))
    no: Mapped[int]
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"))
    # what could be read; empty where there are only pictures, which an officer must look at
    text: Mapped[str] = mapped_column(sa.Text)
    pages: Mapped[int]
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    employer: Mapped[Employer] = relationship()
    file: Mapped[File] = relationship()

    @property
    def scanned(self) -> bool:
        """Whether its pages are pictures; of a DOCX without words nobody can say that."""
        return not self.text and self.file.media_type == PDF
