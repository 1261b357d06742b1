"""How postings stand before each university, derived from their cases and publications."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from fairs.audit.models import Audit
from fairs.database import db
from fairs.employers.models import EmployerStanding
from fairs.institutions.models import University
from fairs.postings.life import CaseOutcome, Shown, Standing, standing_of
from fairs.postings.models import Posting, PostingPublication, PostingRevision
from fairs.postings.queries.published import HIDES
from fairs.postings.queries.written import latest_revision
from fairs.postings.rules import PostingState
from fairs.vetting import queries as vetting
from fairs.vetting.marks import numbered
from fairs.vetting.models import Finding, VettingCase
from fairs.vetting.rules import (
    VERDICT_LABELS,
    WAITING,
    CaseOrigin,
    CaseState,
    SubjectKind,
    VerdictKind,
    may_appeal,
)

_OUTCOMES = {
    CaseState.IN_REVIEW: CaseOutcome.WAITING,
    CaseState.APPEALED: CaseOutcome.WAITING,
    CaseState.LIFTING: CaseOutcome.WAITING,
    CaseState.APPROVED: CaseOutcome.APPROVED,
    CaseState.RETURNED: CaseOutcome.RETURNED,
    CaseState.REJECTED: CaseOutcome.REJECTED,
}


@dataclass(frozen=True)
class AtSchool:
    """One posting before one university."""

    university: University
    standing: Standing
    case: VettingCase | None
    publication: PostingPublication | None
    barred: bool

    @property
    def hidden(self) -> bool:
        """Whether it is not shown although it was approved, because the employer is barred there."""
        return self.barred and self.standing.state in {PostingState.PUBLISHED, PostingState.SCHEDULED}


@dataclass(frozen=True)
class Overview:
    """A posting in its newest version, and how it stands at each university that has seen it."""

    revision: PostingRevision
    schools: list[AtSchool] = field(default_factory=list)

    @property
    def posting(self) -> Posting:
        """The posting."""
        return self.revision.posting

    @property
    def state(self) -> PostingState:
        """What it is where no university has seen it."""
        return PostingState.WITHDRAWN if self.posting.ended_at else PostingState.DRAFT

    @property
    def waiting(self) -> bool:
        """Whether every university that has this version is still reading it, so that it cannot change."""
        cases = [at.case for at in self.schools if at.case and at.case.revision_no == self.revision.no]
        return bool(cases) and all(case.state in WAITING for case in cases)


def overview(latest: Sequence[PostingRevision], now: datetime) -> list[Overview]:
    """How postings (given by their newest versions) stand; four queries, however many they are."""
    numbers = [one.posting_id for one in latest]
    cases = {
        (case.subject_id, case.university_id): case
        for case in vetting.cases_of(SubjectKind.POSTING, numbers)
        if case.state is not CaseState.WITHDRAWN
    }
    shown = {(one.posting_id, one.university_id): one for one in _standing_publications(numbers)}
    schools = _universities({key[1] for key in (*cases, *shown)})
    barred = _barred({one.posting.publishing_employer_id for one in latest})
    rows = []
    for one in latest:
        seen = sorted({key[1] for key in (*cases, *shown) if key[0] == one.posting_id})
        at = [
            AtSchool(
                schools[n],
                _standing(one.posting, cases.get((one.posting_id, n)), shown.get((one.posting_id, n)), now),
                cases.get((one.posting_id, n)),
                shown.get((one.posting_id, n)),
                (one.posting.publishing_employer_id, n) in barred,
            )
            for n in seen
        ]
        rows.append(Overview(one, at))
    return rows


def _barred(employer_ids: set[int]) -> set[tuple[int, int]]:
    """(employer, university) where nothing of an employer is shown, whatever was approved."""
    chosen = sa.select(EmployerStanding.employer_id, EmployerStanding.university_id).where(
        EmployerStanding.employer_id.in_(employer_ids), EmployerStanding.state.in_(HIDES)
    )
    return {(row[0], row[1]) for row in db.session.execute(chosen)}


def is_frozen(one: Posting, now: datetime) -> bool:
    """Whether the posting cannot be changed now: every university that has its newest version still reads it."""
    return overview([latest_revision(one.id)], now)[0].waiting


def _universities(numbers: set[int]) -> dict[int, University]:
    chosen = sa.select(University).where(University.id.in_(numbers))
    return {one.id: one for one in db.session.scalars(chosen)}


def _standing_publications(posting_ids: Iterable[int]) -> list[PostingPublication]:
    chosen = sa.select(PostingPublication).where(
        PostingPublication.posting_id.in_(list(posting_ids)), PostingPublication.taken_down_at.is_(None)
    )
    return list(db.session.scalars(chosen))


def _standing(
    one: Posting, case: VettingCase | None, publication: PostingPublication | None, now: datetime
) -> Standing:
    return standing_of(
        ended=one.ended_at is not None,
        outcome=_OUTCOMES[case.state] if case else None,
        shown=Shown(publication.from_at, publication.until_at) if publication else None,
        now=now,
    )


def state_of(one: Posting, university: University, now: datetime) -> Standing:
    """What a posting is before a university, derived from its cases and publications."""
    case = vetting.latest_case(SubjectKind.POSTING, one.id, university.id)
    shown = next((p for p in _standing_publications([one.id]) if p.university_id == university.id), None)
    return _standing(one, case, shown, now)


@dataclass(frozen=True)
class Step:
    """Something that happened to a posting, for the timeline; ``what`` is a message id."""

    at: datetime
    what: str
    school: University | None
    note: str = ""


ORIGIN_LABELS = {CaseOrigin.SUBMITTED: "已提交审核", CaseOrigin.RECHECK: "规则更新，暂停展示并重新审核"}
TRAIL_LABELS = {"take_down_posting": "学校停止展示", "recall_posting": "收回修改"}
"""What the trail says beside submissions and decisions."""


def history(one: Posting) -> list[Step]:
    """What happened to a posting before the universities, newest first; officers stay unnamed."""
    cases = {case.id: case for case in vetting.cases_of(SubjectKind.POSTING, [one.id])}
    trail = _trail(one.id)
    noted = {row.university_id for row in trail if row.university_id is not None}
    schools = _universities({case.university_id for case in cases.values()} | noted)
    steps = [
        Step(case.submitted_at, ORIGIN_LABELS[case.origin], schools[case.university_id])
        for case in cases.values()
    ]
    for decision, _name in vetting.decisions(cases):
        if decision.verdict is VerdictKind.LIFT:
            continue  # a word among officers
        school = schools[cases[decision.case_id].university_id]
        steps.append(Step(decision.at, VERDICT_LABELS[decision.verdict], school, decision.reason))
    for row in trail:
        school_of = schools.get(row.university_id or 0)
        steps.append(Step(row.at, TRAIL_LABELS[row.action], school_of, row.detail.get("reason", "")))
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _trail(posting_id: int) -> list[Audit]:
    chosen = sa.select(Audit).where(
        Audit.subject_kind == Posting.__tablename__,
        Audit.subject_id == posting_id,
        Audit.action.in_(TRAIL_LABELS),
    )
    return list(db.session.scalars(chosen.order_by(Audit.id)))


@dataclass(frozen=True)
class Returned:
    """What a university asks to be changed: its reason, and the marked clauses that it stands by."""

    at: AtSchool
    case: VettingCase
    reason: str
    numbered: list[tuple[int, Finding]]
    appealable: bool


def returned(schools: Sequence[AtSchool]) -> list[Returned]:
    """The returns and rejections that the employer has to answer, with what is to be changed."""
    open_cases = [
        (at, at.case)
        for at in schools
        if at.case is not None and at.case.state in {CaseState.RETURNED, CaseState.REJECTED}
    ]
    decisions = [row for row, _name in vetting.decisions(case.id for _, case in open_cases)]
    findings = vetting.standing_findings(case.id for _, case in open_cases)
    # numbered through, so that what several universities find is one mark in the text
    marked = numbered(one for _, case in open_cases for one in findings.get(case.id, []))
    answers = []
    for at, case in open_cases:
        steps = [row for row in decisions if row.case_id == case.id]
        reason = next((row.reason for row in steps if row.verdict is not VerdictKind.APPEAL), "")
        appeals = sum(row.verdict is VerdictKind.APPEAL for row in steps)
        own = [pair for pair in marked if pair[1].case_id == case.id]
        answers.append(Returned(at, case, reason, own, may_appeal(case.state, appeals)))
    return answers
