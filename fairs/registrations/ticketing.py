"""Tickets and the keys behind them: issuing, printing, revoking, and what to do when a scanner is lost.

Part of the actions of this feature; a module of its own because the door and the desk use it too.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from fairs.audit import actions as audit
from fairs.config import settings
from fairs.database import db, found, lock, transaction
from fairs.programmes.models import Event, Occurrence
from fairs.registrations import queries, tickets
from fairs.registrations.models import FairKey, Registration, Ticket
from fairs.registrations.qr import Drawing, drawing
from fairs.registrations.rules import HOLDS_PLACE, TicketKind, WrongState
from fairs.registrations.seals import seal, unseal


def key_bytes(key: FairKey) -> bytes:
    """The secret of an event's key, opened with this installation's secret."""
    return unseal(settings().secret_key, key.secret)


@dataclass(frozen=True)
class Face:
    """What a ticket shows: the code to read out, the secret of the rotating QR, and the QR for paper."""

    code: str
    spelled: str
    kind: TicketKind
    version: int
    secret: str
    paper: Drawing


def face(registration: Registration) -> Face | None:
    """The face of a registration's ticket in force; None without one (waiting, cancelled)."""
    ticket = queries.ticket_of(registration.id)
    if ticket is None:
        return None
    version = ticket.key_version
    key = key_bytes(found(queries.fair_key(registration.occurrence.event_id, version)))
    paper = tickets.printed_token(tickets.printed_secret(key, ticket.code), version, ticket.code)
    return Face(
        code=ticket.code,
        spelled=tickets.spell(ticket.code),
        kind=ticket.kind,
        version=version,
        # paper has no secret: its phone was given up
        secret=tickets.ticket_secret(key, ticket.code).hex() if ticket.kind is TicketKind.ROTATING else "",
        paper=drawing(paper),
    )


@transaction
def issue_printed(registration_id: int, *, by: int | None, now: datetime) -> Ticket:
    """A ticket on paper in place of the one on the phone, which ends with it. Raises WrongState without a place.

    The door looks at the student card with it, because paper can be copied (P30).
    """
    registration = lock(Registration, registration_id)
    if registration.state not in HOLDS_PLACE:
        raise WrongState
    revoke(registration, now)
    ticket = issue(registration, TicketKind.PRINTED, now)
    event = registration.occurrence.event
    audit.record("issue_printed_ticket", registration, by=by, university_id=event.university_id, now=now)
    return ticket


@transaction
def replace_key(event_id: int, *, by: int | None, now: datetime) -> int:
    """Retire an event's key after a scanner was lost; the new version. Phones get it when the ticket is opened."""
    lock(Event, event_id)
    old = queries.fair_key(event_id)
    if old is not None:
        old.retired_at = now
        db.session.flush()
    key = _key(event_id, now, version=old.version + 1 if old else 1)
    of_event = sa.select(Registration.id).join(Occurrence).where(Occurrence.event_id == event_id)
    db.session.execute(
        sa.update(Ticket)
        .where(Ticket.registration_id.in_(of_event), Ticket.revoked_at.is_(None))
        .values(key_version=key.version)
    )
    event = found(db.session.get(Event, event_id))
    audit.record("replace_fair_key", event, by=by, university_id=event.university_id, now=now)
    return key.version


@transaction
def issue(registration: Registration, kind: TicketKind, now: datetime) -> Ticket:
    """A new ticket for a registration, under the event's key in force."""
    event_id = registration.occurrence.event_id
    key = queries.fair_key(event_id) or _key(event_id, now)
    ticket = Ticket(
        registration_id=registration.id,
        code=tickets.new_code(),
        key_version=key.version,
        kind=kind,
        issued_at=now,
    )
    db.session.add(ticket)
    db.session.flush()
    return ticket


def _key(event_id: int, now: datetime, version: int = 1) -> FairKey:
    """The event's key in force; two first bookings at once make it only once."""
    insert = sqlite_insert if settings().sqlite else postgresql_insert
    sealed = seal(settings().secret_key, tickets.new_fair_key())
    row = {"event_id": event_id, "version": version, "secret": sealed, "created_at": now}
    db.session.execute(insert(FairKey).values(row).on_conflict_do_nothing())
    return found(queries.fair_key(event_id))


@transaction
def revoke(registration: Registration, now: datetime) -> None:
    """End the tickets of a registration."""
    mine = sa.update(Ticket).where(Ticket.registration_id == registration.id, Ticket.revoked_at.is_(None))
    db.session.execute(mine.values(revoked_at=now))
