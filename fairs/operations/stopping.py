"""Stops an event and lets it go on: cancel, postpone, undo; at the doors pause, let in again, clear the hall.

Each stop is a row of the ledger (``Stop``); who must hear of it is told in the same transaction.
"""

from datetime import datetime

from fairs.database import db, found, lock, transaction
from fairs.livestreams import following as live
from fairs.operations import queries
from fairs.operations.models import Stop
from fairs.operations.notices import facts_of
from fairs.operations.obstacles import Change, check_obstacles
from fairs.operations.rules import check_reason
from fairs.operations.steps import end_stop, heard_of, move, record, tell
from fairs.operations.stops import (
    CANCELLABLE,
    back_to,
    check_spaces,
    check_stop,
    check_undo,
)
from fairs.programmes import parts
from fairs.programmes import queries as events
from fairs.programmes.collisions import holders
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import EventState, OccurrenceState
from fairs.safety import licences
from fairs.venues import actions as venues
from fairs.venues import queries as spaces
from fairs.venues.rules import UseState

_S = EventState


@transaction
def cancel_event(event_id: int, reason: str, *, by: int, now: datetime) -> Event:
    """Call an event off: its days are cancelled in every calendar, spaces freed, people told once.

    A talk takes the tests and interviews of its set along (P16). Rows of exhibitors and tickets stay. Raises
    ReasonMissing, InTheWay, WrongEventState once it runs.
    """
    event = lock(Event, event_id)
    _cancel(event, check_reason(reason), by, now)
    for part in queries.set_of(event_id):
        if part.state in CANCELLABLE:
            _cancel(lock(Event, part.id), check_reason(reason), by, now)
    return event


def _cancel(event: Event, reason: str, by: int, now: datetime) -> None:
    check_stop(event.state, _S.CANCELLED)
    check_obstacles(event, Change.CANCEL)
    facts = facts_of(event, reason)
    licence = events.gates(event.id).get(Gate.LICENCE)
    returned = licence is not None and licence.state is GateState.GRANTED
    _stop(event, _S.CANCELLED, reason, by, now, licence_returned=returned)
    licences.surrender(event, by=by, now=now)
    for day in events.occurrences(event.id):
        day.state = OccurrenceState.CANCELLED
        parts.touch(day, now)
    record("cancel_event", event, by, now, reason=reason)
    tell(event, "operations/cancelled", queries.told_of_change(event, now), now, facts)


@transaction
def postpone_event(event_id: int, reason: str, *, by: int, now: datetime) -> Event:
    """Put an event off until a new date is found: spaces are freed, tickets stay, people are told.

    Raises ReasonMissing, InTheWay, WrongEventState for drafts and once it runs.
    """
    event = lock(Event, event_id)
    reason = check_reason(reason)
    check_stop(event.state, _S.POSTPONED)
    check_obstacles(event, Change.POSTPONE)
    facts = facts_of(event, reason)
    _stop(event, _S.POSTPONED, reason, by, now)
    for day in events.occurrences(event_id):
        parts.touch(day, now)
    record("postpone_event", event, by, now, reason=reason)
    tell(event, "operations/postponed", queries.told_of_change(event, now), now, facts)
    return event


def _stop(
    event: Event,
    to: EventState,
    reason: str,
    by: int | None,
    now: datetime,
    *,
    licence_returned: bool = False,
) -> None:
    before = event.state
    earlier = queries.stop_of(event.id)
    if earlier is not None:
        earlier.ended_at, earlier.ended_by = now, by
        db.session.flush()
    move(event, to)
    event.state_reason = reason
    kept = _give_back(event, by, now) if to in {_S.CANCELLED, _S.POSTPONED} else {}
    db.session.add(
        Stop(
            event_id=event.id,
            state=to,
            state_before=before,
            reason=reason,
            spaces=kept,
            licence_returned=licence_returned,
            earlier_id=earlier.id if earlier else None,
            stopped_by=by,
            stopped_at=now,
        )
    )


def _give_back(event: Event, by: int | None, now: datetime) -> dict[str, list[int]]:
    kept: dict[str, list[int]] = {UseState.FIRM.value: [], UseState.TENTATIVE.value: []}
    for day in events.occurrences(event.id):
        for use in spaces.uses(day.id):
            kept[use.state.value].append(use.id)
        venues.release(day.id, by=by, now=now)
    return kept


@transaction
def undo_stop(event_id: int, *, by: int, now: datetime) -> Event:
    """Take a cancellation or postponement back: the same halls, days and tickets; people are told.

    Notices that have left, places that people gave up meanwhile and a licence handed back do not return: with
    such a licence the event is planned and signed anew. Raises NothingToUndo, UndoTooLate, SpaceGone, and HostBusy
    where a host has another stream by now.
    """
    event = lock(Event, event_id)
    stop = _undo(event, by, now)
    for part in queries.set_of(event_id):
        fell = queries.stop_of(part.id)
        if fell is not None and fell.stopped_at == stop.stopped_at and fell.state is stop.state:
            _undo(lock(Event, part.id), by, now)
    return event


def _undo(event: Event, by: int, now: datetime) -> Stop:
    stop, days = queries.stop_of(event.id), events.occurrences(event.id)
    check_undo(stop.state if stop else None, event.state, days[0].starts_at, now)
    stop = found(stop)
    check_spaces(space_holders(stop, days))
    event.state = back_to(stop.state, stop.state_before, licence_returned=stop.licence_returned)
    stop.ended_at, stop.ended_by, stop.undone = now, by, True
    db.session.flush()
    earlier = db.session.get(Stop, stop.earlier_id) if stop.earlier_id else None
    if earlier is not None:
        earlier.ended_at = earlier.ended_by = None
    event.state_reason = earlier.reason if earlier is not None else ""
    for day in days:
        venues.release(day.id, by=by, now=now)  # what was taken since, for a date that falls through
    for state, numbers in stop.spaces.items():
        venues.take_back(numbers, UseState(state), by=by, now=now)
    for day in days:
        day.state = OccurrenceState.PLANNED
        parts.touch(day, now)
    live.come_back(event, now)
    record("undo_stop", event, by, now, stopped=stop.state.value, to=event.state.value)
    if heard_of(event):
        tell(event, "operations/restored", queries.told_of_change(event, now), now)
    return stop


def space_holders(stop: Stop, days: list[Occurrence]) -> list[str]:
    """Who holds now what was given back, in words; nobody: the event can have it again."""
    given = spaces.uses_by_id(stop.spaces.get(UseState.FIRM.value, ()))
    periods = {day.id: (day.starts_at, day.ends_at) for day in days}
    held = [
        holder
        for number, period in periods.items()
        for holder in holders([use.space_id for use in given if use.occurrence_id == number], *period)
    ]
    return list(dict.fromkeys(held))


@transaction
def pause_entry(event_id: int, reason: str, *, by: int, now: datetime) -> Event:
    """Stop letting people in (P25): scanners refuse, the page says so, ticket holders outside are told.

    Raises ReasonMissing; WrongEventState unless the event runs.
    """
    event = lock(Event, event_id)
    reason = check_reason(reason)
    check_stop(event.state, _S.PAUSED)
    _stop(event, _S.PAUSED, reason, by, now)
    record("pause_entry", event, by, now, reason=reason)
    tell(event, "operations/paused", queries.not_yet_in(event_id, now), now)
    return event


@transaction
def resume_entry(event_id: int, *, by: int, now: datetime) -> Event:
    """Let people in again. Raises WrongEventState unless entry is stopped."""
    event = lock(Event, event_id)
    move(event, _S.RUNNING)
    event.state_reason = ""
    end_stop(event_id, by, now)
    record("resume_entry", event, by, now)
    tell(event, "operations/entry_resumed", queries.not_yet_in(event_id, now), now)
    return event


@transaction
def evacuate(event_id: int, reason: str, *, by: int, now: datetime) -> Event:
    """Clear the hall: nobody is let in any more, everybody concerned is told; then the event can only be closed.

    Raises ReasonMissing; WrongEventState unless the event runs or entry is stopped.
    """
    event = lock(Event, event_id)
    reason = check_reason(reason)
    check_stop(event.state, _S.EVACUATED)
    _stop(event, _S.EVACUATED, reason, by, now)
    record("evacuate_event", event, by, now, reason=reason)
    tell(event, "operations/evacuated", queries.people_concerned(event), now)
    return event
