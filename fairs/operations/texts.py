"""The words of an event before its university: title, introduction and link are vetted before it opens (S35)."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import unquote

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.clauses import catalogue
from fairs.clauses.engine import check
from fairs.clauses.rules import Severity
from fairs.database import db, lock, transaction
from fairs.operations.rules import EventTextUnvetted
from fairs.programmes.models import Event
from fairs.vetting import actions as vetting
from fairs.vetting import queries as cases
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import WAITING, CaseState, SubjectKind, quoted


def text_of(event: Event) -> dict[str, str]:
    """What everybody will read; the link of an online event is read as words, for it may name a live stream."""
    words = {"title": event.title, "description": event.summary, "live": unquote(event.online_url)}
    return {name: text for name, text in words.items() if text}


def judged(event: Event) -> tuple[str, ...]:
    """Quotes of what an officer has to judge in these words; empty if nothing."""
    profile = cases.policy(event.university_id).profile.value
    found = [one for field, text in text_of(event).items() for one in check(text, field, None, profile)]
    return tuple(one.quote for one in found if one.severity is not Severity.ADVISE)


def _cases(event: Event) -> Sequence[VettingCase]:
    """The cases of this event, newest first."""
    chosen = sa.select(VettingCase).where(
        VettingCase.subject_kind == SubjectKind.EVENT,
        VettingCase.subject_id == event.id,
        VettingCase.university_id == event.university_id,
    )
    return db.session.scalars(chosen.order_by(VettingCase.revision_no.desc(), VettingCase.id.desc())).all()


def unread(event: Event) -> tuple[str, ...]:
    """Quotes of what still has to be judged: empty if nothing is found, or these very words were approved."""
    quotes = judged(event)
    words = text_of(event) if quotes else {}
    approved = any(case.state is CaseState.APPROVED and case.text == words for case in _cases(event))
    return () if not quotes or approved else quotes


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
    words, waiting = text_of(event), [case for case in earlier if case.state in WAITING]
    same = next((case for case in waiting if case.text == words), None)
    if same is not None and found:
        return same
    for case in waiting:
        vetting.withdraw_case(case.id, by=by, now=now)
    detail = {"rulebook": catalogue.version(), "judged": len(found)}
    audit.record("read_event_text", event, by=by, university_id=event.university_id, now=now, **detail)
    if not found:
        return None
    return vetting.open_case(
        SubjectKind.EVENT,
        event.id,
        earlier[0].revision_no + 1 if earlier else 1,
        event.title,
        words,
        event.university_id,
        employer_type=None,
        by=by,
        now=now,
    )
