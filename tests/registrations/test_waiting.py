"""Waiting lists under contention: who gets what when places are given back, added or moved to."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.audit.models import Audit
from fairs.database import db
from fairs.errors import Refusal
from fairs.messages.models import Message
from fairs.programmes import queries as programmes
from fairs.programmes.drafts import SlotDraft
from fairs.programmes.models import EntrySlot, Event, EventSchool
from fairs.programmes.rules import EventState
from fairs.registrations import actions, queries
from fairs.registrations.models import Registration, Ticket
from fairs.registrations.rules import (
    HOLDS_PLACE,
    AlreadyRegistered,
    NotEligible,
    RegistrationState,
    SlotFull,
    TicketKind,
    bookable,
)
from fairs.students.models import Student
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


def people(number: int) -> list[int]:
    department = db.session.scalars(sa.select(factories.Department)).first()
    return [made.student(department, i).person_id for i in range(number)]


def state_of(registration_id: int) -> RegistrationState:
    return db.session.get_one(Registration, registration_id).state


def kinds_of(person_id: int) -> list[str]:
    chosen = sa.select(Message.kind).where(Message.person_id == person_id).order_by(Message.id)
    return list(db.session.scalars(chosen))


def test_two_cancel_at_once_and_the_first_two_of_three_get_the_places(
    app: Flask, fair: Event, now: datetime
) -> None:
    slot, who = a_slot(fair, 2).id, people(5)
    booked = [actions.book(slot, person, now).id for person in who[:2]]
    waits = [
        actions.join_waiting_list(slot, person, now + timedelta(seconds=i)).id
        for i, person in enumerate(who[2:])
    ]
    later = now + timedelta(minutes=1)
    assert len(race(app, *[lambda n=n: actions.cancel(n, by=None, now=later).id for n in booked])) == 2
    assert [state_of(number) for number in waits] == [
        RegistrationState.TICKETED,
        RegistrationState.TICKETED,
        RegistrationState.WAITING,
    ]
    assert [kinds_of(person)[-1] for person in who[2:]] == [
        "registrations/promoted",
        "registrations/promoted",
        "registrations/waiting",
    ]
    assert queries.taken(slot) == 2


def test_whoever_raises_the_places_fills_them_at_once(fair: Event, now: datetime) -> None:
    slot, who = a_slot(fair, 1), people(4)
    actions.book(slot.id, who[0], now)
    waits = [actions.join_waiting_list(slot.id, person, now).id for person in who[1:]]
    # one more place, but it is kept for people without a booking: nobody moves up
    wider = SlotDraft(count=1, capacity=2, walk_in_quota=1)
    assert actions.change_slots(fair.id, wider, version=1, by=who[0], now=now) == 0
    wider = SlotDraft(count=1, capacity=4, walk_in_quota=1)
    assert actions.change_slots(fair.id, wider, version=2, by=who[0], now=now) == 2
    assert [state_of(number) for number in waits][-1] is RegistrationState.WAITING
    made.changed(db.session.get(EntrySlot, slot.id), capacity=9)
    assert actions.fill_waiting(now) == 1
    assert actions.fill_waiting(now) == 0


def test_a_larger_quota_is_given_to_the_schools_own_who_wait(fair: Event, now: datetime) -> None:
    guest = factories.university("beihe")
    part = factories.saved(EventSchool(event_id=fair.id, university_id=guest.id, ticket_quota=0))
    person = made.student(factories.department(guest)).person_id
    waits = actions.join_waiting_list(a_slot(fair, 5).id, person, now)
    made.changed(part, ticket_quota=1)
    assert actions.fill_event(fair.id, now) == 1
    assert state_of(waits.id) is RegistrationState.TICKETED


def test_who_waits_may_wait_elsewhere_and_keeps_their_time(fair: Event, now: datetime) -> None:
    early, late = a_slot(fair, 0), a_slot(fair, 1, 1)
    mine, holder, other = people(3)
    waits = actions.join_waiting_list(early.id, mine, now)
    held = actions.book(late.id, holder, now)
    behind = actions.join_waiting_list(late.id, other, now + timedelta(minutes=1))
    with pytest.raises(SlotFull):
        actions.move_slot(waits.id, late.id, now + timedelta(minutes=2), by=mine)
    swapped = actions.move_slot(waits.id, late.id, now + timedelta(minutes=2), by=mine, accepts_waiting=True)
    assert (swapped.state, swapped.waiting_since) == (RegistrationState.WAITING, now)
    assert queries.ahead_of_all([swapped, behind]) == {waits.id: 0, behind.id: 1}
    # who has a place keeps it: it is no ticket to a waiting list
    with pytest.raises(SlotFull):
        actions.move_slot(held.id, early.id, now, by=holder, accepts_waiting=True)
    actions.cancel(held.id, by=holder, now=now + timedelta(minutes=3))
    assert [state_of(n) for n in (waits.id, behind.id)] == [
        RegistrationState.TICKETED,
        RegistrationState.WAITING,
    ]


def test_two_swap_into_each_others_slots_without_waiting_for_each_other(
    app: Flask, fair: Event, now: datetime
) -> None:
    early, late = a_slot(fair, 2).id, a_slot(fair, 2, 1).id
    one, two = people(2)
    first, second = actions.book(early, one, now).id, actions.book(late, two, now).id
    results = race(
        app,
        lambda: actions.move_slot(first, late, now, by=one).entry_slot_id,
        lambda: actions.move_slot(second, early, now, by=two).entry_slot_id,
    )
    assert sorted(str(result) for result in results) == sorted([str(late), str(early)])


def test_the_last_place_of_another_slot_goes_to_one_and_the_other_keeps_theirs(
    app: Flask, fair: Event, now: datetime
) -> None:
    early, late = a_slot(fair, 3).id, a_slot(fair, 1, 1).id
    who = people(3)
    numbers = [actions.book(early, person, now).id for person in who]
    results = race(app, *[lambda n=n: actions.move_slot(n, late, now, by=None).id for n in numbers])
    assert [type(result) for result in results].count(SlotFull) == 2
    places = {row.slot.id: row.taken for row in queries.places(programmes.occurrences(fair.id)[0].id)}
    assert places == {early: 2, late: 1}


def test_places_for_walk_ins_are_kept_until_they_come(fair: Event, now: datetime) -> None:
    slot, who = a_slot(fair, 3), people(4)
    made.changed(slot, walk_in_quota=1)
    numbers = [
        db.session.scalars(sa.select(Student.student_no).where(Student.person_id == p)).one() for p in who
    ]
    for person in who[:2]:
        actions.book(slot.id, person, now)
    with pytest.raises(SlotFull, match="2/2"):
        actions.book(slot.id, who[2], now)
    made.changed(fair, state=EventState.RUNNING)
    came = actions.walk_in(slot.id, numbers[2], by=who[0], now=slot.starts_at)
    assert came.state is RegistrationState.TICKETED
    assert queries.ticket_of(came.id).kind is TicketKind.PRINTED
    with pytest.raises(AlreadyRegistered, match="补发纸质票"):
        actions.walk_in(slot.id, numbers[0], by=who[0], now=slot.starts_at)
    with pytest.raises(SlotFull, match="3/3"):
        actions.walk_in(slot.id, numbers[3], by=who[0], now=slot.starts_at)
    with pytest.raises(NotEligible, match="没有这个学号"):
        actions.walk_in(slot.id, "4711", by=who[0], now=slot.starts_at)


def test_whatever_is_done_no_place_is_given_twice_and_each_change_is_written_down(
    fair: Event, now: datetime
) -> None:
    slots = [a_slot(fair, 2), a_slot(fair, 1, 1)]
    made.changed(slots[0], walk_in_quota=1)
    numbers, who, chance = [slot.id for slot in slots], people(6), random.Random(2027)
    day = slots[0].occurrence_id
    for step in range(60):
        at, person = now + timedelta(seconds=step), chance.choice(who)
        live = queries.live_registration(day, person)
        moves: list[Callable[[], Any]] = [
            lambda p=person, t=at: actions.book(chance.choice(numbers), p, t, accepts_waiting=True),
            lambda t=at: made.changed(
                db.session.get_one(EntrySlot, chance.choice(numbers)), capacity=chance.randint(1, 4)
            ),
            lambda t=at: actions.fill_event(fair.id, t),
        ]
        if live is not None:
            number = live.id
            moves += [
                lambda n=number, t=at: actions.cancel(n, by=None, now=t),
                lambda n=number, t=at: actions.move_slot(
                    n, chance.choice(numbers), t, by=None, accepts_waiting=True
                ),
            ]
        before = _states()
        with suppress(Refusal):
            chance.choice(moves)()
        db.session.rollback()
        _check(numbers, before)
    states = {state for state, _slot in _states().values()}
    assert states >= {RegistrationState.CANCELLED, RegistrationState.TICKETED}


def _states() -> dict[int, tuple[RegistrationState, int | None]]:
    rows = db.session.execute(sa.select(Registration.id, Registration.state, Registration.entry_slot_id))
    return {number: (state, slot) for number, state, slot in rows}


def _check(slots: list[int], before: dict[int, tuple[RegistrationState, int | None]]) -> None:
    after = _states()
    for number in slots:
        slot = db.session.get_one(EntrySlot, number)
        held = [n for n, (state, at) in after.items() if at == number and state in HOLDS_PLACE]
        came = [n for n in held if before.get(n) != after[n]]
        # a slot may be made smaller than what it gave away; it never gives away more
        assert not came or len(held) <= bookable(slot.capacity, slot.walk_in_quota)
    ticketed = {n for n, (state, _slot) in after.items() if state in HOLDS_PLACE}
    live = set(db.session.scalars(sa.select(Ticket.registration_id).where(Ticket.revoked_at.is_(None))))
    assert live == ticketed
    changed = {n for n in after if before.get(n) != after[n]}
    for model, subject in ((Audit, "registration"), (Message, "registration")):
        written = sa.select(model.subject_id).where(model.subject_kind == subject)
        assert changed <= set(db.session.scalars(written))
