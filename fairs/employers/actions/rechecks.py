"""The yearly re-check: reminded of, asked for while the verification holds, decided, or run out."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from fairs.accounts.rules import CURRENT_VERSION, DocumentKind
from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, transaction
from fairs.employers import queries, records
from fairs.employers.actions.standings import let_identity_go, locked_standing, moment, tell
from fairs.employers.models import Credential, EmployerStanding, Sanction
from fairs.employers.papers import LICENCES, check_papers
from fairs.employers.rules import (
    REMIND_DAYS,
    REVIEW_WORKDAYS,
    STANDING_LABELS,
    StandingState,
    WrongStanding,
    check_exemption,
    check_move,
    check_reason,
    check_renewal,
    check_valid_until,
    check_version,
)
from fairs.employers.sanctions import standing_after
from fairs.messages import actions as messages
from fairs.workdays.queries import calendar

S = StandingState


@transaction
def renew_standing(standing_id: int, *, by: int, now: datetime) -> EmployerStanding:
    """Ask for the yearly re-check with this season's pledge; until it is answered the verification goes on.

    Raises WrongStanding, TooEarlyToRenew, or PapersMissing. Asking twice is once.
    """
    standing = locked_standing(standing_id)
    check_renewal(standing.state, records.ends_on(standing), campus_day(now))
    if standing.renewal_at is not None:
        return standing
    employer = standing.employer
    check_papers(employer.kind, queries.present_papers(employer.id, now), exempt=employer.uscc is None)
    here = standing.university_id
    standing.renewal_at, standing.reason = now, ""
    standing.due_at = calendar(here, around=campus_day(now)).deadline(now, REVIEW_WORKDAYS)
    pledge = CURRENT_VERSION[DocumentKind.PLEDGE]
    audit.record("standing_renewal", standing, by=by, university_id=here, now=now, pledge=pledge)
    tell(standing, "employers/submitted", now, due=moment(standing.due_at))
    return standing


@transaction
def decide_renewal(
    standing_id: int,
    to: StandingState,
    *,
    reason: str = "",
    version: int,
    valid_until: date | None = None,
    by: int,
    now: datetime,
) -> EmployerStanding:
    """Answer the yearly re-check: VERIFIED until a new day, or RETURNED, which leaves what holds until it ends.

    Raises AlreadyDecided, WrongStanding, ReasonMissing, ExemptionFirst or ValidUntilWrong.
    """
    standing = locked_standing(standing_id)
    check_version(standing.version, version, standing.state)
    if standing.renewal_at is None or to not in {S.VERIFIED, S.RETURNED}:
        raise WrongStanding(state=STANDING_LABELS[standing.state])
    check_reason(to, reason)
    if to is S.VERIFIED:
        check_exemption(standing.employer.uscc is None, standing.exemption_by, by)
        standing.valid_until = check_valid_until(valid_until, campus_day(now))
        standing.decided_by, standing.decided_at = by, now
        let_identity_go(standing, now)
    standing.renewal_at, standing.due_at, standing.reason = None, None, reason.strip()
    verb = "standing_renewed" if to is S.VERIFIED else "standing_renewal_returned"
    here = standing.university_id
    audit.record(verb, standing, by=by, university_id=here, now=now, reason=standing.reason)
    until = standing.valid_until.isoformat() if standing.valid_until else ""
    kind = "employers/verified" if to is S.VERIFIED else "employers/renewal_returned"
    tell(standing, kind, now, reason=standing.reason, valid_until=until)
    return standing


def recheck(now: datetime, most: int = 500) -> int:
    """End what has run out and remind of what soon will, each with its own commit; how many were touched."""
    today = campus_day(now)
    ended = [_expire(number, now) for number in _ending(today, most)]
    lifted = [_end_period(number, now) for number in _periods_over(today, most)]
    reminded = [_remind(number, now) for number in _ending(today + timedelta(days=REMIND_DAYS), most)]
    return sum([*ended, *lifted, *reminded])


def _ending(before: date, most: int) -> list[int]:
    """Verified standings that end, themselves or by a licence, before a day."""
    licence = sa.exists().where(
        Credential.employer_id == EmployerStanding.employer_id,
        Credential.ended_at.is_(None),
        Credential.kind.in_(list(LICENCES)),
        Credential.valid_until < before,
    )
    chosen = sa.select(EmployerStanding.id).where(
        EmployerStanding.state == S.VERIFIED, sa.or_(EmployerStanding.valid_until < before, licence)
    )
    return list(db.session.scalars(chosen.order_by(EmployerStanding.id).limit(most)))


@transaction
def _expire(standing_id: int, now: datetime) -> bool:
    standing = locked_standing(standing_id)
    end = records.ends_on(standing)
    if standing.state is not S.VERIFIED or end is None or end >= campus_day(now):
        return False
    check_move(standing.state, S.EXPIRED)
    standing.state = S.EXPIRED
    if standing.renewal_at is not None:  # asked in time: what waited for an answer waits on
        standing.state, standing.submitted_at, standing.renewal_at = S.SUBMITTED, standing.renewal_at, None
    audit.record("standing_expired", standing, by=None, university_id=standing.university_id, now=now)
    tell(standing, "employers/expired", now, day=end.isoformat())
    return True


def _periods_over(today: date, most: int) -> list[int]:
    chosen = sa.select(Sanction.id).where(Sanction.lifted_at.is_(None), Sanction.until_on < today)
    return list(db.session.scalars(chosen.order_by(Sanction.id).limit(most)))


@transaction
def _end_period(sanction_id: int, now: datetime) -> bool:
    sanction = db.session.get_one(Sanction, sanction_id)
    standing = locked_standing(sanction.standing_id)
    db.session.refresh(sanction)
    if sanction.lifted_at is not None or standing.state is S.REINSTATEMENT_REQUESTED:
        return False
    sanction.lifted_at = now
    barring = records.barring_sanction(standing.id)
    if barring is None and standing.state in {S.SUSPENDED, S.BLACKLISTED}:
        to = standing_after(standing.valid_until, campus_day(now))
        # whoever was blacklisted shows its papers again
        to = S.EXPIRED if standing.state is S.BLACKLISTED else to
        check_move(standing.state, to)
        standing.state, standing.reason = to, ""
        tell(standing, "employers/lifted", now, verified=to is S.VERIFIED, reason="")
    here = standing.university_id
    audit.record("sanction_ended", standing, by=None, university_id=here, now=now, sanction=sanction.id)
    return True


@transaction
def _remind(standing_id: int, now: datetime) -> bool:
    standing = locked_standing(standing_id)
    end = records.ends_on(standing)
    if standing.state is not S.VERIFIED or standing.renewal_at is not None or end is None:
        return False
    params = {
        "employer": standing.employer.legal_name,
        "employer_id": standing.employer.public_id,
        "university": standing.university.name,
        "standing": standing.public_id,
        "day": end.isoformat(),
    }
    told = messages.queue(
        "employers/expiring",
        queries.contact_people(standing.employer_id),
        params,
        subject=standing,
        university_id=standing.university_id,
        anchor_on=end,
        dedupe=f"expiring:{standing.id}:{end.isoformat()}",
        now=now,
    )
    return told > 0
