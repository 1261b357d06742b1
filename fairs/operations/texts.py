"""The words of an event before its university: title, introduction and link are vetted before it opens (S35)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.clauses import catalogue
from fairs.clauses.engine import check
from fairs.clauses.rules import Severity
from fairs.database import db, lock, transaction
from fairs.operations.rules import EventTextUnvetted, EventTitleUnvetted
from fairs.programmes.models import Event
from fairs.programmes.wording import words_of
from fairs.vetting import actions as vetting
from fairs.vetting import queries as cases
from fairs.vetting.models import Finding, VettingCase
from fairs.vetting.rules import WAITING, CaseState, SubjectKind, VerdictKind, quoted


def judged(event: Event) -> tuple[str, ...]:
    """Quotes of what an officer has to judge in these words; empty if nothing."""
    return _judged(event, words_of(event))


def _judged(event: Event, words: Mapping[str, str]) -> tuple[str, ...]:
    profile = cases.policy(event.university_id).profile.value
    found = [one for field, text in words.items() for one in check(text, field, None, profile)]
    return tuple(one.quote for one in found if one.severity is not Severity.ADVISE)


def _cases(event: Event) -> Sequence[VettingCase]:
    """The cases of this event that were not withdrawn, newest first."""
    chosen = sa.select(VettingCase).where(
        VettingCase.subject_kind == SubjectKind.EVENT,
        VettingCase.subject_id == event.id,
        VettingCase.university_id == event.university_id,
        VettingCase.state != CaseState.WITHDRAWN,
    )
    return db.session.scalars(chosen.order_by(VettingCase.revision_no.desc(), VettingCase.id.desc())).all()


def unread(event: Event) -> tuple[str, ...]:
    """Quotes of what still has to be judged: empty if nothing is found, or these very words were approved."""
    quotes = judged(event)
    words = words_of(event) if quotes else {}
    same = next((case for case in _cases(event) if case.text == words), None)
    return () if same is not None and same.state is CaseState.APPROVED else quotes


def check_words(event: Event) -> None:
    """Raises EventTextUnvetted while an officer has to judge the event's words."""
    quotes = unread(event)
    if quotes:
        raise EventTextUnvetted(quotes=quoted(quotes))


@transaction
def hand_in(event_id: int, *, by: int, now: datetime) -> VettingCase | None:
    """Put an event's words before the officers if something in them has to be judged; None if not.

    Words that were changed meanwhile take the place of those that still wait.
    """
    event = lock(Event, event_id)
    found, earlier = unread(event), _cases(event)
    event.words_read = catalogue.version()
    words, waiting = words_of(event), [case for case in earlier if case.state in WAITING]
    same = next((case for case in waiting if case.text == words), None)
    if same is not None and found:
        return same
    for case in waiting:
        vetting.withdraw_case(case.id, by=by, now=now)
    detail = {"rulebook": catalogue.version(), "judged": len(found)}
    audit.record("read_event_text", event, by=by, university_id=event.university_id, now=now, **detail)
    if not found:
        return None
    return put_before(event, by=by, now=now)


def put_before(event: Event, *, by: int | None, now: datetime) -> VettingCase:
    """A case on the event's words as they are; the one that waits already, if these words do. Inside an action."""
    words = words_of(event)
    same = next((case for case in _cases(event) if case.text == words), None)
    if same is not None and same.state in WAITING:
        return same
    last = sa.select(sa.func.max(VettingCase.revision_no)).where(
        VettingCase.subject_kind == SubjectKind.EVENT,
        VettingCase.subject_id == event.id,
        VettingCase.university_id == event.university_id,
    )
    return vetting.open_case(
        SubjectKind.EVENT,
        event.id,
        (db.session.scalar(last) or 0) + 1,
        event.title,
        words,
        event.university_id,
        employer_type=None,
        by=by,
        now=now,
    )


def reread(event: Event, before: Mapping[str, str], by: int, now: datetime) -> None:
    """Words of an event that everybody sees were changed: while an officer has to judge the new introduction, the
    one before stays public (S35). Inside an action.

    Raises EventTitleUnvetted.
    """
    if event.published_at is None:
        return
    title = _judged(event, {"title": event.title})
    if title:
        raise EventTitleUnvetted(quotes=quoted(title))
    db.session.flush()
    public = event.summary_shown if event.words_held_at else before.get("description", "")
    kept = public if _may_stay(event, public) else ""
    held = hand_in(event.id, by=by, now=now) is not None
    event.words_held_at, event.summary_shown = (now, kept) if held else (None, "")


def _may_stay(event: Event, introduction: str) -> bool:
    """Whether the rules in force have nothing against an introduction, or it was approved under them."""
    approved = event.words_read == catalogue.version() and any(
        case.state is CaseState.APPROVED and case.text.get("description") == introduction
        for case in _cases(event)
    )
    return approved or not _judged(event, {"description": introduction})


@dataclass(frozen=True)
class WordsStanding:
    """How the words of an event stand with the officers, for who wrote them."""

    case: VettingCase
    held: bool
    kept: bool
    reason: str
    findings: Sequence[Finding]


def standing(event: Event) -> WordsStanding | None:
    """The case on these very words, unless they have passed; None if nobody has to judge them."""
    words, held = words_of(event), event.words_held_at is not None
    case = next((case for case in _cases(event) if case.text == words), None)
    if case is None or (case.state is CaseState.APPROVED and not held):
        return None
    said = [one for one, _name in cases.decisions([case.id]) if one.verdict is not VerdictKind.LIFT]
    findings = cases.standing_findings([case.id]).get(case.id, [])
    return WordsStanding(case, held, bool(event.introduction), said[0].reason if said else "", findings)
