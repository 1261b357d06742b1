"""Reads of programmes and events. "Public" is what any visitor may see."""

import sqlalchemy as sa

from fairs.database import db, found
from fairs.programmes.models import EntrySlot, Event, EventSchool, Fair, Occurrence, Programme
from fairs.programmes.rules import PUBLIC_STATES


def led_event(public_id: str, university_id: int) -> Event:
    """An event that the university leads, in any state. Raises NotFound."""
    chosen = sa.select(Event).where(Event.public_id == public_id, Event.university_id == university_id)
    return found(db.session.scalars(chosen).one_or_none())


def public_event(public_id: str, university_id: int) -> Event:
    """A published event in which the university takes part (as lead or partner). Raises NotFound."""
    chosen = (
        sa.select(Event)
        .join(EventSchool, EventSchool.event_id == Event.id)
        .where(
            Event.public_id == public_id,
            EventSchool.university_id == university_id,
            Event.published_at.is_not(None),
            Event.state.in_(PUBLIC_STATES),
        )
    )
    return found(db.session.scalars(chosen).one_or_none())


def fair_of(event_id: int) -> Fair | None:
    """What an event with booths has in addition."""
    return db.session.get(Fair, event_id)


def occurrences(event_id: int) -> list[Occurrence]:
    """The days of an event, in order."""
    chosen = sa.select(Occurrence).where(Occurrence.event_id == event_id)
    return list(db.session.scalars(chosen.order_by(Occurrence.ordinal).limit(100)))


def slots(occurrence_id: int) -> list[EntrySlot]:
    """The entry slots of a day, in order."""
    chosen = sa.select(EntrySlot).where(EntrySlot.occurrence_id == occurrence_id)
    return list(db.session.scalars(chosen.order_by(EntrySlot.starts_at).limit(200)))


def schools(event_id: int) -> list[EventSchool]:
    """The universities that take part in an event, lead first."""
    chosen = sa.select(EventSchool).where(EventSchool.event_id == event_id)
    return list(db.session.scalars(chosen.order_by(EventSchool.id).limit(200)))


def programme(public_id: str, university_id: int) -> Programme:
    """A programme of the university or one above the universities. Raises NotFound."""
    own = sa.or_(Programme.university_id == university_id, Programme.university_id.is_(None))
    chosen = sa.select(Programme).where(Programme.public_id == public_id, own)
    return found(db.session.scalars(chosen).one_or_none())
