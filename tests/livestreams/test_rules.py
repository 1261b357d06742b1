"""When a stream may take place, who enters when, and where it goes when its day moves."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.clock import campus, campus_day
from fairs.errors import Refusal
from fairs.livestreams import rules, times
from fairs.livestreams.rules import LiveState
from fairs.programmes.rules import EventState, PeriodInvalid

NINE = datetime(2026, 11, 28, 1, tzinfo=UTC)
"""Nine o'clock on campus."""
DAY = (NINE, NINE + timedelta(hours=6))
HOUR = timedelta(hours=1)


def _period(hours: float, length: float = 1) -> times.Period:
    starts_at = NINE + timedelta(hours=hours)
    return starts_at, starts_at + timedelta(hours=length)


@pytest.mark.parametrize(
    ("period", "refusal"),
    [
        (_period(1), None),
        (_period(-24 * 7), None),
        (_period(24 * 7), None),
        (_period(-24 * 8), rules.FarFromEvent),
        (_period(24 * 8), rules.FarFromEvent),
        (_period(1, 0), PeriodInvalid),
        (_period(1, -1), PeriodInvalid),
        (_period(1, 0.1), rules.LiveLength),
        (_period(1, 13), rules.LiveLength),
    ],
)
def test_a_stream_lies_near_its_event_and_lasts_a_while(
    period: times.Period, refusal: type[Refusal] | None
) -> None:
    with pytest.raises(refusal) if refusal else nullcontext():
        rules.check_time(period, [DAY])


@pytest.mark.parametrize("url", ["", "https://live.example/a?b=c", "https://直播.example/场次"])
def test_links_that_browsers_follow(url: str) -> None:
    rules.check_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://live.example",
        "javascript:alert(1)",
        "https://",
        "live.example",
        "https://a b",
        f"https://{chr(97) * 70}.example",
        "https://[::1",
        "https://a:99999999",
        "https://a\u2028b",
    ],
)
def test_links_that_are_refused(url: str) -> None:
    with pytest.raises(rules.LiveLink):
        rules.check_link(url)


def test_one_enters_from_half_an_hour_before_until_the_end() -> None:
    there = (LiveState.ANNOUNCED, EventState.OPEN, DAY)
    assert not rules.is_on_air(*there, NINE - timedelta(minutes=31))
    assert rules.is_on_air(*there, NINE - timedelta(minutes=30))
    assert not rules.is_on_air(*there, DAY[1])
    assert not rules.is_on_air(LiveState.ANNOUNCED, EventState.POSTPONED, DAY, NINE)
    with pytest.raises(rules.NotOnAir, match="2026-11-28 09:00–15:00"):
        rules.check_on_air(LiveState.DRAFT, EventState.OPEN, DAY, NINE)


def test_within_the_hours_a_stream_keeps_its_distance_beside_them_its_hour() -> None:
    later = (NINE + timedelta(days=2, hours=3), DAY[1] + timedelta(days=2, hours=3))
    assert times.carried(_period(1), DAY, later) == _period(24 * 2 + 4)
    evening = times.carried(_period(11), DAY, later)
    assert evening == _period(24 * 2 + 11)
    assert times.carried(_period(-14), DAY, later) == _period(24 * 2 - 14)  # the evening before


@settings(max_examples=60)
@given(
    st.integers(-7 * 24 * 60, 7 * 24 * 60),
    st.integers(10, 720),
    st.integers(-60, 60),
    st.integers(-8 * 60, 8 * 60),
)
def test_a_stream_follows_and_comes_back(minute: int, length: int, days: int, shift: int) -> None:
    starts_at = NINE + timedelta(minutes=minute)
    period = (starts_at, starts_at + timedelta(minutes=length))
    move = timedelta(days=days, minutes=shift)
    after = (DAY[0] + move, DAY[1] + move)
    there = times.carried(period, DAY, after)
    assert there[1] - there[0] == period[1] - period[0]
    inside = DAY[0] <= period[0] < DAY[1]
    if inside:
        assert there[0] - after[0] == period[0] - DAY[0]
        assert times.carried(there, after, DAY) == period
    else:
        assert campus(there[0]).time() == campus(period[0]).time()
        gap = campus_day(period[0]) - campus_day(DAY[0])
        assert campus_day(there[0]) - campus_day(after[0]) == gap


def test_a_stream_goes_with_its_own_date_else_with_the_nearest_day() -> None:
    days = [DAY, (DAY[0] + 4 * 24 * HOUR, DAY[1] + 4 * 24 * HOUR)]
    assert [times.nearest(_period(hours), days) for hours in (-40, 1, 24 * 2, 24 * 3, 24 * 4, 24 * 9)] == [
        0,
        0,
        0,
        1,
        1,
        1,
    ]
