"""Tables of the day: incidents, and looks at the halls after it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import PublicRow, kind_of, live, state_of
from fairs.onsite.rules import CheckState, IncidentKind, IncidentState, Severity
from fairs.programmes.models import Event, Occurrence
from fairs.venues.models import Space


class Incident(PublicRow):
    """Something that happened at an event; ``space_id`` is empty where it concerns no hall in particular."""

    __tablename__ = "incident"
    __table_args__ = (
        sa.CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="settled"),
        sa.Index("ix_incident_list", "university_id", "state", "at"),
    )

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    space_id: Mapped[int | None] = mapped_column(sa.ForeignKey("space.id"), index=True)
    # made with the form, so that a second click is the same incident
    once: Mapped[str] = mapped_column(sa.String(40), unique=True)
    kind: Mapped[IncidentKind] = mapped_column(kind_of(IncidentKind))
    severity: Mapped[Severity] = mapped_column(kind_of(Severity))
    text: Mapped[str] = mapped_column(sa.String(500))
    state: Mapped[IncidentState] = mapped_column(state_of(IncidentState), default=IncidentState.OPEN)
    outcome: Mapped[str] = mapped_column(sa.String(500), default="")
    noted_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
    event: Mapped[Event] = relationship()
    space: Mapped[Space | None] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=noted_by)
    settler: Mapped[Person | None] = relationship(foreign_keys=settled_by)


class HallCheck(PublicRow):
    """A look at a hall after a day; the newest is the live row, the earlier ones stay as they were signed."""

    __tablename__ = "hall_check"
    __table_args__ = (
        live(
            "uq_hall_check_live",
            "occurrence_id",
            "space_id",
            conflict="这个场馆刚由其他同事检查过，请刷新查看。",
        ),
    )

    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id"))
    space_id: Mapped[int] = mapped_column(sa.ForeignKey("space.id"), index=True)
    state: Mapped[CheckState] = mapped_column(state_of(CheckState))
    faults: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(sa.String(500), default="")
    # people that the scanners still counted inside when the hall was signed
    counted: Mapped[int] = mapped_column(default=0)
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    occurrence: Mapped[Occurrence] = relationship()
    space: Mapped[Space] = relationship()
    author: Mapped[Person] = relationship()
