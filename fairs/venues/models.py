"""Tables of spaces, their use, and booth plans."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.database import SENTENCES, PublicRow, Row, kind_of, state_of
from fairs.institutions.models import Campus
from fairs.venues.rules import BoothSize, PlanState, SpaceKind, SpaceTaken, UseState

# the exclusion (PostgreSQL) and the triggers (SQLite) of the first migration bear this name
SENTENCES["ex_space_use_firm"] = SpaceTaken.sentence


class Space(PublicRow):
    """A hall, room or part of one, on a campus."""

    __tablename__ = "space"
    __table_args__ = (sa.UniqueConstraint("campus_id", "name"),)

    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    campus_id: Mapped[int] = mapped_column(sa.ForeignKey("campus.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("space.id"), index=True)
    kind: Mapped[SpaceKind] = mapped_column(kind_of(SpaceKind))
    name: Mapped[str] = mapped_column(sa.String(80))
    net_area: Mapped[float] = mapped_column(default=0.0)
    capacity: Mapped[int] = mapped_column(default=0)
    features: Mapped[list[str]] = mapped_column(default=list)
    ended_at: Mapped[datetime | None]
    campus: Mapped[Campus] = relationship()


class SpaceUse(Row):
    """A space taken for an occurrence, or for another stated reason; a composite hall has a row per part."""

    __tablename__ = "space_use"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="period"),
        sa.CheckConstraint("occurrence_id IS NOT NULL OR reason <> ''", name="why"),
        sa.Index("ix_space_use_when", "space_id", "starts_at"),
    )

    space_id: Mapped[int] = mapped_column(sa.ForeignKey("space.id"))
    occurrence_id: Mapped[int | None] = mapped_column(sa.ForeignKey("occurrence.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(sa.String(100), default="")
    state: Mapped[UseState] = mapped_column(state_of(UseState), default=UseState.TENTATIVE)
    space: Mapped[Space] = relationship()


class Plan(Row):
    """A version of an event's booth plan."""

    __tablename__ = "plan"
    __table_args__ = (sa.UniqueConstraint("event_id", "version"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    version: Mapped[int]
    state: Mapped[PlanState] = mapped_column(state_of(PlanState), default=PlanState.DRAFT)
    created_at: Mapped[datetime]


class Zone(Row):
    """A part of a plan: an industry, an entrance, the complaint desk."""

    __tablename__ = "zone"
    __table_args__ = (sa.UniqueConstraint("plan_id", "key"),)

    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("plan.id"))
    key: Mapped[str] = mapped_column(sa.String(20))
    kind: Mapped[str] = mapped_column(sa.String(30), default="booths")
    name: Mapped[str] = mapped_column(sa.String(60), default="")


class PlanBooth(Row):
    """A booth in a plan; ``booth_key`` stays the same in later versions."""

    __tablename__ = "plan_booth"
    __table_args__ = (sa.UniqueConstraint("plan_id", "booth_key"), sa.UniqueConstraint("plan_id", "number"))

    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("plan.id"))
    booth_key: Mapped[str] = mapped_column(sa.String(20))
    number: Mapped[str] = mapped_column(sa.String(20))
    zone_id: Mapped[int | None] = mapped_column(sa.ForeignKey("zone.id"), index=True)
    size: Mapped[BoothSize] = mapped_column(kind_of(BoothSize), default=BoothSize.STANDARD)
    power: Mapped[bool] = mapped_column(default=False)
    accessible: Mapped[bool] = mapped_column(default=False)
    # {"x": 0, "y": 0, "w": 3, "h": 3} in metres on the hall's floor
    geometry: Mapped[dict[str, Any]] = mapped_column(default=dict)
