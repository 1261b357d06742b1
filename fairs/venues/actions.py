"""What changes spaces, their use, and booth plans. That firm uses never overlap is kept by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import db, found, lock, transaction
from fairs.errors import NotFound
from fairs.institutions.models import Campus
from fairs.venues import queries
from fairs.venues.layout import PlanSpec, geometry, rows_of_booths
from fairs.venues.models import Plan, PlanBooth, Space, SpaceUse, Zone
from fairs.venues.rules import (
    COMPLAINT_DESK,
    PlanState,
    SpaceKind,
    UseState,
    check_freeze,
    check_publish,
    safe_capacity,
)


@dataclass(frozen=True, kw_only=True)
class SpaceDraft:
    """A space: net area in square metres, persons at once (by default what P25 allows), what it offers."""

    campus_id: int
    kind: SpaceKind
    name: str
    net_area: float = 0.0
    capacity: int | None = None
    parent_id: int | None = None
    features: Sequence[str] = ()


@dataclass(frozen=True)
class Booking:
    """A time for which a space is taken, on behalf of an occurrence."""

    occurrence_id: int
    starts_at: datetime
    ends_at: datetime


@transaction
def create_space(draft: SpaceDraft, *, university_id: int, by: int | None, now: datetime) -> Space:
    """A new space. Raises NotFound for another university's campus or parent, Conflict for a name in use."""
    campus = found(db.session.get(Campus, draft.campus_id))
    parent = found(db.session.get(Space, draft.parent_id)) if draft.parent_id else None
    if campus.university_id != university_id or (parent and parent.university_id != university_id):
        raise NotFound
    space = Space(
        university_id=university_id,
        campus_id=campus.id,
        parent_id=draft.parent_id,
        kind=draft.kind,
        name=draft.name,
        net_area=draft.net_area,
        capacity=safe_capacity(draft.net_area) if draft.capacity is None else draft.capacity,
        features=list(draft.features),
    )
    db.session.add(space)
    audit.record("create_space", space, by=by, university_id=university_id, now=now, name=draft.name)
    return space


@transaction
def book_space(
    space_id: int, booking: Booking, *, firm: bool, by: int | None, now: datetime
) -> list[SpaceUse]:
    """Take a space, one row per part of it. What the occurrence held of it tentatively becomes firm.

    Raises Conflict with SpaceTaken's sentence where a firm use overlaps.
    """
    space = lock(Space, space_id)
    state = UseState.FIRM if firm else UseState.TENTATIVE
    held = {use.space_id: use for use in queries.uses(booking.occurrence_id)}
    taken = []
    for leaf in queries.leaves(space.id):
        use = held.get(leaf) or SpaceUse(space_id=leaf, occurrence_id=booking.occurrence_id)
        use.starts_at, use.ends_at, use.state = booking.starts_at, booking.ends_at, state
        db.session.add(use)
        taken.append(use)
    audit.record(
        "book_space",
        space,
        by=by,
        university_id=space.university_id,
        now=now,
        occurrence=booking.occurrence_id,
        firm=firm,
    )
    return taken


@transaction
def block_space(
    space_id: int, starts_at: datetime, ends_at: datetime, reason: str, *, by: int, now: datetime
) -> None:
    """Take a space firmly for another reason: an exam, building work. Raises Conflict as ``book_space``."""
    space = lock(Space, space_id)
    for leaf in queries.leaves(space.id):
        use = SpaceUse(space_id=leaf, starts_at=starts_at, ends_at=ends_at, reason=reason)
        use.state = UseState.FIRM
        db.session.add(use)
    audit.record("block_space", space, by=by, university_id=space.university_id, now=now, reason=reason)


@transaction
def release(occurrence_id: int, *, by: int | None, now: datetime) -> int:
    """Give back every space taken for an occurrence; how many parts."""
    taken = queries.uses(occurrence_id)
    for use in taken:
        use.state = UseState.RELEASED
        audit.record("release_space", use, by=by, university_id=use.space.university_id, now=now)
    return len(taken)


@transaction
def take_back(use_ids: Sequence[int], state: UseState, *, by: int | None, now: datetime) -> None:
    """Take again what was given back. Raises Conflict as ``book_space``."""
    for use in queries.uses_by_id(use_ids):
        use.state = state
        audit.record("take_back_space", use, by=by, university_id=use.space.university_id, now=now)


@transaction
def move_uses(occurrence_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Take the spaces of an occurrence at another time. Raises Conflict as ``book_space``."""
    for use in queries.uses(occurrence_id):
        use.starts_at, use.ends_at = starts_at, ends_at
    db.session.flush()


@transaction
def create_plan(event_id: int, spec: PlanSpec, *, university_id: int, by: int | None, now: datetime) -> Plan:
    """The next version of an event's booth plan, as a draft, with a complaint desk (P24).

    Raises BoothCountInvalid; Conflict if somebody else made this version.
    """
    spots = rows_of_booths(spec)
    last = queries.latest_plan(event_id)
    plan = Plan(event_id=event_id, version=last.version + 1 if last else 1, created_at=now)
    db.session.add(plan)
    db.session.flush()
    rows = _zones(plan.id, sorted({spot.key[0] for spot in spots}))
    for spot in spots:
        db.session.add(
            PlanBooth(
                plan_id=plan.id,
                booth_key=spot.key,
                number=spot.number,
                zone_id=rows[spot.key[0]],
                size=spot.size,
                power=spot.power,
                accessible=spot.accessible,
                geometry=geometry(spot),
            )
        )
    audit.record("create_plan", plan, by=by, university_id=university_id, now=now, booths=spec.booths)
    return plan


@transaction
def copy_plan(
    from_event: int, to_event: int, *, university_id: int, by: int | None, now: datetime
) -> Plan | None:
    """The newest booth plan of one event as the draft plan of another; None where there is none."""
    source = queries.latest_plan(from_event)
    if source is None:
        return None
    last = queries.latest_plan(to_event)
    plan = Plan(event_id=to_event, version=last.version + 1 if last else 1, created_at=now)
    db.session.add(plan)
    db.session.flush()
    zones = {
        zone.id: Zone(plan_id=plan.id, key=zone.key, kind=zone.kind, name=zone.name)
        for zone in queries.zones(source.id)
    }
    db.session.add_all(zones.values())
    db.session.flush()
    for booth in queries.booths(source.id):
        db.session.add(
            PlanBooth(
                plan_id=plan.id,
                booth_key=booth.booth_key,
                number=booth.number,
                zone_id=zones[booth.zone_id].id if booth.zone_id else None,
                size=booth.size,
                power=booth.power,
                accessible=booth.accessible,
                geometry=booth.geometry,
            )
        )
    audit.record("create_plan", plan, by=by, university_id=university_id, now=now, like=source.id)
    return plan


def _zones(plan_id: int, rows: Sequence[str]) -> dict[str, int]:
    db.session.add(Zone(plan_id=plan_id, key="desk", kind=COMPLAINT_DESK, name="现场投诉受理处"))
    zones = {row: Zone(plan_id=plan_id, key=row, kind="booths", name=f"{row} 区") for row in rows}
    db.session.add_all(zones.values())
    db.session.flush()
    return {row: zone.id for row, zone in zones.items()}


@transaction
def publish_plan(plan_id: int, *, university_id: int, by: int, now: datetime) -> None:
    """Let people see a draft plan. Raises WrongPlanState."""
    plan = lock(Plan, plan_id)
    check_publish(plan.state)
    plan.state = PlanState.PUBLISHED
    audit.record("publish_plan", plan, by=by, university_id=university_id, now=now, version=plan.version)


@transaction
def freeze_plan(plan_id: int, *, university_id: int, by: int | None, now: datetime) -> None:
    """Fix a published plan: what comes after is a new version. Raises WrongPlanState."""
    plan = lock(Plan, plan_id)
    check_freeze(plan.state)
    plan.state = PlanState.FROZEN
    audit.record("freeze_plan", plan, by=by, university_id=university_id, now=now, version=plan.version)
