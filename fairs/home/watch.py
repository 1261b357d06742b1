"""What of safety waits for somebody: plans to write, licences, filings, duties; and how full today's halls are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from fairs.accounts.rules import OFFICE, RoleKind, Viewer
from fairs.checkin import queries as door
from fairs.clock import at_campus, campus_day
from fairs.database import db
from fairs.home.events import few, one_by_one
from fairs.home.rules import LABELS, Waiting, fullness_of
from fairs.institutions.models import University
from fairs.onsite import queries as onsite
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.models import Event, GateApproval, Occurrence
from fairs.programmes.rules import EventState
from fairs.safety import desk
from fairs.safety.licensing import WITH_POLICE, LicenceState, latest_application
from fairs.safety.models import Licence
from fairs.web.language import current

_TO_WRITE = (GateState.DRAFTING, GateState.REFUSED)
_LIVE = (
    EventState.SAFETY_REVIEW,
    EventState.RETURNED,
    EventState.APPROVED,
    EventState.OPEN,
    EventState.LOCKED,
)
_MOST = 20
_FEW = 2


def waiting(viewer: Viewer, school: University, now: datetime) -> list[Waiting]:
    """What waits for this viewer, in no order."""
    found: list[Waiting] = []
    if viewer.has({RoleKind.CAMPUS_SECURITY}, school.id):
        found += _licences(school, now)
        found += _sweeps(school, now)
    if viewer.has(OFFICE | {RoleKind.CAMPUS_SECURITY}, school.id):
        found += _incidents(school)
    if viewer.has(OFFICE, school.id):
        found += _plans_to_write(school, now)
        found += _licences(school, now)
        found += _filings(school, now)
    return found


def _sweeps(school: University, now: datetime) -> list[Waiting]:
    """Halls to be looked at and signed off after the event (C8)."""
    return [
        _waiting("sweeps", school, event, one.day.ends_at, "onsite.scene", one.space.name)
        for event, one in onsite.to_sweep(school.id, now)
    ]


def _incidents(school: University) -> list[Waiting]:
    """Serious incidents that nobody has settled (C7, O7)."""
    return [
        _waiting("incidents", school, one.event, one.at, "onsite.scene", one.text[:40])
        for one in onsite.serious(school.id)
    ]


def _plans_to_write(school: University, now: datetime) -> list[Waiting]:
    first = sa.func.min(Occurrence.starts_at)
    rows = (
        sa.select(Event, first)
        .join(GateApproval, GateApproval.event_id == Event.id)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(
            Event.university_id == school.id,
            Event.state.in_(_LIVE),
            GateApproval.gate == Gate.SAFETY,
            GateApproval.state.in_(_TO_WRITE),
            GateApproval.ended_at.is_(None),
            Occurrence.ends_at > now,
        )
        .group_by(Event.id)
        .order_by(first, Event.id)
    )
    return one_by_one(school, "safety_plans", *few(rows), endpoint="safety.plan", listed="safety.overview")


def _waiting(
    label: str, school: University, event: Event, due: datetime, endpoint: str, note: str = ""
) -> Waiting:
    values: dict[str, Any] = {"school": school.slug, "event": event.public_id}
    said = f"{event.title} · {note}" if note else event.title
    return Waiting(label=LABELS[label], count=1, due_at=due, note=said, endpoint=endpoint, values=values)


def _licences(school: University, now: datetime) -> list[Waiting]:
    """Licences to be applied for (by the last day that the police take), or whose answer is to be recorded."""
    first = sa.func.min(Occurrence.starts_at)
    open_states = (*WITH_POLICE, LicenceState.DRAFTING, LicenceState.CHANGED, LicenceState.REFUSED)
    rows, total = few(
        sa.select(Event, Licence.state, first)
        .join(Licence, Licence.event_id == Event.id)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(
            Event.university_id == school.id,
            Event.state.in_(_LIVE),
            Licence.state.in_(open_states),
            Occurrence.ends_at > now,
        )
        .group_by(Event.id, Licence.state)
        .order_by(first, Event.id)
    )
    due = [(event, _answer_by(state, starts)) for event, state, starts in rows]
    return one_by_one(school, "licences", due, total, endpoint="safety.licence", listed="safety.overview")


def _answer_by(state: LicenceState, starts: datetime) -> datetime:
    """The last day on which the police take an application; for one that they have, the event itself."""
    to_apply = state in {LicenceState.DRAFTING, LicenceState.REFUSED}
    return at_campus(latest_application(campus_day(starts)), desk.CLOSING) if to_apply else starts


def _filings(school: University, now: datetime) -> list[Waiting]:
    """Filings one by one while they are few, else as one line that leads to their list."""
    due = desk.waiting_filings(school, now)
    if len(due) > _FEW:
        first, slug = at_campus(min(one.on for one in due), desk.CLOSING), {"school": school.slug}
        label, count = LABELS["filings"], len(due)
        return [Waiting(label=label, count=count, due_at=first, endpoint="safety.overview", values=slug)]
    return [
        _waiting(
            "filings", school, one.event, at_campus(one.on, desk.CLOSING), "safety.plan", one.words[current()]
        )
        for one in due
    ]


@dataclass(frozen=True)
class HallToday:
    """A hall in use today, how full it is, and what that means in words (a message id; P25)."""

    event: Event
    hall: door.Hall
    words: str
    tone: str


def halls_today(viewer: Viewer, school: University, now: datetime) -> list[HallToday]:
    """Today's halls with inside and capacity, for campus security (C5)."""
    if not viewer.has({RoleKind.CAMPUS_SECURITY}, school.id):
        return []
    day = campus_day(now)
    begins = at_campus(day, datetime.min.time())
    events = list(
        db.session.scalars(
            sa.select(Event)
            .join(Occurrence, Occurrence.event_id == Event.id)
            .where(
                Event.university_id == school.id,
                Event.state.in_([EventState.OPEN, EventState.LOCKED, EventState.RUNNING, EventState.PAUSED]),
                Occurrence.starts_at < begins + timedelta(days=1),
                Occurrence.ends_at >= begins,
            )
            .order_by(Event.id)
            .distinct()
            .limit(_MOST)
        )
    )
    halls = door.fullness_each([event.id for event in events], now)
    shown = [(event, hall) for event in events for hall in halls[event.id]]
    fullest = sorted(shown, key=lambda one: one[1].percent, reverse=True)
    return [HallToday(event, hall, *fullness_of(hall.percent)) for event, hall in fullest]
