"""Reads of employers' own pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.database import db, found
from fairs.employers.models import Employer, EmployerStanding
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import COMING
from fairs.institutions.models import University
from fairs.profiles.models import Brochure, ProfileRevision
from fairs.profiles.rules import SHOWN_IN
from fairs.programmes.models import Event, Occurrence
from fairs.vetting import queries as vetting
from fairs.vetting.models import VettingCase
from fairs.vetting.rereading import shown_version
from fairs.vetting.rules import CaseState, SubjectKind, VerdictKind, may_appeal


def latest(employer_id: int) -> ProfileRevision | None:
    """The newest version that an employer handed in."""
    chosen = sa.select(ProfileRevision).where(ProfileRevision.employer_id == employer_id)
    return db.session.scalars(chosen.order_by(ProfileRevision.no.desc()).limit(1)).first()


def revision(employer_id: int, no: int) -> ProfileRevision:
    """One version. Raises NotFound."""
    chosen = sa.select(ProfileRevision).where(
        ProfileRevision.employer_id == employer_id, ProfileRevision.no == no
    )
    return found(db.session.scalars(chosen).one_or_none())


def cases(employer_id: int, kind: SubjectKind = SubjectKind.EMPLOYER_PROFILE) -> list[VettingCase]:
    """The cases of an employer's page (or brochure) that were not withdrawn, oldest version first."""
    rows = vetting.cases_of(kind, [employer_id])
    return [case for case in rows if case.state is not CaseState.WITHDRAWN]


@dataclass(frozen=True)
class AtSchool:
    """How the newest version stands at one university, with what was said about it."""

    university: University
    case: VettingCase
    reason: str
    appealable: bool


def at_schools(employer_id: int, kind: SubjectKind = SubjectKind.EMPLOYER_PROFILE) -> list[AtSchool]:
    """The newest case at each university."""
    newest = {case.university_id: case for case in cases(employer_id, kind)}
    names = sa.select(University).where(University.id.in_(newest))
    schools = {one.id: one for one in db.session.scalars(names)}
    reasons: dict[int, str] = {}
    appeals: Counter[int] = Counter()
    for decision, _name in vetting.decisions(case.id for case in newest.values()):
        if decision.verdict is VerdictKind.APPEAL:
            appeals[decision.case_id] += 1
        elif decision.verdict is not VerdictKind.LIFT:  # a word among officers
            reasons.setdefault(decision.case_id, decision.reason)
    return [
        AtSchool(schools[n], case, reasons.get(case.id, ""), may_appeal(case.state, appeals[case.id]))
        for n, case in sorted(newest.items())
    ]


def own_case(public_id: str, employer_id: int) -> AtSchool:
    """The newest case of an employer's page or brochure at a university, by its id. Raises NotFound."""
    kinds = (SubjectKind.EMPLOYER_PROFILE, SubjectKind.BROCHURE)
    rows = [row for kind in kinds for row in at_schools(employer_id, kind)]
    return found(next((row for row in rows if row.case.public_id == public_id), None))


def shown_employer(public_id: str, university_id: int) -> Employer:
    """An employer whose page the university shows. Raises NotFound for all others, without telling why."""
    chosen = (
        sa.select(Employer)
        .join(EmployerStanding, EmployerStanding.employer_id == Employer.id)
        .where(
            Employer.public_id == public_id,
            EmployerStanding.university_id == university_id,
            EmployerStanding.state.in_(SHOWN_IN),
        )
    )
    return found(db.session.scalars(chosen).one_or_none())


def with_page(employer_ids: Sequence[int], university_id: int) -> set[int]:
    """Those of the employers whose page the university shows: a principal of an agency may have none."""
    chosen = sa.select(EmployerStanding.employer_id).where(
        EmployerStanding.employer_id.in_(employer_ids),
        EmployerStanding.university_id == university_id,
        EmployerStanding.state.in_(SHOWN_IN),
    )
    return set(db.session.scalars(chosen))


def approved(employer_id: int, university_id: int) -> ProfileRevision | None:
    """The newest version that the university has approved; None: it shows no words of the employer's own.

    A version that changed rules object to is shown to nobody until officers have decided again, nor an older one.
    """
    accepted = shown_version(SubjectKind.EMPLOYER_PROFILE, employer_id, university_id)
    chosen = sa.select(ProfileRevision).where(
        ProfileRevision.employer_id == employer_id, ProfileRevision.no == accepted
    )
    return db.session.scalars(chosen.options(joinedload(ProfileRevision.logo))).one_or_none()


def brochures(employer_id: int) -> list[Brochure]:
    """All versions of an employer's brochure, newest first."""
    chosen = sa.select(Brochure).where(Brochure.employer_id == employer_id).options(joinedload(Brochure.file))
    return list(db.session.scalars(chosen.order_by(Brochure.no.desc())))


def brochure(employer_id: int, no: int) -> Brochure:
    """One version of a brochure. Raises NotFound."""
    chosen = sa.select(Brochure).where(Brochure.employer_id == employer_id, Brochure.no == no)
    return found(db.session.scalars(chosen.options(joinedload(Brochure.file))).one_or_none())


def approved_brochure(employer_id: int, university_id: int) -> Brochure | None:
    """The newest brochure that the university has approved."""
    accepted = shown_version(SubjectKind.BROCHURE, employer_id, university_id)
    chosen = sa.select(Brochure).where(Brochure.employer_id == employer_id, Brochure.no == accepted)
    return db.session.scalars(chosen.options(joinedload(Brochure.file))).one_or_none()


def coming_fairs(employer_id: int, university_id: int, now: datetime) -> list[tuple[Event, datetime]]:
    """The university's public fairs to come at which the employer has a confirmed place, with their first start."""
    first = sa.func.min(Occurrence.starts_at)
    rows = db.session.execute(
        sa.select(Event, first)
        .join(Exhibitor, Exhibitor.event_id == Event.id)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(
            Exhibitor.employer_id == employer_id,
            Exhibitor.state.in_(COMING),
            Event.university_id == university_id,
            Event.published_at.is_not(None),
            Occurrence.ends_at > now,
        )
        .group_by(Event.id)
        .order_by(first)
        .limit(20)
    )
    return [(event, starts_at) for event, starts_at in rows]
