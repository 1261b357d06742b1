"""What fits what, and every move of a booth offer."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from fairs.allocation.rules import (
    BOOTH_OFFER_LABELS,
    HOLDS_BOOTH,
    PLACED_LABELS,
    TRANSITIONS,
    UNPLACED_LABELS,
    AlreadyTaken,
    BoothOfferState,
    BoothOption,
    OfferExpired,
    PlacedBecause,
    Problem,
    UnplacedBecause,
    Wish,
    WrongOfferState,
    confirm,
    fits,
    has_lapsed,
    misses_zone,
    move,
    waste,
)

NOW = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ALLOWED = {
    *product(["offered"], ["confirmed", "declined", "lapsed", "released", "revoked"]),
    *product(["confirmed"], ["released", "revoked"]),
}


@pytest.mark.parametrize(("state", "to"), list(product(BoothOfferState, repeat=2)))
def test_only_listed_moves_are_made(state: BoothOfferState, to: BoothOfferState) -> None:
    if (state, to) in ALLOWED:
        assert move(state, to) is to
    else:
        with pytest.raises(WrongOfferState):
            move(state, to)


def test_an_offer_is_confirmed_in_time() -> None:
    assert confirm(BoothOfferState.OFFERED, NOW + MINUTE, NOW) is BoothOfferState.CONFIRMED
    assert confirm(BoothOfferState.OFFERED, None, NOW) is BoothOfferState.CONFIRMED


def test_saying_yes_twice_is_no_error_even_after_the_deadline() -> None:
    assert confirm(BoothOfferState.CONFIRMED, NOW - MINUTE, NOW) is BoothOfferState.CONFIRMED


@pytest.mark.parametrize("state", [BoothOfferState.OFFERED, BoothOfferState.LAPSED])
def test_a_late_yes_is_told_the_way_out(state: BoothOfferState) -> None:
    with pytest.raises(OfferExpired, match="重新加入候补"):
        confirm(state, NOW, NOW)


@pytest.mark.parametrize(
    "state", [BoothOfferState.DECLINED, BoothOfferState.RELEASED, BoothOfferState.REVOKED]
)
def test_an_ended_offer_is_not_confirmed(state: BoothOfferState) -> None:
    with pytest.raises(WrongOfferState):
        confirm(state, NOW + MINUTE, NOW)


@pytest.mark.parametrize(
    ("state", "expires_at", "lapsed"),
    [
        (BoothOfferState.OFFERED, NOW, True),
        (BoothOfferState.OFFERED, NOW + MINUTE, False),
        (BoothOfferState.OFFERED, None, False),
        (BoothOfferState.CONFIRMED, NOW - MINUTE, False),
    ],
)
def test_only_an_unanswered_offer_lapses(
    state: BoothOfferState, expires_at: datetime | None, lapsed: bool
) -> None:
    assert has_lapsed(state, expires_at, NOW) is lapsed


def test_a_lost_race_names_the_booth() -> None:
    assert str(AlreadyTaken(number="A-12")).startswith("展位 A-12 刚刚分配给了其他单位。")


@pytest.mark.parametrize(
    ("booth", "wish", "fit", "idle"),
    [
        (BoothOption("A", 1), Wish(1), True, 0),
        (BoothOption("A", 3), Wish(1), True, 2),
        (BoothOption("A", 1), Wish(1, size=2), False, None),
        (BoothOption("A", 1), Wish(1, power=True), False, None),
        (BoothOption("A", 1, power=True), Wish(1, power=True), True, 0),
        (BoothOption("A", 1, power=True), Wish(1), True, 1),
        (BoothOption("A", 1), Wish(1, accessible=True), False, None),
        (BoothOption("A", 2, power=True, accessible=True), Wish(1), True, 3),
    ],
)
def test_needs_are_hard_and_idle_equipment_is_waste(
    booth: BoothOption, wish: Wish, fit: bool, idle: int | None
) -> None:
    assert fits(booth, wish) is fit
    assert idle is None or waste(booth, wish) == idle


def test_without_a_wished_zone_none_is_missed() -> None:
    booth = BoothOption("A", 1, zone="信息")
    assert not misses_zone(booth, Wish(1))
    assert not misses_zone(booth, Wish(1, zone="信息"))
    assert misses_zone(booth, Wish(1, zone="制造"))


def test_a_problem_names_each_booth_and_exhibitor_once() -> None:
    with pytest.raises(ValueError, match="unique"):
        Problem((BoothOption("A", 1), BoothOption("A", 2)), ())
    with pytest.raises(ValueError, match="one wish"):
        Problem((), (Wish(1), Wish(1, size=2)))


def test_every_state_and_reason_has_words() -> None:
    assert set(BOOTH_OFFER_LABELS) == set(TRANSITIONS) == set(BoothOfferState)
    assert set(PLACED_LABELS) == set(PlacedBecause)
    assert set(UNPLACED_LABELS) == set(UnplacedBecause)
    assert all(TRANSITIONS[state] for state in HOLDS_BOOTH)
