"""What messages about safety say: plain values, kept with the message as they were when it was queued."""

from datetime import datetime
from typing import Any

from fairs.accounts import queries as accounts
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.clock import campus, campus_day
from fairs.messages import actions as messages
from fairs.programmes import queries as events
from fairs.programmes.models import Event


def facts_of(event: Event, **more: Any) -> dict[str, Any]:
    """Title, school, days with time and place, and what the message is about."""
    days = [
        f"{campus(day.starts_at):%Y-%m-%d %H:%M}–{campus(day.ends_at):%H:%M} {day.where}".strip()
        for day in events.occurrences(event.id)
    ]
    return {
        "title": event.title,
        "event": event.public_id,
        "school_name": event.university.name,
        "school_slug": event.university.slug,
        "days": days,
        **more,
    }


def guards(event: Event, now: datetime) -> list[int]:
    """The persons of campus security."""
    people = accounts.people_with(RoleKind.CAMPUS_SECURITY, event.university_id, campus_day(now))
    return [person.id for person in people]


def officers(event: Event, now: datetime) -> list[int]:
    """The persons of the career centre."""
    kinds = (kind for kind in sorted(OFFICE) if kind is not RoleKind.ADMIN)
    found = {
        person.id
        for kind in kinds
        for person in accounts.people_with(kind, event.university_id, campus_day(now))
    }
    return sorted(found)


def tell(
    kind: str, people: list[int], event: Event, *, now: datetime, dedupe: str | None = None, **more: Any
) -> None:
    """Queue a message about an event (inside an action)."""
    messages.queue(
        kind,
        people,
        facts_of(event, **more),
        subject=event,
        university_id=event.university_id,
        dedupe=dedupe,
        now=now,
    )
