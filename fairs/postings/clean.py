"""Approving several clean postings at once: only those whose title and text were on the officer's screen (O2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from itsdangerous import BadSignature, URLSafeTimedSerializer

from fairs.audit import actions as audit
from fairs.config import settings
from fairs.database import db, found, transaction
from fairs.errors import Refusal
from fairs.postings.actions import decide_posting
from fairs.postings.models import Posting
from fairs.vetting import queries as vetting
from fairs.vetting.models import VettingCase
from fairs.vetting.queries import WITHOUT_ADVICE
from fairs.vetting.rules import CaseState, NotClean, SubjectKind, VerdictKind

MOST = 10
"""Texts on one page: more would not be read."""
SHOWN_FOR = timedelta(hours=2)

Seen = tuple[str, int]
"""A case's public id and the version of it that was on the screen."""


class NotShown(Refusal):
    """A text was not on the page from which it is approved."""

    code = "not_shown"
    sentence = "批量通过前要先看过每一条的标题和内容。请重新打开“逐条看过再通过”，看完后再勾选。"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key, salt="texts shown")


def shown(cases: Iterable[VettingCase], officer: int) -> str:
    """A signed note that this officer was shown these texts in these versions, and when."""
    return _signer().dumps([officer, [[case.public_id, case.version] for case in cases]])


def _read(note: str, officer: int) -> tuple[set[Seen], datetime]:
    """What the note says. Raises NotShown if it is false, too old or another officer's."""
    try:
        (who, seen), at = _signer().loads(note, max_age=int(SHOWN_FOR.total_seconds()), return_timestamp=True)
    except BadSignature as fault:
        raise NotShown from fault
    if who != officer:
        raise NotShown
    return {(public_id, version) for public_id, version in seen}, at


def candidates(university_id: int, officer: int, chosen: Iterable[str] = ()) -> list[VettingCase]:
    """Clean postings of low risk that this officer may approve, most urgent first; ``chosen`` only, if any."""
    statement = vetting.work_queue(university_id, risk="clean", kind=SubjectKind.POSTING.value).where(
        VettingCase.state == CaseState.IN_REVIEW,
        VettingCase.submitted_by.is_distinct_from(officer),
        ~_by_agency(),
    )
    wanted = list(chosen)[:MOST]
    if wanted:
        statement = statement.where(VettingCase.public_id.in_(wanted))
    return list(db.session.scalars(statement.limit(MOST)))


def _by_agency() -> sa.ColumnElement[bool]:
    return (
        sa.exists()
        .where(
            Posting.id == VettingCase.subject_id,
            Posting.hiring_employer_id != Posting.publishing_employer_id,
        )
        .correlate(VettingCase)
    )


@dataclass(frozen=True)
class Approved:
    """How many were approved, and which were not ((title, why)): a colleague was first, an employer may not."""

    count: int
    left: list[tuple[str, Refusal]]


def approve_clean(
    chosen: Iterable[Seen], university_id: int, note: str, *, by: int, now: datetime
) -> Approved:
    """Approve several postings in which nothing was found, each by itself.

    ``note`` proves that each of them, in this version, was shown to this officer. Raises NotShown or NotClean
    before any is approved.
    """
    seen, at = _read(note, by)
    picked = list(dict.fromkeys(chosen))
    if not set(picked) <= seen:
        raise NotShown
    cases = [(vetting.case(public_id, university_id, SubjectKind.POSTING), v) for public_id, v in picked]
    for case, _version in cases:
        _check_clean(case)
    left: list[tuple[str, Refusal]] = []
    for number, title, version in sorted((case.id, case.title, version) for case, version in cases):
        try:
            _approve(number, version, at, by=by, now=now)
        except Refusal as refusal:
            left.append((title, refusal))
    return Approved(len(cases) - len(left), left)


@transaction
def _approve(number: int, version: int, shown_at: datetime, *, by: int, now: datetime) -> None:
    """Approve one that was shown. Raises what ``decide_posting`` raises."""
    case = decide_posting(number, VerdictKind.APPROVE, "", version, by, now).case
    school, at = case.university_id, shown_at.isoformat()
    audit.record("saw_text", case, by=by, university_id=school, now=now, shown_at=at)


def shown_in(note: str, officer: int) -> list[str]:
    """Public ids of what a note says was shown to this officer; none where it does not hold any more."""
    try:
        return sorted(public_id for public_id, _version in _read(note, officer)[0])
    except NotShown:
        return []


def _check_clean(case: VettingCase) -> None:
    """Raises NotClean for what has to be judged: findings, doubts about the whole, an agency, an appeal."""
    judged = any(finding.severity in WITHOUT_ADVICE for finding in vetting.findings(case.id))
    posting = found(db.session.get(Posting, case.subject_id))
    agency = posting.hiring_employer_id != posting.publishing_employer_id
    if judged or agency or vetting.doubtful(case.id) or case.state is CaseState.APPEALED:
        raise NotClean(title=case.title)
