"""What happens to cases: opened with their findings, decided once, appealed, withdrawn (S34–S36)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.clauses import catalogue
from fairs.clauses.engine import check
from fairs.clauses.rules import Severity
from fairs.clock import campus_day
from fairs.database import db, lock, transaction
from fairs.errors import Conflict
from fairs.vetting import queries
from fairs.vetting.models import Decision, Finding, VettingCase
from fairs.vetting.rules import (
    WAITING,
    WORKDAYS_TO_DECIDE,
    CaseState,
    SubjectKind,
    VerdictKind,
    check_appeal,
    check_blocks,
    check_decision,
    check_officer,
    check_override,
)
from fairs.workdays import queries as workdays


@transaction
def open_case(
    subject_kind: SubjectKind,
    subject_id: int,
    revision_no: int,
    title: str,
    text: Mapping[str, str],
    university_id: int,
    *,
    profile: str,
    employer_type: str | None,
    by: int | None,
    now: datetime,
) -> VettingCase:
    """Put a frozen text ({field: text}) before a university, checked field by field (S34, S35).

    It is due within two working days. Raises Conflict if this revision already lies before the university.
    """
    case = VettingCase(
        university_id=university_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        revision_no=revision_no,
        title=title,
        text=dict(text),
        profile=profile,
        employer_type=employer_type,
        rulebook_version=catalogue.version(),
        submitted_at=now,
        submitted_by=by,
        due_at=workdays.calendar(university_id, around=campus_day(now)).deadline(now, WORKDAYS_TO_DECIDE),
    )
    db.session.add(case)
    db.session.flush()
    db.session.add_all(_findings(case))
    audit.record("open_case", case, by=by, university_id=university_id, now=now, revision=revision_no)
    return case


def _findings(case: VettingCase) -> list[Finding]:
    return [
        Finding(
            case_id=case.id,
            rulebook_version=case.rulebook_version,
            rule=one.rule,
            category=one.category,
            severity=one.severity,
            field=field,
            start=one.start,
            end=one.end,
            quote=one.quote,
            basis=one.basis,
            rewrite=one.rewrite,
        )
        for field, text in case.text.items()
        for one in check(text, field, case.employer_type, case.profile)
    ]


@transaction
def decide(
    case_id: int,
    verdict: VerdictKind,
    reason: str,
    version: int,
    by: int,
    now: datetime,
    *,
    may_override: bool,
    overruled: Iterable[int] = (),
) -> Decision:
    """An officer's decision on a waiting case; ``version`` is the one that the officer saw.

    ``overruled`` are ids of findings that the officer does not share; an approval overrules all that remain
    to be judged. Raises AlreadyDecided for whoever comes second, OwnSubmission, SecondOfficerNeeded,
    VerdictReasonMissing, BlockedClause, OverrideReasonMissing or Conflict.
    """
    case = lock(VettingCase, case_id)
    outcome = check_decision(case.state, verdict, reason)
    first = queries.last_decision(case.id) if case.state is CaseState.APPEALED else None
    check_officer(by, case.submitted_by, first.by if first else None)
    blocking = queries.blocking(case.id)
    check_blocks(verdict, blocking, may_override=may_override)
    check_override(verdict, blocking, reason)
    if case.version != version:
        raise Conflict
    decision = _step(case, verdict, reason, by, now)
    case.state = outcome
    _overrule(case, decision, set(overruled))
    audit.record("decide_case", case, by=by, university_id=case.university_id, now=now, verdict=verdict.value)
    return decision


def _step(case: VettingCase, verdict: VerdictKind, reason: str, by: int, now: datetime) -> Decision:
    seq = db.session.scalar(sa.select(sa.func.max(Decision.seq)).where(Decision.case_id == case.id)) or 0
    decision = Decision(case_id=case.id, seq=seq + 1, verdict=verdict, reason=reason.strip(), by=by, at=now)
    db.session.add(decision)
    db.session.flush()
    return decision


def _overrule(case: VettingCase, decision: Decision, chosen: set[int]) -> None:
    """Record which findings the decision does not share."""
    approved = decision.verdict is VerdictKind.APPROVE
    for finding in queries.findings(case.id):
        judged = approved and finding.severity is not Severity.ADVISE
        if finding.overruled_by is None and (judged or finding.id in chosen):
            finding.overruled_by = decision.id


@transaction
def appeal(case_id: int, ground: str, *, by: int, now: datetime) -> Decision:
    """The author contests a return or rejection; another officer decides within two working days (E5, O3).

    Raises NotAppealable or GroundMissing.
    """
    case = lock(VettingCase, case_id)
    case.state = check_appeal(case.state, ground, queries.appeals(case.id))
    case.due_at = workdays.calendar(case.university_id, around=campus_day(now)).deadline(
        now, WORKDAYS_TO_DECIDE
    )
    step = _step(case, VerdictKind.APPEAL, ground, by, now)
    audit.record("appeal_case", case, by=by, university_id=case.university_id, now=now)
    return step


@transaction
def withdraw_case(case_id: int, *, by: int | None, now: datetime) -> None:
    """The author takes the text back before it is decided; nothing happens to a decided case."""
    case = lock(VettingCase, case_id)
    if case.state in WAITING:
        case.state = CaseState.WITHDRAWN
        audit.record("withdraw_case", case, by=by, university_id=case.university_id, now=now)
