"""Plans of events that wait: for a signature, each in its turn, or for the coordinator to go on."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from fairs.accounts.rules import OFFICE, RoleKind, Viewer
from fairs.home.events import few, one_by_one
from fairs.home.rules import Waiting
from fairs.institutions.models import University
from fairs.operations.rules import AFTER, SIGNABLE
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.models import Event, GateApproval, Occurrence
from fairs.programmes.rules import EventState


def waiting_plans(viewer: Viewer, school: University) -> list[Waiting]:
    """The plans on which the viewer has to act at a university."""
    departments = viewer.departments(school.id)
    items: list[Waiting] = []
    if viewer.has({RoleKind.DEPT_HEAD}, school.id):
        items += _to_sign(school, Gate.DEPARTMENT, "opinions", departments)
    if viewer.has(OFFICE, school.id):
        items += _to_sign(school, Gate.PLAN, "plans")
    if viewer.has({RoleKind.CAMPUS_SECURITY}, school.id):
        items += _to_sign(school, Gate.SAFETY, "gates", endpoint="safety.plan")
    if viewer.has({RoleKind.DEPT_COORDINATOR}, school.id):
        items += _answered(school, departments)
    return items


def _to_sign(
    school: University,
    gate: Gate,
    label: str,
    departments: Collection[int] | None = None,
    endpoint: str = "operations.gates",
) -> list[Waiting]:
    earlier = aliased(GateApproval)
    rows = _by_event(school).join(GateApproval, GateApproval.event_id == Event.id)
    rows = rows.where(
        Event.state.in_(SIGNABLE[gate]),
        GateApproval.gate == gate,
        GateApproval.state == GateState.SUBMITTED,
        GateApproval.ended_at.is_(None),
    )
    if gate in AFTER:
        before = sa.exists().where(
            earlier.event_id == Event.id,
            earlier.gate == AFTER[gate],
            earlier.state == GateState.SUBMITTED,
            earlier.ended_at.is_(None),
        )
        rows = rows.where(~before)
    if departments is not None:
        rows = rows.where(Event.department_id.in_(departments))
    listed = "safety.overview" if gate is Gate.SAFETY else "programmes.office_events"
    return one_by_one(school, label, *few(rows), endpoint=endpoint, listed=listed)


def _answered(school: University, departments: Collection[int]) -> list[Waiting]:
    """Plans that came back, and those that may now be opened."""
    items: list[Waiting] = []
    for label, state in (("returned", EventState.RETURNED), ("approved", EventState.APPROVED)):
        rows = _by_event(school).where(Event.department_id.in_(departments), Event.state == state)
        items += one_by_one(
            school,
            label,
            *few(rows),
            endpoint="programmes.office_event",
            listed="programmes.office_events",
            filters={"state": state.value},
        )
    return items


def _by_event(school: University) -> sa.Select[Event, datetime]:
    first = sa.func.min(Occurrence.starts_at)
    return (
        sa.select(Event, first)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(Event.university_id == school.id)
        .group_by(Event.id)
        .order_by(first)
    )
