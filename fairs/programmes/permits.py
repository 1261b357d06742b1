"""What was signed or licensed for an event, when the event changes. Only actions call the functions that write."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from fairs.accounts import queries as accounts
from fairs.accounts.rules import RoleKind
from fairs.audit import actions as audit
from fairs.clock import campus, campus_day
from fairs.database import db
from fairs.messages import actions as messages
from fairs.programmes import queries
from fairs.programmes.gates import Gate, GateState, all_answered
from fairs.programmes.kinds import INTERNAL
from fairs.programmes.models import Event, GateApproval
from fairs.programmes.rules import EventState, check_move
from fairs.programmes.terms import Arrangement, changed_parts, check_licence, from_json


def arrangement(event_id: int) -> Arrangement:
    """When and where an event is, and for how many on its fullest day, as declared or as places are offered."""
    days, fair = queries.occurrences(event_id), queries.fair_of(event_id)
    declared = fair.expected_attendance if fair else 0
    return Arrangement(
        days=frozenset((day.starts_at, day.ends_at) for day in days),
        spaces=frozenset(use.space_id for day in days for use in day.uses),
        persons=max(declared, queries.places_a_day(event_id)),
    )


@contextmanager
def under_permits(event: Event, *, by: int | None, now: datetime) -> Iterator[None]:
    """Change when, where or for how many an event is (inside an action): what was signed for it is looked at.

    Raises LicenceHolds where a granted licence does not cover the change (P21). A safety plan that was
    accepted has to be signed again (S29).
    """
    before = arrangement(event.id)
    yield
    db.session.flush()
    db.session.expire_all()
    after, gates = arrangement(event.id), queries.gates(event.id)
    if after == before:
        return
    licence, safety = gates.get(Gate.LICENCE), gates.get(Gate.SAFETY)
    if licence is not None and licence.state is GateState.GRANTED and licence.terms:
        check_licence(from_json(licence.terms), before, after)
    if safety is not None and safety.state is GateState.ACCEPTED:
        reopen_safety(event, safety, before, after, by=by, now=now)


def reopen_safety(
    event: Event,
    signed: GateApproval,
    before: Arrangement,
    after: Arrangement,
    *,
    by: int | None,
    now: datetime,
) -> GateApproval:
    """The signature under a safety plan ends because what it was given for has changed; security is told."""
    parts = changed_parts(before, after)
    signed.ended_at = now
    db.session.flush()
    fresh = GateApproval(event_id=event.id, gate=Gate.SAFETY, state=GateState.DRAFTING, note="、".join(parts))
    db.session.add(fresh)
    audit.record(
        "reopen_gate", event, by=by, university_id=event.university_id, now=now, gate="safety", parts=parts
    )
    guards = accounts.people_with(RoleKind.CAMPUS_SECURITY, event.university_id, campus_day(now))
    params = {
        "title": event.title,
        "event": event.public_id,
        "school_name": event.university.name,
        "school_slug": event.university.slug,
        "parts": list(parts),
        "days": [
            f"{campus(day.starts_at):%Y-%m-%d %H:%M} {day.where}".strip()
            for day in queries.occurrences(event.id)
        ],
    }
    people = {person.id for person in guards} | ({by} if by else set())
    messages.queue(
        "programmes/gate_reopened",
        sorted(people),
        params,
        subject=event,
        university_id=event.university_id,
        now=now,
    )
    return fresh


def approve_if_answered(event: Event, now: datetime) -> bool:
    """The last answer to the gates of an event under review approves it; whether it did.

    From then on everybody sees it: unless its department has nobody in charge (S132), then not before it opens.
    """
    states = tuple(row.state for row in queries.gates(event.id).values())
    if event.state is not EventState.SAFETY_REVIEW or not all_answered(states):
        return False
    check_move(event.state, EventState.APPROVED)
    event.state = EventState.APPROVED
    if event.kind not in INTERNAL and coordinated(event, now):
        event.published_at = event.published_at or now
    return True


def coordinated(event: Event, now: datetime) -> bool:
    """Whether the department whose event it is has a coordinator; true for those of the university (S132)."""
    if event.department_id is None:
        return True
    return bool(accounts.department_people(RoleKind.DEPT_COORDINATOR, event.department_id, campus_day(now)))
