"""Moves an event through its states, with gates, signatures and everybody who must hear of it."""

from datetime import datetime

from fairs.accounts import queries as accounts
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.operations import queries, texts
from fairs.operations.moving import NewDate, move_day, move_event, resume_event
from fairs.operations.rules import (
    SENDABLE,
    SIGNABLE,
    NoCoordinator,
    Verdict,
    check_day,
    check_empty,
    check_lock,
    check_plan,
    check_signer,
    check_turn,
    check_vetted,
    signed,
)
from fairs.operations.steps import call, check_among, end_stop, move, publish, record, tell
from fairs.operations.stopping import (
    cancel_event,
    evacuate,
    pause_entry,
    postpone_event,
    resume_entry,
    undo_stop,
)
from fairs.programmes import permits
from fairs.programmes import queries as events
from fairs.programmes.gates import PASSED, Gate, GateState, check_gates
from fairs.programmes.kinds import INTERNAL
from fairs.programmes.models import Event, GateApproval
from fairs.programmes.rules import WITH_BOOTHS, EventState, check_move
from fairs.safety import actions as safety
from fairs.safety import licences
from fairs.safety import queries as plans
from fairs.venues import actions as venues
from fairs.venues import queries as spaces
from fairs.venues.rules import PlanState

__all__ = [
    "NewDate",
    "cancel_event",
    "close_event",
    "evacuate",
    "lock_event",
    "move_day",
    "move_event",
    "open_event",
    "pause_entry",
    "postpone_event",
    "resume_entry",
    "resume_event",
    "send_to_review",
    "sign_gate",
    "start",
    "undo_stop",
]


@transaction
def send_to_review(event_id: int, *, by: int, now: datetime) -> Event:
    """Hand the plan of an event to those who sign its gates (S29). The first to sign are told.

    Raises WrongEventState (a postponed event first gets a new date), DaysPast, PlanIncomplete, NoCoordinator.
    After a return only the refused gates are signed anew.
    """
    event = lock(Event, event_id)
    check_among(event, SENDABLE)
    _check_department(event, now)
    check_plan(events.preparation(event), now, plans.missing_for_review(event))
    _end_refused(event, now)
    if event.state is EventState.DRAFT:
        move(event, EventState.PLANNED)
    move(event, EventState.SAFETY_REVIEW)
    event.state_reason = ""
    if Gate.SAFETY in _ask_gates(event, now) and plans.needs_plan(event):
        safety.hand_in(event, by=by, now=now)
    licences.evaluate(event, now=now)
    texts.hand_in(event.id, by=by, now=now)
    record("send_to_review", event, by, now)
    _tell_signers(event, now)
    return event


def _check_department(event: Event, now: datetime) -> None:
    """Raises NoCoordinator for an event of a department without one (S132)."""
    if event.department is not None and not permits.coordinated(event, now):
        raise NoCoordinator(department=event.department.name)


def _end_refused(event: Event, now: datetime) -> None:
    for row in events.gates(event.id).values():
        if row.state not in PASSED:
            row.ended_at = now
    db.session.flush()


def _ask_gates(event: Event, now: datetime) -> dict[Gate, GateState]:
    """Ask every gate that has not passed; those asked now."""
    wanted = {
        Gate.PLAN: GateState.SUBMITTED,
        Gate.VETTING: GateState.SUBMITTED if _to_vet(event) else GateState.NOT_NEEDED,
        Gate.SAFETY: GateState.SUBMITTED if plans.needs_plan(event) else GateState.NOT_NEEDED,
    }
    if _heads(event, now):
        wanted[Gate.DEPARTMENT] = GateState.SUBMITTED
    there = events.gates(event.id)
    asked = {gate: state for gate, state in wanted.items() if gate not in there}
    for gate, state in asked.items():
        db.session.add(GateApproval(event_id=event.id, gate=gate, state=state))
    db.session.flush()
    return asked


def _to_vet(event: Event) -> bool:
    """Whether the career centre has texts to judge: postings of exhibitors, or the event's own words."""
    return event.kind in WITH_BOOTHS or bool(texts.unread(event))


def _heads(event: Event, now: datetime) -> list[int]:
    """Who speaks for the department; where nobody is set, the career centre decides alone (P17)."""
    if event.department_id is None:
        return []
    return accounts.department_people(RoleKind.DEPT_HEAD, event.department_id, campus_day(now))


def _tell_signers(event: Event, now: datetime) -> None:
    """Tell those whose turn it is: the department's head, else security; officers see it in their queue."""
    gates = events.gates(event.id)
    if Gate.DEPARTMENT in gates and gates[Gate.DEPARTMENT].state is GateState.SUBMITTED:
        tell(event, "operations/plan_to_sign", _heads(event, now), now)
    elif gates[Gate.SAFETY].state is GateState.SUBMITTED:
        people = accounts.people_with(RoleKind.CAMPUS_SECURITY, event.university_id, campus_day(now))
        tell(event, "operations/plan_to_sign", [person.id for person in people], now)


@transaction
def sign_gate(
    event_id: int,
    gate: Gate,
    verdict: Verdict,
    note: str = "",
    *,
    seen: int | None = None,
    by: int,
    now: datetime,
) -> GateApproval:
    """Sign or refuse a gate: signer and time are kept (S29). The last signature approves the event.

    The department's word comes first, then the career centre and security (S20). The vetting gate asks
    whether every posting brought by an exhibitor is approved. A safety plan that a change opened is signed
    again while the event goes on; ``seen`` is the submission that was read. Raises NotTheSigner, NotYourTurn,
    NothingToSign, NoteMissing, PostingsUnvetted, PlanOvertaken, WrongEventState.
    """
    event = lock(Event, event_id)
    check_among(event, SIGNABLE[gate])
    check_signer(gate, _roles(by, gate, event, now))
    rows = events.gates(event_id)
    row = found(rows.get(gate))
    check_turn(gate, {one: there.state for one, there in rows.items()})
    state = signed(gate, row.state, verdict, note)
    if gate is Gate.VETTING and state is GateState.ACCEPTED:
        check_vetted(queries.unvetted_postings(event))
        texts.check_words(event)
    if gate is Gate.SAFETY:
        safety.answer(event_id, state in PASSED, note, seen=seen, by=by, now=now)
    row.state, row.signed_by, row.signed_at, row.note = state, by, now, note.strip()
    db.session.flush()
    record("sign_gate", event, by, now, gate=gate.value, state=state.value)
    _follow_signature(event, row, now)
    return row


def _roles(by: int, gate: Gate, event: Event, now: datetime) -> frozenset[RoleKind]:
    """The roles that count for this gate: a head's only at the event's own department."""
    grants = accounts.grants(by, campus_day(now))
    return frozenset(
        one.kind
        for one in grants
        if one.university_id == event.university_id
        and (gate is not Gate.DEPARTMENT or one.department_id == event.department_id)
    )


def _follow_signature(event: Event, row: GateApproval, now: datetime) -> None:
    if event.state is not EventState.SAFETY_REVIEW:
        return  # a plan signed again: the event goes on
    if row.state is GateState.REFUSED:
        move(event, EventState.RETURNED)
        event.state_reason = row.note
        tell(event, "operations/returned", _planners(event, row, now), now)
        return
    if permits.approve_if_answered(event, now):
        tell(event, "operations/approved", _planners(event, row, now) if event.department_id else [], now)
    elif row.gate is Gate.DEPARTMENT:
        _tell_signers(event, now)


def _planners(event: Event, signed_row: GateApproval, now: datetime) -> list[int]:
    """Who prepares the event: the department's coordinators, else the career centre; never the signer."""
    today = campus_day(now)
    if event.department_id is not None:
        return accounts.department_people(RoleKind.DEPT_COORDINATOR, event.department_id, today)
    people = {p.id for kind in OFFICE for p in accounts.people_with(kind, event.university_id, today)}
    return sorted(people - {signed_row.signed_by})


@transaction
def open_event(event_id: int, *, by: int, now: datetime) -> Event:
    """Open booking; who must attend a meeting is told of it.

    Raises WrongEventState; NoCoordinator; GateClosed naming every gate and the venue still missing (S29);
    EventTextUnvetted where the words were changed since they were read (S35).
    """
    event = lock(Event, event_id)
    check_move(event.state, EventState.OPEN)
    _check_department(event, now)
    states = {gate: row.state for gate, row in events.gates(event_id).items()}
    texts.check_words(event)
    if event.kind in WITH_BOOTHS and queries.unvetted_postings(event):
        states[Gate.VETTING] = GateState.SUBMITTED  # a posting came after the signature
    check_gates(states, venue_ready=events.venue_ready(event), lacking=plans.missing_for_opening(event))
    move(event, EventState.OPEN)
    publish(event, now)
    record("open_event", event, by, now, **{"called": call(event, now)} if event.kind in INTERNAL else {})
    return event


@transaction
def lock_event(event_id: int, *, by: int, now: datetime) -> Event:
    """End booking and freeze the map. Raises WrongEventState, OffersOpen, MapMissing."""
    event = lock(Event, event_id)
    check_move(event.state, EventState.LOCKED)
    with_booths = event.kind in WITH_BOOTHS
    plan = spaces.public_plan(event_id)
    check_lock(
        with_booths=with_booths, map_public=plan is not None, open_offers=queries.open_offers(event_id)
    )
    if with_booths and plan is not None and plan.state is PlanState.PUBLISHED:
        venues.freeze_plan(plan.id, university_id=event.university_id, by=by, now=now)
    move(event, EventState.LOCKED)
    record("lock_event", event, by, now)
    return event


@transaction
def start(event_id: int, *, by: int | None, now: datetime) -> Event:
    """The doors open. Raises WrongEventState, TooEarly before the first day, GateClosed if a signature ended."""
    event = lock(Event, event_id)
    check_move(event.state, EventState.RUNNING)
    check_day(campus_day(now), campus_day(events.occurrences(event_id)[0].starts_at))
    check_gates({gate: row.state for gate, row in events.gates(event_id).items()})
    move(event, EventState.RUNNING)
    record("start_event", event, by, now)
    return event


@transaction
def close_event(event_id: int, *, forced: bool = False, by: int | None, now: datetime) -> Event:
    """The event is over. Raises WrongEventState, TooEarly before the last day, StillInside unless ``forced``."""
    event = lock(Event, event_id)
    check_move(event.state, EventState.CLOSED)
    check_day(campus_day(now), campus_day(events.occurrences(event_id)[-1].starts_at))
    inside = queries.inside(event_id)
    check_empty(inside, forced=forced)
    move(event, EventState.CLOSED)
    end_stop(event_id, by, now)
    record("close_event", event, by, now, inside=inside)
    return event
