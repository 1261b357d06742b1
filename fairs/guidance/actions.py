"""What a student says they want, and what they keep."""

from datetime import datetime

import sqlalchemy as sa

from fairs.accounts.models import Person
from fairs.database import db, lock, transaction
from fairs.guidance import queries
from fairs.guidance.models import IntentChoice, SavedItem, StudentIntent
from fairs.guidance.rules import Wishes, check_cities


@transaction
def say_wishes(person_id: int, university_id: int, wishes: Wishes, *, now: datetime) -> StudentIntent:
    """The answers of the survey in place of the former ones; empty wishes are a survey that was skipped.

    Raises TooManyCities.
    """
    lock(Person, person_id)  # two clicks at once answer one after the other
    check_cities(wishes.cities)
    row = queries.intent(person_id) or StudentIntent(person_id=person_id)
    row.university_id, row.plan, row.answered_at = university_id, wishes.plan, now
    db.session.add(row)
    db.session.flush()
    db.session.execute(sa.delete(IntentChoice).where(IntentChoice.intent_id == row.id))
    chosen = sorted(wishes.choices())
    db.session.add_all(IntentChoice(intent_id=row.id, wish=wish, code=code) for wish, code in chosen)
    return row


@transaction
def keep(
    person_id: int, *, employer_id: int | None = None, posting_id: int | None = None, now: datetime
) -> SavedItem:
    """Keep an employer or a posting for later; twice is once."""
    lock(Person, person_id)
    there = _kept(person_id, employer_id, posting_id)
    if there is None:
        there = SavedItem(person_id=person_id, employer_id=employer_id, posting_id=posting_id, saved_at=now)
        db.session.add(there)
        db.session.flush()
    return there


@transaction
def drop(
    person_id: int, *, employer_id: int | None = None, posting_id: int | None = None, now: datetime
) -> None:
    """Keep it no longer; dropping what is not kept changes nothing."""
    lock(Person, person_id)
    there = _kept(person_id, employer_id, posting_id)
    if there is not None:
        there.ended_at = now


def _kept(person_id: int, employer_id: int | None, posting_id: int | None) -> SavedItem | None:
    chosen = sa.select(SavedItem).where(
        SavedItem.person_id == person_id,
        SavedItem.employer_id.is_not_distinct_from(employer_id),
        SavedItem.posting_id.is_not_distinct_from(posting_id),
        SavedItem.ended_at.is_(None),
    )
    return db.session.scalars(chosen).one_or_none()


@transaction
def forget(person_id: int) -> None:
    """Delete a person's wishes and what they kept, when their data are erased (an inner step of that action)."""
    mine = sa.select(StudentIntent.id).where(StudentIntent.person_id == person_id)
    db.session.execute(sa.delete(IntentChoice).where(IntentChoice.intent_id.in_(mine)))
    db.session.execute(sa.delete(StudentIntent).where(StudentIntent.person_id == person_id))
    db.session.execute(sa.delete(SavedItem).where(SavedItem.person_id == person_id))
