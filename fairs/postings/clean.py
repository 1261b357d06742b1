"""Approving several clean postings at once: only those whose title and text were on the officer's screen (O2)."""

from collections.abc import Iterable
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


@transaction
def approve_clean(chosen: Iterable[Seen], university_id: int, note: str, *, by: int, now: datetime) -> int:
    """Approve several postings in which nothing was found; how many. All or none.

    ``note`` proves that each of them, in this version, was shown to this officer. Raises NotShown, NotClean, or
    what ``decide_posting`` raises.
    """
    seen, at = _read(note, by)
    picked = list(dict.fromkeys(chosen))
    if not set(picked) <= seen:
        raise NotShown
    cases = [(vetting.case(public_id, university_id, SubjectKind.POSTING), v) for public_id, v in picked]
    for case, version in sorted(cases, key=lambda pair: pair[0].id):
        _check_clean(case)
        decide_posting(case.id, VerdictKind.APPROVE, "", version, by, now)
        audit.record("saw_text", case, by=by, university_id=university_id, now=now, shown_at=at.isoformat())
    return len(cases)


def _check_clean(case: VettingCase) -> None:
    """Raises NotClean for what has to be judged: findings, doubts about the whole, an agency, an appeal."""
    judged = any(finding.severity in WITHOUT_ADVICE for finding in vetting.findings(case.id))
    posting = found(db.session.get(Posting, case.subject_id))
    agency = posting.hiring_employer_id != posting.publishing_employer_id
    if judged or agency or vetting.doubtful(case.id) or case.state is CaseState.APPEALED:
        raise NotClean(title=case.title)
