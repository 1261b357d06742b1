"""Reads of booths, who holds them, and the problem that the solver is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.allocation import quotas
from fairs.allocation.line import SIZES, best_first, why_unplaced, wished_zone
from fairs.allocation.models import BoothAssignment
from fairs.allocation.precedence import precedence
from fairs.allocation.rules import BoothOfferState, BoothOption, Problem, UnplacedBecause, Wish
from fairs.database import db, found
from fairs.employers.models import Employer
from fairs.employers.rules import EmployerSize, Ownership
from fairs.exhibitors import queries as exhibitors
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import COMING, WAITING, ExhibitorState, Needs
from fairs.tasks.models import Task
from fairs.venues.models import Plan, PlanBooth, Zone
from fairs.venues.rules import PlanState

GRID = 3.0
"""Metres between the centres of two neighbouring standard booths: the solver's unit of distance."""

_SMALL = frozenset({EmployerSize.SMALL, EmployerSize.MICRO})


@dataclass(frozen=True)
class PublicExhibitor:
    """One line of the public list: who comes, where they stand, how many of their postings can be read."""

    employer: Employer
    number: str
    postings: int


@dataclass(frozen=True)
class Seats:
    """The booths an officer can give one exhibitor, each with the name of whoever holds it ("" if nobody)."""

    fitting: Sequence[tuple[PlanBooth, str]]
    other: Sequence[tuple[PlanBooth, str]]
    taken: Sequence[tuple[PlanBooth, str]]


def current_plan(event_id: int) -> Plan | None:
    """The plan on which booths are given: the newest that is published, else the newest draft."""
    chosen = sa.select(Plan).where(Plan.event_id == event_id)
    newest = chosen.order_by((Plan.state == PlanState.DRAFT).asc(), Plan.version.desc()).limit(1)
    return db.session.scalars(newest).one_or_none()


def booths(event_id: int) -> dict[str, PlanBooth]:
    """The booths of the current plan by their keys, in the order of their numbers."""
    plan = current_plan(event_id)
    chosen = sa.select(PlanBooth).where(PlanBooth.plan_id == (plan.id if plan else None))
    return {row.booth_key: row for row in db.session.scalars(chosen.order_by(PlanBooth.number).limit(1000))}


def zones(event_id: int) -> list[Zone]:
    """The zones of the current plan that have booths, for an employer to choose from."""
    plan = current_plan(event_id)
    chosen = (
        sa.select(Zone)
        .where(Zone.plan_id == (plan.id if plan else None))
        .where(sa.exists().where(PlanBooth.zone_id == Zone.id))
    )
    return list(db.session.scalars(chosen.order_by(Zone.key).limit(100)))


def assignments(event_id: int) -> list[BoothAssignment]:
    """Who holds a booth of the fair, with their employers."""
    chosen = (
        sa.select(BoothAssignment)
        .where(BoothAssignment.event_id == event_id, BoothAssignment.ended_at.is_(None))
        .options(joinedload(BoothAssignment.exhibitor).joinedload(Exhibitor.employer))
        .order_by(BoothAssignment.booth_key)
    )
    return list(db.session.scalars(chosen.limit(1000)))


def assignment_of(exhibitor_id: int) -> BoothAssignment | None:
    """The booth that an exhibitor holds, offered or confirmed."""
    chosen = sa.select(BoothAssignment).where(
        BoothAssignment.exhibitor_id == exhibitor_id, BoothAssignment.ended_at.is_(None)
    )
    return db.session.scalars(chosen).one_or_none()


def last_assignment_of(exhibitor_id: int) -> BoothAssignment | None:
    """The booth that an exhibitor holds or held last: the one that a mailed offer speaks of."""
    chosen = sa.select(BoothAssignment).where(BoothAssignment.exhibitor_id == exhibitor_id)
    return db.session.scalars(chosen.order_by(BoothAssignment.id.desc()).limit(1)).one_or_none()


def booths_held(exhibitor_ids: Iterable[int]) -> dict[int, tuple[BoothAssignment, str]]:
    """Exhibitor → (its booth's assignment, the booth's number in the plan of that assignment)."""
    rows = db.session.execute(
        sa.select(BoothAssignment, PlanBooth.number)
        .join(
            PlanBooth,
            sa.and_(
                PlanBooth.plan_id == BoothAssignment.plan_id,
                PlanBooth.booth_key == BoothAssignment.booth_key,
            ),
        )
        .where(BoothAssignment.exhibitor_id.in_(list(exhibitor_ids)), BoothAssignment.ended_at.is_(None))
    )
    return {assignment.exhibitor_id: (assignment, number) for assignment, number in rows}


def requests(event_id: int, state: str = "") -> sa.Select[Any]:
    """The requests of a fair as a statement for a list: live ones, or all that stand in ``state``."""
    chosen = (
        sa.select(Exhibitor)
        .join(Employer, Employer.id == Exhibitor.employer_id)
        .where(Exhibitor.event_id == event_id)
        .options(joinedload(Exhibitor.employer))
        .order_by(Exhibitor.state.in_(WAITING).desc(), Exhibitor.requested_at, Exhibitor.id)
    )
    if state in set(ExhibitorState):
        return chosen.where(Exhibitor.state == ExhibitorState(state))
    return chosen.where(Exhibitor.ended_at.is_(None))


def request_of(public_id: str, event_id: int) -> Exhibitor:
    """A request at this fair. Raises NotFound."""
    chosen = sa.select(Exhibitor).where(Exhibitor.public_id == public_id, Exhibitor.event_id == event_id)
    return found(db.session.scalars(chosen).one_or_none())


def options(event_id: int) -> list[BoothOption]:
    """The booths of the current plan as the solver sees them."""
    keys = {zone.id: zone.key for zone in zones(event_id)}
    return [
        BoothOption(
            key=booth.booth_key,
            size=SIZES[booth.size],
            power=booth.power,
            accessible=booth.accessible,
            zone=keys.get(booth.zone_id or 0, ""),
            x=(booth.geometry.get("x", 0) + booth.geometry.get("w", 0) / 2) / GRID,
            y=(booth.geometry.get("y", 0) + booth.geometry.get("h", 0) / 2) / GRID,
        )
        for booth in booths(event_id).values()
    ]


def problem(event_id: int, *, seed: int, rearrange: bool = False) -> Problem:
    """The fair's booths, and the wishes of all who wait or hold one.

    Who waits beyond the quota of the university that brings it is left out (S17).
    Whoever holds a booth keeps it; with ``rearrange`` only those who have confirmed or were placed by hand do.
    """
    held = {row.exhibitor_id: row for row in assignments(event_id)}
    kinds, wishes, rows = zone_kinds(event_id), [], exhibitors.exhibitors_of(event_id)
    waiting = [row for row in rows if row.id not in held and row.state in WAITING]
    servable, rank = set(quotas.servable(event_id, waiting)), precedence(event_id)
    for order, exhibitor in enumerate(rows):
        mine = held.get(exhibitor.id)
        if mine is None and exhibitor.id not in servable:
            continue
        stays = mine and (mine.locked or exhibitor.state in COMING or not rearrange)
        kept = mine.booth_key if mine and stays else None
        wishes.append(wish_of(exhibitor, kinds, order, kept, priority=rank(exhibitor)))
    return Problem(tuple(options(event_id)), tuple(wishes), seed)


def zone_kinds(event_id: int) -> dict[str, str]:
    """Zone key → kind in the current plan."""
    return {zone.key: zone.kind for zone in zones(event_id)}


def wish_of(
    exhibitor: Exhibitor,
    kinds: dict[str, str],
    order: int = 0,
    booth: str | None = None,
    *,
    priority: int = 0,
) -> Wish:
    """What an exhibitor asks for, in the solver's words; ``kinds``: zone key → kind; ``priority``: its precedence."""
    needs, employer = Needs.read(exhibitor.needs), exhibitor.employer
    small = employer.size in _SMALL and employer.ownership is Ownership.PRIVATE
    return Wish(
        exhibitor_id=exhibitor.id,
        size=SIZES[needs.size],
        power=needs.power,
        accessible=needs.accessible,
        priority=priority,
        industry=employer.industry,
        zone=wished_zone(needs.zone, kinds, small=small),
        booth_key=booth,
        requested_order=order,
    )


def free_options(event_id: int) -> list[BoothOption]:
    """The booths of the current plan that nobody holds."""
    taken = {row.booth_key for row in assignments(event_id)}
    return [option for option in options(event_id) if option.key not in taken]


def fitting(event_id: int, exhibitor: Exhibitor) -> list[BoothOption]:
    """The free booths that have all that the exhibitor needs, the best first."""
    return best_first(free_options(event_id), wish_of(exhibitor, zone_kinds(event_id)))


def seats(event_id: int, exhibitor: Exhibitor) -> Seats:
    """The booths for one exhibitor: fitting free ones, the best first; other free ones; those to swap with."""
    plan, holders = booths(event_id), assignments(event_id)
    names = {row.booth_key: row.exhibitor.employer.legal_name for row in holders}
    own = {row.booth_key for row in holders if row.exhibitor_id == exhibitor.id}
    good = [option.key for option in fitting(event_id, exhibitor)]
    return Seats(
        fitting=[(plan[key], "") for key in good],
        other=[(booth, "") for key, booth in plan.items() if key not in names and key not in good],
        taken=[(booth, names[key]) for key, booth in plan.items() if own and key in names and key not in own],
    )


def outlook(event_id: int, waiting: Iterable[Exhibitor]) -> dict[int, int | UnplacedBecause]:
    """For each who waits: how many free booths would fit, or what stands in the way."""
    free, kinds = free_options(event_id), zone_kinds(event_id)
    found_out: dict[int, int | UnplacedBecause] = {}
    for exhibitor in waiting:
        wish = wish_of(exhibitor, kinds)
        found_out[exhibitor.id] = len(best_first(free, wish)) or why_unplaced(free, wish)
    return found_out


def own_assignment(public_id: str, exhibitor_id: int) -> BoothAssignment:
    """A present or past booth of the exhibitor. Raises NotFound."""
    chosen = sa.select(BoothAssignment).where(
        BoothAssignment.public_id == public_id, BoothAssignment.exhibitor_id == exhibitor_id
    )
    return found(db.session.scalars(chosen).one_or_none())


def confirmed(event_id: int) -> list[tuple[PlanBooth, Employer]]:
    """The booths whose employers have confirmed, by number."""
    plan = booths(event_id)
    rows = [
        (plan[row.booth_key], row.exhibitor.employer)
        for row in assignments(event_id)
        if row.exhibitor.state in COMING and row.booth_key in plan
    ]
    return sorted(rows, key=lambda row: row[0].number)


def last_run(dedupe_key: str) -> Task | None:
    """The latest task with this key."""
    chosen = sa.select(Task).where(Task.dedupe_key == dedupe_key).order_by(Task.id.desc()).limit(1)
    return db.session.scalars(chosen).one_or_none()


def expired(now: datetime) -> list[int]:
    """The ids of offers whose time to confirm is over."""
    chosen = sa.select(BoothAssignment.id).where(
        BoothAssignment.ended_at.is_(None),
        BoothAssignment.state == BoothOfferState.OFFERED,
        BoothAssignment.expires_at <= now,
    )
    return list(db.session.scalars(chosen.order_by(BoothAssignment.expires_at).limit(500)))


def public_exhibitors(event_id: int, university_id: int, now: datetime) -> list[PublicExhibitor]:
    """Who has confirmed to come, by booth; postings as the university shows them now."""
    coming = [row for row in exhibitors.exhibitors_of(event_id) if row.state in COMING]
    held = booths_held(row.id for row in coming)
    counts = exhibitors.posting_counts([row.id for row in coming], university_id, now)
    lines = [
        PublicExhibitor(row.employer, held[row.id][1] if row.id in held else "", counts.get(row.id, 0))
        for row in coming
    ]
    return sorted(lines, key=lambda line: (not line.number, line.number, line.employer.legal_name))
