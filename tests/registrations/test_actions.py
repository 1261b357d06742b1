"""Booking under contention, waiting lists, moving, cancelling, quotas; tickets and their keys."""

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.database import db
from fairs.errors import Conflict, Refusal
from fairs.messages.models import Message
from fairs.programmes import queries as programmes
from fairs.programmes.models import EntrySlot, Event, EventSchool
from fairs.programmes.rules import EventState
from fairs.registrations import actions, queries, ticketing
from fairs.registrations.models import FairKey, Registration, Ticket
from fairs.registrations.rules import (
    AlreadyRegistered,
    BookingClosed,
    NotEligible,
    QuotaFull,
    RegistrationState,
    SlotFull,
    TicketKind,
    WrongState,
)
from fairs.registrations.tickets import ClaimKind, Proof, printed_secret, prove, read, secret_of
from tests import factories
from tests.factories import registrations as made
from tests.races import race


@pytest.fixture
def fair(app: Flask, now: datetime) -> Event:
    school = factories.university()
    factories.department(school)
    return made.open_event(school, now + timedelta(days=1))


def a_slot(fair: Event, capacity: int, hour: int = 0) -> EntrySlot:
    return made.slot(programmes.occurrences(fair.id)[0], capacity, hour)


def people(fair: Event, number: int) -> list[int]:
    department = db.session.scalars(sa.select(factories.Department)).first()
    return [made.student(department, i).person_id for i in range(number)]


def together(app: Flask, works: list[Callable[[], Any]]) -> tuple[list[Any], list[Refusal]]:
    """Run ``works`` at the same moment: what came back, and what was refused."""
    results = race(app, *works)
    refused = [result for result in results if isinstance(result, Refusal)]
    return [result for result in results if not isinstance(result, Refusal)], refused


def kinds_of(person_id: int) -> list[str]:
    chosen = sa.select(Message.kind).where(Message.person_id == person_id).order_by(Message.id)
    return list(db.session.scalars(chosen))


def test_eight_want_the_last_seat_and_one_gets_it(app: Flask, fair: Event, now: datetime) -> None:
    slot_id, who = a_slot(fair, 1).id, people(fair, 8)
    won, lost = together(app, [lambda person=person: actions.book(slot_id, person, now).id for person in who])
    assert len(won) == 1
    assert [type(refusal) for refusal in lost] == [SlotFull] * 7
    assert str(lost[0]) == "该时段已满（1/1）。可加入候补，或选择其他时段。"
    assert {refusal.status for refusal in lost} == {409}
    assert queries.taken(slot_id) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(FairKey)) == 1


def test_first_bookings_of_two_slots_make_one_key(app: Flask, fair: Event, now: datetime) -> None:
    slots, who = [a_slot(fair, 5, hour).id for hour in range(4)], people(fair, 4)
    won, lost = together(
        app, [lambda pair=pair: actions.book(*pair, now).id for pair in zip(slots, who, strict=True)]
    )
    assert (len(won), lost) == (4, [])
    assert db.session.scalar(sa.select(sa.func.count()).select_from(FairKey)) == 1


def test_one_person_books_a_day_once_even_at_the_same_moment(app: Flask, fair: Event, now: datetime) -> None:
    slots, (person,) = [a_slot(fair, 5, hour).id for hour in range(3)], people(fair, 1)
    won, lost = together(app, [lambda slot=slot: actions.book(slot, person, now).id for slot in slots])
    assert len(won) == 1
    assert all(isinstance(refusal, AlreadyRegistered | Conflict) for refusal in lost)
    mine = db.session.get(Registration, won[0])
    other = next(slot for slot in slots if slot != mine.entry_slot_id)
    with pytest.raises(AlreadyRegistered):
        actions.book(other, person, now)


def test_a_double_click_is_one_booking_and_both_clicks_see_it(app: Flask, fair: Event, now: datetime) -> None:
    slot, (person,) = a_slot(fair, 5).id, people(fair, 1)
    won, lost = together(app, [lambda: actions.book(slot, person, now).id] * 3)
    assert (len(won), len(set(won)), lost) == (3, 1, [])
    assert kinds_of(person) == ["registrations/booked"]


def test_a_freed_seat_goes_to_the_first_who_waits(fair: Event, now: datetime) -> None:
    slot_id, (first, second, third) = a_slot(fair, 1).id, people(fair, 3)
    booked = actions.book(slot_id, first, now)
    assert actions.join_waiting_list(slot_id, second, now).state is RegistrationState.WAITING
    third_row = actions.join_waiting_list(slot_id, third, now + timedelta(seconds=1))
    assert queries.ahead_of(third_row) == 1
    actions.cancel(booked.id, by=first, now=now + timedelta(minutes=1))
    promoted = queries.live_registration(booked.occurrence_id, second)
    assert promoted.state is RegistrationState.TICKETED
    assert queries.ticket_of(promoted.id) is not None
    assert queries.live_registration(booked.occurrence_id, third).state is RegistrationState.WAITING
    assert kinds_of(first) == ["registrations/booked", "registrations/cancelled"]
    assert kinds_of(second) == ["registrations/waiting", "registrations/promoted"]
    told = db.session.scalars(sa.select(Message).where(Message.kind == "registrations/promoted")).one()
    assert told.params["event"] == "南湖大学秋季双选会"
    assert told.params["starts_at"] == "2026-11-22T04:00:00+00:00"
    assert told.params["place"] == "体育馆"


def test_nobody_overtakes_a_waiting_list_and_a_larger_slot_is_filled(fair: Event, now: datetime) -> None:
    slot_id, (first, second, third) = a_slot(fair, 1).id, people(fair, 3)
    actions.book(slot_id, first, now)
    actions.join_waiting_list(slot_id, second, now)
    larger = made.changed(db.session.get(EntrySlot, slot_id), capacity=2)
    with pytest.raises(SlotFull):
        actions.book(slot_id, third, now)
    assert actions.fill(slot_id, now) == 1
    assert [row.taken for row in queries.places(larger.occurrence_id)] == [2]


def test_who_cancelled_may_book_again_with_a_new_ticket(fair: Event, now: datetime) -> None:
    slot_id, (person,) = a_slot(fair, 1).id, people(fair, 1)
    first = actions.book(slot_id, person, now)
    code = queries.ticket_of(first.id).code
    actions.cancel(first.id, by=person, now=now)
    assert queries.ticket_of(first.id) is None
    again = actions.book(slot_id, person, now)
    assert again.id != first.id
    assert queries.ticket_of(again.id).code != code
    with pytest.raises(WrongState):
        actions.cancel(first.id, by=person, now=now)


def test_moving_keeps_the_seat_until_there_is_another(fair: Event, now: datetime) -> None:
    early, late = a_slot(fair, 1), a_slot(fair, 1, 1)
    first, second, third = people(fair, 3)
    mine = actions.book(early.id, first, now)
    code = queries.ticket_of(mine.id).code
    other = actions.book(late.id, second, now)
    with pytest.raises(SlotFull):
        actions.move_slot(mine.id, late.id, now, by=first)
    assert db.session.get(Registration, mine.id).entry_slot_id == early.id
    actions.join_waiting_list(early.id, third, now)
    actions.cancel(other.id, by=second, now=now)
    moved = actions.move_slot(mine.id, late.id, now, by=first)
    assert (moved.entry_slot_id, moved.sequence) == (late.id, 1)
    assert queries.ticket_of(mine.id).code == code
    assert queries.live_registration(mine.occurrence_id, third).state is RegistrationState.TICKETED


def test_who_waits_may_move_to_a_free_slot_and_gets_a_ticket(fair: Event, now: datetime) -> None:
    full, free = a_slot(fair, 0), a_slot(fair, 1, 1)
    (person,) = people(fair, 1)
    mine = actions.join_waiting_list(full.id, person, now)
    assert queries.ticket_of(mine.id) is None
    assert actions.move_slot(mine.id, free.id, now, by=person).state is RegistrationState.TICKETED
    assert queries.ticket_of(mine.id) is not None


def test_a_joint_fair_counts_each_university_over_all_slots(fair: Event, now: datetime) -> None:
    guest = factories.university("beihe")
    factories.saved(EventSchool(event_id=fair.id, university_id=guest.id, ticket_quota=1))
    department = factories.department(guest)
    one, two, three = (made.student(department, i).person_id for i in range(3))
    early, late = a_slot(fair, 5), a_slot(fair, 5, 1)
    mine = actions.book(early.id, one, now)
    assert mine.university_id == guest.id
    with pytest.raises(QuotaFull, match="1/1"):
        actions.book(late.id, two, now)
    waits = actions.join_waiting_list(late.id, two, now)
    (host,) = people(fair, 1)
    assert actions.book(late.id, host, now).state is RegistrationState.TICKETED
    actions.cancel(mine.id, by=one, now=now)
    assert db.session.get(Registration, waits.id).state is RegistrationState.TICKETED
    with pytest.raises(QuotaFull):
        actions.book(early.id, three, now)


def test_others_are_told_why_they_cannot_book(fair: Event, now: datetime) -> None:
    slot = a_slot(fair, 5)
    elsewhere = made.student(factories.department(factories.university("dongshan")))
    with pytest.raises(NotEligible):
        actions.book(slot.id, elsewhere.person_id, now)
    with pytest.raises(NotEligible):
        actions.book(slot.id, factories.account("wang@firm.example").person_id, now)
    (person,) = people(fair, 1)
    with pytest.raises(BookingClosed, match="已截止"):
        actions.book(slot.id, person, slot.ends_at)
    with pytest.raises(BookingClosed, match="预约将于 2026-11-08 12:00 开放"):
        actions.book(slot.id, person, now - timedelta(days=60))
    made.changed(fair, state=EventState.CANCELLED)
    with pytest.raises(BookingClosed):
        actions.book(slot.id, person, now)


def test_paper_replaces_the_phone_and_a_lost_scanner_the_key(fair: Event, now: datetime) -> None:
    slot, (person,) = a_slot(fair, 1), people(fair, 1)
    mine = actions.book(slot.id, person, now)
    face = ticketing.face(mine)
    assert face.kind is TicketKind.ROTATING
    key = ticketing.key_bytes(queries.fair_key(fair.id))
    assert bytes.fromhex(face.secret) == secret_of(key, read(face.code))
    assert key not in db.session.scalars(sa.select(FairKey.secret)).one()
    paper = ticketing.issue_printed(mine.id, by=None, now=now)
    assert ticketing.face(mine).secret == ""
    assert queries.ticket_of(mine.id).id == paper.id
    assert db.session.scalar(sa.select(sa.func.count()).where(Ticket.revoked_at.is_not(None))) == 1
    assert ticketing.replace_key(fair.id, by=None, now=now) == 2
    assert queries.fair_key(fair.id).version == 2
    assert queries.ticket_of(mine.id).key_version == 2
    assert ticketing.key_bytes(queries.fair_key(fair.id)) != key
    assert read(face.code).kind is ClaimKind.TYPED
    assert prove(read(face.code), printed_secret(key, face.code), now) is Proof.UNPROVEN


def test_a_day_that_is_over_lets_go(fair: Event, now: datetime) -> None:
    slot, (came_not, waited) = a_slot(fair, 1), people(fair, 2)
    mine = actions.book(slot.id, came_not, now)
    waits = actions.join_waiting_list(slot.id, waited, now)
    day = mine.occurrence
    assert actions.expire(day.ends_at) == 0
    assert actions.expire(day.ends_at + timedelta(hours=3)) == 2
    assert db.session.get(Registration, mine.id).state is RegistrationState.NO_SHOW
    assert db.session.get(Registration, waits.id).state is RegistrationState.CANCELLED


def test_places_of_all_slots_are_one_query(fair: Event, now: datetime) -> None:
    slots, who = [a_slot(fair, 2, hour) for hour in range(4)], people(fair, 3)
    for person in who[:2]:
        actions.book(slots[0].id, person, now)
    actions.join_waiting_list(slots[0].id, who[2], now)
    day_id = slots[0].occurrence_id
    statements: list[str] = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    rows = queries.places(day_id)
    assert [(row.taken, row.waiting, row.free) for row in rows] == [
        (2, 1, 0),
        (0, 0, 2),
        (0, 0, 2),
        (0, 0, 2),
    ]
    assert len([s for s in statements if s.startswith("SELECT")]) == 1


def test_many_book_move_and_cancel_at_once_and_nothing_is_oversold(
    app: Flask, fair: Event, now: datetime
) -> None:
    guest = factories.university("beihe")
    factories.saved(EventSchool(event_id=fair.id, university_id=guest.id, ticket_quota=1))
    early, late = a_slot(fair, 2).id, a_slot(fair, 2, 1).id
    department = factories.department(guest)
    who = [*people(fair, 4), *(made.student(department, i).person_id for i in range(2))]
    booked = [actions.book(slot, person, now, accepts_waiting=True) for person in who for slot in [early]]

    def restless(number: int, person: int, turn: int) -> None:
        for step in range(3):
            with contextlib.suppress(Refusal):
                actions.move_slot(number, (early, late)[(step + turn) % 2], now, by=person)
        with contextlib.suppress(Refusal):
            actions.cancel(number, by=person, now=now)
        with contextlib.suppress(Refusal):
            actions.join_waiting_list((early, late)[turn % 2], person, now)

    ways = [(row.id, row.person_id, turn) for turn, row in enumerate(booked)]
    assert race(app, *[lambda way=way: restless(*way) for way in ways]) == [None] * 6
    rows = queries.places(booked[0].occurrence_id)
    assert all(row.taken <= 2 for row in rows)
    assert queries.quotas(fair.id)[guest.id].taken <= 1
    for row in rows:  # who waits does so for a reason
        waiting = queries.waiting_for(row.slot.id, queries.quotas(fair.id))
        assert not waiting or row.taken == 2
