"""Tables of programmes and events. Whatever has a time is an event with occurrences; ``fair`` adds booths."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import Model, PublicRow, Row, kind_of, live, state_of
from fairs.institutions.models import Department, University
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.kinds import PlaceKind
from fairs.programmes.participation import ParticipationState, fair_no
from fairs.programmes.rules import (
    EventKind,
    EventLevel,
    EventMode,
    EventScope,
    EventState,
    OccurrenceState,
    OrganiserRole,
    ProgrammeKind,
    TargetDimension,
)
from fairs.programmes.seasons import ProgrammeState, state_of_programme
from fairs.venues.models import SpaceUse
from fairs.venues.rules import UseState


class Programme(PublicRow):
    """A season: a recruitment month, a week, a joint action. No university: a province's or the ministry's."""

    __tablename__ = "programme"
    __table_args__ = (sa.CheckConstraint("ends_on >= starts_on", name="period"),)

    university_id: Mapped[int | None] = mapped_column(sa.ForeignKey("university.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    kind: Mapped[ProgrammeKind] = mapped_column(kind_of(ProgrammeKind))
    name: Mapped[str] = mapped_column(sa.String(100))
    theme: Mapped[str] = mapped_column(sa.String(100), default="")
    slogan: Mapped[str] = mapped_column(sa.String(100), default="", server_default="")
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    cohort: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # None: a draft, which only its own university's staff sees (S31)
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    university: Mapped[University | None] = relationship()

    @property
    def state(self) -> ProgrammeState:
        """Where it stands, by its two dates."""
        return state_of_programme(self.published_at, self.ended_at)


class ProgrammeEvent(Row):
    """An event belongs to a programme; ``outside_reason`` where it starts outside the window (S3)."""

    __tablename__ = "programme_event"
    __table_args__ = (sa.UniqueConstraint("programme_id", "event_id"),)

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    outside_reason: Mapped[str] = mapped_column(sa.String(200), default="")


class EventSeries(PublicRow):
    """A numbered series of events ("第12场", S24)."""

    __tablename__ = "event_series"

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(120))


class Event(PublicRow):
    """Anything that happens at a time, led by one university."""

    __tablename__ = "event"
    __table_args__ = (
        sa.UniqueConstraint("university_id", "no"),
        sa.Index("ix_event_state", "university_id", "state"),
    )

    no: Mapped[str] = mapped_column(sa.String(20))
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("department.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(kind_of(EventKind))
    scope: Mapped[EventScope] = mapped_column(kind_of(EventScope), default=EventScope.SCHOOL)
    level: Mapped[EventLevel] = mapped_column(kind_of(EventLevel), default=EventLevel.SCHOOL)
    mode: Mapped[EventMode] = mapped_column(kind_of(EventMode), default=EventMode.ONSITE)
    title: Mapped[str] = mapped_column(sa.String(120))
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    online_url: Mapped[str] = mapped_column(sa.String(300), default="")
    # where a policy roadshow goes (S28)
    place_kind: Mapped[PlaceKind | None] = mapped_column(kind_of(PlaceKind))
    state: Mapped[EventState] = mapped_column(state_of(EventState), default=EventState.DRAFT)
    state_reason: Mapped[str] = mapped_column(sa.String(300), default="")
    series_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event_series.id"), index=True)
    series_no: Mapped[int | None]
    cloned_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"))
    published_at: Mapped[datetime | None]
    # the newest rulebook that has read the words; and since when the introduction waits for an officer, unshown
    words_read: Mapped[str | None] = mapped_column(sa.String(20))
    words_held_at: Mapped[datetime | None]
    # the introduction before, which stays public meanwhile; empty if it may not
    summary_shown: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    university: Mapped[University] = relationship()
    department: Mapped[Department | None] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)

    @property
    def introduction(self) -> str:
        """What people read about it: while an officer has to judge these words, the ones before, if any."""
        return self.summary_shown if self.words_held_at else self.summary

    @property
    def fair_no(self) -> str:
        """Under which number it counts once over all universities that take part (S17)."""
        return fair_no(self.university.code, self.no)


class Fair(Model):
    """What an event with booths has in addition."""

    __tablename__ = "fair"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    expected_attendance: Mapped[int] = mapped_column(default=0)
    open_to_public: Mapped[bool] = mapped_column(default=False)
    requests_until: Mapped[datetime | None]
    offer_hours: Mapped[int] = mapped_column(default=48)
    # booths not reported in by then go to the stand-by list (P11)
    hold_until: Mapped[datetime | None]
    # cancelling later counts as a breach (P12)
    free_cancel_until: Mapped[datetime | None]
    max_reps: Mapped[int] = mapped_column(default=2)
    pause_reason: Mapped[str] = mapped_column(sa.String(200), default="")
    # the other universities of a joint fair may sign its postings too (S17)
    co_signing: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    event: Mapped[Event] = relationship()


class EventSchool(Row):
    """A university that takes part in an event, or was asked to, with its quotas (S17); the lead has one too."""

    __tablename__ = "event_school"
    __table_args__ = (sa.UniqueConstraint("event_id", "university_id"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    booth_quota: Mapped[int | None]
    ticket_quota: Mapped[int | None]
    state: Mapped[ParticipationState] = mapped_column(
        state_of(ParticipationState), default=ParticipationState.ACCEPTED, server_default="accepted"
    )
    note: Mapped[str] = mapped_column(sa.String(300), default="", server_default="")
    answered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    event: Mapped[Event] = relationship()
    university: Mapped[University] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class EventTarget(Row):
    """Whom an event is meant for: one code in one dimension."""

    __tablename__ = "event_target"
    __table_args__ = (sa.UniqueConstraint("event_id", "dimension", "code"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    dimension: Mapped[TargetDimension] = mapped_column(kind_of(TargetDimension))
    code: Mapped[str] = mapped_column(sa.String(40), index=True)


class EventOrganiser(Row):
    """An organisation in printed order; exactly one is accountable for safety."""

    __tablename__ = "event_organiser"
    __table_args__ = (
        live("uq_event_organiser_accountable", "event_id", where="is_accountable"),
        sa.UniqueConstraint("event_id", "position"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    university_id: Mapped[int | None] = mapped_column(sa.ForeignKey("university.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    role: Mapped[OrganiserRole] = mapped_column(kind_of(OrganiserRole))
    position: Mapped[int]
    is_accountable: Mapped[bool] = mapped_column(default=False)


class GateApproval(Row):
    """A gate before opening, with its signer and time (S29)."""

    __tablename__ = "gate_approval"
    __table_args__ = (live("uq_gate_approval_live", "event_id", "gate"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    gate: Mapped[Gate] = mapped_column(kind_of(Gate))
    state: Mapped[GateState] = mapped_column(state_of(GateState), default=GateState.DRAFTING)
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    signed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    signed_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    # what the licence was granted for (programmes.terms.Arrangement)
    terms: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    ended_at: Mapped[datetime | None]


class Occurrence(PublicRow):
    """A day of an event: what tickets, scans, rooms and calendar entries point at."""

    __tablename__ = "occurrence"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "ordinal"),
        sa.CheckConstraint("ends_at > starts_at", name="period"),
        sa.Index("ix_occurrence_when", "starts_at"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    ordinal: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[OccurrenceState] = mapped_column(state_of(OccurrenceState), default=OccurrenceState.PLANNED)
    # where, in words, for people; the booked space is a ``space_use``
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    uid: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    calendar_changed_at: Mapped[datetime]
    event: Mapped[Event] = relationship()
    uses: Mapped[list[SpaceUse]] = relationship(
        primaryjoin=lambda: sa.and_(
            SpaceUse.occurrence_id == Occurrence.id, SpaceUse.state != UseState.RELEASED
        ),
        order_by=SpaceUse.id,
        viewonly=True,
    )

    @property
    def where(self) -> str:
        """Where it is, in words: the booked spaces with their campus, and what was written besides."""
        names = [f"{use.space.campus.name} {use.space.name}" for use in self.uses]
        besides = [self.place] if not any(self.place in name for name in names) else []
        return " ".join(dict.fromkeys([*names, *besides])).strip()


class EntrySlot(PublicRow):
    """A period of entry with a capacity; how many are taken is counted under a lock, never stored."""

    __tablename__ = "entry_slot"
    __table_args__ = (
        sa.UniqueConstraint("occurrence_id", "starts_at"),
        sa.CheckConstraint("capacity >= 0", name="capacity"),
        sa.CheckConstraint("ends_at > starts_at", name="period"),
    )

    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int]
    walk_in_quota: Mapped[int] = mapped_column(default=0)
    occurrence: Mapped[Occurrence] = relationship()


class StaffShift(PublicRow):
    """A duty at an occurrence; without a person it is still to be filled. One that was taken off has ended."""

    __tablename__ = "staff_shift"
    __table_args__ = (sa.CheckConstraint("ends_at > starts_at", name="period"),)

    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id"), index=True)
    gate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("gate.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    duty: Mapped[str] = mapped_column(sa.String(60))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    uid: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    # None: not since its day changed
    calendar_changed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    person: Mapped[Person | None] = relationship()
    occurrence: Mapped[Occurrence] = relationship()
