"""The outbox: queueing, claiming, and what became of each attempt."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from fairs.accounts.models import Account, Person
from fairs.config import settings
from fairs.database import db, locked, new_public_id, transaction
from fairs.messages.models import Message
from fairs.messages.rules import (
    ACTIVATION,
    LEASE,
    LINKS_PER_HOUR,
    Channel,
    MessageState,
    NotDead,
    next_attempt,
)

AT_ONCE = 500
"""Messages written by one statement: a fair that moves has hundreds of people to tell."""


@transaction
def queue(
    kind: str,
    people: Iterable[int],
    params: dict[str, Any],
    *,
    subject: Any = None,
    university_id: int | None = None,
    anchor_on: date | None = None,
    planned_at: datetime | None = None,
    dedupe: str | None = None,
    withdrawn: str = "",
    now: datetime,
) -> int:
    """Queue a message of ``kind`` ("<feature>/<name>", a mail template) to each of ``people``; how many are new.

    ``params`` fills the template (plain JSON values). With ``dedupe`` the same (dedupe, person) is queued once
    ever; without it each call sends. ``planned_at`` delays it. ``withdrawn`` says why it shall not leave at
    all: then it is only written down, e.g. a reminder that would come too late.
    """
    fixed = {
        "university_id": university_id,
        "kind": kind,
        "params": params,
        "subject_kind": subject.__tablename__ if subject is not None else "",
        "subject_id": subject.id if subject is not None else None,
        "anchor_on": anchor_on,
        "planned_at": planned_at or now,
        "state": MessageState.SUPPRESSED if withdrawn else MessageState.SCHEDULED,
        "last_error": withdrawn[:300],
        "created_at": now,
        "channel": Channel.MAIL,
    }
    rows = [fixed | _addressed(kind, dedupe, person_id) for person_id in dict.fromkeys(people)]
    return sum(_insert_once(rows[start : start + AT_ONCE]) for start in range(0, len(rows), AT_ONCE))


def _addressed(kind: str, dedupe: str | None, person_id: int) -> dict[str, Any]:
    key = f"{dedupe}:{person_id}" if dedupe else f"{kind}:{new_public_id()}:{person_id}"
    return {
        "dedupe_key": key,
        "person_id": person_id,
        "public_id": new_public_id(),
        "message_id": _message_id(key),
    }


def _insert_once(rows: list[dict[str, Any]]) -> int:
    """Write those of ``rows`` whose key is new, in one statement; how many."""
    insert = sqlite_insert if settings().sqlite else postgresql_insert
    # a list of rows is compiled anew each time, a single row once: most messages go to one person
    fresh = (
        insert(Message)
        .values(rows if len(rows) > 1 else rows[0])
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
    )
    return len(db.session.scalars(fresh.returning(Message.id)).all())


def _message_id(key: str) -> str:
    host = urlsplit(settings().public_url).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


@transaction
def claim(owner: str, now: datetime, most: int = 50) -> list[int]:
    """Claim up to ``most`` due messages for ``owner`` until the lease ends; their ids.

    A claim whose lease has ended (its sender died) is taken over.
    """
    due = (
        sa.select(Message)
        .where(
            sa.or_(
                sa.and_(Message.state == MessageState.SCHEDULED, Message.planned_at <= now),
                sa.and_(Message.state == MessageState.SENDING, Message.claimed_until < now),
            )
        )
        .order_by(Message.planned_at, Message.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    rows = db.session.scalars(due).all()
    for row in rows:
        row.state, row.claimed_by, row.claimed_until = MessageState.SENDING, owner, now + LEASE
    return [row.id for row in rows]


@transaction
def sent(
    number: int, owner: str, title: str, body: str, now: datetime, *, channel: Channel = Channel.MAIL
) -> None:
    """A message has left by ``channel``; what was said is kept as proof."""
    row = _mine(number, owner)
    if row is not None:
        row.state, row.sent_at, row.title, row.body = MessageState.SENT, now, title[:200], body
        row.channel, row.last_error = channel, ""
        row.claimed_by = row.claimed_until = None


@transaction
def failed(number: int, owner: str, error: str, now: datetime, *, final: bool = False) -> None:
    """An attempt failed: try again later, or give up after the last retry, or at once if ``final``."""
    row = _mine(number, owner)
    if row is None:
        return
    row.attempts += 1
    row.last_error = error[:300]
    row.claimed_by = row.claimed_until = None
    again = None if final else next_attempt(row.attempts, now)
    row.state = MessageState.SCHEDULED if again else MessageState.DEAD
    row.planned_at = again or row.planned_at


@transaction
def withdraw(number: int, owner: str, reason: str) -> None:
    """A claimed message turns out to be no longer needed."""
    row = _mine(number, owner)
    if row is not None:
        row.state, row.last_error = MessageState.SUPPRESSED, reason[:300]
        row.claimed_by = row.claimed_until = None


@transaction
def give_back(numbers: Iterable[int], owner: str) -> None:
    """Claimed messages that there was no time for: anybody may claim them at once."""
    for number in numbers:
        row = _mine(number, owner)
        if row is not None:
            row.state, row.claimed_by, row.claimed_until = MessageState.SCHEDULED, None, None


def _mine(number: int, owner: str) -> Message | None:
    claimed = sa.select(Message).where(Message.id == number, Message.claimed_by == owner)
    return db.session.scalars(claimed.with_for_update()).one_or_none()


@transaction
def suppress(subject: Any, *, kinds: Iterable[str], now: datetime) -> int:
    """Messages of these kinds about ``subject`` that have not left are no longer needed; how many."""
    chosen = sa.select(Message).where(
        Message.subject_kind == subject.__tablename__,
        Message.subject_id == subject.id,
        Message.kind.in_(list(kinds)),
        Message.state == MessageState.SCHEDULED,
    )
    rows = db.session.scalars(chosen).all()
    for row in rows:
        row.state = MessageState.SUPPRESSED
    return len(rows)


@transaction
def suppress_one(number: int, reason: str) -> bool:
    """A message that waits is no longer needed; whether it was still waiting."""
    row = locked(sa.select(Message).where(Message.id == number))
    if row.state is not MessageState.SCHEDULED:
        return False
    row.state, row.last_error = MessageState.SUPPRESSED, reason[:300]
    return True


@transaction
def forget(person_id: int) -> None:
    """What was said to a person is no longer kept, and what waits no longer leaves (when their data are erased)."""
    mine = sa.update(Message).where(Message.person_id == person_id)
    waiting = mine.where(Message.state == MessageState.SCHEDULED)
    db.session.execute(waiting.values(state=MessageState.SUPPRESSED))
    db.session.execute(mine.values(title="", body="", params={}))


@transaction
def retry(number: int, now: datetime) -> None:
    """Send a given-up message once more. Raises NotDead."""
    row = locked(sa.select(Message).where(Message.id == number))
    if row.state is not MessageState.DEAD:
        raise NotDead
    row.state, row.planned_at, row.attempts = MessageState.SCHEDULED, now, 0


@transaction
def retry_all(university_id: int, now: datetime) -> int:
    """Send every given-up message of a university once more, e.g. after the mail server was down; how many."""
    dead = sa.select(Message).where(
        Message.university_id == university_id, Message.state == MessageState.DEAD
    )
    rows = db.session.scalars(dead.with_for_update()).all()
    for row in rows:
        row.state, row.planned_at, row.attempts = MessageState.SCHEDULED, now, 0
    return len(rows)


@transaction
def read(number: int, now: datetime) -> None:
    """The recipient has opened the message in the inbox; the first time counts."""
    row = locked(sa.select(Message).where(Message.id == number))
    row.read_at = row.read_at or now


@transaction
def ask_activation(mailbox: str, now: datetime) -> int:
    """Send an activation link to each account that this mailbox belongs to; how many are queued.

    At most LINKS_PER_HOUR links go to one mailbox in an hour; asking more often changes nothing, and whether
    the mailbox is known is never told.
    """
    mailbox = mailbox.strip().lower()
    people = db.session.scalars(
        sa.select(Person)
        .join(Account, Account.person_id == Person.id)
        .where(sa.func.lower(Person.email) == mailbox)
        .order_by(Person.id)
        .limit(LINKS_PER_HOUR)
        .with_for_update(of=Person)
    ).all()
    recent = sa.select(sa.func.count(Message.id)).where(
        Message.person_id.in_([person.id for person in people]),
        Message.kind == ACTIVATION,
        Message.created_at > now - timedelta(hours=1),
    )
    left = max(0, LINKS_PER_HOUR - (db.session.scalar(recent) or 0))
    return queue(ACTIVATION, [person.id for person in people[:left]], {}, now=now)
