"""The words of an event that everybody reads, and who hears when they change."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

from fairs.programmes.models import Event

Listener = Callable[[Event, int, datetime], None]
_LISTENERS: list[Listener] = []


def words_of(event: Event) -> dict[str, str]:
    """What everybody will read; the link of an online event is read as words, for it may name a live stream."""
    words = {"title": event.title, "description": event.summary, "live": unquote(event.online_url)}
    return {name: text for name, text in words.items() if text}


def listen(listener: Listener) -> None:
    """Call ``listener(event, by, now)`` inside the action that words an event anew; it may refuse the words."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def changed(event: Event, *, by: int, now: datetime) -> None:
    """The words of an event have changed. Inside an action."""
    for listener in _LISTENERS:
        listener(event, by, now)
