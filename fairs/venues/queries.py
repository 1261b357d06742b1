"""Reads of spaces, their use, and booth plans."""

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.database import db, found
from fairs.venues.layout import Drawing, Mark, Spot, drawing
from fairs.venues.models import Plan, PlanBooth, Space, SpaceUse, Zone
from fairs.venues.rules import COMPLAINT_DESK, PlanState, UseState


def spaces_of(university_id: int) -> sa.Select[Space]:
    """The spaces of a university that are still in use, as a statement for a list."""
    return (
        sa.select(Space)
        .where(Space.university_id == university_id, Space.ended_at.is_(None))
        .options(joinedload(Space.campus))
    )


def spaces(university_id: int) -> list[Space]:
    """The spaces of a university, the largest first."""
    return list(db.session.scalars(spaces_of(university_id).order_by(Space.capacity.desc(), Space.name)))


def space(public_id: str, university_id: int) -> Space:
    """A space of the university. Raises NotFound."""
    chosen = spaces_of(university_id).where(Space.public_id == public_id)
    return found(db.session.scalars(chosen).one_or_none())


def spaces_by_id(numbers: Collection[int]) -> list[Space]:
    """The spaces with these numbers, those no longer in use too."""
    return list(db.session.scalars(sa.select(Space).where(Space.id.in_(numbers))))


def leaves(space_id: int) -> list[int]:
    """The ids of the parts that a space consists of; its own where it has none."""
    children = list(db.session.scalars(sa.select(Space.id).where(Space.parent_id == space_id).limit(50)))
    return [leaf for child in children for leaf in leaves(child)] if children else [space_id]


def uses(occurrence_id: int) -> list[SpaceUse]:
    """What is taken for an occurrence, tentatively or firmly."""
    chosen = sa.select(SpaceUse).where(
        SpaceUse.occurrence_id == occurrence_id, SpaceUse.state != UseState.RELEASED
    )
    return list(db.session.scalars(chosen.order_by(SpaceUse.id).limit(50)))


def uses_by_id(numbers: Collection[int]) -> list[SpaceUse]:
    """These uses of spaces, whatever became of them."""
    return list(db.session.scalars(sa.select(SpaceUse).where(SpaceUse.id.in_(numbers)).order_by(SpaceUse.id)))


def is_firm(occurrence_id: int) -> bool:
    """Whether a space is firmly taken for an occurrence, and none only tentatively."""
    taken = uses(occurrence_id)
    return bool(taken) and all(use.state is UseState.FIRM for use in taken)


def is_free(space_id: int, starts_at: datetime, ends_at: datetime, *, but_for: int | None = None) -> bool:
    """Whether no firm use overlaps in any part; uses for the occurrence ``but_for`` do not count."""
    taken = sa.select(SpaceUse.id).where(
        SpaceUse.space_id.in_(leaves(space_id)),
        SpaceUse.state == UseState.FIRM,
        SpaceUse.starts_at < ends_at,
        SpaceUse.ends_at > starts_at,
        SpaceUse.occurrence_id.is_distinct_from(but_for),
    )
    return db.session.scalar(taken.limit(1)) is None


def taken_spaces(
    university_id: int, starts_at: datetime, ends_at: datetime, *, but_for: int | None = None
) -> set[int]:
    """The spaces of a university that are not free then (see ``is_free``), for a list of all."""
    own = sa.select(Space.id, Space.parent_id).where(Space.university_id == university_id)
    parents = dict(db.session.execute(own).all())
    firm = sa.select(SpaceUse.space_id).where(
        SpaceUse.space_id.in_(own.with_only_columns(Space.id)),
        SpaceUse.state == UseState.FIRM,
        SpaceUse.starts_at < ends_at,
        SpaceUse.ends_at > starts_at,
        SpaceUse.occurrence_id.is_distinct_from(but_for),
    )
    taken: set[int] = set()
    for part in set(db.session.scalars(firm)) - set(parents.values()):
        whole: int | None = part
        while whole is not None:  # a hall is not free while one of its parts is taken
            taken.add(whole)
            whole = parents.get(whole)
    return taken


def latest_plan(event_id: int) -> Plan | None:
    """The newest version of an event's booth plan, whatever its state."""
    chosen = sa.select(Plan).where(Plan.event_id == event_id)
    return db.session.scalars(chosen.order_by(Plan.version.desc()).limit(1)).one_or_none()


def public_plan(event_id: int) -> Plan | None:
    """The newest version that people may see."""
    chosen = sa.select(Plan).where(Plan.event_id == event_id, Plan.state != PlanState.DRAFT)
    return db.session.scalars(chosen.order_by(Plan.version.desc()).limit(1)).one_or_none()


def booths(plan_id: int) -> list[PlanBooth]:
    """The booths of a plan, by number."""
    chosen = sa.select(PlanBooth).where(PlanBooth.plan_id == plan_id)
    return list(db.session.scalars(chosen.order_by(PlanBooth.number).limit(1000)))


def zones(plan_id: int) -> list[Zone]:
    """The parts of a plan."""
    return list(db.session.scalars(sa.select(Zone).where(Zone.plan_id == plan_id).order_by(Zone.id)))


def has_complaint_desk(plan_id: int) -> bool:
    """Whether the plan has the desk at which people complain on the spot (P24)."""
    chosen = sa.select(Zone.id).where(Zone.plan_id == plan_id, Zone.kind == COMPLAINT_DESK)
    return db.session.scalar(chosen.limit(1)) is not None


def map_of(plan_id: int, marks: Mapping[str, Mark] | None = None) -> Drawing:
    """A plan for the map of templates/venues/_map.html; ``marks``: booth_key → what to say of the booth."""
    spots = [
        Spot(
            key=booth.booth_key,
            number=booth.number,
            size=booth.size,
            power=booth.power,
            accessible=booth.accessible,
            x=float(booth.geometry["x"]),
            y=float(booth.geometry["y"]),
            w=float(booth.geometry["w"]),
            h=float(booth.geometry["h"]),
        )
        for booth in booths(plan_id)
    ]
    return drawing(spots, marks or {})


def found_plan(event_id: int) -> Plan:
    """The newest version of an event's booth plan. Raises NotFound."""
    return found(latest_plan(event_id))
