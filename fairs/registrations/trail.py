"""What follows a change of a registration: its calendar entry, the trail, the message. Only actions call these."""

from datetime import datetime
from typing import Any

from fairs.audit import actions as audit
from fairs.messages import actions as messages
from fairs.programmes.models import EntrySlot, Occurrence
from fairs.registrations.models import Registration


def calendar_changed(registration: Registration, now: datetime) -> None:
    """Let the calendar entry of a registration rise by one."""
    registration.sequence += 1
    registration.calendar_changed_at = now


def record(action: str, registration: Registration, by: int | None, now: datetime, **detail: Any) -> None:
    """Write down what was done, in the trail of the university that leads the event."""
    university_id = registration.occurrence.event.university_id
    audit.record(action, registration, by=by, university_id=university_id, now=now, **detail)


def tell(kind: str, registration: Registration, now: datetime, **more: str) -> None:
    """Queue a message with event, time, place and the way to the ticket."""
    occurrence = registration.occurrence
    period: EntrySlot | Occurrence = registration.entry_slot or occurrence
    params = {
        "event": occurrence.event.title,
        "event_id": occurrence.event.public_id,
        "registration": registration.public_id,
        "starts_at": period.starts_at.isoformat(),
        "ends_at": period.ends_at.isoformat(),
        "place": occurrence.where,
    }
    messages.queue(
        kind,
        [registration.person_id],
        params | more,
        subject=registration,
        university_id=registration.university_id,
        now=now,
    )
