"""The outbox: queueing, claiming, and what became of each attempt."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from fairs.config import settings
from fairs.database import db, new_public_id, transaction
from fairs.messages.models import Message
from fairs.messages.rules import LEASE, Channel, MessageState, next_attempt


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
    now: datetime,
) -> int:
    """Queue a message of ``kind`` ("<feature>/<name>", a mail template) to each of ``people``; how many are new.

    ``params`` fills the template (plain JSON values). With ``dedupe`` the same (dedupe, person) is queued once
    ever, e.g. "reminder:<rule>:<occurrence>:<anchor>"; without it each call sends. ``planned_at`` delays it.
    """
    new = 0
    for person_id in people:
        key = f"{dedupe}:{person_id}" if dedupe else f"{kind}:{new_public_id()}:{person_id}"
        row = {
            "public_id": new_public_id(),
            "dedupe_key": key,
            "person_id": person_id,
            "university_id": university_id,
            "channel": Channel.MAIL,
            "kind": kind,
            "params": params,
            "subject_kind": subject.__tablename__ if subject is not None else "",
            "subject_id": subject.id if subject is not None else None,
            "anchor_on": anchor_on,
            "planned_at": planned_at or now,
            "state": MessageState.SCHEDULED,
            "message_id": _message_id(key),
            "created_at": now,
        }
        # asked of the database itself: PostgreSQL's driver tells no row count here
        new += db.session.scalar(_insert_once(row).returning(Message.id)) is not None
    return new


def _insert_once(row: dict[str, Any]) -> Any:
    insert = sqlite_insert if settings().sqlite else postgresql_insert
    return insert(Message).values(row).on_conflict_do_nothing(index_elements=["dedupe_key"])


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
def sent(number: int, owner: str, title: str, body: str, now: datetime) -> None:
    """A message has left; what was said is kept as proof."""
    row = _mine(number, owner)
    if row is not None:
        row.state, row.sent_at, row.title, row.body = MessageState.SENT, now, title[:200], body
        row.claimed_by = row.claimed_until = None
        row.last_error = ""


@transaction
def failed(number: int, owner: str, error: str, now: datetime) -> None:
    """An attempt failed: try again later, or give up after the last retry."""
    row = _mine(number, owner)
    if row is None:
        return
    row.attempts += 1
    row.last_error = error[:300]
    row.claimed_by = row.claimed_until = None
    again = next_attempt(row.attempts, now)
    row.state = MessageState.SCHEDULED if again else MessageState.DEAD
    row.planned_at = again or row.planned_at


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
def retry(number: int, now: datetime) -> None:
    """Send a given-up message once more."""
    row = db.session.get(Message, number)
    if row is not None and row.state is MessageState.DEAD:
        row.state, row.planned_at, row.attempts = MessageState.SCHEDULED, now, 0
