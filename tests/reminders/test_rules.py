"""When a reminder is due: on the campus clock, whatever the season."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.clock import campus, campus_day
from fairs.reminders.rules import ReminderKind, Rule, Timing, due_at, key_of, timing, useful_until

STARTS = st.integers(1_577_836_800, 2_208_988_800).map(lambda second: datetime.fromtimestamp(second, UTC))
RULES = st.sampled_from(Rule)
LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)


@given(STARTS)
def test_mornings_are_nine_on_campus_in_summer_and_winter(starts_at: datetime) -> None:
    for rule, days in ((Rule.THREE_DAYS, 3), (Rule.ONE_DAY, 1)):
        due = campus(due_at(rule, starts_at))
        assert (due.hour, due.minute) == (9, 0)
        assert campus_day(starts_at) - due.date() == timedelta(days=days)
    assert starts_at - due_at(Rule.TWO_HOURS, starts_at) == timedelta(hours=2)


@given(STARTS, RULES, st.integers(-100, 100))
def test_a_reminder_is_sent_in_its_own_span_only(starts_at: datetime, rule: Rule, hours: int) -> None:
    now = starts_at + timedelta(hours=hours)
    what = timing(rule, starts_at, LONG_AGO, now)
    assert (what is Timing.DUE) == (due_at(rule, starts_at) <= now < useful_until(rule, starts_at))
    assert (what is Timing.EARLY) == (now < due_at(rule, starts_at))


@given(STARTS, st.integers(-5000, 0))
def test_at_most_one_reminder_is_due_at_a_time(starts_at: datetime, minutes: int) -> None:
    now = starts_at + timedelta(minutes=minutes)
    due = [rule for rule in Rule if timing(rule, starts_at, LONG_AGO, now) is Timing.DUE]
    assert len(due) <= 1


@given(STARTS, RULES, st.integers(1, 10_000))
def test_who_heard_after_it_was_due_needs_none(starts_at: datetime, rule: Rule, late: int) -> None:
    since = due_at(rule, starts_at) + timedelta(seconds=late)
    for hours in range(80):
        now = due_at(rule, starts_at) + timedelta(hours=hours)
        assert timing(rule, starts_at, since, now) is Timing.NEEDLESS


@pytest.mark.parametrize(
    ("rule", "due", "until"),
    [
        (Rule.THREE_DAYS, "2026-11-18T09:00:00+08:00", "2026-11-20T09:00:00+08:00"),
        (Rule.ONE_DAY, "2026-11-20T09:00:00+08:00", "2026-11-21T07:00:00+08:00"),
        (Rule.TWO_HOURS, "2026-11-21T07:00:00+08:00", "2026-11-21T09:00:00+08:00"),
    ],
)
def test_a_fair_at_nine_on_saturday(rule: Rule, due: str, until: str) -> None:
    starts_at = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
    assert due_at(rule, starts_at) == datetime.fromisoformat(due)
    assert useful_until(rule, starts_at) == datetime.fromisoformat(until)


@given(STARTS, RULES, st.integers(0, 10**9), st.integers(0, 1439))
def test_the_same_day_is_the_same_reminder(starts_at: datetime, rule: Rule, number: int, move: int) -> None:
    day = campus_day(starts_at)
    midnight = campus(starts_at).replace(hour=0, minute=0)
    moved = midnight + timedelta(minutes=move)
    kind = ReminderKind.TICKET
    assert key_of(rule, kind, number, campus_day(moved)) == key_of(rule, kind, number, day)
    later = campus_day(starts_at + timedelta(days=1))
    assert key_of(rule, kind, number, later) != key_of(rule, kind, number, day)
