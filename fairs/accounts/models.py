"""Tables of people and how they sign in."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.rules import DocumentKind, RoleKind
from fairs.database import PublicRow, Row, kind_of


class Person(PublicRow):
    """Somebody, once, whatever roles they have."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(sa.String(60))
    email: Mapped[str | None] = mapped_column(sa.String(120), index=True)
    phone: Mapped[str | None] = mapped_column(sa.String(30))
    language: Mapped[str] = mapped_column(sa.String(5), default="zh")


class Account(Row):
    """How a person signs in; without ``password_hash`` only through an activation link."""

    __tablename__ = "account"
    __table_args__ = (sa.UniqueConstraint("login", info={"conflict": "这个登录名已有账号，请直接登录。"}),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    login: Mapped[str] = mapped_column(sa.String(120))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    # raised to end every session of this account at once
    session_epoch: Mapped[int] = mapped_column(default=0)
    signed_in_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()


class Role(Row):
    """What a person may do, for whom (university, department, employer or event) and until when."""

    __tablename__ = "role"
    __table_args__ = (sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name="period"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    kind: Mapped[RoleKind] = mapped_column(kind_of(RoleKind))
    university_id: Mapped[int | None] = mapped_column(sa.ForeignKey("university.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("department.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    granted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Acceptance(Row):
    """A person accepted one version of a document: privacy notice, pledge, consent for a fair."""

    __tablename__ = "acceptance"
    __table_args__ = (sa.Index("ix_acceptance_whose", "person_id", "document_kind", "document_version"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    document_kind: Mapped[DocumentKind] = mapped_column(kind_of(DocumentKind))
    document_version: Mapped[int]
    university_id: Mapped[int | None] = mapped_column(sa.ForeignKey("university.id"), index=True)
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class RateWindow(Row):
    """How often something was done for one mailbox or from one network within a running hour."""

    __tablename__ = "rate_window"
    __table_args__ = (sa.UniqueConstraint("kind", "key_hash"),)

    kind: Mapped[str] = mapped_column(sa.String(40))
    key_hash: Mapped[str] = mapped_column(sa.String(64))
    began_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]
