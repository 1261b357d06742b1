"""Plans of events that wait: for a signature, each in its turn, or for the coordinator to go on."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from fairs.accounts.rules import OFFICE, RoleKind, Viewer
from fairs.database import db
from fairs.home.rules import LABELS, Waiting
from fairs.institutions.models import University
from fairs.operations.rules import AFTER, SIGNABLE
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.models import Event, GateApproval, Occurrence
from fairs.programmes.rules import EventState

MOST = 20


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
    return [_item(label, endpoint, school, event, first) for event, first in db.session.execute(rows)]


def _answered(school: University, departments: Collection[int]) -> list[Waiting]:
    """Plans that came back, and those that may now be opened."""
    rows = _by_event(school).where(
        Event.department_id.in_(departments), Event.state.in_([EventState.RETURNED, EventState.APPROVED])
    )
    return [
        _item(
            "returned" if event.state is EventState.RETURNED else "approved",
            "programmes.office_event",
            school,
            event,
            first,
        )
        for event, first in db.session.execute(rows)
    ]


def _by_event(school: University) -> sa.Select[Event, datetime]:
    first = sa.func.min(Occurrence.starts_at)
    return (
        sa.select(Event, first)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(Event.university_id == school.id)
        .group_by(Event.id)
        .order_by(first)
        .limit(MOST)
    )


def _item(label: str, endpoint: str, school: University, event: Event, first: datetime) -> Waiting:
    return Waiting(
        label=LABELS[label],
        count=1,
        due_at=first,
        note=event.title,
        endpoint=endpoint,
        values={"school": school.slug, "event": event.public_id},
    )
