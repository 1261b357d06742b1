"""Tables of the institutions."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.database import Row, kind_of
from fairs.errors import Named
from fairs.institutions.rules import CodeKind


class University(Row):
    """A school with its own career centre; ``slug`` is in every public URL."""

    __tablename__ = "university"

    code: Mapped[str] = mapped_column(sa.String(10), unique=True)
    slug: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    name_en: Mapped[str] = mapped_column(sa.String(100), default="")
    # the hotline in every footer (S126); empty ones turn the health check red
    hotline_phone: Mapped[str] = mapped_column(sa.String(40), default="")
    hotline_mail: Mapped[str] = mapped_column(sa.String(120), default="")
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def named(self) -> Named:
        """The name in both languages, for a refusal's sentence."""
        return Named(self.name, self.name_en)


class Campus(Row):
    """A site of a university."""

    __tablename__ = "campus"
    __table_args__ = (sa.UniqueConstraint("university_id", "name"),)

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    name: Mapped[str] = mapped_column(sa.String(60))
    address: Mapped[str] = mapped_column(sa.String(200), default="")
    ended_at: Mapped[datetime | None]


class Department(Row):
    """A school-level college (二级院系)."""

    __tablename__ = "department"
    __table_args__ = (sa.UniqueConstraint("university_id", "code"),)

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    code: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(100))
    ended_at: Mapped[datetime | None]
    university: Mapped[University] = relationship()


class Major(Row):
    """A course of study offered by a department."""

    __tablename__ = "major"
    __table_args__ = (sa.UniqueConstraint("department_id", "national_code"),)

    department_id: Mapped[int] = mapped_column(sa.ForeignKey("department.id"))
    national_code: Mapped[str] = mapped_column(sa.String(12), index=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    ended_at: Mapped[datetime | None]
    department: Mapped[Department] = relationship()


class ListedCode(Row):
    """A line of a code list that a university keeps itself (S9, S92); what carries the code keeps it for good."""

    __tablename__ = "listed_code"
    __table_args__ = (sa.UniqueConstraint("university_id", "kind", "code"),)

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    kind: Mapped[CodeKind] = mapped_column(kind_of(CodeKind))
    code: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(60))
    # the province of a chain, else empty
    area: Mapped[str] = mapped_column(sa.String(20), default="")
    ended_at: Mapped[datetime | None]
