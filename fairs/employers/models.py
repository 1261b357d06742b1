"""Tables of employers: the entity is global, everything decided about it belongs to one university."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import PublicRow, Row, kind_of, live, state_of
from fairs.employers.marks import IntroducerKind, RegisterResult, TagKind
from fairs.employers.papers import CredentialKind
from fairs.employers.rules import ContactState, EmployerKind, EmployerSize, Ownership, StandingState
from fairs.employers.sanctions import AppealState, SanctionKind
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
    # uses the national platform for graduates' employment, by its own word (S47)
    ncss_registered: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
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
    requested_at: Mapped[datetime | None]
    # the letter of authority of somebody who asks to join, for the case that no owner answers
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"), index=True)
    employer: Mapped[Employer] = relationship()
    person: Mapped[Person] = relationship()
    file: Mapped[File | None] = relationship()


class EmployerStanding(PublicRow):
    """What one university thinks of an employer: reviewed papers, validity, sanctions."""

    __tablename__ = "employer_standing"
    __table_args__ = (
        sa.UniqueConstraint("university_id", "employer_id"),
        sa.Index("ix_employer_standing_queue", "university_id", "state", "due_at"),
        # a body without a code is agreed to by one officer and verified by another
        sa.CheckConstraint("state <> 'verified' OR exemption_by <> decided_by", name="exemption_two"),
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
    # since when the yearly re-check waits, while the verification still holds
    renewal_at: Mapped[datetime | None]
    # who agreed that a body without a code is one; somebody else verifies it
    exemption_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    exemption_at: Mapped[datetime | None]
    register_result: Mapped[RegisterResult | None] = mapped_column(kind_of(RegisterResult))
    register_at: Mapped[datetime | None]
    introducer_kind: Mapped[IntroducerKind | None] = mapped_column(kind_of(IntroducerKind))
    introducer: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    employer: Mapped[Employer] = relationship()
    university: Mapped[University] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class Sanction(PublicRow):
    """A strike, suspension or blacklist entry, with its period and evidence; over once it is lifted."""

    __tablename__ = "sanction"
    __table_args__ = (
        sa.UniqueConstraint("source_kind", "source_id", info={"conflict": "这次违约已经记录过了。"}),
    )

    standing_id: Mapped[int] = mapped_column(sa.ForeignKey("employer_standing.id"), index=True)
    kind: Mapped[SanctionKind] = mapped_column(kind_of(SanctionKind))
    reason: Mapped[str] = mapped_column(sa.Text)
    # what it was about, in words (the fair's title)
    occasion: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")
    # the row above this feature that brought it about, so that it is noted once; nobody's foreign key
    source_kind: Mapped[str | None] = mapped_column(sa.String(20))
    source_id: Mapped[int | None]
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    imposed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    imposed_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None]
    lift_reason: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    standing: Mapped[EmployerStanding] = relationship()
    file: Mapped[File | None] = relationship()


class SanctionAppeal(PublicRow):
    """An employer's written request against a sanction, and the answer of a second officer."""

    __tablename__ = "sanction_appeal"
    __table_args__ = (
        live(
            "uq_sanction_appeal_live",
            "sanction_id",
            where="state = 'asked'",
            conflict="已提出过申诉，请等待答复。",
        ),
        sa.CheckConstraint("decided_by <> imposed_by", name="second_officer"),
    )

    sanction_id: Mapped[int] = mapped_column(sa.ForeignKey("sanction.id"), index=True)
    state: Mapped[AppealState] = mapped_column(state_of(AppealState), default=AppealState.ASKED)
    reason: Mapped[str] = mapped_column(sa.Text)
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    # whoever imposed the sanction, so that the database itself keeps the two apart
    imposed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    sanction: Mapped[Sanction] = relationship()
    file: Mapped[File | None] = relationship()


class EmployerTag(PublicRow):
    """A university's mark on an employer, with its certificate and evidence."""

    __tablename__ = "employer_tag"
    __table_args__ = (
        live("uq_employer_tag_live", "standing_id", "kind", "code", conflict="这家单位已有这个标签。"),
    )

    standing_id: Mapped[int] = mapped_column(sa.ForeignKey("employer_standing.id"))
    kind: Mapped[TagKind] = mapped_column(kind_of(TagKind))
    # of the chain, else empty
    code: Mapped[str] = mapped_column(sa.String(20), default="")
    number: Mapped[str] = mapped_column(sa.String(60), default="")
    valid_until: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    added_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    file: Mapped[File | None] = relationship()


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
    principal: Mapped[Employer | None] = relationship(foreign_keys=[principal_employer_id])
