"""What was reported to the authorities, and which presets a school uses (P23, S30)."""

from datetime import date, datetime

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, lock, transaction
from fairs.institutions.models import University
from fairs.programmes.models import Event
from fairs.safety.filings import NO_PRESET, PRESETS
from fairs.safety.licensing import DateAhead
from fairs.safety.models import Filing
from fairs.safety.rules import FilingUnknown


@transaction
def file_duty(event_id: int, duty: str, filed_on: date, note: str, *, by: int, now: datetime) -> Filing:
    """Write down that something was reported. Raises FilingUnknown, DateAhead; Conflict if it was already."""
    event = lock(Event, event_id)
    preset = str(event.university.settings.get("filing", NO_PRESET))
    if duty not in {one.key for one in PRESETS.get(preset, PRESETS[NO_PRESET]).duties}:
        raise FilingUnknown
    if filed_on > campus_day(now):
        raise DateAhead
    row = Filing(
        event_id=event.id, duty=duty, filed_on=filed_on, note=note.strip(), filed_by=by, recorded_at=now
    )
    db.session.add(row)
    audit.record("file_duty", event, by=by, university_id=event.university_id, now=now, duty=duty)
    return row


@transaction
def set_presets(university_id: int, province: str, filing: str, *, by: int, now: datetime) -> None:
    """Which province's checklist new plans answer, and what is filed; written plans keep theirs."""
    school = lock(University, university_id)
    school.settings = {**school.settings, "province": province, "filing": filing}
    audit.record("set_safety_presets", school, by=by, university_id=school.id, now=now, province=province)
