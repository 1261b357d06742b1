"""The words of an event that everybody reads, and who hears when they change."""

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import unquote

from fairs.accounts import queries as accounts
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.clock import campus_day
from fairs.programmes.models import Event

Words = Mapping[str, str]
Listener = Callable[[Event, Words, int, datetime], None]
_LISTENERS: list[Listener] = []


def words_of(event: Event) -> dict[str, str]:
    """What everybody will read; the link of an online event is read as words, for it may name a live stream."""
    return _words(event, event.summary)


def public_words(event: Event) -> dict[str, str]:
    """What everybody reads now: where a new introduction waits, the one before."""
    return _words(event, event.introduction)


def _words(event: Event, introduction: str) -> dict[str, str]:
    words = {"title": event.title, "description": introduction, "live": unquote(event.online_url)}
    return {name: text for name, text in words.items() if text}


def writers(event: Event, now: datetime) -> list[int]:
    """Who words an event: its department's coordinators, else the career centre."""
    today = campus_day(now)
    if event.department_id is not None:
        return accounts.department_people(RoleKind.DEPT_COORDINATOR, event.department_id, today)
    here = event.university_id
    return sorted({one.id for kind in OFFICE for one in accounts.people_with(kind, here, today)})


def listen(listener: Listener) -> None:
    """Call ``listener(event, before, by, now)`` inside the action that words an event anew.

    ``before`` are the words that stood there; it may refuse the new ones.
    """
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def changed(event: Event, before: Words, *, by: int, now: datetime) -> None:
    """The words of an event have changed. Inside an action."""
    for listener in _LISTENERS:
        listener(event, before, by, now)
