"""Reads of invitations: of a fair, of an employer, by link; and whether somebody may be invited at all."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.database import db, found
from fairs.employers.models import Employer, EmployerContact, EmployerStanding
from fairs.employers.rules import ContactState
from fairs.exhibitors.models import Exhibitor
from fairs.institutions.models import University
from fairs.invitations.links import hash_of
from fairs.invitations.models import Invitation, InvitationStop
from fairs.invitations.rules import LIVE, OPEN, UNINVITED, InvitationState
from fairs.programmes.models import Event, Fair, Occurrence
from fairs.programmes.queries import WITH_PLACES

_READ = (
    joinedload(Invitation.employer),
    joinedload(Invitation.event).joinedload(Event.university),
)


def invitations(event_id: int, state: str = "") -> sa.Select[Invitation]:
    """The invitations to an event, the latest first; the employers come with them."""
    chosen = (
        sa.select(Invitation)
        .outerjoin(Employer, Employer.id == Invitation.employer_id)
        .where(Invitation.event_id == event_id)
        .options(joinedload(Invitation.employer))
        .order_by(Invitation.id.desc())
    )
    return chosen.where(Invitation.state == state) if state in set(InvitationState) else chosen


def invitation(public_id: str, event_id: int) -> Invitation:
    """An invitation to this event. Raises NotFound."""
    chosen = sa.select(Invitation).where(Invitation.public_id == public_id, Invitation.event_id == event_id)
    return found(db.session.scalars(chosen.options(*_READ)).one_or_none())


def by_token(token: str, university_id: int) -> Invitation:
    """The invitation of a personal link to an event of this university. Raises NotFound."""
    chosen = (
        sa.select(Invitation)
        .join(Invitation.event)
        .where(Invitation.token_hash == hash_of(token), Event.university_id == university_id)
    )
    return found(db.session.scalars(chosen.options(*_READ)).one_or_none())


def for_employer(key: str, employer_id: int) -> Invitation:
    """An invitation that this employer may answer. Raises NotFound.

    ``key`` is the public id of its own invitation, or the token of a link that names no other employer.
    """
    own = sa.and_(Invitation.public_id == key, Invitation.employer_id == employer_id)
    nobodys = sa.or_(Invitation.employer_id.is_(None), Invitation.employer_id == employer_id)
    linked = sa.and_(Invitation.token_hash == hash_of(key), nobodys)
    return found(
        db.session.scalars(sa.select(Invitation).where(sa.or_(own, linked)).options(*_READ)).one_or_none()
    )


def of_employer(employer_id: int) -> list[Invitation]:
    """The invitations of an employer, the latest first."""
    chosen = sa.select(Invitation).where(Invitation.employer_id == employer_id).options(*_READ)
    return list(db.session.scalars(chosen.order_by(Invitation.id.desc()).limit(100)))


def waiting_for(employer_ids: Collection[int], now: datetime) -> list[Invitation]:
    """Invitations that wait for the answer of one of these employers, or were accepted without a request yet."""
    asked = sa.exists().where(
        Exhibitor.event_id == Invitation.event_id, Exhibitor.employer_id == Invitation.employer_id
    )
    last_day = (
        sa.select(sa.func.max(Occurrence.ends_at))
        .where(Occurrence.event_id == Invitation.event_id)
        .scalar_subquery()
    )
    unanswered = sa.and_(Invitation.state.in_(OPEN), Invitation.expires_at > now)
    chosen = (
        sa.select(Invitation)
        .where(
            Invitation.employer_id.in_(employer_ids),
            sa.or_(unanswered, Invitation.state == InvitationState.ACCEPTED),
            last_day > now,
            ~asked,
        )
        .options(*_READ)
        .order_by(Invitation.expires_at)
    )
    return list(db.session.scalars(chosen.limit(20)))


def live_of(event_id: int, employer_id: int) -> Invitation | None:
    """An employer's live invitation to an event."""
    chosen = sa.select(Invitation).where(
        Invitation.event_id == event_id,
        Invitation.employer_id == employer_id,
        Invitation.state.in_(LIVE),
    )
    return db.session.scalars(chosen).one_or_none()


def has_request(event_id: int, employer_id: int) -> bool:
    """Whether an employer has a live request for the event."""
    chosen = sa.select(Exhibitor.id).where(
        Exhibitor.event_id == event_id, Exhibitor.employer_id == employer_id, Exhibitor.ended_at.is_(None)
    )
    return db.session.scalar(chosen.limit(1)) is not None


def stop_of(university_id: int, employer_id: int | None, email: str) -> InvitationStop | None:
    """The wish of an employer (or, where it is not known, of a mailbox) not to be invited any more."""
    chosen = sa.select(InvitationStop).where(
        InvitationStop.university_id == university_id, InvitationStop.ended_at.is_(None)
    )
    who = (
        sa.and_(InvitationStop.employer_id.is_(None), InvitationStop.email == email)
        if employer_id is None
        else InvitationStop.employer_id == employer_id
    )
    return db.session.scalars(chosen.where(who)).one_or_none()


def stops_of(employer_id: int) -> list[University]:
    """The universities whose invitations an employer does not want."""
    chosen = (
        sa.select(University)
        .join(InvitationStop, InvitationStop.university_id == University.id)
        .where(InvitationStop.employer_id == employer_id, InvitationStop.ended_at.is_(None))
    )
    return list(db.session.scalars(chosen.order_by(University.name).limit(200)))


def writable_contact(employer_id: int) -> tuple[int, str, str] | None:
    """(person, mail address, language) of the contact to write to: the owner first; None without an address."""
    chosen = (
        sa.select(EmployerContact)
        .where(EmployerContact.employer_id == employer_id, EmployerContact.state == ContactState.ACTIVE)
        .options(joinedload(EmployerContact.person))
        .order_by(EmployerContact.is_owner.desc(), EmployerContact.id)
    )
    for row in db.session.scalars(chosen.limit(20)):
        if row.person.email:
            return row.person_id, row.person.email, row.person.language
    return None


def barred_at(employer_ids: Iterable[int]) -> dict[tuple[int, int], EmployerStanding]:
    """Where these employers may not come for now, by (employer, university)."""
    chosen = sa.select(EmployerStanding).where(
        EmployerStanding.employer_id.in_(list(employer_ids)), EmployerStanding.state.in_(sorted(UNINVITED))
    )
    return {(row.employer_id, row.university_id): row for row in db.session.scalars(chosen)}


def standing_of(employer_id: int, university_id: int) -> EmployerStanding | None:
    """What the university thinks of an employer."""
    return db.session.scalars(
        sa.select(EmployerStanding).where(
            EmployerStanding.employer_id == employer_id, EmployerStanding.university_id == university_id
        )
    ).one_or_none()


def due(now: datetime, most: int) -> Sequence[int]:
    """Open invitations whose time is over, or whose event takes no requests any more."""
    closed = sa.and_(Fair.requests_until.is_not(None), Fair.requests_until <= now)
    chosen = (
        sa.select(Invitation.id)
        .join(Event, Event.id == Invitation.event_id)
        .outerjoin(Fair, Fair.event_id == Event.id)
        .where(
            Invitation.state.in_(OPEN),
            sa.or_(Invitation.expires_at <= now, closed, Event.state.in_(("cancelled", "postponed"))),
        )
    )
    return list(db.session.scalars(chosen.order_by(Invitation.id).limit(most)))


def first_day(event_id: int) -> Occurrence | None:
    """The first day of an event, with its place."""
    chosen = sa.select(Occurrence).where(Occurrence.event_id == event_id).options(WITH_PLACES)
    return db.session.scalars(chosen.order_by(Occurrence.ordinal).limit(1)).first()
