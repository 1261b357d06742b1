"""Reads of cases, findings and decisions; everything is asked for one university."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from fairs.accounts.models import Person
from fairs.clauses.rules import Severity
from fairs.database import db, found
from fairs.institutions import queries as institutions
from fairs.programmes.models import Occurrence
from fairs.vetting.models import Decision, Finding, Likeness, VettingCase
from fairs.vetting.policy import VettingPolicy
from fairs.vetting.rules import (
    WAITING,
    CaseState,
    SubjectKind,
    VerdictKind,
)

WITHOUT_ADVICE = (Severity.BLOCK, Severity.REVIEW)
"""Severities that an officer must judge."""


def case(public_id: str, university_id: int, kind: SubjectKind | None = None) -> VettingCase:
    """The case under this public id at a university (of a kind, if given). Raises NotFound."""
    chosen = sa.select(VettingCase).where(
        VettingCase.public_id == public_id, VettingCase.university_id == university_id
    )
    if kind is not None:
        chosen = chosen.where(VettingCase.subject_kind == kind)
    return found(db.session.scalars(chosen).one_or_none())


def policy(university_id: int) -> VettingPolicy:
    """How a university vets."""
    return VettingPolicy.read(institutions.university(university_id).settings)


def rounds(kind: SubjectKind, subject_id: int, revision_no: int, university_id: int) -> int:
    """How often this revision has been put before a university."""
    chosen = sa.select(sa.func.max(VettingCase.round)).where(
        VettingCase.university_id == university_id,
        VettingCase.subject_kind == kind,
        VettingCase.subject_id == subject_id,
        VettingCase.revision_no == revision_no,
    )
    return db.session.scalar(chosen) or 0


def latest_case(kind: SubjectKind, subject_id: int, university_id: int) -> VettingCase | None:
    """The newest case of a subject at a university that was not withdrawn."""
    chosen = (
        sa.select(VettingCase)
        .where(
            VettingCase.subject_kind == kind,
            VettingCase.subject_id == subject_id,
            VettingCase.university_id == university_id,
            VettingCase.state != CaseState.WITHDRAWN,
        )
        .order_by(VettingCase.revision_no.desc(), VettingCase.round.desc())
    )
    return db.session.scalars(chosen.limit(1)).first()


def cases_of(kind: SubjectKind, subject_ids: Iterable[int]) -> list[VettingCase]:
    """All cases of these subjects at all universities, oldest revision first; for their author."""
    chosen = sa.select(VettingCase).where(
        VettingCase.subject_kind == kind, VettingCase.subject_id.in_(list(subject_ids))
    )
    return list(db.session.scalars(chosen.order_by(VettingCase.revision_no, VettingCase.id)))


def findings(case_id: int) -> list[Finding]:
    """The findings of a case, in the order of its text."""
    chosen = sa.select(Finding).where(Finding.case_id == case_id)
    return list(db.session.scalars(chosen.order_by(Finding.id)))


def standing_findings(case_ids: Iterable[int]) -> dict[int, list[Finding]]:
    """Findings that officers share, by case: one that a lift was only proposed for stands until another agrees."""
    only_proposed = sa.and_(Decision.verdict == VerdictKind.LIFT, VettingCase.state != CaseState.APPROVED)
    chosen = (
        sa.select(Finding)
        .join(VettingCase, VettingCase.id == Finding.case_id)
        .outerjoin(Decision, Decision.id == Finding.overruled_by)
        .where(Finding.case_id.in_(list(case_ids)), sa.or_(Decision.id.is_(None), only_proposed))
    )
    by_case: dict[int, list[Finding]] = defaultdict(list)
    for finding in db.session.scalars(chosen.order_by(Finding.id)):
        by_case[finding.case_id].append(finding)
    return by_case


def decisions(case_ids: Iterable[int]) -> list[tuple[Decision, str]]:
    """What was decided on these cases and by whom (decision, person's name), newest first."""
    chosen = (
        sa.select(Decision, Person.name)
        .join(Person, Person.id == Decision.by)
        .where(Decision.case_id.in_(list(case_ids)))
        .order_by(Decision.at.desc(), Decision.id.desc())
    )
    return [(row[0], row[1]) for row in db.session.execute(chosen)]


def last_decision(case_id: int) -> Decision | None:
    """The newest decision of officers on a case; appeals are not decisions of officers."""
    chosen = sa.select(Decision).where(Decision.case_id == case_id, Decision.verdict != VerdictKind.APPEAL)
    return db.session.scalars(chosen.order_by(Decision.seq.desc()).limit(1)).first()


def appeals(case_id: int) -> int:
    """How often a case was appealed."""
    chosen = sa.select(sa.func.count(Decision.id)).where(
        Decision.case_id == case_id, Decision.verdict == VerdictKind.APPEAL
    )
    return db.session.scalar(chosen) or 0


def standing_quotes(case_id: int, most: int = 10) -> list[str]:
    """Quotes of what still has to be changed in a case, each once."""
    standing = standing_findings([case_id]).get(case_id, [])
    quotes = (finding.quote for finding in standing if finding.severity is not Severity.ADVISE)
    return list(dict.fromkeys(quotes))[:most]


def blocking(case_id: int) -> tuple[str, ...]:
    """Quotes of the blocking findings of a case."""
    chosen = sa.select(Finding.quote).where(Finding.case_id == case_id, Finding.severity == Severity.BLOCK)
    return tuple(db.session.scalars(chosen.order_by(Finding.id)))


def _count(severity: Severity) -> sa.ScalarSelect[int]:
    # overruled ones too: what a colleague would let pass is what the next officer has to look at
    counted = sa.select(sa.func.count(Finding.id)).where(
        Finding.case_id == VettingCase.id, Finding.severity == severity
    )
    return counted.correlate(VettingCase).scalar_subquery()


def _next_fair() -> sa.ScalarSelect[datetime]:
    """When the next fair begins to which a posting is brought, in whichever version; past ones do not count.

    Places at fairs lie above this feature, so their tables are named, not imported.
    """
    place = sa.table("exhibitor", *(sa.column(name) for name in ("id", "event_id", "ended_at")))
    brought = sa.table("exhibitor_posting", sa.column("exhibitor_id"), sa.column("posting_revision_id"))
    version = sa.table("posting_revision", sa.column("id"), sa.column("posting_id"))
    return (
        sa.select(sa.func.min(Occurrence.starts_at))
        .select_from(version)
        .join(brought, brought.c.posting_revision_id == version.c.id)
        .join(place, place.c.id == brought.c.exhibitor_id)
        .join(Occurrence, Occurrence.event_id == place.c.event_id)
        .where(
            VettingCase.subject_kind == SubjectKind.POSTING,
            version.c.posting_id == VettingCase.subject_id,
            place.c.ended_at.is_(None),
            Occurrence.starts_at >= VettingCase.submitted_at,
        )
        .correlate(VettingCase)
        .scalar_subquery()
    )


def _doubts() -> sa.ColumnElement[int]:
    """Reasons to look twice at the whole text; that other employers use nearly the same one is one more."""
    alike = sa.exists().where(Likeness.case_id == VettingCase.id).correlate(VettingCase)
    return VettingCase.doubts + sa.case((alike, 1), else_=0)


FAIR_AT = _next_fair().label("fair_at")
BLOCKS = _count(Severity.BLOCK).label("blocks")
REVIEWS = _count(Severity.REVIEW).label("reviews")
DOUBTS = _doubts().label("doubts_")
URGENCY = (FAIR_AT.is_(None), FAIR_AT, BLOCKS.desc(), REVIEWS.desc(), DOUBTS.desc(), VettingCase.due_at)
"""The order of the queue: the nearest fair, then risk, then deadline; what is brought to no fair goes last."""
RISKS = {
    "block": BLOCKS > 0,
    "review": sa.and_(BLOCKS == 0, REVIEWS > 0),
    "doubt": DOUBTS > 0,
    "clean": sa.and_(BLOCKS == 0, REVIEWS == 0, DOUBTS == 0),
}
STATES: dict[str, tuple[CaseState, ...]] = {
    "waiting": tuple(sorted(WAITING)),
    "appealed": (CaseState.APPEALED,),
    "lifting": (CaseState.LIFTING,),
    "second": (CaseState.APPEALED, CaseState.LIFTING),
    "decided": (CaseState.APPROVED, CaseState.RETURNED, CaseState.REJECTED),
}


WorkQueue = sa.Select[VettingCase, int, int, int, datetime]


def work_queue(university_id: int, *, state: str = "", risk: str = "", kind: str = "") -> WorkQueue:
    """Rows (case, blocking findings, findings to judge, doubts about the whole, its next fair) of a university.

    What is brought to the nearest fair comes first, then what is riskier, then what is due sooner. The employer
    comes with its case.

    ``state`` is a key of STATES (waiting by default), ``risk`` of RISKS, ``kind`` a SubjectKind's value;
    unknown ones do not filter.
    """
    chosen = (
        sa.select(VettingCase, BLOCKS, REVIEWS, DOUBTS, FAIR_AT)
        .outerjoin(VettingCase.employer)
        .options(contains_eager(VettingCase.employer))
        .where(
            VettingCase.university_id == university_id,
            VettingCase.state.in_(STATES.get(state, STATES["waiting"])),
        )
    )
    if risk in RISKS:
        chosen = chosen.where(RISKS[risk])
    if kind in set(SubjectKind):
        chosen = chosen.where(VettingCase.subject_kind == SubjectKind(kind))
    if state == "decided":
        return chosen.order_by(VettingCase.submitted_at.desc(), VettingCase.id.desc())
    return chosen.order_by(*URGENCY, VettingCase.id)


def doubtful(case_id: int) -> bool:
    """Whether there are reasons to look twice at the whole text."""
    return bool(db.session.scalar(sa.select(DOUBTS).where(VettingCase.id == case_id)))


@dataclass(frozen=True)
class QueueFigures:
    """What waits: counts, and since when the oldest does."""

    waiting: int
    overdue: int
    blocked: int
    second: int
    oldest: datetime | None
    next_due: datetime | None


def queue_figures(university_id: int, now: datetime) -> QueueFigures:
    """Counts and ages of the cases that wait for the officers of a university."""
    waiting = work_queue(university_id).order_by(None).subquery()
    count = sa.func.count()
    row = db.session.execute(
        sa.select(
            count,
            count.filter(waiting.c.due_at < now),
            count.filter(waiting.c.blocks > 0),
            count.filter(waiting.c.state.in_([CaseState.APPEALED, CaseState.LIFTING])),
            sa.func.min(waiting.c.submitted_at),
            sa.func.min(waiting.c.due_at),
        ).select_from(waiting)
    ).one()
    return QueueFigures(*row)
