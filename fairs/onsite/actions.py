"""What campus security and the people on the floor write down: incidents, what was done, how halls were left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairs.accounts import queries as accounts
from fairs.accounts.rules import RoleKind
from fairs.audit import actions as audit
from fairs.checkin import queries as door
from fairs.clock import campus_day
from fairs.database import db, lock, transaction
from fairs.messages import actions as messages
from fairs.onsite import queries
from fairs.onsite.models import HallCheck, Incident
from fairs.onsite.rules import (
    POINT_LABELS,
    IncidentKind,
    Severity,
    Sweep,
    check_on_site,
    check_seen,
    is_over,
    settle,
    swept,
    words,
)
from fairs.programmes.models import Event
from fairs.safety import notices
from fairs.safety import queries as plans


@dataclass(frozen=True)
class Happening:
    """What somebody notes. ``once`` comes with the form; ``space`` is a hall's public id, or empty."""

    kind: IncidentKind
    severity: Severity
    text: str
    space: str
    once: str


@transaction
def note_incident(event_id: int, seen: Happening, *, by: int, now: datetime) -> Incident:
    """Write down what happened; a second click gives the first. What is serious is told at once (C7).

    Told are the career centre, campus security, the department's coordinators and who answers for the event.
    Raises NotOnSite or WordsMissing.
    """
    event = lock(Event, event_id)
    before = queries.incident_once(seen.once)
    if before is not None:
        return before
    check_on_site(event.state)
    hall = next((one for one in queries.spaces(event_id) if one.public_id == seen.space), None)
    row = Incident(
        university_id=event.university_id,
        event_id=event.id,
        space_id=hall.id if hall else None,
        once=seen.once,
        kind=seen.kind,
        severity=seen.severity,
        text=words(seen.text)[:500],
        noted_by=by,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    detail = {"kind": seen.kind.value, "severity": seen.severity.value, "event": event.public_id}
    audit.record("note_incident", row, by=by, university_id=event.university_id, now=now, **detail)
    if seen.severity is Severity.SERIOUS:
        _tell("onsite/incident", _concerned(event, now) - {by}, row, event, now)
    return row


@transaction
def settle_incident(incident_id: int, outcome: str, *, by: int, now: datetime) -> Incident:
    """Write down what was done about it. Whoever noted it is told, and whoever heard of a serious one.

    Raises WordsMissing; Settled for the second of two.
    """
    row = lock(Incident, incident_id)
    row.state = settle(row.state)
    row.outcome, row.settled_by, row.settled_at = words(outcome)[:500], by, now
    db.session.flush()
    event = row.event
    audit.record("settle_incident", row, by=by, university_id=event.university_id, now=now)
    heard = _concerned(event, now) if row.severity is Severity.SERIOUS else set()
    _tell("onsite/incident_settled", ({row.noted_by} | heard) - {by}, row, event, now, outcome=row.outcome)
    return row


@transaction
def sweep_hall(
    event_id: int, day: str, space: str, sweep: Sweep, *, seen: str, by: int, now: datetime
) -> HallCheck:
    """Write down how a hall was left; with everything in order that is campus security's signature (C8).

    ``seen`` is the public id of the look that the page showed ("": there was none), so that two people do not
    sign over each other. The career centre and the coordinators are told of faults, and of the signature.
    Raises NotFound, Signed, StillOpen, AnswersMissing, FaultNoteMissing or IncidentsOpen.
    """
    event = lock(Event, event_id)
    hall = queries.hall(event_id, day, space)
    check_seen(hall.last.public_id if hall.last else "", seen)
    over = is_over(event.state, hall.day.ends_at, now)
    waiting = queries.open_incidents(event_id, hall.space.id)
    state = swept(hall.state, sweep, is_over=over, open_incidents=waiting)
    if hall.last is not None:
        hall.last.ended_at = now
        db.session.flush()
    row = HallCheck(
        occurrence_id=hall.day.id,
        space_id=hall.space.id,
        state=state,
        faults=[point.value for point in sweep.faults],
        note=sweep.note.strip()[:500],
        counted=door.inside(hall.day.id).get(hall.space.id, 0),
        by=by,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    detail: dict[str, Any] = {"state": state.value, "faults": row.faults, "hall": hall.space.name}
    audit.record("sweep_hall", row, by=by, university_id=event.university_id, now=now, **detail)
    faults = [POINT_LABELS[point] for point in sweep.faults]
    people = set(notices.officers(event, now)) | _coordinators(event, now)
    more = {"hall": hall.space.name, "faults": faults, "note": row.note}
    _tell("onsite/hall_swept", people - {by}, row, event, now, **more)
    return row


def _coordinators(event: Event, now: datetime) -> set[int]:
    if event.department_id is None:
        return set()
    return set(accounts.department_people(RoleKind.DEPT_COORDINATOR, event.department_id, campus_day(now)))


def _concerned(event: Event, now: datetime) -> set[int]:
    """Who must hear of a serious incident: those who can act, and who answers for the event (S130)."""
    answering = {one.person_id for one in plans.responsible(event).values() if one.person_id}
    staff = {*notices.officers(event, now), *notices.guards(event, now)}
    return staff | answering | _coordinators(event, now)


def _tell(
    kind: str, people: set[int], row: Incident | HallCheck, event: Event, now: datetime, **more: Any
) -> None:
    facts = {"hall": row.space.name if row.space else "", "note": getattr(row, "text", "")} | more
    messages.queue(
        kind,
        sorted(people),
        notices.facts_of(event, **facts),
        subject=row,
        university_id=event.university_id,
        dedupe=f"{kind}:{row.id}",
        now=now,
    )
