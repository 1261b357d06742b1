"""Reads of the day: incidents, the halls of an event and how each was left, what waits for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.accounts.rules import Viewer
from fairs.checkin.models import Gate
from fairs.database import db, found
from fairs.onsite.models import HallCheck, Incident
from fairs.onsite.rules import CheckState, IncidentState, Severity, is_over
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import EventState, OccurrenceState
from fairs.venues.models import Space, SpaceUse
from fairs.venues.rules import UseState

SWEPT_WITHIN = timedelta(days=7)
"""How long a hall that nobody has signed off is put before campus security."""
_MOST = 20


def incidents(university_id: int, who: Viewer, args: Mapping[str, str]) -> sa.Select[Any]:
    """The incidents of the events that the viewer may see, open ones first, then the latest."""
    seen = programmes.staff_events(university_id, who).with_only_columns(Event.id).order_by(None)
    chosen = (
        sa.select(Incident)
        .join(Event, Event.id == Incident.event_id)
        .where(Incident.university_id == university_id, Incident.event_id.in_(seen))
        .options(joinedload(Incident.event), joinedload(Incident.space))
        .options(joinedload(Incident.author), joinedload(Incident.settler))
        .order_by(Incident.state, Incident.at.desc(), Incident.id.desc())
    )
    if args.get("event"):
        chosen = chosen.where(Event.public_id == args["event"])
    if args.get("state") in set(IncidentState):
        chosen = chosen.where(Incident.state == IncidentState(args["state"]))
    return chosen


def of_event(event_id: int) -> list[Incident]:
    """What happened at an event, open things first."""
    chosen = (
        sa.select(Incident)
        .where(Incident.event_id == event_id)
        .options(joinedload(Incident.space), joinedload(Incident.author))
        .order_by(Incident.state, Incident.at.desc(), Incident.id.desc())
    )
    return list(db.session.scalars(chosen.limit(100)))


def incident(public_id: str, event_id: int) -> Incident:
    """An incident of an event. Raises NotFound."""
    chosen = sa.select(Incident).where(Incident.public_id == public_id, Incident.event_id == event_id)
    return found(db.session.scalars(chosen).one_or_none())


def incident_once(once: str) -> Incident | None:
    """The incident that a form with this mark has made already."""
    return db.session.scalars(sa.select(Incident).where(Incident.once == once)).one_or_none()


def open_incidents(event_id: int, space_id: int) -> int:
    """How many incidents of a hall, or of no hall in particular, are not settled."""
    here = sa.or_(Incident.space_id == space_id, Incident.space_id.is_(None))
    counted = sa.select(sa.func.count()).where(
        Incident.event_id == event_id, here, Incident.state == IncidentState.OPEN
    )
    return db.session.scalar(counted) or 0


def serious(university_id: int) -> list[Incident]:
    """Serious incidents that are not settled, the oldest first."""
    chosen = sa.select(Incident).where(
        Incident.university_id == university_id,
        Incident.state == IncidentState.OPEN,
        Incident.severity == Severity.SERIOUS,
    )
    return list(
        db.session.scalars(chosen.options(joinedload(Incident.event)).order_by(Incident.at).limit(_MOST))
    )


def spaces(event_id: int) -> list[Space]:
    """The halls of all days of an event, by name."""
    return sorted({one.space.id: one.space for one in halls(event_id)}.values(), key=lambda space: space.name)


@dataclass(frozen=True)
class SweptHall:
    """A hall on one day of an event, and how it was left."""

    day: Occurrence
    space: Space
    last: HallCheck | None

    @property
    def state(self) -> CheckState:
        """How it was left."""
        return self.last.state if self.last else CheckState.WAITING


def halls(*events: int) -> list[SweptHall]:
    """Every hall of every day of these events: those with a gate, else those that the day uses."""
    days = db.session.scalars(
        sa.select(Occurrence)
        .where(Occurrence.event_id.in_(events), Occurrence.state != OccurrenceState.CANCELLED)
        .options(joinedload(Occurrence.event))
    ).all()
    with_gates = _spaces(
        sa.select(Gate.event_id, Space).join(Space, Space.id == Gate.space_id), Gate.event_id, events
    )
    using = sa.select(SpaceUse.occurrence_id, Space).join(Space, Space.id == SpaceUse.space_id)
    numbers = [day.id for day in days]
    used = _spaces(using.where(SpaceUse.state != UseState.RELEASED), SpaceUse.occurrence_id, numbers)
    last = _last(numbers)
    rows = [
        SweptHall(day, space, last.get((day.id, number)))
        for day in days
        for number, space in (with_gates.get(day.event_id) or used.get(day.id, {})).items()
    ]
    return sorted(rows, key=lambda one: (one.day.starts_at, one.space.name))


def _spaces(chosen: Any, by: Any, among: Sequence[int]) -> dict[int, dict[int, Space]]:
    found: dict[int, dict[int, Space]] = {}
    for number, space in db.session.execute(chosen.where(by.in_(among))):
        found.setdefault(number, {})[space.id] = space
    return found


def _last(days: list[int]) -> dict[tuple[int, int], HallCheck]:
    chosen = (
        sa.select(HallCheck)
        .where(HallCheck.occurrence_id.in_(days), HallCheck.ended_at.is_(None))
        .options(joinedload(HallCheck.author))
    )
    return {(row.occurrence_id, row.space_id): row for row in db.session.scalars(chosen)}


def hall(event_id: int, day: str, space: str) -> SweptHall:
    """One hall on one day, by public ids. Raises NotFound."""
    rows = (one for one in halls(event_id) if (one.day.public_id, one.space.public_id) == (day, space))
    return found(next(rows, None))


def to_sweep(university_id: int, now: datetime) -> list[tuple[Event, SweptHall]]:
    """Halls whose day is over and that nobody has signed off, for a week; the first day first."""
    chosen = (
        sa.select(Event.id)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(
            Event.university_id == university_id,
            Event.state.in_([EventState.RUNNING, EventState.PAUSED, EventState.EVACUATED, EventState.CLOSED]),
            Occurrence.ends_at > now - SWEPT_WITHIN,
            Occurrence.starts_at <= now,
        )
        .distinct()
        .order_by(Event.id)
        .limit(_MOST)
    )
    return [
        (one.day.event, one)
        for one in halls(*db.session.scalars(chosen))
        if one.state is not CheckState.CLEAR
        and is_over(one.day.event.state, one.day.ends_at, now)
        and now - SWEPT_WITHIN < one.day.ends_at
    ]
