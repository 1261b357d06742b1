"""What a kind of message looks up at the moment it leaves, so that it tells the truth of that moment.

A feature registers a function for a kind of message; it is called at each attempt with the message and the
time. Kinds without one are rendered from the params that they were queued with.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fairs.messages.models import Message


@dataclass(frozen=True)
class Fresh:
    """What is true now: params that join (and win over) the queued ones, and a calendar entry to attach.

    ``calendar`` is an iCalendar body with a METHOD, or None; ``secrets`` are parts of the text, such as a
    personal link, that are left out of what is kept for proof.
    """

    params: dict[str, Any] = field(default_factory=dict)
    calendar: bytes | None = None
    secrets: tuple[str, ...] = ()


class Withdrawn(Exception):
    """The message is no longer needed; the argument says why, in Chinese, for the sent-messages page."""


Look = Callable[[Message, datetime], Fresh]
_LOOKS: dict[str, Look] = {}


def fresh(kind: str) -> Callable[[Look], Look]:
    """Make the decorated function what messages of ``kind`` look up; it may raise Withdrawn."""

    def add(look: Look) -> Look:
        _LOOKS[kind] = look
        return look

    return add


def look_up(message: Message, now: datetime) -> Fresh:
    """What is true ``now`` for this message. Raises Withdrawn."""
    look = _LOOKS.get(message.kind)
    return look(message, now) if look else Fresh()
