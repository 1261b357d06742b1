"""Somebody looks at a booth of a running fair and writes down what they saw; what follows from it (P13, P14)."""

from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import db, found, lock, transaction
from fairs.employers import actions as firms
from fairs.employers import queries as employers
from fairs.employers.actions.sanctions import Occasion
from fairs.employers.models import Sanction
from fairs.employers.sanctions import StrikeReason
from fairs.exhibitors.models import Exhibitor
from fairs.messages import actions as messages
from fairs.programmes.models import Event
from fairs.protection import booths, queries
from fairs.protection.actions.reporting import Draft, Reporter, report
from fairs.protection.inspecting import (
    FAULT_LABELS,
    Measure,
    NoSuggestion,
    Point,
    Seen,
    check_running,
    check_seen,
)
from fairs.protection.models import Inspection
from fairs.protection.rules import Reason, Source

_REASONS = {Point.NO_FEES: Reason.FEE, Point.NO_PAPERS: Reason.PAPERS, Point.BROCHURE: Reason.BROCHURE}


@transaction
def inspect(exhibitor_id: int, seen: Seen, once: str, *, by: int, now: datetime) -> Inspection:
    """Write down what was seen; a second click gives the first. What follows: a warning, a case, a suggestion.

    Raises NotRunning, AnswersMissing, NoteMissing or NothingFound.
    """
    place = lock(Exhibitor, exhibitor_id)
    before = booths.inspection_once(once)
    if before is not None:
        return before
    event = place.event
    check_running(event.state)
    check_seen(seen)
    row = Inspection(
        exhibitor_id=place.id,
        event_id=event.id,
        once=once,
        brochure=seen.answers[Point.BROCHURE],
        no_fees=seen.answers[Point.NO_FEES],
        no_papers=seen.answers[Point.NO_PAPERS],
        staffed=seen.answers[Point.STAFFED],
        note=seen.note.strip()[:500],
        measure=seen.measure,
        by=by,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    detail = {"faults": [point.value for point in seen.faults], "measure": seen.measure.value}
    audit.record("inspect_booth", row, by=by, university_id=event.university_id, now=now, **detail)
    if seen.measure is Measure.WARNING:
        _warn(place, event, seen, row, now)
    if seen.measure is Measure.CASE:
        row.complaint_id = _case(place, event, seen, row, now)
    return row


def _warn(place: Exhibitor, event: Event, seen: Seen, row: Inspection, now: datetime) -> None:
    params = {
        "event": event.title,
        "university": event.university.name,
        "faults": [FAULT_LABELS[point] for point in seen.faults],
        "note": row.note,
    }
    messages.queue(
        "protection/inspection_warning",
        employers.contact_people(place.employer_id),
        params,
        subject=row,
        university_id=event.university_id,
        dedupe=f"inspection:{row.id}",
        now=now,
    )


def _case(place: Exhibitor, event: Event, seen: Seen, row: Inspection, now: datetime) -> int:
    target = queries.target_of_booth(place, event.university_id, event.title)
    reason = next((_REASONS[point] for point in seen.faults if point in _REASONS), Reason.OTHER)
    draft = Draft(reason, row.note, f"inspection:{row.id}")
    return report(target, draft, Reporter(Source.INSPECTION), now=now).complaint_id


@transaction
def confirm_strike(inspection_id: int, *, by: int, now: datetime) -> Sanction:
    """An officer follows the suggestion: the employer gets a strike, once (P13).

    Raises NoSuggestion, Conflict where it was noted already, or NotFound where the university does not know it.
    """
    row = lock(Inspection, inspection_id)
    if row.measure is not Measure.STRIKE:
        raise NoSuggestion
    event = row.exhibitor.event
    occasion = Occasion("inspection", row.id, event.title)
    noted = firms.strike(
        row.exhibitor.employer_id, event.university_id, StrikeReason.BREACH, occasion, by=by, now=now
    )
    row.sanction_id = found(noted).id
    return found(noted)
