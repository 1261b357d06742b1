"""The demo's students at work: booking slots, and walking through the door of past and running events."""

import uuid
from collections.abc import Sequence
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from fairs.checkin import actions as door
from fairs.checkin.batches import Reading
from fairs.checkin.rules import Direction, ScanMode
from fairs.clock import at_campus
from fairs.database import db, transaction
from fairs.demo.events import End
from fairs.demo.names import Inventor
from fairs.demo.season import Made, day_of
from fairs.programmes import queries as events
from fairs.programmes.models import Occurrence
from fairs.registrations import actions as registrations
from fairs.registrations import ticketing, tickets
from fairs.registrations.models import FairKey, Registration, Ticket
from fairs.students.models import Student

BOOKED = {End.OPEN, End.LOCKED, End.RUNNING, End.CLOSED, End.CANCELLED, End.POSTPONED}


def students_of(university_id: int) -> list[int]:
    """The person ids of a university's students, by number."""
    chosen = sa.select(Student.person_id).where(Student.university_id == university_id)
    return list(db.session.scalars(chosen.order_by(Student.student_no)))


def book(made: Made, students: Sequence[int], hero: int | None, share: float, inventor: Inventor) -> None:
    """Students book the event's slots, up to ``share`` of the places; the hero comes first."""
    if made.wanted.end not in BOOKED:
        return
    for occurrence in events.occurrences(made.id):
        _book_day(made, occurrence.id, students, hero, share, inventor)


@transaction
def _book_day(
    made: Made,
    occurrence_id: int,
    students: Sequence[int],
    hero: int | None,
    share: float,
    inventor: Inventor,
) -> None:
    slots = [(slot.id, round(slot.capacity * share)) for slot in events.slots(occurrence_id)]
    wanted = inventor.random.sample(list(students), min(len(students), sum(n for _, n in slots)))
    if hero is not None:
        wanted = [hero, *(one for one in wanted if one != hero)]
    at = made.opened + timedelta(hours=3)
    for slot_id, places in slots:
        part, wanted = wanted[:places], wanted[places:]
        for person_id in part:
            registrations.book(slot_id, person_id, at)


def attend(made: Made, share: float, now: datetime) -> None:
    """A gate, a day pass, and the scans of ``share`` of those who booked; in the past everybody leaves."""
    if made.wanted.end not in {End.RUNNING, End.CLOSED}:
        return
    officer = made.school.staff["officer"]
    over = made.wanted.end is End.CLOSED
    start = day_of(made) if over else now - timedelta(minutes=40)
    gate = door.create_gate(
        made.id, made.school.halls[made.wanted.hall], "正门", Direction.IN, by=officer, now=min(start, now)
    )
    number = gate.id
    issued = door.issue_pass(number, "学生助理 1", 12, by=officer, now=min(start, now))
    for occurrence in events.occurrences(made.id):
        _walk(made, occurrence.id, issued.device_pass.id, share, now)


@transaction
def _walk(made: Made, occurrence_id: int, pass_id: int, share: float, now: datetime) -> None:
    day = db.session.get_one(Occurrence, occurrence_id)
    begins, ends = day.starts_at, day.ends_at
    over = made.wanted.end is End.CLOSED
    for index, (registration_id, slot_start, secret) in enumerate(_tokens(occurrence_id)):
        if (registration_id * 7919) % 100 >= share * 100:
            continue
        at = max(begins, slot_start) + timedelta(seconds=20 * (index % 120))
        at = at if over else min(at, now - timedelta(seconds=5))
        code, version, key = secret
        _scan(pass_id, _token(key, version, code, at), Direction.IN, at)
        if over:
            leaving = min(at + timedelta(minutes=50), ends - timedelta(minutes=1))
            _scan(pass_id, _token(key, version, code, leaving), Direction.OUT, leaving)


def _tokens(occurrence_id: int) -> list[tuple[int, datetime, tuple[str, int, bytes]]]:
    rows = db.session.execute(
        sa.select(Registration, Ticket, FairKey)
        .join(Ticket, Ticket.registration_id == Registration.id)
        .join(Occurrence, Occurrence.id == Registration.occurrence_id)
        .join(
            FairKey, sa.and_(FairKey.event_id == Occurrence.event_id, FairKey.version == Ticket.key_version)
        )
        .where(Registration.occurrence_id == occurrence_id, Ticket.revoked_at.is_(None))
        .order_by(Registration.id)
    ).all()
    key = ticketing.key_bytes(rows[0][2]) if rows else b""
    return [
        (
            row.id,
            row.entry_slot.starts_at if row.entry_slot else row.created_at,
            (ticket.code, ticket.key_version, key),
        )
        for row, ticket, _ in rows
    ]


def _token(key: bytes, version: int, code: str, at: datetime) -> str:
    return tickets.rotating_token(tickets.ticket_secret(key, code), version, code, at)


def _scan(pass_id: int, token: str, direction: Direction, at: datetime) -> None:
    door.admit(pass_id, Reading(str(uuid.uuid4()), token, direction, at, ScanMode.ONLINE), 0, at)


def evening(made: Made) -> datetime:
    """When a past event of the demo is over."""
    return at_campus(made.days[-1], time(18))
