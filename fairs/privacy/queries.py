"""Reads of requests to be forgotten."""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from fairs.accounts.models import Person
from fairs.checkin.models import Presence
from fairs.checkin.rules import HolderKind
from fairs.database import db, found
from fairs.privacy.models import ErasureRequest
from fairs.privacy.rules import RequestState


def open_request(person_id: int) -> ErasureRequest | None:
    """A person's request that waits, if any."""
    chosen = sa.select(ErasureRequest).where(
        ErasureRequest.person_id == person_id, ErasureRequest.ended_at.is_(None)
    )
    return db.session.scalars(chosen).one_or_none()


def last_request(person_id: int) -> ErasureRequest | None:
    """A person's latest request."""
    chosen = sa.select(ErasureRequest).where(ErasureRequest.person_id == person_id)
    return db.session.scalars(chosen.order_by(ErasureRequest.id.desc()).limit(1)).first()


def requests(university_id: int) -> sa.Select[ErasureRequest]:
    """The requests to a university: those that wait first, the most urgent on top."""
    return (
        sa.select(ErasureRequest)
        .join(ErasureRequest.person)
        .options(contains_eager(ErasureRequest.person))
        .where(ErasureRequest.university_id == university_id)
        .order_by(
            (ErasureRequest.state == RequestState.OPEN).desc(), ErasureRequest.due_at, ErasureRequest.id
        )
    )


def request_at(public_id: str, university_id: int) -> ErasureRequest:
    """A request to a university. Raises NotFound."""
    chosen = requests(university_id).where(ErasureRequest.public_id == public_id)
    return found(db.session.scalars(chosen).one_or_none())


def is_inside(person_id: int) -> bool:
    """Whether a student is at an event now."""
    there = sa.select(Presence.holder_id).where(
        Presence.holder_kind == HolderKind.STUDENT, Presence.holder_id == person_id, Presence.inside
    )
    return db.session.scalar(there.limit(1)) is not None


SEARCH = (Person.name,)
