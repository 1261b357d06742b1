"""How far a department's events are: each with what it still lacks, for a list of cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fairs.database import db
from fairs.programmes.gates import GATE_LABELS, PASSED, Gate, Preparation, missing_parts
from fairs.programmes.models import Event, GateApproval, Occurrence
from fairs.programmes.rules import WITH_BOOTHS, EventMode, EventState
from fairs.programmes.states import badge_of
from fairs.programmes.steps import PREPARING
from fairs.venues.models import Plan, SpaceUse, Zone
from fairs.venues.rules import COMPLAINT_DESK, UseState
from fairs.web.badges import Badge

_S = EventState
GROUPS = (
    ("需要我办理", frozenset({_S.DRAFT, _S.PLANNED, _S.RETURNED, _S.APPROVED, _S.POSTPONED, _S.PAUSED})),
    ("等待审核", frozenset({_S.SAFETY_REVIEW})),
    ("报名和举行中", frozenset({_S.OPEN, _S.LOCKED, _S.RUNNING, _S.EVACUATED})),
)
"""How cards are grouped by state: what waits for the coordinator first."""


@dataclass(frozen=True)
class ProgressCard:
    """An event with its state and what is missing: names (message ids) of parts or signatures."""

    event: Event
    first: datetime
    state: Badge
    missing: Sequence[str]


def grouped(rows: Sequence[tuple[Event, datetime]]) -> list[tuple[str, list[ProgressCard]]]:
    """(label, cards) of each group that has any; the number of queries does not depend on the events."""
    lacking = _lacking([event for event, _first in rows], {event.id: first for event, first in rows})
    cards = [ProgressCard(e, first, badge_of(e.state), lacking[e.id]) for e, first in rows]
    groups = [(label, [card for card in cards if card.event.state in states]) for label, states in GROUPS]
    return [(label, there) for label, there in groups if there]


def _lacking(events: Sequence[Event], first: dict[int, datetime]) -> dict[int, tuple[str, ...]]:
    ids = [event.id for event in events]
    roomless, planned, desks, gates = _roomless(ids), _planned(ids), _with_desk(ids), _unsigned(ids)

    def lacks(event: Event) -> tuple[str, ...]:
        if event.state not in PREPARING:
            return tuple(GATE_LABELS[gate] for gate in gates.get(event.id, ()))
        ready = Preparation(
            onsite=event.mode is not EventMode.ONLINE,
            with_booths=event.kind in WITH_BOOTHS,
            space_taken=event.id not in roomless,
            plan_made=event.id in planned,
            desk_planned=event.id in desks,
            first_start=first[event.id],
        )
        return missing_parts(ready)

    return {event.id: lacks(event) for event in events}


def _roomless(ids: Sequence[int]) -> set[int]:
    taken = sa.exists().where(SpaceUse.occurrence_id == Occurrence.id, SpaceUse.state != UseState.RELEASED)
    return set(db.session.scalars(sa.select(Occurrence.event_id).where(Occurrence.event_id.in_(ids), ~taken)))


def _planned(ids: Sequence[int]) -> set[int]:
    return set(db.session.scalars(sa.select(Plan.event_id).where(Plan.event_id.in_(ids))))


def _with_desk(ids: Sequence[int]) -> set[int]:
    desks = sa.select(Plan.event_id).join(Zone, Zone.plan_id == Plan.id)
    return set(db.session.scalars(desks.where(Plan.event_id.in_(ids), Zone.kind == COMPLAINT_DESK)))


def _unsigned(ids: Sequence[int]) -> dict[int, list[Gate]]:
    rows = sa.select(GateApproval).where(GateApproval.event_id.in_(ids), GateApproval.ended_at.is_(None))
    waiting: dict[int, list[Gate]] = {}
    for row in db.session.scalars(rows.order_by(GateApproval.id)):
        if row.state not in PASSED:
            waiting.setdefault(row.event_id, []).append(row.gate)
    return waiting
