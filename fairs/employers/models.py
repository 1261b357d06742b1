"""Tables of employers: the entity is global, everything decided about it belongs to one university."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import PublicRow, Row, kind_of, live, state_of
from fairs.employers.papers import CredentialKind
from fairs.employers.rules import (
    ContactState,
    EmployerKind,
    EmployerSize,
    Ownership,
    SanctionKind,
    StandingState,
)
from fairs.files.models import File
from fairs.institutions.models import University


class Employer(PublicRow):
    """A legal entity, once in the whole installation."""

    __tablename__ = "employer"
    __table_args__ = (
        sa.CheckConstraint("(uscc IS NULL) <> (uscc_exemption IS NULL)", name="uscc_or_exemption"),
        sa.UniqueConstraint("uscc", info={"conflict": "这个统一社会信用代码已经注册，请申请加入该单位。"}),
    )

    uscc: Mapped[str | None] = mapped_column(sa.String(18))
    # why a body without a code may register (embassy, army unit, school); never empty when used
    uscc_exemption: Mapped[str | None] = mapped_column(sa.String(200))
    legal_name: Mapped[str] = mapped_column(sa.String(120), index=True)
    kind: Mapped[EmployerKind] = mapped_column(kind_of(EmployerKind))
    ownership: Mapped[Ownership] = mapped_column(kind_of(Ownership))
    size: Mapped[EmployerSize] = mapped_column(kind_of(EmployerSize))
    industry: Mapped[str] = mapped_column(sa.String(40), default="")
    region: Mapped[str] = mapped_column(sa.String(40), default="")
    website: Mapped[str] = mapped_column(sa.String(200), default="")
    profile: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime]


class EmployerContact(Row):
    """A person who acts for an employer."""

    __tablename__ = "employer_contact"
    __table_args__ = (
        live("uq_employer_contact_live", "employer_id", "person_id", conflict="您已经在这个单位里了。"),
    )

    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    state: Mapped[ContactState] = mapped_column(state_of(ContactState))
    is_owner: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]
    employer: Mapped[Employer] = relationship()
    person: Mapped[Person] = relationship()


class EmployerStanding(PublicRow):
    """What one university thinks of an employer: reviewed papers, validity, sanctions."""

    __tablename__ = "employer_standing"
    __table_args__ = (
        sa.UniqueConstraint("university_id", "employer_id"),
        sa.Index("ix_employer_standing_queue", "university_id", "state", "due_at"),
    )

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    state: Mapped[StandingState] = mapped_column(state_of(StandingState))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    submitted_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    valid_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    employer: Mapped[Employer] = relationship()
    university: Mapped[University] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class Sanction(Row):
    """A strike, suspension or blacklist entry, with its period and evidence."""

    __tablename__ = "sanction"

    standing_id: Mapped[int] = mapped_column(sa.ForeignKey("employer_standing.id"), index=True)
    kind: Mapped[SanctionKind] = mapped_column(kind_of(SanctionKind))
    reason: Mapped[str] = mapped_column(sa.Text)
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    lifted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None]


class Credential(Row):
    """A paper handed in by an employer."""

    __tablename__ = "credential"

    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    kind: Mapped[CredentialKind] = mapped_column(kind_of(CredentialKind))
    number: Mapped[str] = mapped_column(sa.String(60), default="")
    valid_until: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    principal_employer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employer.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    file: Mapped[File | None] = relationship()
