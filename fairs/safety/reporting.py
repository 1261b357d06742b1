"""What was reported to the authorities (P23)."""

from datetime import date, datetime

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, lock, transaction
from fairs.institutions import duties
from fairs.programmes.models import Event
from fairs.safety.filings import PRESETS
from fairs.safety.licensing import DateAhead
from fairs.safety.models import Filing
from fairs.safety.rules import FilingUnknown


@transaction
def file_duty(event_id: int, duty: str, filed_on: date, note: str, *, by: int, now: datetime) -> Filing:
    """Write down that something was reported. Raises FilingUnknown, DateAhead; Conflict if it was already."""
    event = lock(Event, event_id)
    preset = duties.chosen(event.university.settings, "filing")
    if duty not in {one.key for one in PRESETS[preset].duties}:
        raise FilingUnknown
    if filed_on > campus_day(now):
        raise DateAhead
    row = Filing(
        event_id=event.id, duty=duty, filed_on=filed_on, note=note.strip(), filed_by=by, recorded_at=now
    )
    db.session.add(row)
    audit.record("file_duty", event, by=by, university_id=event.university_id, now=now, duty=duty)
    return row
