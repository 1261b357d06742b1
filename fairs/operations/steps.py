"""What every step of an event does: moves its state, writes the trail, tells the people concerned. Inside actions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db
from fairs.messages import actions as messages
from fairs.operations import queries
from fairs.operations.notices import MEETING, facts_of
from fairs.programmes import attending
from fairs.programmes.kinds import INTERNAL
from fairs.programmes.models import Event
from fairs.programmes.rules import EVENT_STATE_LABELS, EventState, WrongEventState, check_move

CALL = "operations/called"
MEETING_NEWS = {
    CALL: "called",
    "operations/cancelled": "cancelled",
    "operations/postponed": "postponed",
    "operations/moved": "moved",
    "operations/resumed": "resumed",
    "operations/restored": "restored",
}
"""Notices that a meeting words its own way."""


def move(event: Event, to: EventState) -> None:
    """Move an event to another state. Raises WrongEventState."""
    check_move(event.state, to)
    event.state = to


def publish(event: Event, now: datetime) -> None:
    """Let everybody see an event from now on; a meeting stays among staff (S6)."""
    if event.kind not in INTERNAL:
        event.published_at = event.published_at or now


def check_among(event: Event, states: frozenset[EventState]) -> None:
    """Raises WrongEventState unless the event stands in one of ``states``."""
    if event.state not in states:
        raise WrongEventState(state=EVENT_STATE_LABELS[event.state])


def record(action: str, event: Event, by: int | None, now: datetime, **detail: object) -> None:
    """Write the trail of a step."""
    audit.record(action, event, by=by, university_id=event.university_id, now=now, **detail)


def tell(
    event: Event, kind: str, people: Iterable[int], now: datetime, facts: dict[str, Any] | None = None
) -> int:
    """Queue a notice once per version of the event, so that a repeated click says nothing twice; how many."""
    db.session.flush()
    letter, facts = worded(event, kind, facts or facts_of(event, event.state_reason))
    return messages.queue(
        letter,
        people,
        facts,
        subject=event,
        university_id=event.university_id,
        dedupe=f"{kind}:{event.public_id}:{event.version}",
        now=now,
    )


def worded(event: Event, kind: str, facts: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The letter for a notice, with its facts: who must attend a meeting reads nothing of tickets and pages (S6)."""
    if event.kind in INTERNAL and kind in MEETING_NEWS:
        return MEETING, facts | {"news": MEETING_NEWS[kind]}
    return kind, facts


def call(event: Event, now: datetime) -> int:
    """Tell those who must attend a meeting when and where it is (S6); how many."""
    return tell(event, CALL, attending.attendees(event, campus_day(now)), now)


def heard_of(event: Event) -> bool:
    """Whether anybody outside its planners may know of the event: everybody, or who was called."""
    return event.published_at is not None or event.kind in INTERNAL


def end_stop(event_id: int, by: int | None, now: datetime) -> None:
    """The event no longer stands under its stop: it goes on, or is over."""
    stop = queries.stop_of(event_id)
    if stop is not None:
        stop.ended_at, stop.ended_by = now, by
