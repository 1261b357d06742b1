"""Reads of employers."""

import sqlalchemy as sa

from fairs.database import db, found
from fairs.employers.models import Employer, EmployerContact, EmployerStanding
from fairs.employers.rules import ContactState, StandingState


def employer(employer_id: int) -> Employer:
    """The employer with this number. Raises NotFound."""
    return found(db.session.get(Employer, employer_id))


def employer_by_uscc(uscc: str) -> Employer | None:
    """The employer with this unified social credit code."""
    return db.session.scalars(sa.select(Employer).where(Employer.uscc == uscc)).one_or_none()


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


def verified_schools(employer_id: int) -> list[EmployerStanding]:
    """The standings of an employer at the universities where it is verified."""
    chosen = sa.select(EmployerStanding).where(
        EmployerStanding.employer_id == employer_id, EmployerStanding.state == StandingState.VERIFIED
    )
    return list(db.session.scalars(chosen.order_by(EmployerStanding.id).limit(200)))


def contact_people(employer_id: int) -> list[int]:
    """The person ids of an employer's active contacts, whom messages reach."""
    chosen = sa.select(EmployerContact.person_id).where(
        EmployerContact.employer_id == employer_id, EmployerContact.state == ContactState.ACTIVE
    )
    return list(db.session.scalars(chosen.limit(20)))
