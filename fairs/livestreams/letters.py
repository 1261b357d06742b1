"""Whom a stream concerns, and what they read about it. Inside actions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.database import db
from fairs.employers import queries as employers
from fairs.livestreams import queries, words
from fairs.livestreams.models import LiveSession
from fairs.livestreams.times import words_of
from fairs.messages import actions as messages
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.wording import writers
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState


def speakers(session: LiveSession) -> list[int]:
    """Person ids of the contacts of the employers that hold the stream or are presented in it."""
    own = [session.employer_id] if session.employer_id is not None else queries.presented(session.id)
    return sorted({person for number in own for person in employers.contact_people(number)})


def ticketed(event_id: int) -> list[int]:
    """Person ids of everybody who holds a ticket for a day of the event: it is their one registration."""
    chosen = (
        sa.select(Registration.person_id)
        .join(Occurrence, Occurrence.id == Registration.occurrence_id)
        .where(
            Occurrence.event_id == event_id,
            Registration.state.in_([RegistrationState.TICKETED, RegistrationState.CHECKED_IN]),
            Registration.ended_at.is_(None),
        )
    )
    return list(db.session.scalars(chosen.distinct().order_by(Registration.person_id)))


def tell(kind: str, session: LiveSession, people: Iterable[int], now: datetime) -> None:
    """Queue a letter once per version of the stream; its title is one that officers let pass, if it needs that."""
    db.session.flush()
    event = session.event
    messages.queue(
        kind,
        sorted(set(people)),
        _facts(session),
        subject=session,
        university_id=event.university_id,
        dedupe=f"{kind}:{session.public_id}:{session.version}",
        now=now,
    )


def tell_organisers(kind: str, session: LiveSession, now: datetime) -> None:
    """Queue a letter to who plans the event."""
    tell(kind, session, writers(session.event, now), now)


def _title(session: LiveSession) -> str:
    """What may be read by everybody who booked; a draft's letters go to those who write and judge it."""
    if session.announced_at is None:
        return session.words.title
    shown = words.standing(session).shown
    return shown.title if shown else session.event.title


def _facts(session: LiveSession) -> dict[str, Any]:
    event: Event = session.event
    return {
        "title": _title(session),
        "event_title": event.title,
        "school_name": event.university.name,
        "school_slug": event.university.slug,
        "hotline": event.university.hotline_phone,
        "event": event.public_id,
        "live": session.public_id,
        "host": session.host_name,
        "when": words_of(session.period),
        "platform": session.platform,
        "reason": session.reason,
    }
