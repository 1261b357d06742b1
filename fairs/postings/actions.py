"""What employers do with postings, and what an officer's decision brings about (E4, E5, O2, O3)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.employers import queries as employers
from fairs.employers import records
from fairs.employers.models import Employer
from fairs.institutions import duties
from fairs.institutions.models import University
from fairs.messages import actions as messages
from fairs.postings import queries
from fairs.postings.content import Content
from fairs.postings.models import Posting, PostingRevision
from fairs.postings.rules import (
    DECISION_MAILS,
    AlreadySubmitted,
    ChangedMeanwhile,
    ChangedSinceShown,
    NoSchoolChosen,
    NotVerified,
    PostingEnded,
    PostingKind,
    RevisionFrozen,
    check_complete,
    check_daily,
    check_reason,
    check_validity,
)
from fairs.postings.showing import publish, take_down
from fairs.postings.statutes import NOTHING, Stated, statute_of
from fairs.postings.versions import seal_of, write
from fairs.postings.whole import remarks_on
from fairs.vetting import actions as vetting_actions
from fairs.vetting import doubts
from fairs.vetting import queries as vetting
from fairs.vetting.models import Decision, VettingCase
from fairs.vetting.rules import WAITING, CaseState, SubjectKind, VerdictKind


@transaction
def draft_posting(
    employer_id: int,
    kind: PostingKind,
    content: Content,
    *,
    by: int,
    now: datetime,
    hiring_employer_id: int | None = None,
    copied_from_id: int | None = None,
) -> Posting:
    """A new posting of an employer, as a draft that nobody else sees."""
    posting = Posting(
        publishing_employer_id=employer_id,
        hiring_employer_id=hiring_employer_id or employer_id,
        kind=kind,
        created_by=by,
        created_at=now,
        copied_from_id=copied_from_id,
    )
    db.session.add(posting)
    db.session.flush()
    write(PostingRevision(posting_id=posting.id, no=1, created_at=now), content)
    audit.record("draft_posting", posting, by=by, university_id=None, now=now)
    return posting


@transaction
def revise(
    posting_id: int,
    content: Content,
    *,
    by: int,
    now: datetime,
    kind: PostingKind | None = None,
    seen: str | None = None,
) -> PostingRevision:
    """Change a draft, or begin the next version of what was decided; submitted versions never change.

    ``kind`` can change until the first submission; ``seen`` is the seal of what the author changes. Raises
    PostingEnded, ChangedMeanwhile where it has changed since, or RevisionFrozen while every university that has
    this version is still reading it.
    """
    posting = locked_posting(posting_id)
    revision = queries.latest_revision(posting.id)
    if seen is not None and seen != seal_of(revision):
        raise ChangedMeanwhile
    if revision.no == 1 and revision.frozen_at is None and kind is not None:
        posting.kind = kind
    if revision.frozen_at is None:
        write(revision, content)
    else:
        _check_decided(revision)
        following = PostingRevision(posting_id=posting.id, no=revision.no + 1, created_at=now)
        revision = write(following, content)
    audit.record("revise_posting", posting, by=by, university_id=None, now=now, revision=revision.no)
    return revision


def locked_posting(posting_id: int) -> Posting:
    """The posting, locked, if it may still change. Inside actions. Raises PostingEnded."""
    posting = lock(Posting, posting_id)
    if posting.ended_at is not None:
        raise PostingEnded
    return posting


def _check_decided(revision: PostingRevision) -> None:
    """Raises RevisionFrozen while every university that has this version is still reading it."""
    cases = [case for case in _cases(revision.posting_id) if case.revision_no == revision.no]
    if cases and all(case.state in WAITING for case in cases):
        raise RevisionFrozen


def _cases(posting_id: int) -> list[VettingCase]:
    cases = vetting.cases_of(SubjectKind.POSTING, [posting_id])
    return [case for case in cases if case.state is not CaseState.WITHDRAWN]


@transaction
def submit_revision(
    posting_id: int,
    university_ids: Iterable[int],
    *,
    by: int,
    now: datetime,
    stated: Stated = NOTHING,
    seen: str | None = None,
) -> list[VettingCase]:
    """Put the newest version before universities: it is frozen, and each opens one case.

    ``seen`` is the seal of what was shown to whoever submits (ChangedSinceShown if it has changed since). Text
    with a blocking finding needs a statutory ground and its document (``stated``), frozen with the case (S36). An
    older version that still waits there is withdrawn. Raises PostingIncomplete (P5), ValidityWrong,
    NoSchoolChosen, NotVerified, NotAuthorised (S137), AlreadySubmitted, DailyLimit (P15), StatuteMissing,
    StatuteUnproved, FileRefused or PostingEnded.
    """
    posting = locked_posting(posting_id)
    records.check_acts_for(posting.publishing_employer_id, posting.hiring_employer_id, now)
    revision = queries.latest_revision(posting.id)
    if seen is not None and seen != seal_of(revision):
        raise ChangedSinceShown
    content = queries.content_of(revision)
    check_complete(content.elements(), posting.kind)
    check_validity(content.valid_until, campus_day(now))
    chosen = sorted(set(university_ids))
    if not chosen:
        raise NoSchoolChosen
    if revision.frozen_at is None:
        revision.frozen_at, revision.content_hash = now, content.fingerprint()
    schools = [_school(number) for number in chosen]
    statute = statute_of(content.text(), posting.hiring_employer, schools, stated, by=by, now=now)
    return [_submit_to(school, posting, revision, content, statute, by=by, now=now) for school in schools]


def _school(number: int) -> University:
    return found(db.session.get(University, number))


def _submit_to(
    school: University,
    posting: Posting,
    revision: PostingRevision,
    content: Content,
    statute: doubts.Statute | None,
    *,
    by: int,
    now: datetime,
) -> VettingCase:
    if not employers.is_verified(posting.publishing_employer_id, school.id):
        raise NotVerified
    known = vetting.cases_of(SubjectKind.POSTING, [posting.id])
    seen = [case for case in known if case.university_id == school.id]
    earlier = [case for case in seen if case.state is not CaseState.WITHDRAWN]
    if any(case.revision_no == revision.no for case in earlier):
        raise AlreadySubmitted(school=school.named)
    if not seen:
        today = queries.submitted_today(posting.publishing_employer_id, school.id, posting.kind, now)
        most = duties.whole(school.settings, "postings_per_day")
        check_daily(today, most, school=school.named, kind=posting.kind)
    for case in earlier:
        vetting_actions.withdraw_case(case.id, by=by, now=now)
    return vetting_actions.open_case(
        SubjectKind.POSTING,
        posting.id,
        revision.no,
        content.title,
        content.text(),
        school.id,
        employer_type=queries.employer_type(posting.hiring_employer),
        by=by,
        now=now,
        whole=_whole(posting.hiring_employer, content, statute),
    )


def _whole(firm: Employer, content: Content, statute: doubts.Statute | None) -> doubts.Whole:
    return doubts.Whole(firm, remarks_on(asdict(content), queries.firm_of(firm)), statute)


@transaction
def withdraw_posting(posting_id: int, reason: str, *, by: int, now: datetime) -> None:
    """Take a posting back everywhere, at once and for good. Raises EndReasonMissing or PostingEnded."""
    posting = locked_posting(posting_id)
    posting.ended_at, posting.end_reason = now, check_reason(reason)
    for case in _cases(posting.id):
        vetting_actions.withdraw_case(case.id, by=by, now=now)
    take_down(posting.id, None, now)
    audit.record("withdraw_posting", posting, by=by, university_id=None, now=now, reason=posting.end_reason)


@transaction
def appeal_posting(posting_id: int, university_id: int, ground: str, *, by: int, now: datetime) -> Decision:
    """Contest a university's return or rejection of the newest version (E5).

    Raises NotFound, NotAppealable or GroundMissing.
    """
    posting = locked_posting(posting_id)
    case = found(vetting.latest_case(SubjectKind.POSTING, posting.id, university_id))
    return vetting_actions.appeal(case.id, ground, by=by, now=now)


@transaction
def decide_posting(
    case_id: int,
    verdict: VerdictKind,
    reason: str,
    version: int,
    by: int,
    now: datetime,
    *,
    overruled: Mapping[int, str] | None = None,
) -> Decision:
    """An officer's decision, its publication and the message to the employer, all or nothing (S34).

    An approved version replaces the one that the university shows. Raises what ``vetting.actions.decide``
    raises, and NotVerified or ValidityOver where an approved posting could not be shown.
    """
    posting_id = found(db.session.get(VettingCase, case_id)).subject_id
    posting = lock(Posting, posting_id)
    decision = vetting_actions.decide(case_id, verdict, reason, version, by, now, overruled=overruled)
    if verdict is VerdictKind.APPROVE:
        publish(posting, decision, now)
    if verdict is not VerdictKind.LIFT:
        _tell(posting, decision, now)
    return decision


def _tell(posting: Posting, decision: Decision, now: datetime) -> None:
    case = decision.case
    params = {
        "title": case.title,
        "university": _school(case.university_id).name,
        "reason": decision.reason,
        "quotes": vetting.standing_quotes(case.id),
        "employer": posting.publishing_employer.public_id,
        "posting": posting.public_id,
    }
    messages.queue(
        DECISION_MAILS[decision.verdict],
        employers.contact_people(posting.publishing_employer_id),
        params,
        subject=posting,
        university_id=case.university_id,
        dedupe=f"decision:{decision.id}",
        now=now,
    )
