"""The words of public events, as a re-check reads them (S35): title, introduction, link of a live stream."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.clauses import catalogue
from fairs.database import db, found, lock
from fairs.operations.notices import facts_of
from fairs.operations.steps import tell
from fairs.operations.texts import put_before
from fairs.postings.models import RuleChange
from fairs.postings.reading import Reading
from fairs.postings.shelves import Text, quotes_of
from fairs.programmes.models import Event
from fairs.programmes.rules import OVER
from fairs.programmes.wording import public_words, writers
from fairs.vetting import queries as vetting
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import CaseState, SubjectKind


class EventShelf:
    """Events that are public and not over."""

    kind = SubjectKind.EVENT

    def waiting(self, university_id: int, now: datetime) -> int:
        """How many the rules in force have not read yet."""
        unread = _unread(university_id).subquery()
        return db.session.scalar(sa.select(sa.func.count()).select_from(unread)) or 0

    def page(self, university_id: int, after: int, limit: int, now: datetime) -> list[Text]:
        """The next ones, each with the newest case on the very words that it shows."""
        chosen = _unread(university_id).where(Event.id > after).order_by(Event.id).limit(limit)
        events = db.session.scalars(chosen).all()
        cases = _approved(event.id for event in events)
        profile = vetting.policy(university_id).profile.value
        texts = []
        for event in events:
            words = public_words(event)
            case = next((one for one in cases.get(event.id, []) if one.text == words), None)
            reading = Reading(tuple(sorted(words.items())), None, profile)
            texts.append(Text(event.id, event.id, case.id if case else None, reading))
        return texts

    def mark(self, texts: Sequence[Text]) -> None:
        """Remember that they were read."""
        marked = sa.update(Event).where(Event.id.in_([text.subject_id for text in texts]))
        changed = marked.values(words_read=catalogue.version())
        db.session.execute(changed.execution_options(synchronize_session=False))

    def held(self, text: Text) -> Event | None:
        """The event, if it still shows these words."""
        event = lock(Event, text.subject_id)
        same = event.published_at is not None and public_words(event) == dict(text.reading.text)
        return event if same and (event.words_held_at is None or event.summary_shown) else None

    def case_of(self, text: Text, now: datetime) -> VettingCase:
        """The case on these words; words in which nothing was found so far come before the officers now."""
        if text.case_id is not None:
            return found(db.session.get(VettingCase, text.case_id))
        return put_before(lock(Event, text.subject_id), by=None, now=now)

    def stop_showing(self, change: RuleChange, case: VettingCase, now: datetime) -> Event:
        """Hold the introduction back and tell who plans the event; when and where it is stays."""
        event = lock(Event, case.subject_id)
        event.words_held_at, event.summary_shown = event.words_held_at or now, ""
        audit.record(
            "hold_event_words", event, by=change.decided_by, university_id=event.university_id, now=now
        )
        facts = facts_of(event, "；".join(quotes_of(change)))
        tell(event, "operations/words_held", writers(event, now), now, facts)
        return event


def _unread(university_id: int) -> sa.Select[Event]:
    return sa.select(Event).where(
        Event.university_id == university_id,
        Event.published_at.is_not(None),
        Event.state.not_in(sorted(OVER)),
        sa.or_(Event.words_held_at.is_(None), Event.summary_shown != ""),
        Event.words_read.is_distinct_from(catalogue.version()),
    )


def _approved(event_ids: Iterable[int]) -> dict[int, list[VettingCase]]:
    """Approved cases by event, the newest first."""
    chosen = sa.select(VettingCase).where(
        VettingCase.subject_kind == SubjectKind.EVENT,
        VettingCase.subject_id.in_(list(event_ids)),
        VettingCase.state == CaseState.APPROVED,
    )
    cases: dict[int, list[VettingCase]] = {}
    for case in db.session.scalars(chosen.order_by(VettingCase.id.desc())):
        cases.setdefault(case.subject_id, []).append(case)
    return cases
