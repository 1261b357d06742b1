"""A door to stand at: a hall, a gate, a day pass, and codes to show."""

import uuid
from datetime import datetime
from typing import Any

from fairs.checkin import actions
from fairs.checkin.batches import Reading
from fairs.checkin.models import Gate
from fairs.checkin.rules import Direction, ScanMode
from fairs.institutions.models import University
from fairs.programmes.models import Event
from fairs.registrations import queries, ticketing, tickets
from fairs.registrations.models import Registration
from fairs.venues.models import Space
from fairs.venues.rules import SpaceKind
from tests import factories


def hall(school: University, name: str = "体育馆", capacity: int = 500) -> Space:
    """A hall on a campus of its own."""
    campus = factories.campus(school, f"{name}校区")
    return factories.saved(
        Space(university_id=school.id, campus_id=campus.id, kind=SpaceKind.HALL, name=name, capacity=capacity)
    )


def gate(event: Event, space: Space, now: datetime, name: str = "北门") -> Gate:
    """A gate where people come in."""
    return actions.create_gate(event.id, space.id, name, Direction.IN, by=None, now=now)


def device(gate: Gate, now: datetime, hours: int = 10) -> actions.IssuedPass:
    """A phone with a day pass."""
    return actions.issue_pass(gate.id, "志愿者小林", hours, by=None, now=now)


def shown(registration: Registration, at: datetime) -> str:
    """What the holder's phone shows at ``at``."""
    ticket = queries.ticket_of(registration.id)
    key = queries.fair_key(registration.occurrence.event_id)
    assert ticket is not None
    assert key is not None
    secret = tickets.ticket_secret(ticketing.key_bytes(key), ticket.code)
    return tickets.rotating_token(secret, key.version, ticket.code, at)


def reading(code: str, at: datetime, **values: Any) -> Reading:
    """One scan of ``code`` by a device with a right clock."""
    defaults: dict[str, Any] = {
        "client_id": str(uuid.uuid4()),
        "direction": Direction.IN,
        "mode": ScanMode.ONLINE,
    }
    return Reading(code=code, scanned_at=at, **(defaults | values))
