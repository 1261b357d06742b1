"""Moves an event through its states, with gates, signatures and everybody who must hear of it."""

from datetime import datetime

from fairs.accounts import queries as accounts
from fairs.accounts.rules import RoleKind
from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.messages import actions as messages
from fairs.operations import queries
from fairs.operations.notices import facts_of
from fairs.operations.rules import (
    CANCELLABLE,
    POSTPONABLE,
    SENDABLE,
    SIGNABLE,
    Verdict,
    check_day,
    check_empty,
    check_lock,
    check_plan,
    check_reason,
    check_signer,
    check_vetted,
    signed,
)
from fairs.programmes import actions as programmes
from fairs.programmes import parts, permits
from fairs.programmes import queries as events
from fairs.programmes.drafts import DayDraft
from fairs.programmes.gates import PASSED, Gate, GateState, check_gates
from fairs.programmes.models import Event, GateApproval, Occurrence
from fairs.programmes.rules import (
    EVENT_STATE_LABELS,
    WITH_BOOTHS,
    EventState,
    OccurrenceState,
    WrongEventState,
    check_move,
)
from fairs.safety import actions as safety
from fairs.safety import licences, shifts
from fairs.safety import queries as plans
from fairs.venues import actions as venues
from fairs.venues import queries as spaces
from fairs.venues.rules import PlanState


def _move(event: Event, to: EventState) -> None:
    check_move(event.state, to)
    event.state = to


def _check_among(event: Event, states: frozenset[EventState]) -> None:
    if event.state not in states:
        raise WrongEventState(state=EVENT_STATE_LABELS[event.state])


def _record(action: str, event: Event, by: int | None, now: datetime, **detail: object) -> None:
    audit.record(action, event, by=by, university_id=event.university_id, now=now, **detail)


@transaction
def send_to_review(event_id: int, *, by: int, now: datetime) -> Event:
    """Hand the plan of an event to those who sign its gates (S29). Campus security is told.

    Raises WrongEventState, DaysPast, PlanIncomplete. After a postponement every gate is signed anew; after a
    return only the refused ones.
    """
    event = lock(Event, event_id)
    _check_among(event, SENDABLE)
    check_plan(events.preparation(event), now, plans.missing_for_review(event))
    _end_gates(event, everything=event.state is EventState.POSTPONED, now=now)
    if event.state in {EventState.DRAFT, EventState.POSTPONED}:
        _move(event, EventState.PLANNED)
    _move(event, EventState.SAFETY_REVIEW)
    event.state_reason = ""
    asked = _ask_gates(event)
    if asked.get(Gate.SAFETY) is GateState.SUBMITTED:
        safety.hand_in(event, by=by, now=now)
    licences.evaluate(event, now=now)
    _record("send_to_review", event, by, now)
    if events.gates(event.id)[Gate.SAFETY].state is GateState.SUBMITTED:
        people = accounts.people_with(RoleKind.CAMPUS_SECURITY, event.university_id, campus_day(now))
        _tell(event, "operations/plan_to_sign", [person.id for person in people], now)
    return event


def _end_gates(event: Event, *, everything: bool, now: datetime) -> None:
    for row in events.gates(event.id).values():
        if everything or row.state not in PASSED:
            row.ended_at = now
    db.session.flush()


def _ask_gates(event: Event) -> dict[Gate, GateState]:
    """Ask every gate that has not passed; those asked now."""
    wanted = {
        Gate.PLAN: GateState.SUBMITTED,
        Gate.VETTING: GateState.SUBMITTED if event.kind in WITH_BOOTHS else GateState.NOT_NEEDED,
        Gate.SAFETY: GateState.SUBMITTED if plans.needs_plan(event) else GateState.NOT_NEEDED,
    }
    there = events.gates(event.id)
    asked = {gate: state for gate, state in wanted.items() if gate not in there}
    for gate, state in asked.items():
        db.session.add(GateApproval(event_id=event.id, gate=gate, state=state))
    db.session.flush()
    return asked


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

    The vetting gate asks whether every posting brought by an exhibitor is approved. A safety plan that a
    change opened is signed again while the event goes on; ``seen`` is the submission that was read. Raises
    NotTheSigner, NothingToSign, NoteMissing, PostingsUnvetted, PlanOvertaken, WrongEventState.
    """
    event = lock(Event, event_id)
    _check_among(event, SIGNABLE[gate])
    grants = accounts.grants(by, campus_day(now))
    check_signer(gate, frozenset(g.kind for g in grants if g.university_id == event.university_id))
    row = found(events.gates(event_id).get(gate))
    state = signed(gate, row.state, verdict, note)
    if gate is Gate.VETTING and state is GateState.ACCEPTED:
        check_vetted(queries.unvetted_postings(event))
    if gate is Gate.SAFETY:
        safety.answer(event_id, state in PASSED, note, seen=seen, by=by, now=now)
    row.state, row.signed_by, row.signed_at, row.note = state, by, now, note.strip()
    db.session.flush()
    _follow_signature(event, row, now)
    _record("sign_gate", event, by, now, gate=gate.value, state=state.value)
    return row


def _follow_signature(event: Event, row: GateApproval, now: datetime) -> None:
    if row.state is GateState.REFUSED and event.state is EventState.SAFETY_REVIEW:
        _move(event, EventState.RETURNED)
        event.state_reason = row.note
    permits.approve_if_answered(event, now)


@transaction
def open_event(event_id: int, *, by: int, now: datetime) -> Event:
    """Open booking. Raises WrongEventState; GateClosed naming every gate and the venue still missing (S29)."""
    event = lock(Event, event_id)
    check_move(event.state, EventState.OPEN)
    states = {gate: row.state for gate, row in events.gates(event_id).items()}
    if event.kind in WITH_BOOTHS and queries.unvetted_postings(event):
        states[Gate.VETTING] = GateState.SUBMITTED  # a posting came after the signature
    check_gates(states, venue_ready=events.venue_ready(event), lacking=plans.missing_for_opening(event))
    _move(event, EventState.OPEN)
    event.published_at = event.published_at or now
    _record("open_event", event, by, now)
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
    _move(event, EventState.LOCKED)
    _record("lock_event", event, by, now)
    return event


@transaction
def start(event_id: int, *, by: int | None, now: datetime) -> Event:
    """The doors open. Raises WrongEventState, TooEarly before the first day, GateClosed if a signature ended."""
    event = lock(Event, event_id)
    check_move(event.state, EventState.RUNNING)
    check_day(campus_day(now), campus_day(events.occurrences(event_id)[0].starts_at))
    check_gates({gate: row.state for gate, row in events.gates(event_id).items()})
    _move(event, EventState.RUNNING)
    _record("start_event", event, by, now)
    return event


@transaction
def close_event(event_id: int, *, forced: bool = False, by: int | None, now: datetime) -> Event:
    """The event is over. Raises WrongEventState, TooEarly before the last day, StillInside unless ``forced``."""
    event = lock(Event, event_id)
    check_move(event.state, EventState.CLOSED)
    check_day(campus_day(now), campus_day(events.occurrences(event_id)[-1].starts_at))
    inside = queries.inside(event_id)
    check_empty(inside, forced=forced)
    _move(event, EventState.CLOSED)
    _record("close_event", event, by, now, inside=inside)
    return event


@transaction
def cancel_event(event_id: int, reason: str, *, by: int, now: datetime) -> Event:
    """Call an event off: its days are cancelled in every calendar, spaces freed, people told once.

    Rows of exhibitors and tickets stay. Raises ReasonMissing, WrongEventState once it runs.
    """
    event = lock(Event, event_id)
    _check_among(event, CANCELLABLE)
    facts = facts_of(event, check_reason(reason))
    _move(event, EventState.CANCELLED)
    event.state_reason = reason.strip()
    for day in events.occurrences(event_id):
        day.state = OccurrenceState.CANCELLED
        parts.touch(day, now)
        venues.release(day.id, by=by, now=now)
    licences.surrender(event, by=by, now=now)
    _record("cancel_event", event, by, now, reason=event.state_reason)
    people = queries.people_concerned(event_id)
    messages.queue(
        "operations/cancelled",
        people,
        facts,
        subject=event,
        university_id=event.university_id,
        dedupe=f"cancelled:{event.public_id}",
        now=now,
    )
    return event


@transaction
def postpone_event(event_id: int, reason: str, *, by: int, now: datetime) -> Event:
    """Put an event off until a new date is found: spaces are freed, tickets stay, people are told.

    Raises ReasonMissing, WrongEventState for drafts and once it runs.
    """
    event = lock(Event, event_id)
    _check_among(event, POSTPONABLE)
    facts = facts_of(event, check_reason(reason))
    _move(event, EventState.POSTPONED)
    event.state_reason = reason.strip()
    for day in events.occurrences(event_id):
        parts.touch(day, now)
        venues.release(day.id, by=by, now=now)
    _record("postpone_event", event, by, now, reason=event.state_reason)
    _tell(event, "operations/postponed", queries.people_concerned(event_id), now, facts)
    return event


@transaction
def move_day(occurrence_id: int, day: DayDraft, *, by: int, now: datetime) -> Occurrence:
    """Move a day by the campus clock and tell everybody concerned if the event is public.

    Raises what ``programmes.actions.set_occurrence_time`` raises.
    """
    occurrence = programmes.set_occurrence_time(occurrence_id, day, by=by, now=now)
    event = occurrence.event
    if event.published_at is not None:
        _tell(event, "operations/moved", queries.people_concerned(event.id), now)
        shifts.tell_moved(occurrence, now)
    return occurrence


def _tell(
    event: Event, kind: str, people: list[int], now: datetime, facts: dict[str, object] | None = None
) -> None:
    """Queue a notice once per version of the event, so that a repeated click says nothing twice."""
    db.session.flush()
    messages.queue(
        kind,
        people,
        facts or facts_of(event, event.state_reason),
        subject=event,
        university_id=event.university_id,
        dedupe=f"{kind}:{event.public_id}:{event.version}",
        now=now,
    )
