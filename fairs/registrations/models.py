"""Tables of registrations and tickets."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import PublicRow, Row, kind_of, live, state_of
from fairs.institutions.models import University
from fairs.programmes.models import EntrySlot, Occurrence
from fairs.registrations.rules import RegistrationState, SupportGroup, TicketKind


class Registration(PublicRow):
    """A person's place at an occurrence: one live row each; the slot is an attribute, moved under a lock."""

    __tablename__ = "registration"
    __table_args__ = (
        live("uq_registration_live", "occurrence_id", "person_id", conflict="您已经预约过这一场。"),
        sa.Index("ix_registration_slot", "entry_slot_id", "state"),
    )

    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id"), index=True)
    entry_slot_id: Mapped[int | None] = mapped_column(sa.ForeignKey("entry_slot.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    # the student's own university: figures of a joint fair are counted per school
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    state: Mapped[RegistrationState] = mapped_column(state_of(RegistrationState))
    waiting_since: Mapped[datetime | None]
    uid: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    calendar_changed_at: Mapped[datetime]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    occurrence: Mapped[Occurrence] = relationship()
    entry_slot: Mapped[EntrySlot | None] = relationship()
    person: Mapped[Person] = relationship()
    university: Mapped[University] = relationship()


class Ticket(Row):
    """What opens the door for a registration; its secret is derived from the event's key and never stored."""

    __tablename__ = "ticket"

    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id"), index=True)
    code: Mapped[str] = mapped_column(sa.String(13), unique=True)
    key_version: Mapped[int]
    kind: Mapped[TicketKind] = mapped_column(kind_of(TicketKind))
    device: Mapped[str] = mapped_column(sa.String(60), default="")
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    registration: Mapped[Registration] = relationship()


class FairKey(Row):
    """The key of an event's tickets, sealed with the installation's secret; a lost scanner retires it."""

    __tablename__ = "fair_key"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "version"),
        live("uq_fair_key_live", "event_id", where="retired_at IS NULL"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    version: Mapped[int]
    secret: Mapped[bytes] = mapped_column(sa.LargeBinary)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class BookingWindow(Row):
    """When students may book an event, if not from its publication on; one group may come ``early_days`` before."""

    __tablename__ = "booking_window"
    __table_args__ = (
        sa.CheckConstraint("early_days >= 0", name="early_days"),
        sa.CheckConstraint("(support_group IS NULL) = (early_days = 0)", name="early_for_a_group"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), unique=True)
    opens_at: Mapped[datetime]
    support_group: Mapped[SupportGroup | None] = mapped_column(kind_of(SupportGroup))
    early_days: Mapped[int] = mapped_column(default=0)


class PriorityList(Row):
    """Who is in a support group of a university: one sealed value, so that no row joins a student to a group."""

    __tablename__ = "priority_list"
    __table_args__ = (sa.UniqueConstraint("university_id", "support_group"),)

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    support_group: Mapped[SupportGroup] = mapped_column(kind_of(SupportGroup))
    members: Mapped[bytes] = mapped_column(sa.LargeBinary)
    changed_at: Mapped[datetime]
