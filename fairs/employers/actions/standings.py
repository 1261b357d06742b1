"""An employer's standing at one university: asked for, handed in, decided."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from fairs.accounts.rules import CURRENT_VERSION, DocumentKind
from fairs.audit import actions as audit
from fairs.clock import campus, campus_day
from fairs.database import db, found, lock, transaction
from fairs.employers import queries
from fairs.employers.marks import RegisterResult
from fairs.employers.models import Employer, EmployerStanding
from fairs.employers.papers import CredentialKind, check_papers
from fairs.employers.rules import (
    IN_REVIEW,
    REVIEW_WORKDAYS,
    AlreadyApplied,
    StandingState,
    check_exemption,
    check_hand_in,
    check_move,
    check_reason,
    check_review,
    check_valid_until,
    check_version,
)
from fairs.institutions.models import University
from fairs.messages import actions as messages
from fairs.workdays.queries import calendar

S = StandingState
_MAILS = {
    S.VERIFIED: "employers/verified",
    S.RETURNED: "employers/returned",
    S.REJECTED: "employers/rejected",
}


@transaction
def apply_to(employer_id: int, university_id: int, *, by: int | None, now: datetime) -> EmployerStanding:
    """Begin a standing at a university, as a draft. Raises AlreadyApplied or NotFound."""
    lock(Employer, employer_id)
    if queries.standing(employer_id, university_id) is not None:
        raise AlreadyApplied
    found(db.session.get(University, university_id))
    standing = EmployerStanding(employer_id=employer_id, university_id=university_id, state=S.DRAFT)
    db.session.add(standing)
    audit.record("standing_begun", standing, by=by, university_id=university_id, now=now)
    return standing


@transaction
def submit_standing(standing_id: int, *, by: int | None, now: datetime) -> EmployerStanding:
    """Hand the papers in, with the season's pledge; an answer is due within 3 working days (P8).

    Raises WrongStanding or PapersMissing.
    """
    standing = locked_standing(standing_id)
    employer = standing.employer
    check_hand_in(standing.state)
    present = queries.present_papers(employer.id, now)
    check_papers(employer.kind, present, exempt=employer.uscc is None)
    put_into_review(standing, now)
    pledge = CURRENT_VERSION[DocumentKind.PLEDGE]
    university = standing.university_id
    audit.record("standing_submitted", standing, by=by, university_id=university, now=now, pledge=pledge)
    tell(standing, "employers/submitted", now, due=moment(standing.due_at))
    return standing


def put_into_review(standing: EmployerStanding, now: datetime) -> None:
    """Start the review anew; inside an action that holds the lock."""
    check_move(standing.state, S.SUBMITTED)
    standing.state, standing.reason = S.SUBMITTED, ""
    standing.submitted_at, standing.decided_at, standing.decided_by = now, None, None
    standing.renewal_at = None
    standing.due_at = calendar(standing.university_id, around=campus_day(now)).deadline(now, REVIEW_WORKDAYS)


def touch_reviews(employer_id: int, now: datetime) -> None:
    """What is under review has changed: a decision on what was shown before must not go through."""
    for standing in queries.standings(employer_id):
        if standing.state in IN_REVIEW:
            standing.submitted_at = now
        elif standing.renewal_at is not None:
            standing.renewal_at = now


@transaction
def decide_standing(
    standing_id: int,
    to: StandingState,
    *,
    reason: str = "",
    version: int,
    valid_until: date | None = None,
    register_checked: bool = False,
    by: int,
    now: datetime,
) -> EmployerStanding:
    """Take up, verify, return or reject what was handed in (O4).

    ``version`` is the standing's as the officer read it; ``register_checked`` notes that the public register
    was looked up by hand. Raises AlreadyDecided, WrongStanding, ReasonMissing, ExemptionFirst or ValidUntilWrong.
    """
    standing = locked_standing(standing_id)
    check_version(standing.version, version, standing.state)
    check_review(standing.state, to)
    check_reason(to, reason)
    if to is S.VERIFIED:
        check_exemption(standing.employer.uscc is None, standing.exemption_by, by)
        standing.valid_until = check_valid_until(valid_until, campus_day(now))
    standing.state, standing.reason = to, reason.strip()
    if to is not S.UNDER_REVIEW:
        standing.decided_at, standing.decided_by, standing.due_at = now, by, None
        let_identity_go(standing, now)
    if register_checked:
        standing.register_result, standing.register_at = RegisterResult.MATCH, now
    detail = {"reason": standing.reason, "register_checked": register_checked}
    audit.record(f"standing_{to}", standing, by=by, university_id=standing.university_id, now=now, **detail)
    if to in _MAILS:
        until = standing.valid_until.isoformat() if standing.valid_until else ""
        tell(standing, _MAILS[to], now, reason=standing.reason, valid_until=until)
    return standing


def let_identity_go(decided: EmployerStanding, now: datetime) -> None:
    """Have the contact's identity paper removed, unless somebody still needs it; inside an action."""
    # P8: the image goes with the decision, unless it is to be corrected or another university still has to look
    waiting = {standing.state for standing in queries.standings(decided.employer_id)}
    paper = queries.papers(decided.employer_id).get(CredentialKind.CONTACT_ID)
    if paper is not None and paper.file is not None and not waiting & (IN_REVIEW | {S.RETURNED}):
        paper.file.purge_after = now


def locked_standing(standing_id: int) -> EmployerStanding:
    """The standing, locked with its employer until the transaction ends. Raises NotFound."""
    # the employer first: decisions of two universities on the same papers follow one another
    chosen = sa.select(EmployerStanding.employer_id).where(EmployerStanding.id == standing_id)
    lock(Employer, found(db.session.scalar(chosen)))
    return lock(EmployerStanding, standing_id)


def moment(at: datetime | None) -> str:
    """A moment as letters write it, by the campus clock; nothing for none."""
    return f"{campus(at):%Y-%m-%d %H:%M}" if at else ""


def tell(standing: EmployerStanding, kind: str, now: datetime, **params: Any) -> None:
    """Write to everybody who acts for the employer; inside an action."""
    about = {
        "employer": standing.employer.legal_name,
        "employer_id": standing.employer.public_id,
        "standing": standing.public_id,
        "university": standing.university.name,
        "at": moment(now),
    }
    people = queries.contact_people(standing.employer_id)
    messages.queue(
        kind, people, about | params, subject=standing, university_id=standing.university_id, now=now
    )
