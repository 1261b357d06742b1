"""Registrations: every move that is allowed, and every way a booking is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.errors import Refusal
from fairs.registrations.rules import (
    HOLDS_PLACE,
    REGISTRATION_STATE_LABELS,
    TRANSITIONS,
    AlreadyRegistered,
    Booking,
    BookingClosed,
    NotEligible,
    RegistrationState,
    SlotFull,
    WrongState,
    free_places,
    may_book,
    move,
)

NOW = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPEN = Booking(NOW - HOUR, NOW + HOUR, NOW + 2 * HOUR, capacity=300, taken=299)
ALLOWED = {
    ("waiting", "ticketed"),
    ("waiting", "cancelled"),
    ("ticketed", "checked_in"),
    ("ticketed", "cancelled"),
    ("ticketed", "no_show"),
    ("checked_in", "checked_out"),
    ("checked_in", "ticketed"),
    ("checked_out", "checked_in"),
    ("no_show", "checked_in"),
}


@pytest.mark.parametrize(("state", "to"), list(product(RegistrationState, repeat=2)))
def test_only_listed_moves_are_made(state: RegistrationState, to: RegistrationState) -> None:
    if (state, to) in ALLOWED:
        assert move(state, to) is to
    else:
        with pytest.raises(WrongState):
            move(state, to)


def test_every_state_has_a_row_and_a_word() -> None:
    assert set(TRANSITIONS) == set(REGISTRATION_STATE_LABELS) == set(RegistrationState)
    assert {RegistrationState.WAITING, RegistrationState.CANCELLED} == set(RegistrationState) - HOLDS_PLACE


def test_the_last_place_is_given() -> None:
    assert may_book(OPEN, NOW) is RegistrationState.TICKETED


def test_a_full_slot_says_how_full_and_the_way_out() -> None:
    with pytest.raises(SlotFull) as refused:
        may_book(replace(OPEN, taken=300), NOW)
    assert str(refused.value) == "该时段已满（300/300）。可加入候补，或选择其他时段。"


def test_a_full_slot_can_be_waited_for() -> None:
    assert may_book(replace(OPEN, taken=300), NOW, accepts_waiting=True) is RegistrationState.WAITING


def test_nobody_overtakes_the_waiting_list() -> None:
    freed = replace(OPEN, taken=299, waiting=1)
    assert may_book(freed, NOW, accepts_waiting=True) is RegistrationState.WAITING


@pytest.mark.parametrize(
    ("change", "refusal", "words"),
    [
        ({"is_open": False}, BookingClosed, "当前不接受报名"),
        ({"opens_at": NOW + HOUR}, BookingClosed, "预约将于"),
        ({"closes_at": NOW}, BookingClosed, "已截止"),
        ({"slot_ends_at": NOW}, BookingClosed, "已结束"),
        ({"is_eligible": False}, NotEligible, "仅面向"),
        ({"is_registered": True}, AlreadyRegistered, "已报名"),
        ({"is_registered": True, "taken": 300}, AlreadyRegistered, "已报名"),
        ({"is_eligible": False, "closes_at": NOW}, BookingClosed, "已截止"),
    ],
)
def test_what_stands_in_the_way_is_said(change: dict[str, Any], refusal: type[Refusal], words: str) -> None:
    with pytest.raises(refusal, match=words):
        may_book(replace(OPEN, **change), NOW)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 50))
def test_a_ticket_is_given_only_while_places_are_left(capacity: int, taken: int, waiting: int) -> None:
    booking = replace(OPEN, capacity=capacity, taken=taken, waiting=waiting)
    assert free_places(booking) >= 0
    got = may_book(booking, NOW, accepts_waiting=True)
    assert (got is RegistrationState.TICKETED) == (taken + waiting < capacity)
