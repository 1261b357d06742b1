"""What every step of an event does: moves its state, writes the trail, tells the people concerned. Inside actions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from fairs.audit import actions as audit
from fairs.database import db
from fairs.messages import actions as messages
from fairs.operations.notices import facts_of
from fairs.programmes.kinds import INTERNAL
from fairs.programmes.models import Event
from fairs.programmes.rules import EVENT_STATE_LABELS, EventState, WrongEventState, check_move


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
    return messages.queue(
        kind,
        people,
        facts or facts_of(event, event.state_reason),
        subject=event,
        university_id=event.university_id,
        dedupe=f"{kind}:{event.public_id}:{event.version}",
        now=now,
    )
