"""Moves an event through its states, with gates, signatures and everybody who must hear of it."""

from datetime import datetime

from fairs.accounts import queries as accounts
from fairs.accounts.rules import RoleKind
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.operations import queries
from fairs.operations.moving import move_day, move_event, resume_event
from fairs.operations.rules import (
    SENDABLE,
    Verdict,
    all_answered,
    check_day,
    check_empty,
    check_lock,
    check_plan,
    check_signer,
    check_vetted,
    signed,
)
from fairs.operations.steps import check_among, move, record, tell
from fairs.operations.stopping import (
    cancel_event,
    evacuate,
    pause_entry,
    postpone_event,
    resume_entry,
    undo_stop,
)
from fairs.programmes import queries as events
from fairs.programmes.gates import (
    PASSED,
    Gate,
    GateState,
    check_gates,
    may_need_licence,
    needs_security,
)
from fairs.programmes.models import Event, GateApproval
from fairs.programmes.rules import (
    WITH_BOOTHS,
    EventScope,
    EventState,
    check_move,
)
from fairs.venues import actions as venues
from fairs.venues import queries as spaces
from fairs.venues.rules import PlanState

__all__ = [
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
    """Hand the plan of an event to those who sign its gates (S29). Campus security is told.

    Raises WrongEventState, DaysPast, PlanIncomplete. After a postponement every gate is signed anew; after a
    return only the refused ones.
    """
    event = lock(Event, event_id)
    check_among(event, SENDABLE)
    check_plan(events.preparation(event), now)
    _end_gates(event, everything=event.state is EventState.POSTPONED, now=now)
    if event.state in {EventState.DRAFT, EventState.POSTPONED}:
        move(event, EventState.PLANNED)
    move(event, EventState.SAFETY_REVIEW)
    event.state_reason = ""
    _ask_gates(event)
    record("send_to_review", event, by, now)
    if events.gates(event.id)[Gate.SAFETY].state is GateState.SUBMITTED:
        people = accounts.people_with(RoleKind.CAMPUS_SECURITY, event.university_id, campus_day(now))
        tell(event, "operations/plan_to_sign", [person.id for person in people], now)
    return event


def _end_gates(event: Event, *, everything: bool, now: datetime) -> None:
    for row in events.gates(event.id).values():
        if everything or row.state not in PASSED:
            row.ended_at = now
    db.session.flush()


def _ask_gates(event: Event) -> None:
    fair, plan = events.fair_of(event.id), spaces.latest_plan(event.id)
    expected = max(fair.expected_attendance if fair else 0, events.places_a_day(event.id))
    public = bool(fair and fair.open_to_public)
    security = needs_security(
        departmental=event.scope is EventScope.DEPARTMENT or event.kind not in WITH_BOOTHS,
        expected_attendance=expected,
        booths=len(spaces.booths(plan.id)) if plan else 0,
        open_to_public=public,
    )
    asked = {
        Gate.PLAN: GateState.SUBMITTED,
        Gate.VETTING: GateState.SUBMITTED if event.kind in WITH_BOOTHS else GateState.NOT_NEEDED,
        Gate.SAFETY: GateState.SUBMITTED if security else GateState.NOT_NEEDED,
    }
    if may_need_licence(expected, public):
        asked[Gate.LICENCE] = GateState.DRAFTING
    there = events.gates(event.id)
    for gate, state in asked.items():
        if gate not in there:
            db.session.add(GateApproval(event_id=event.id, gate=gate, state=state))
    db.session.flush()


@transaction
def sign_gate(
    event_id: int, gate: Gate, verdict: Verdict, note: str = "", *, by: int, now: datetime
) -> GateApproval:
    """Sign or refuse a gate: signer and time are kept (S29). The last signature approves the event.

    The vetting gate asks whether every posting brought by an exhibitor is approved. Raises NotTheSigner,
    NothingToSign, NoteMissing, PostingsUnvetted, WrongEventState outside the review.
    """
    event = lock(Event, event_id)
    check_among(event, frozenset({EventState.SAFETY_REVIEW}))
    grants = accounts.grants(by, campus_day(now))
    check_signer(gate, frozenset(g.kind for g in grants if g.university_id == event.university_id))
    row = found(events.gates(event_id).get(gate))
    state = signed(gate, row.state, verdict, note)
    if gate is Gate.VETTING and state is GateState.ACCEPTED:
        check_vetted(queries.unvetted_postings(event))
    row.state, row.signed_by, row.signed_at, row.note = state, by, now, note.strip()
    db.session.flush()
    _follow_signature(event, row, now)
    record("sign_gate", event, by, now, gate=gate.value, state=state.value)
    return row


def _follow_signature(event: Event, row: GateApproval, now: datetime) -> None:
    if row.state is GateState.REFUSED:
        move(event, EventState.RETURNED)
        event.state_reason = row.note
        return
    states = {gate: one.state for gate, one in events.gates(event.id).items()}
    if all_answered(tuple(states.values())):
        move(event, EventState.APPROVED)
        event.published_at = event.published_at or now


@transaction
def open_event(event_id: int, *, by: int, now: datetime) -> Event:
    """Open booking. Raises WrongEventState; GateClosed naming every gate and the venue still missing (S29)."""
    event = lock(Event, event_id)
    check_move(event.state, EventState.OPEN)
    states = {gate: row.state for gate, row in events.gates(event_id).items()}
    if event.kind in WITH_BOOTHS and queries.unvetted_postings(event):
        states[Gate.VETTING] = GateState.SUBMITTED  # a posting came after the signature
    check_gates(states, venue_ready=events.venue_ready(event))
    move(event, EventState.OPEN)
    event.published_at = event.published_at or now
    record("open_event", event, by, now)
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
    """The doors open. Raises WrongEventState, or TooEarly before the first day."""
    event = lock(Event, event_id)
    check_move(event.state, EventState.RUNNING)
    check_day(campus_day(now), campus_day(events.occurrences(event_id)[0].starts_at))
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
    record("close_event", event, by, now, inside=inside)
    return event
