"""What notices about an event say: plain values, kept with the message as they were when it was queued."""

from typing import Any

from fairs.clock import campus
from fairs.programmes import queries as events
from fairs.programmes.models import Event, Occurrence


def facts_of(event: Event, reason: str = "") -> dict[str, Any]:
    """Title, school, days with time and place (read before spaces are given back), and why."""
    return {
        "title": event.title,
        "school_name": event.university.name,
        "school_slug": event.university.slug,
        "event": event.public_id,
        "hotline": event.university.hotline_phone,
        "days": [_day(occurrence) for occurrence in events.occurrences(event.id)],
        "reason": reason,
    }


def _day(occurrence: Occurrence) -> str:
    starts_at, ends_at = campus(occurrence.starts_at), campus(occurrence.ends_at)
    return f"{starts_at:%Y-%m-%d %H:%M}–{ends_at:%H:%M} {occurrence.where}".strip()
