"""Registering an employer, and changing what it says about itself."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from fairs.accounts import actions as accounts
from fairs.accounts.models import Account
from fairs.accounts.rules import Grant, RoleKind
from fairs.audit import actions as audit
from fairs.database import db, lock, transaction
from fairs.employers import queries
from fairs.employers.actions.contacts import account_for
from fairs.employers.actions.standings import apply_to, put_into_review, touch_reviews
from fairs.employers.models import Employer, EmployerContact, EmployerStanding
from fairs.employers.registration import Registration, Unit, check_schools
from fairs.employers.rules import (
    AlreadyRegistered,
    ContactState,
    StandingState,
    check_identity_change,
)
from fairs.messages import actions as messages


@dataclass(frozen=True)
class Registered:
    """A new employer, and the account with which its owner signs in (None if they were signed in)."""

    employer: Employer
    account: Account | None


@transaction
def register_employer(draft: Registration, *, by_person: int | None, now: datetime) -> Registered:
    """A new employer with its owner and a draft standing at each chosen university (E1).

    The owner is ``by_person``, or a new person with an account made from ``draft.contact``. Raises
    AlreadyRegistered, SchoolMissing, MailTaken or PasswordTooWeak.
    """
    check_schools(draft.universities)
    _check_free(draft.unit.uscc, None)
    account = None if by_person else account_for(draft.contact)
    owner = by_person or account.person_id  # type: ignore[union-attr]  # one of the two is there
    employer = Employer(**_columns(draft.unit), created_at=now)
    db.session.add(employer)
    db.session.flush()
    db.session.add(
        EmployerContact(employer_id=employer.id, person_id=owner, state=ContactState.ACTIVE, is_owner=True)
    )
    accounts.grant_role(owner, Grant(kind=RoleKind.EMPLOYER_HR, employer_id=employer.id), by=None, now=now)
    audit.record("employer_registered", employer, by=owner, university_id=None, now=now)
    for university_id in dict.fromkeys(draft.universities):
        apply_to(employer.id, university_id, by=owner, now=now)
    params = {"employer": employer.legal_name, "employer_id": employer.public_id}
    messages.queue("employers/registered", [owner], params, subject=employer, now=now)
    return Registered(employer, account)


def _columns(unit: Unit) -> dict[str, Any]:
    values = asdict(unit)
    values["uscc_exemption"] = values.pop("exemption")
    return values


def _check_free(uscc: str | None, own_id: int | None) -> None:
    there = queries.employer_by_uscc(uscc) if uscc else None
    if there is not None and there.id != own_id:
        raise AlreadyRegistered(name=there.legal_name)


@transaction
def update_employer(employer_id: int, unit: Unit, *, by: int | None, now: datetime) -> list[EmployerStanding]:
    """Change what an employer says about itself; the standings that go back to review by it.

    A new legal name or code sends a verified employer back to review at each university. Raises
    IdentityBarred or AlreadyRegistered.
    """
    employer = lock(Employer, employer_id)
    _check_free(unit.uscc, employer_id)
    old, new = _identity(employer), (unit.uscc, unit.exemption, unit.legal_name)
    for name, value in _columns(unit).items():
        setattr(employer, name, value)
    audit.record("employer_changed", employer, by=by, university_id=None, now=now, identity=old != new)
    return _review_again(employer, by, now) if old != new else []


def _identity(employer: Employer) -> tuple[str | None, str | None, str]:
    return employer.uscc, employer.uscc_exemption, employer.legal_name


def _review_again(employer: Employer, by: int | None, now: datetime) -> list[EmployerStanding]:
    standings = queries.standings(employer.id)
    check_identity_change({standing.state for standing in standings})
    touch_reviews(employer.id, now)
    for standing in standings:
        standing.exemption_by = standing.exemption_at = None
    again = [standing for standing in standings if standing.state is StandingState.VERIFIED]
    for standing in again:
        put_into_review(standing, now)
        university = standing.university_id
        audit.record("standing_reopened", standing, by=by, university_id=university, now=now)
    if again:
        schools = "、".join(standing.university.name for standing in again)
        params = {"employer": employer.legal_name, "employer_id": employer.public_id, "schools": schools}
        people = queries.contact_people(employer.id)
        messages.queue("employers/reopened", people, params, subject=employer, now=now)
    return again
