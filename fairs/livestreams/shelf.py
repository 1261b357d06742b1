"""The words of announced streams, as a re-check reads them (S35)."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.clauses import catalogue
from fairs.database import db, found, lock
from fairs.livestreams import words
from fairs.livestreams.letters import speakers, tell
from fairs.livestreams.models import LiveSession, LiveWords
from fairs.livestreams.rules import LiveState
from fairs.postings.models import RuleChange
from fairs.postings.queries import employer_type
from fairs.postings.reading import Reading
from fairs.postings.shelves import Text
from fairs.programmes import queries as events
from fairs.programmes.models import Event
from fairs.programmes.wording import writers
from fairs.vetting import queries as vetting
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import SubjectKind


class LiveShelf:
    """Streams that are announced and to come; the key of a text is the number of its version."""

    kind = SubjectKind.LIVE_SESSION

    def waiting(self, university_id: int, now: datetime) -> int:
        """How many the rules in force have not read yet."""
        unread = _unread(university_id).subquery()
        return db.session.scalar(sa.select(sa.func.count()).select_from(unread)) or 0

    def page(self, university_id: int, after: int, limit: int, now: datetime) -> list[Text]:
        """The next ones; a version that waits or was sent back is read when it is decided, and passed over here."""
        chosen = _unread(university_id).where(LiveWords.id > after).order_by(LiveWords.id).limit(limit)
        rows = db.session.scalars(chosen).all()
        profile = vetting.policy(university_id).profile.value
        cases = {
            (case.subject_id, case.revision_no): case
            for case in vetting.cases_of(self.kind, [row.session_id for row in rows])
        }
        texts = []
        for row in rows:
            case, firm = cases.get((row.session_id, row.no)), row.session.employer
            kind = case.employer_type if case else employer_type(firm) if firm else None
            reading = Reading(tuple(sorted(row.text.items())), kind, case.profile if case else profile)
            texts.append(Text(row.id, row.session_id, case.id if case else None, reading))
        return texts

    def mark(self, texts: Sequence[Text]) -> None:
        """Remember that they were read."""
        marked = sa.update(LiveWords).where(LiveWords.id.in_([text.key for text in texts]))
        changed = marked.values(words_read=catalogue.version())
        db.session.execute(changed.execution_options(synchronize_session=False))

    def held(self, text: Text) -> LiveSession | None:
        """The stream, if these words are what it shows."""
        session = lock(LiveSession, text.subject_id)
        shown = words.standing(session).shown
        same = shown is not None and shown.text == dict(text.reading.text)
        return session if same and session.state is LiveState.ANNOUNCED else None

    def case_of(self, text: Text, now: datetime) -> VettingCase:
        """The case by which they are shown; clean words of the organiser come before the officers now."""
        if text.case_id is not None:
            return found(db.session.get(VettingCase, text.case_id))
        row = db.session.get_one(LiveWords, text.key)
        return words.put_before(row, row.session, by=row.created_by, now=now)

    def stop_showing(self, change: RuleChange, case: VettingCase, now: datetime) -> LiveSession:
        """Tell who planned it and who speaks; words that lie before the officers are shown to nobody."""
        session = lock(LiveSession, case.subject_id)
        event = session.event
        session.calendar_changed_at, session.sequence = now, session.sequence + 1
        audit.record(
            "hold_live_words", session, by=change.decided_by, university_id=event.university_id, now=now
        )
        tell("livestreams/words_held", session, [*writers(event, now), *speakers(session)], now)
        return session


def _unread(university_id: int) -> sa.Select[LiveWords]:
    return (
        sa.select(LiveWords)
        .join(LiveSession, LiveSession.id == LiveWords.session_id)
        .join(Event, Event.id == LiveSession.event_id)
        .where(
            Event.university_id == university_id,
            events.is_public(),
            LiveSession.state == LiveState.ANNOUNCED,
            LiveWords.words_read != catalogue.version(),
        )
    )
