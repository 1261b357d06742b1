"""Reads of messages: what a university sent, what a person received."""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from fairs.database import db, found
from fairs.messages.models import Message
from fairs.messages.rules import MessageState


def of_school(university_id: int, state: MessageState | None = None) -> sa.Select[Message]:
    """The messages of a university, newest first, in one state if given; for ``listing``."""
    chosen = (
        sa.select(Message)
        .join(Message.person)
        .options(contains_eager(Message.person))
        .where(Message.university_id == university_id)
    )
    if state is not None:
        chosen = chosen.where(Message.state == state)
    return chosen.order_by(Message.id.desc())


def of_school_one(public_id: str, university_id: int) -> Message:
    """One message of a university. Raises NotFound."""
    chosen = sa.select(Message).where(Message.public_id == public_id, Message.university_id == university_id)
    return found(db.session.scalars(chosen).one_or_none())


def dead(university_id: int) -> int:
    """How many messages of a university were given up."""
    chosen = sa.select(sa.func.count(Message.id)).where(
        Message.university_id == university_id, Message.state == MessageState.DEAD
    )
    return db.session.scalar(chosen) or 0


def inbox(person_id: int) -> sa.Select[Message]:
    """What a person was sent, by mail or in the site only, newest first; for ``listing``."""
    return (
        sa.select(Message)
        .where(Message.person_id == person_id, Message.state == MessageState.SENT)
        .order_by(Message.sent_at.desc(), Message.id.desc())
    )


def inbox_one(public_id: str, person_id: int) -> Message:
    """One message that a person was sent. Raises NotFound."""
    return found(db.session.scalars(inbox(person_id).where(Message.public_id == public_id)).one_or_none())


def unread(person_id: int) -> int:
    """How many messages a person has not opened in the inbox."""
    chosen = sa.select(sa.func.count(Message.id)).where(
        Message.person_id == person_id, Message.state == MessageState.SENT, Message.read_at.is_(None)
    )
    return db.session.scalar(chosen) or 0


def waiting(kinds: list[str], most: int = 1000) -> list[Message]:
    """Messages of these kinds that have not left, oldest first."""
    chosen = sa.select(Message).where(Message.state == MessageState.SCHEDULED, Message.kind.in_(kinds))
    return list(db.session.scalars(chosen.order_by(Message.id).limit(most)))
