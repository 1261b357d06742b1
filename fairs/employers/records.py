"""Reads of what is held against an employer, what it asks for, and for whom an agency may act."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from fairs.clock import campus_day
from fairs.database import db, found
from fairs.employers.models import (
    Credential,
    Employer,
    EmployerContact,
    EmployerStanding,
    EmployerTag,
    Sanction,
    SanctionAppeal,
)
from fairs.employers.papers import LICENCES, CredentialKind, NotAuthorised
from fairs.employers.rules import ContactState
from fairs.employers.sanctions import (
    BARRING,
    AppealState,
    SanctionKind,
    StrikePolicy,
    barred_until,
    check_not_barred,
)
from fairs.files.models import File
from fairs.institutions.models import University


def sanctions(standing_id: int) -> list[Sanction]:
    """Everything that is or was held against an employer at one university, newest first."""
    chosen = sa.select(Sanction).where(Sanction.standing_id == standing_id)
    return list(db.session.scalars(chosen.order_by(Sanction.id.desc()).limit(200)))


def sanction_here(university_id: int, public_id: str) -> Sanction:
    """A sanction of this university. Raises NotFound for another's."""
    chosen = (
        sa.select(Sanction)
        .join(Sanction.standing)
        .where(Sanction.public_id == public_id, EmployerStanding.university_id == university_id)
    )
    return found(db.session.scalars(chosen).one_or_none())


def own_sanction(employer_id: int, public_id: str) -> Sanction:
    """A sanction against this employer. Raises NotFound for anybody else's."""
    chosen = (
        sa.select(Sanction)
        .join(Sanction.standing)
        .where(Sanction.public_id == public_id, EmployerStanding.employer_id == employer_id)
    )
    return found(db.session.scalars(chosen).one_or_none())


def barring_sanction(standing_id: int) -> Sanction | None:
    """The suspension or blacklist entry in force; None where nothing locks the employer out."""
    chosen = sa.select(Sanction).where(
        Sanction.standing_id == standing_id, Sanction.lifted_at.is_(None), Sanction.kind.in_(list(BARRING))
    )
    return db.session.scalars(chosen.order_by(Sanction.id.desc()).limit(1)).first()


def appeals(sanction_id: int) -> list[SanctionAppeal]:
    """The requests against a sanction, newest first."""
    chosen = sa.select(SanctionAppeal).where(SanctionAppeal.sanction_id == sanction_id)
    return list(db.session.scalars(chosen.order_by(SanctionAppeal.id.desc()).limit(50)))


def asked_about(standing_id: int) -> dict[int, SanctionAppeal]:
    """The requests that wait for an answer, by the sanction that they are against."""
    chosen = (
        sa.select(SanctionAppeal)
        .join(SanctionAppeal.sanction)
        .where(Sanction.standing_id == standing_id, SanctionAppeal.state == AppealState.ASKED)
    )
    return {row.sanction_id: row for row in db.session.scalars(chosen)}


def open_appeals(university_id: int, most: int = 100) -> list[SanctionAppeal]:
    """Requests that wait for an answer of the university, the most urgent first."""
    chosen = (
        sa.select(SanctionAppeal)
        .join(SanctionAppeal.sanction)
        .join(Sanction.standing)
        .where(*_open_appeals(university_id))
        .options(
            contains_eager(SanctionAppeal.sanction)
            .contains_eager(Sanction.standing)
            .joinedload(EmployerStanding.employer)
        )
    )
    return list(db.session.scalars(chosen.order_by(SanctionAppeal.due_at, SanctionAppeal.id).limit(most)))


def waiting_appeals(university_id: int) -> tuple[int, datetime | None]:
    """How many such requests wait, and when the first is due."""
    chosen = (
        sa.select(sa.func.count(), sa.func.min(SanctionAppeal.due_at))
        .select_from(SanctionAppeal)
        .join(SanctionAppeal.sanction)
        .join(Sanction.standing)
        .where(*_open_appeals(university_id))
    )
    count, first = db.session.execute(chosen).one()
    return count, first


def _open_appeals(university_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return EmployerStanding.university_id == university_id, SanctionAppeal.state == AppealState.ASKED


def joins_for_office(university_id: int) -> int:
    """Requests to join with a letter of authority that the owner may have left unanswered: the office looks."""
    chosen = (
        sa.select(sa.func.count())
        .select_from(EmployerContact)
        .join(EmployerStanding, EmployerStanding.employer_id == EmployerContact.employer_id)
        .where(
            EmployerStanding.university_id == university_id,
            EmployerContact.state == ContactState.REQUESTED,
            EmployerContact.file_id.is_not(None),
        )
    )
    return db.session.scalar(chosen) or 0


def strike_days(standing_id: int) -> list[date]:
    """The days of an employer's strikes that stand at one university."""
    chosen = sa.select(Sanction.from_on).where(
        Sanction.standing_id == standing_id,
        Sanction.kind == SanctionKind.STRIKE,
        Sanction.lifted_at.is_(None),
    )
    return list(db.session.scalars(chosen.order_by(Sanction.from_on)))


def bar_of(standing: EmployerStanding) -> date | None:
    """Until when strikes keep the employer from asking for places at this university; None: they do not."""
    return barred_until(strike_days(standing.id), StrikePolicy.read(standing.university.settings))


def check_may_ask(employer_id: int, university: University, now: datetime) -> None:
    """Raises Barred while strikes keep the employer from a place at a fair of the university (P13)."""
    chosen = sa.select(EmployerStanding.id).where(
        EmployerStanding.employer_id == employer_id, EmployerStanding.university_id == university.id
    )
    standing_id = db.session.scalar(chosen)
    if standing_id is not None:
        check_not_barred(strike_days(standing_id), StrikePolicy.read(university.settings), campus_day(now))


def own_tag(standing_id: int, public_id: str) -> EmployerTag:
    """A live tag of a standing. Raises NotFound."""
    chosen = sa.select(EmployerTag).where(
        EmployerTag.standing_id == standing_id,
        EmployerTag.public_id == public_id,
        EmployerTag.ended_at.is_(None),
    )
    return found(db.session.scalars(chosen).one_or_none())


def authorisations(agency_id: int) -> list[Credential]:
    """The principals' authorisations that an agency has handed in, newest first, ended ones left out."""
    chosen = sa.select(Credential).where(
        Credential.employer_id == agency_id,
        Credential.kind == CredentialKind.PRINCIPAL_AUTHORISATION,
        Credential.principal_employer_id.is_not(None),
        Credential.ended_at.is_(None),
    )
    return list(
        db.session.scalars(
            chosen.options(joinedload(Credential.principal), joinedload(Credential.file))
            .order_by(Credential.id.desc())
            .limit(200)
        )
    )


def principals(agency_id: int, today: date) -> list[Employer]:
    """For whom an agency may hire on a day: those whose authorisation is in force (P8, S137)."""
    rows = authorisations(agency_id)
    return [
        row.principal
        for row in rows
        if row.principal is not None and row.valid_until is not None and row.valid_until >= today
    ]


def check_acts_for(publishing_id: int, hiring_id: int, now: datetime) -> None:
    """Raises NotAuthorised unless an employer hires for itself or for a principal that authorised it."""
    if publishing_id == hiring_id:
        return
    if all(one.id != hiring_id for one in principals(publishing_id, campus_day(now))):
        raise NotAuthorised(principal=db.session.get_one(Employer, hiring_id).legal_name)


def evidence(standing: EmployerStanding, public_id: str) -> File:
    """A document about an employer that its university may read: of a sanction, a request against it, a tag, or the
    letter of authority of somebody who asks to join. Raises NotFound.
    """
    held = sa.select(Sanction.id).where(Sanction.standing_id == standing.id)
    sources = sa.union(
        sa.select(Sanction.file_id).where(Sanction.standing_id == standing.id),
        sa.select(SanctionAppeal.file_id).where(SanctionAppeal.sanction_id.in_(held)),
        sa.select(EmployerTag.file_id).where(EmployerTag.standing_id == standing.id),
        sa.select(EmployerContact.file_id).where(
            EmployerContact.employer_id == standing.employer_id, EmployerContact.ended_at.is_(None)
        ),
    )
    chosen = sa.select(File).where(
        File.public_id == public_id, File.purged_at.is_(None), File.id.in_(sources.subquery().select())
    )
    return found(db.session.scalars(chosen).one_or_none())


def ends_on(standing: EmployerStanding) -> date | None:
    """The last day of a verification: its own, or that of a licence on which it rests."""
    chosen = sa.select(sa.func.min(Credential.valid_until)).where(
        Credential.employer_id == standing.employer_id,
        Credential.ended_at.is_(None),
        Credential.kind.in_(list(LICENCES)),
    )
    licence = db.session.scalar(chosen)
    return min((day for day in (standing.valid_until, licence) if day is not None), default=None)
