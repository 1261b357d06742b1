"""The directory of a university's employers: what it can be narrowed by, and who brought how many."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from fairs.accounts.models import Person
from fairs.database import db
from fairs.employers.marks import IntroducerKind, TagKind
from fairs.employers.models import Employer, EmployerContact, EmployerStanding, EmployerTag
from fairs.employers.rules import REMIND_DAYS, ContactState, StandingState

FILTERS = ("state", "kind", "industry", "region", "tag", "introducer", "expiring")
"""The parameters of the directory's address."""


def standings_here(university_id: int) -> sa.Select[EmployerStanding]:
    """Every standing at the university with its employer, by name."""
    return (
        sa.select(EmployerStanding)
        .join(EmployerStanding.employer)
        .options(contains_eager(EmployerStanding.employer))
        .where(EmployerStanding.university_id == university_id)
        .order_by(Employer.legal_name, EmployerStanding.id)
    )


def directory(university_id: int, wanted: Mapping[str, str], today: date) -> sa.Select[EmployerStanding]:
    """The standings at a university, narrowed by FILTERS; what no filter knows finds nothing."""
    chosen = standings_here(university_id)
    columns = {
        "state": EmployerStanding.state,
        "kind": Employer.kind,
        "industry": Employer.industry,
        "introducer": EmployerStanding.introducer_kind,
    }
    for name, column in columns.items():
        if value := wanted.get(name):
            # as text: a value that no enum knows finds nothing instead of failing
            chosen = chosen.where(sa.cast(column, sa.String) == value)
    if region := wanted.get("region"):
        chosen = chosen.where(Employer.region.startswith(region, autoescape=True))
    if tag := wanted.get("tag"):
        chosen = chosen.where(tagged(tag, today))
    if wanted.get("expiring"):
        soon = today + timedelta(days=REMIND_DAYS)
        chosen = chosen.where(
            EmployerStanding.state == StandingState.VERIFIED, EmployerStanding.valid_until <= soon
        )
    return chosen


def tagged(tag: str, today: date) -> sa.ColumnElement[bool]:
    """Whether a standing bears a tag that is good today."""
    return sa.exists().where(
        EmployerTag.standing_id == EmployerStanding.id,
        EmployerTag.ended_at.is_(None),
        sa.or_(EmployerTag.valid_until.is_(None), EmployerTag.valid_until >= today),
        sa.cast(EmployerTag.kind, sa.String) == tag,
    )


def bearers(kind: TagKind, university_id: int, day: date) -> sa.Select[int, str]:
    """(employer_id, code) of the tags of a kind that a university gives, in force on ``day``: a statement."""
    return (
        sa.select(EmployerStanding.employer_id, EmployerTag.code)
        .join(EmployerTag, EmployerTag.standing_id == EmployerStanding.id)
        .where(
            EmployerStanding.university_id == university_id,
            EmployerTag.kind == kind,
            EmployerTag.ended_at.is_(None),
            sa.or_(EmployerTag.valid_until.is_(None), EmployerTag.valid_until >= day),
        )
        .distinct()
    )


def tags_of(standing_ids: list[int]) -> dict[int, list[EmployerTag]]:
    """The tags of several standings, by standing."""
    return _by_standing(EmployerTag.standing_id.in_(standing_ids))


def _by_standing(which: sa.ColumnElement[bool]) -> dict[int, list[EmployerTag]]:
    found: dict[int, list[EmployerTag]] = {}
    chosen = sa.select(EmployerTag).where(which, EmployerTag.ended_at.is_(None))
    for tag in db.session.scalars(chosen.order_by(EmployerTag.id)):
        found.setdefault(tag.standing_id, []).append(tag)
    return found


@dataclass(frozen=True)
class Brought:
    """How many employers somebody brought to a university (S26); ``verified`` of them are verified now."""

    kind: IntroducerKind
    name: str
    employers: int
    verified: int
    small: int


def brought(university_id: int) -> list[Brought]:
    """Who brought how many employers, the most first."""
    verified = sa.case((EmployerStanding.state == StandingState.VERIFIED, 1), else_=0)
    small = sa.case((Employer.size.in_(["small", "micro"]), 1), else_=0)
    rows = db.session.execute(
        sa.select(
            EmployerStanding.introducer_kind,
            EmployerStanding.introducer,
            sa.func.count(),
            sa.func.sum(verified),
            sa.func.sum(small),
        )
        .join(EmployerStanding.employer)
        .where(EmployerStanding.university_id == university_id, EmployerStanding.introducer_kind.is_not(None))
        .group_by(EmployerStanding.introducer_kind, EmployerStanding.introducer)
        .order_by(sa.func.count().desc(), EmployerStanding.introducer)
        .limit(500)
    )
    return [Brought(*row) for row in rows]


def tag_counts(university_id: int, today: date) -> dict[TagKind, int]:
    """How many verified employers of a university bear each tag (S91–S93)."""
    rows = db.session.execute(
        sa.select(EmployerTag.kind, sa.func.count(sa.distinct(EmployerTag.standing_id)))
        .join(EmployerStanding, EmployerStanding.id == EmployerTag.standing_id)
        .where(
            EmployerStanding.university_id == university_id,
            EmployerStanding.state == StandingState.VERIFIED,
            EmployerTag.ended_at.is_(None),
            sa.or_(EmployerTag.valid_until.is_(None), EmployerTag.valid_until >= today),
        )
        .group_by(EmployerTag.kind)
    )
    return dict(row for row in rows)


def owners_of(employer_ids: Collection[int]) -> dict[int, Person]:
    """Employer id → who leads for it."""
    chosen = (
        sa.select(EmployerContact.employer_id, Person)
        .join(Person, Person.id == EmployerContact.person_id)
        .where(
            EmployerContact.employer_id.in_(employer_ids),
            EmployerContact.state == ContactState.ACTIVE,
            EmployerContact.is_owner,
            EmployerContact.ended_at.is_(None),
        )
        .order_by(EmployerContact.id.desc())
    )
    return {row[0]: row[1] for row in db.session.execute(chosen)}


def verified_named(typed: str, university_id: int) -> Employer | None:
    """The employer with this full name or code that may act at the university."""
    chosen = (
        sa.select(Employer)
        .join(EmployerStanding, EmployerStanding.employer_id == Employer.id)
        .where(
            sa.or_(Employer.legal_name == typed.strip(), Employer.uscc == typed.strip().upper()),
            EmployerStanding.university_id == university_id,
            EmployerStanding.state == StandingState.VERIFIED,
        )
    )
    return db.session.scalars(chosen.order_by(Employer.id).limit(1)).first()
