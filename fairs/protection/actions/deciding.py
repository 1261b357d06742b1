"""What officers do with a case: take it up, look into it, find it true or not, close it (S42)."""

from datetime import datetime
from typing import Any

from fairs.audit import actions as audit
from fairs.database import db, found, lock, transaction
from fairs.employers import queries as employers
from fairs.errors import Conflict
from fairs.exhibitors.models import Exhibitor
from fairs.messages import actions as messages
from fairs.postings.models import Posting
from fairs.postings.removing import remove_posting
from fairs.protection import queries
from fairs.protection.models import Complaint, Report
from fairs.protection.rules import ComplaintState, check_result, move

C = ComplaintState


@transaction
def accept(complaint_id: int, *, version: int, by: int, now: datetime) -> Complaint:
    """Take the case up; whoever reported hears it. Raises MovedOn."""
    case = _moved(complaint_id, C.ACCEPTED, version, by, now)
    _tell_reporters(case, "protection/report_accepted", {}, now)
    return case


@transaction
def investigate(complaint_id: int, *, version: int, by: int, now: datetime) -> Complaint:
    """Begin to look into it. Raises MovedOn."""
    return _moved(complaint_id, C.INVESTIGATING, version, by, now)


@transaction
def decide(
    complaint_id: int, to: ComplaintState, answer: str, ground: str, *, version: int, by: int, now: datetime
) -> Complaint:
    """Found true or not: whoever reported is answered; if true, the posting is taken down and its employer told.

    ``answer`` goes to those who reported, ``ground`` to the employer. Raises AnswerMissing, GroundMissing, MovedOn.
    """
    check_result(to, answer, ground)
    case = _moved(complaint_id, to, version, by, now)
    case.answer, case.decided_by, case.decided_at, case.due_at = answer.strip(), by, now, None
    if to is C.UPHELD:
        case.upheld, case.ground = True, ground.strip()
        _follow(case, by, now)
    for one in queries.reports(case.id):
        one.answered_at = now
    _tell_reporters(case, "protection/report_answered", {"answer": case.answer, "result": to.value}, now)
    return case


@transaction
def close(complaint_id: int, *, version: int, by: int, now: datetime) -> Complaint:
    """Nothing is left to be done. Raises MovedOn."""
    case = _moved(complaint_id, C.CLOSED, version, by, now)
    case.closed_at = now
    return case


def _moved(complaint_id: int, to: ComplaintState, version: int, by: int, now: datetime) -> Complaint:
    seen = found(db.session.get(Complaint, complaint_id))
    # the thing first, as whoever reports it does: the two never wait for each other
    if seen.posting_id is not None:
        lock(Posting, seen.posting_id)
    elif seen.exhibitor_id is not None:
        lock(Exhibitor, seen.exhibitor_id)
    case = lock(Complaint, complaint_id)
    case.state = move(case.state, to)
    if case.version != version:
        raise Conflict
    audit.record(f"complaint_{to.value}", case, by=by, university_id=case.university_id, now=now)
    return case


def _follow(case: Complaint, by: int, now: datetime) -> None:
    """What a true report brings about: the posting goes, and the employer hears why, never from whom."""
    if case.posting_id is not None and remove_posting(
        case.posting_id, case.university_id, case.ground, by=by, now=now
    ):
        return
    messages.queue(
        "protection/complaint_upheld",
        employers.contact_people(case.employer_id),
        {"title": case.title, "university": case.university.name, "ground": case.ground},
        subject=case,
        university_id=case.university_id,
        dedupe=f"complaint:{case.id}",
        now=now,
    )


def _tell_reporters(case: Complaint, kind: str, more: dict[str, Any], now: datetime) -> None:
    people = [one.reporter_id for one in queries.reports(case.id) if one.reporter_id is not None]
    messages.queue(
        kind,
        people,
        {"title": case.title, "university": case.university.name} | more,
        subject=case,
        # of no university: the office's list of sent messages would tell who reported
        university_id=None,
        dedupe=f"{kind}:{case.id}",
        now=now,
    )


@transaction
def reveal(one: Report, *, by: int, now: datetime) -> str:
    """Who reported, or how to reach them; the look is written down. Empty for who gave neither."""
    audit.looked("complaint", one, by=by, now=now)
    name = one.reporter.name if one.named and one.reporter is not None else ""
    return " ".join(part for part in (name, one.contact) if part)
