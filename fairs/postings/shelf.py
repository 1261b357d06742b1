"""Published postings, as a re-check reads them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.database import db, found, lock
from fairs.employers import queries as employers
from fairs.institutions import queries as institutions
from fairs.messages import actions as messages
from fairs.postings.models import Posting, PostingPublication, RuleChange
from fairs.postings.reading import Reading
from fairs.postings.shelves import Text, quotes_of
from fairs.postings.showing import take_down
from fairs.vetting import rereading
from fairs.vetting.models import Decision, VettingCase
from fairs.vetting.rules import SubjectKind


class PostingShelf:
    """Postings that a university shows."""

    kind = SubjectKind.POSTING

    def waiting(self, university_id: int, now: datetime) -> int:
        """How many the rules in force have not read yet."""
        unread = _shown(university_id, now).subquery()
        return db.session.scalar(sa.select(sa.func.count()).select_from(unread)) or 0

    def page(self, university_id: int, after: int, limit: int, now: datetime) -> list[Text]:
        """The next ones; a page is found by its key, however many there are."""
        chosen = _shown(university_id, now).where(PostingPublication.id > after)
        rows = db.session.execute(chosen.order_by(PostingPublication.id).limit(limit)).all()
        return [
            Text(row[0], row[1], row[2], Reading(tuple(sorted(row[3].items())), row[4], row[5]), row[0])
            for row in rows
        ]

    def mark(self, texts: Sequence[Text]) -> None:
        """Remember that they were read."""
        rereading.mark_read(text.case_id for text in texts if text.case_id is not None)

    def held(self, text: Text) -> Posting | None:
        """The posting, if this version of it is still shown."""
        posting = lock(Posting, text.subject_id)
        publication = lock(PostingPublication, found(text.publication_id))
        return posting if publication.taken_down_at is None else None

    def case_of(self, text: Text, now: datetime) -> VettingCase:
        """The case in which it was approved."""
        return found(db.session.get(VettingCase, text.case_id))

    def stop_showing(self, change: RuleChange, case: VettingCase, now: datetime) -> Posting:
        """Take the posting down and tell its employer."""
        posting = lock(Posting, case.subject_id)
        take_down(posting.id, case.university_id, now)
        audit.record(
            "take_down_posting", posting, by=change.decided_by, university_id=case.university_id, now=now
        )
        messages.queue(
            "postings/rules_changed",
            employers.contact_people(posting.publishing_employer_id),
            {
                "title": case.title,
                "university": institutions.university(case.university_id).name,
                "quotes": quotes_of(change),
                "employer": posting.publishing_employer.public_id,
                "posting": posting.public_id,
            },
            subject=posting,
            university_id=case.university_id,
            dedupe=f"rule_change:{change.id}",
            now=now,
        )
        return posting


def _shown(university_id: int, now: datetime) -> sa.Select[Any]:
    return (
        sa.select(
            PostingPublication.id.label("publication_id"),
            PostingPublication.posting_id,
            VettingCase.id.label("case_id"),
            *rereading.COLUMNS,
        )
        .join(Decision, Decision.id == PostingPublication.decision_id)
        .join(VettingCase, VettingCase.id == Decision.case_id)
        .where(
            PostingPublication.university_id == university_id,
            PostingPublication.taken_down_at.is_(None),
            PostingPublication.until_at > now,
            rereading.unread(),
        )
    )
