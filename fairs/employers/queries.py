"""Reads of employers."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.accounts.models import Person
from fairs.clock import campus_day
from fairs.database import db, found
from fairs.employers.codes import UsccInvalid, clean_uscc
from fairs.employers.listed import standings_here
from fairs.employers.models import Credential, Employer, EmployerContact, EmployerStanding
from fairs.employers.papers import CredentialKind, required_papers
from fairs.employers.registration import CodeState, clean_identity
from fairs.employers.rules import (
    IN_REVIEW,
    AlreadyRegistered,
    ContactState,
    StandingState,
)
from fairs.files.models import File
from fairs.institutions.models import University


def employer(employer_id: int) -> Employer:
    """The employer with this number. Raises NotFound."""
    return found(db.session.get(Employer, employer_id))


def employer_by_uscc(uscc: str) -> Employer | None:
    """The employer with this unified social credit code."""
    return db.session.scalars(sa.select(Employer).where(Employer.uscc == uscc)).one_or_none()


def employer_by_public_id(public_id: str) -> Employer | None:
    """The employer under this public id."""
    return db.session.scalars(sa.select(Employer).where(Employer.public_id == public_id)).one_or_none()


def standing(employer_id: int, university_id: int) -> EmployerStanding | None:
    """What a university thinks of an employer; None if it never asked."""
    return db.session.scalars(
        sa.select(EmployerStanding).where(
            EmployerStanding.employer_id == employer_id, EmployerStanding.university_id == university_id
        )
    ).one_or_none()


def is_verified(employer_id: int, university_id: int) -> bool:
    """Whether the employer may act at the university."""
    here = standing(employer_id, university_id)
    return here is not None and here.state is StandingState.VERIFIED


def renewal_waits(standing_id: int) -> bool:
    """Whether what waits for an answer is the yearly re-check of a verification that still holds."""
    row = db.session.get(EmployerStanding, standing_id)
    return row is not None and row.state is StandingState.VERIFIED and row.renewal_at is not None


def verified_schools(employer_id: int) -> list[EmployerStanding]:
    """The standings of an employer at the universities where it is verified."""
    return [row for row in standings(employer_id) if row.state is StandingState.VERIFIED]


def standings(employer_id: int) -> list[EmployerStanding]:
    """An employer's standing at each university that it asked, oldest first."""
    chosen = sa.select(EmployerStanding).where(EmployerStanding.employer_id == employer_id)
    with_school = chosen.options(joinedload(EmployerStanding.university))
    return list(db.session.scalars(with_school.order_by(EmployerStanding.id).limit(500)))


def own_standing(employer_id: int, public_id: str) -> EmployerStanding:
    """A standing of this employer. Raises NotFound for anybody else's."""
    return found(
        db.session.scalars(
            sa.select(EmployerStanding).where(
                EmployerStanding.employer_id == employer_id, EmployerStanding.public_id == public_id
            )
        ).one_or_none()
    )


def standing_here(university_id: int, public_id: str) -> EmployerStanding:
    """A standing at this university. Raises NotFound for another university's."""
    return found(
        db.session.scalars(
            sa.select(EmployerStanding).where(
                EmployerStanding.university_id == university_id, EmployerStanding.public_id == public_id
            )
        ).one_or_none()
    )


def schools_left(employer_id: int) -> list[University]:
    """Universities that the employer has not asked yet, by name."""
    asked = sa.select(EmployerStanding.university_id).where(EmployerStanding.employer_id == employer_id)
    chosen = sa.select(University).where(University.id.not_in(asked))
    return list(db.session.scalars(chosen.order_by(University.name).limit(500)))


def contact_people(employer_id: int) -> list[int]:
    """The person ids of an employer's active contacts, whom messages reach."""
    chosen = sa.select(EmployerContact.person_id).where(
        EmployerContact.employer_id == employer_id, EmployerContact.state == ContactState.ACTIVE
    )
    return list(db.session.scalars(chosen.limit(20)))


def owner_of(employer_id: int) -> Person | None:
    """Whoever owns the employer's account; to strangers only masked."""
    return next((row.person for row in contacts(employer_id) if row.is_owner), None)


def owners(employer_id: int) -> list[int]:
    """The person ids of those who manage an employer's contacts."""
    return [row.person_id for row in contacts(employer_id) if row.is_owner]


def contacts(employer_id: int) -> list[EmployerContact]:
    """Active contacts and requests to join, the owner first."""
    chosen = sa.select(EmployerContact).where(
        EmployerContact.employer_id == employer_id, EmployerContact.ended_at.is_(None)
    )
    ordered = chosen.order_by(EmployerContact.is_owner.desc(), EmployerContact.id)
    return list(db.session.scalars(ordered.options(joinedload(EmployerContact.person)).limit(100)))


def contact_of(employer_id: int, person_id: int) -> EmployerContact | None:
    """A person's live link to an employer."""
    return db.session.scalars(
        sa.select(EmployerContact).where(
            EmployerContact.employer_id == employer_id,
            EmployerContact.person_id == person_id,
            EmployerContact.ended_at.is_(None),
        )
    ).one_or_none()


def own_request(employer_id: int, person_id: int) -> EmployerContact:
    """A person's request to join an employer that waits for an answer. Raises NotFound."""
    row = contact_of(employer_id, person_id)
    return found(row if row is not None and row.state is ContactState.REQUESTED else None)


def contact(employer_id: int, person_public_id: str) -> EmployerContact:
    """The live contact with this person. Raises NotFound."""
    rows = contacts(employer_id)
    return found(next((row for row in rows if row.person.public_id == person_public_id), None))


def memberships(person_id: int) -> list[EmployerContact]:
    """The employers of a person, asked for or active."""
    chosen = sa.select(EmployerContact).where(
        EmployerContact.person_id == person_id, EmployerContact.ended_at.is_(None)
    )
    with_employer = chosen.options(joinedload(EmployerContact.employer))
    return list(db.session.scalars(with_employer.order_by(EmployerContact.id).limit(50)))


def papers(employer_id: int) -> dict[CredentialKind, Credential]:
    """The papers in force, by kind; of a principal's authorisations the newest."""
    chosen = sa.select(Credential).where(Credential.employer_id == employer_id, Credential.ended_at.is_(None))
    rows = db.session.scalars(chosen.options(joinedload(Credential.file)).order_by(Credential.id).limit(50))
    return {row.kind: row for row in rows}


def papers_like(employer_id: int, kind: CredentialKind, principal_id: int | None) -> list[Credential]:
    """The papers in force that a new one of this kind (and for this principal) replaces."""
    chosen = sa.select(Credential).where(
        Credential.employer_id == employer_id,
        Credential.kind == kind,
        Credential.principal_employer_id.is_not_distinct_from(principal_id),
        Credential.ended_at.is_(None),
    )
    return list(db.session.scalars(chosen.options(joinedload(Credential.file))))


def is_readable(paper: Credential, now: datetime) -> bool:
    """Whether the bytes of a paper are still kept: identity papers go after the decision (P8)."""
    file = paper.file
    if file is None or file.purged_at is not None:
        return False
    return file.purge_after is None or file.purge_after > now


def present_papers(employer_id: int, now: datetime) -> frozenset[CredentialKind]:
    """Kinds of paper that are there, readable and not expired."""
    today = campus_day(now)
    return frozenset(
        kind
        for kind, paper in papers(employer_id).items()
        if is_readable(paper, now) and (paper.valid_until is None or paper.valid_until >= today)
    )


def missing_papers(employer_id: int, now: datetime) -> list[CredentialKind]:
    """Papers still to be handed in before the next submission."""
    here = employer(employer_id)
    needed = required_papers(here.kind, exempt=here.uscc is None)
    return sorted(needed - present_papers(employer_id, now))


def paper_file(employer_id: int, file_public_id: str, now: datetime) -> Credential:
    """The paper in force with this file, while it is kept. Raises NotFound."""
    chosen = (
        sa.select(Credential)
        .join(Credential.file)
        .where(
            Credential.employer_id == employer_id,
            Credential.ended_at.is_(None),
            File.public_id == file_public_id,
        )
    )
    paper = found(db.session.scalars(chosen).first())
    return found(paper if is_readable(paper, now) else None)


@dataclass(frozen=True)
class CodeAnswer:
    """What is known of a code: its state, the clean code, and the employer that has it."""

    state: CodeState
    uscc: str = ""
    employer: Employer | None = None


def code_answer(typed: str) -> CodeAnswer:
    """What to say about a code while it is typed (E1)."""
    compact = "".join(typed.split())
    if not compact:
        return CodeAnswer(CodeState.EMPTY)
    if len(compact) < 18:
        return CodeAnswer(CodeState.SHORT, compact)
    try:
        code = clean_uscc(compact)
    except UsccInvalid:
        return CodeAnswer(CodeState.INVALID, compact)
    there = employer_by_uscc(code)
    return CodeAnswer(CodeState.TAKEN if there else CodeState.FREE, code, there)


def free_identity(uscc: str, exemption: str | None) -> tuple[str | None, str | None]:
    """A clean identity that nobody has. Raises UsccInvalid, ExemptionMissing or AlreadyRegistered."""
    identity = clean_identity(uscc, exemption)
    there = employer_by_uscc(identity[0]) if identity[0] else None
    if there is not None:
        raise AlreadyRegistered(name=there.legal_name)
    return identity


def queue(university_id: int) -> sa.Select[EmployerStanding]:
    """Standings that wait for a decision of the university, the most urgent first (O1)."""
    return (
        standings_here(university_id)
        .where(
            sa.or_(
                EmployerStanding.state.in_(IN_REVIEW),
                sa.and_(
                    EmployerStanding.state == StandingState.VERIFIED, EmployerStanding.renewal_at.is_not(None)
                ),
            )
        )
        .order_by(EmployerStanding.due_at, EmployerStanding.id)
    )


def requests_here(university_id: int, most: int = 100) -> list[tuple[EmployerContact, EmployerStanding]]:
    """Requests to join employers that have asked this university, oldest first."""
    chosen = (
        sa.select(EmployerContact, EmployerStanding)
        .join(EmployerStanding, EmployerStanding.employer_id == EmployerContact.employer_id)
        .where(
            EmployerStanding.university_id == university_id, EmployerContact.state == ContactState.REQUESTED
        )
        .options(joinedload(EmployerContact.person), joinedload(EmployerStanding.employer))
        .order_by(EmployerContact.id)
        .limit(most)
    )
    return [(contact, standing) for contact, standing in db.session.execute(chosen)]


def namesakes(of: Employer) -> list[Employer]:
    """Other employers under the same name: perhaps the same body registered twice (P10)."""
    chosen = sa.select(Employer).where(Employer.legal_name == of.legal_name, Employer.id != of.id)
    return list(db.session.scalars(chosen.limit(10)))
