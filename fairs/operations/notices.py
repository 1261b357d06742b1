"""What notices about an event say: plain values, kept with the message as they were when it was queued."""

from typing import Any

from fairs.clock import campus
from fairs.livestreams import following as live
from fairs.programmes import facts
from fairs.programmes import queries as events
from fairs.programmes.kinds import INTERNAL, ItemKind
from fairs.programmes.models import Event, Occurrence

MEETING = "operations/meeting"
"""The one letter to those who must attend a meeting: that it takes place, and what becomes of it (S6)."""


def facts_of(event: Event, reason: str = "") -> dict[str, Any]:
    """Title, school, days with time and place (read before spaces are given back), and why."""
    return {
        "title": event.title,
        "school_name": event.university.name,
        "school_slug": event.university.slug,
        "event": event.public_id,
        "hotline": event.university.hotline_phone,
        "live": live.announced(event),
        "days": [_day(occurrence) for occurrence in events.occurrences(event.id)],
        "reason": reason,
    } | ({"venues": _sub_venues(event)} if event.kind in INTERNAL else {})


def _sub_venues(event: Event) -> list[str]:
    rows = [row for row in facts.items(event.id) if row.kind is ItemKind.SUB_VENUE]
    return [f"{row.name} {row.detail}".strip() for row in rows]


def _day(occurrence: Occurrence) -> str:
    starts_at, ends_at = campus(occurrence.starts_at), campus(occurrence.ends_at)
    return f"{starts_at:%Y-%m-%d %H:%M}–{ends_at:%H:%M} {occurrence.where}".strip()
