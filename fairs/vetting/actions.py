"""What happens to cases: opened with their findings, decided once, appealed, withdrawn (S34–S36)."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.clauses import catalogue
from fairs.clauses.engine import check
from fairs.clauses.rules import Severity
from fairs.clock import campus_day
from fairs.database import db, lock, transaction
from fairs.errors import Conflict
from fairs.institutions import queries as institutions
from fairs.messages import actions as messages
from fairs.programmes.models import Event
from fairs.programmes.wording import words_of, writers
from fairs.vetting import doubts, queries, turns
from fairs.vetting.judges import check_officer
from fairs.vetting.models import Decision, Finding, VettingCase
from fairs.vetting.rules import (
    WAITING,
    CaseOrigin,
    CaseState,
    OverruleReasonMissing,
    SubjectKind,
    VerdictKind,
    check_appeal,
    check_decision,
    check_lift,
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
    employer_type: str | None,
    by: int | None,
    now: datetime,
    whole: doubts.Whole | None = None,
) -> VettingCase:
    """Put a frozen text ({field: text}) before a university, checked field by field by its profile (S34, S35).

    It is due within the working days that the university has set. With ``whole`` it is compared with other
    employers' texts (S37). Raises Conflict if this revision already lies there.
    """
    case = VettingCase(
        university_id=university_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        revision_no=revision_no,
        title=title,
        text=dict(text),
        employer_type=employer_type,
        submitted_by=by,
    )
    doubts.put_down(case, whole)
    _open(case, by, now)
    if whole is not None and whole.compared:
        doubts.compare(case, whole)
    return case


@transaction
def open_again(case_id: int, *, by: int | None, now: datetime) -> VettingCase:
    """Put the text of a decided case before its university again, because the rules have changed since."""
    before = lock(VettingCase, case_id)
    key = (before.subject_kind, before.subject_id, before.revision_no, before.university_id)
    case = VettingCase(
        university_id=before.university_id,
        subject_kind=before.subject_kind,
        subject_id=before.subject_id,
        revision_no=before.revision_no,
        round=queries.rounds(*key) + 1,
        origin=CaseOrigin.RECHECK,
        title=before.title,
        text=before.text,
        employer_type=before.employer_type,
        submitted_by=before.submitted_by,
        ground=before.ground,
        ground_file_id=before.ground_file_id,
    )
    doubts.put_again(case, before)
    return _open(case, by, now)


def _open(case: VettingCase, by: int | None, now: datetime) -> VettingCase:
    """Date a new case, check its text by the rules and the profile in force, and write the trail."""
    case.profile = queries.policy(case.university_id).profile.value
    case.rulebook_version = catalogue.version()
    case.submitted_at, case.due_at = now, _due(case.university_id, now)
    db.session.add(case)
    db.session.flush()
    db.session.add_all(_findings(case))
    db.session.flush()
    detail = {"revision": case.revision_no, "origin": case.origin.value}
    audit.record("open_case", case, by=by, university_id=case.university_id, now=now, **detail)
    return case


def _due(university_id: int, now: datetime) -> datetime:
    calendar = workdays.calendar(university_id, around=campus_day(now))
    return calendar.deadline(now, queries.policy(university_id).workdays)


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
    overruled: Mapping[int, str] | None = None,
) -> Decision:
    """An officer's decision on a waiting case; ``version`` is the one that the officer saw.

    ``overruled`` are findings that the officer does not share ({id: why}), with all that say the same; an approval
    overrules all that remain to be judged. The proposal to let a blocking clause pass (LIFT) leaves the case waiting
    for a second officer. Raises AlreadyDecided for whoever comes second, OwnSubmission, SecondOfficerNeeded,
    LiftNeedsSecond, DecidedBefore, VerdictReasonMissing, BlockedClause, NothingToLift, OverrideReasonMissing,
    OverruleReasonMissing or Conflict.
    """
    case = lock(VettingCase, case_id)
    outcome = check_decision(case.state, verdict, reason)
    check_officer(case.state, by, case.submitted_by, turns.steps(case.id), turns.office(case, now))
    check_lift(case.state, verdict, queries.blocking(case.id), reason)
    if case.version != version:
        raise Conflict
    decision = _step(case, verdict, reason, by, now)
    case.state = outcome
    _overrule(case, decision, dict(overruled or {}))
    audit.record("decide_case", case, by=by, university_id=case.university_id, now=now, verdict=verdict.value)
    if verdict is VerdictKind.LIFT:
        tell_officers("vetting/second_needed", case, decision, now)
    return decision


def tell_officers(kind: str, case: VettingCase, step: Decision, now: datetime) -> None:
    """Tell those of the career centre who may take the next step that a case waits for them."""
    messages.queue(
        kind,
        sorted(turns.turn_of(case, now)),
        {
            "title": case.title,
            "reason": step.reason,
            "due": case.due_at.isoformat(),
            "slug": institutions.university(case.university_id).slug,
        },
        subject=case,
        university_id=case.university_id,
        dedupe=f"{kind}:{step.id}",
        now=now,
    )


def _step(case: VettingCase, verdict: VerdictKind, reason: str, by: int, now: datetime) -> Decision:
    seq = db.session.scalar(sa.select(sa.func.max(Decision.seq)).where(Decision.case_id == case.id)) or 0
    decision = Decision(case_id=case.id, seq=seq + 1, verdict=verdict, reason=reason.strip(), by=by, at=now)
    db.session.add(decision)
    db.session.flush()
    return decision


def _overrule(case: VettingCase, decision: Decision, chosen: dict[int, str]) -> None:
    """Record which findings the decision does not share, and why."""
    approved = decision.verdict is VerdictKind.APPROVE
    standing = [(one, one.said) for one in queries.findings(case.id) if one.overruled_by is None]
    # a hint stands for every place where the same is said
    spoken = {said: chosen[one.id] for one, said in standing if one.id in chosen}
    for finding, said in standing:
        judged = approved and finding.severity is not Severity.ADVISE
        if judged or said in spoken:
            why = spoken.get(said, "").strip() or (decision.reason if approved else "")
            if said in spoken and not why:
                raise OverruleReasonMissing(quote=finding.quote)
            finding.overruled_by, finding.overrule_reason = decision.id, why


@transaction
def decide_text(
    case_id: int,
    verdict: VerdictKind,
    reason: str,
    version: int,
    by: int,
    now: datetime,
    *,
    overruled: Mapping[int, str] | None = None,
) -> Decision:
    """A decision on the words of an event; its author (or who words the event) is told.

    Of an event that everybody sees, words that are not approved are no longer shown, approved ones are again.
    Raises what ``decide`` raises.
    """
    decision = decide(case_id, verdict, reason, version, by, now, overruled=overruled)
    case = decision.case
    if verdict is not VerdictKind.LIFT:
        _show_or_hold(case, now)
    people = authors(case, now) if verdict is not VerdictKind.LIFT else []
    if people:
        messages.queue(
            "vetting/decided",
            people,
            {
                "title": case.title,
                "verdict": verdict.value,
                "reason": decision.reason,
                "quotes": queries.standing_quotes(case.id),
            },
            subject=case,
            university_id=case.university_id,
            dedupe=f"decision:{decision.id}",
            now=now,
        )
    return decision


def authors(case: VettingCase, now: datetime) -> list[int]:
    """Who handed the text in; where changed rules put it before the officers, who words the event."""
    if case.submitted_by is not None:
        return [case.submitted_by]
    event = db.session.get(Event, case.subject_id) if case.subject_kind is SubjectKind.EVENT else None
    return writers(event, now) if event is not None else []


def _show_or_hold(case: VettingCase, now: datetime) -> None:
    event = db.session.get(Event, case.subject_id) if case.subject_kind is SubjectKind.EVENT else None
    if event is not None and event.published_at and words_of(event) == case.text:
        approved = case.state is CaseState.APPROVED
        event.words_held_at = None if approved else event.words_held_at or now
        event.summary_shown = "" if approved else event.summary_shown


@transaction
def appeal(case_id: int, ground: str, *, by: int, now: datetime) -> Decision:
    """The author contests a return or rejection; another officer decides within the same time (E5, O3).

    Raises NotAppealable or GroundMissing.
    """
    case = lock(VettingCase, case_id)
    case.state = check_appeal(case.state, ground, queries.appeals(case.id))
    case.due_at = _due(case.university_id, now)
    step = _step(case, VerdictKind.APPEAL, ground, by, now)
    audit.record("appeal_case", case, by=by, university_id=case.university_id, now=now)
    tell_officers("vetting/appealed", case, step, now)
    return step


@transaction
def withdraw_case(case_id: int, *, by: int | None, now: datetime) -> None:
    """The author takes the text back before it is decided; nothing happens to a decided case."""
    case = lock(VettingCase, case_id)
    if case.state in WAITING:
        case.state = CaseState.WITHDRAWN
        audit.record("withdraw_case", case, by=by, university_id=case.university_id, now=now)
