"""Making and revoking private calendar links."""

from datetime import datetime

import sqlalchemy as sa

from fairs.accounts.models import Person
from fairs.audit import actions as audit
from fairs.calendars.models import FeedToken
from fairs.calendars.rules import hash_of, new_secret
from fairs.database import db, lock, transaction


@transaction
def make_link(person_id: int, now: datetime) -> str:
    """A new private link for a person: its secret, told only now. An earlier link stops working."""
    lock(Person, person_id)
    _revoke(person_id, now)
    secret = new_secret()
    token = FeedToken(person_id=person_id, secret_hash=hash_of(secret), created_at=now)
    db.session.add(token)
    audit.record("make_calendar_link", token, by=person_id, university_id=None, now=now)
    return secret


@transaction
def revoke_link(person_id: int, now: datetime) -> int:
    """A person's private link stops working; how many did."""
    lock(Person, person_id)
    return _revoke(person_id, now)


def _revoke(person_id: int, now: datetime) -> int:
    live = sa.select(FeedToken).where(FeedToken.person_id == person_id, FeedToken.revoked_at.is_(None))
    tokens = db.session.scalars(live).all()
    for token in tokens:
        token.revoked_at = now
        audit.record("revoke_calendar_link", token, by=person_id, university_id=None, now=now)
    return len(tokens)
