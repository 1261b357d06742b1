"""For whom an agency may hire: each principal with its own authorisation and validity (P8, S137)."""

from dataclasses import dataclass
from datetime import date, datetime

from fairs.audit import actions as audit
from fairs.database import db, found, lock, transaction
from fairs.employers import queries
from fairs.employers.actions.papers import Upload, add_credential
from fairs.employers.codes import clean_uscc
from fairs.employers.models import Credential, Employer
from fairs.employers.papers import (
    CredentialKind,
    PrincipalIsSelf,
    check_agency,
    check_period,
)
from fairs.employers.rules import EmployerKind, EmployerSize, Ownership
from fairs.errors import NotFound


@dataclass(frozen=True)
class Authorisation:
    """A principal by its code and name, and what it signed."""

    uscc: str
    legal_name: str
    letter: Upload
    valid_until: date | None
    number: str = ""


@transaction
def authorise(agency_id: int, given: Authorisation, *, by: int, now: datetime) -> Credential:
    """Hand in a principal's authorisation; it takes the place of an older one of the same principal.

    A principal that is not registered yet is entered by name and code, without anybody who acts for it: its own
    people join later. Raises NoAgency, UsccInvalid, PrincipalIsSelf, PeriodMissing, PaperExpired or FileRefused.
    """
    agency = lock(Employer, agency_id)
    check_agency(agency.kind)
    check_period(given.valid_until)
    code = clean_uscc(given.uscc)
    if code == agency.uscc:
        raise PrincipalIsSelf
    principal = queries.employer_by_uscc(code) or _entered(code, given.legal_name, now)
    paper = add_credential(
        agency_id,
        CredentialKind.PRINCIPAL_AUTHORISATION,
        given.letter,
        number=given.number,
        valid_until=given.valid_until,
        principal_id=principal.id,
        by=by,
        now=now,
    )
    audit.record("principal_added", agency, by=by, university_id=None, now=now, principal=principal.id)
    return paper


def _entered(code: str, legal_name: str, now: datetime) -> Employer:
    principal = Employer(
        uscc=code,
        legal_name=legal_name.strip(),
        kind=EmployerKind.ENTERPRISE,
        ownership=Ownership.PRIVATE,
        size=EmployerSize.MEDIUM,
        created_at=now,
    )
    db.session.add(principal)
    db.session.flush()
    return principal


@transaction
def end_authorisation(agency_id: int, principal_public_id: str, *, by: int, now: datetime) -> None:
    """The agency no longer acts for a principal; what is published stays until it ends. Raises NotFound."""
    agency = lock(Employer, agency_id)
    principal = found(queries.employer_by_public_id(principal_public_id))
    rows = queries.papers_like(agency_id, CredentialKind.PRINCIPAL_AUTHORISATION, principal.id)
    if not rows:
        raise NotFound
    for row in rows:
        row.ended_at = now
    audit.record("principal_ended", agency, by=by, university_id=None, now=now, principal=principal.id)
