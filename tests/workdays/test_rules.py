"""Deadlines against the published calendar of 2026 and the days of the 2022 recruitment month."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.clock import at_campus
from fairs.workdays.rules import (
    DAY_KIND_LABELS,
    DUE_POLICY_LABELS,
    CalendarTooShort,
    Day,
    DayKind,
    DuePolicy,
    WorkCalendar,
)
from fairs.workdays.sources import days_of

CALENDAR = WorkCalendar.of(days_of(range(2021, 2029)))
DAYS = st.dates(date(2022, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-09-30", "2026-10-13"),
        ("2026-09-18", "2026-09-24"),
        ("2026-02-13", "2026-02-27"),
        ("2026-04-30", "2026-05-11"),
        ("2026-11-20", "2026-11-27"),
    ],
)
def test_the_fifth_working_day_after_receipt(received: str, due: str) -> None:
    start, end = date.fromisoformat(received), date.fromisoformat(due)
    assert CALENDAR.add_workdays(start, 5) == end
    assert CALENDAR.workdays_between(start, end) == 5
    assert CALENDAR.deadline(at_campus(start, time(9)), 5) == at_campus(end, time(17, 30))


def test_a_deadline_over_the_new_year_is_counted_and_marked_as_a_guess() -> None:
    start = date(2026, 12, 25)
    end = CALENDAR.add_workdays(start, 5)
    assert end == date(2027, 1, 4)
    assert CALENDAR.is_provisional(start, end)
    assert not CALENDAR.is_provisional(start, date(2026, 12, 31))


def test_receipt_after_midnight_utc_belongs_to_the_day_on_campus() -> None:
    received = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)  # 01:00 on the 20th on campus
    assert CALENDAR.deadline(received, 1) == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("friday", "previous", "following"),
    [
        ("2026-01-02", "2025-12-31", "2026-01-04"),
        ("2026-02-20", "2026-02-14", "2026-02-24"),
        ("2026-05-01", "2026-04-30", "2026-05-06"),
        ("2026-06-19", "2026-06-18", "2026-06-22"),
        ("2026-09-25", "2026-09-24", "2026-09-28"),
        ("2026-10-02", "2026-09-30", "2026-10-08"),
    ],
)
def test_a_weekly_report_on_a_holiday_follows_the_policy(friday: str, previous: str, following: str) -> None:
    day = date.fromisoformat(friday)
    expected = {
        DuePolicy.PREVIOUS_WORKDAY: previous,
        DuePolicy.SAME_DAY: friday,
        DuePolicy.NEXT_WORKDAY: following,
    }
    for policy, moved in expected.items():
        assert CALENDAR.due(day, time(17), policy) == at_campus(date.fromisoformat(moved), time(17))


def test_the_eight_reports_of_the_2022_month_stay_on_their_fridays() -> None:
    fridays = [date(2022, 11, 11) + timedelta(weeks=week) for week in range(8)]
    assert fridays[-1] == date(2022, 12, 30)
    assert [CALENDAR.due(day) for day in fridays] == [at_campus(day, time(17)) for day in fridays]


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        ("2026-02-14", DayKind.SWAP_WORKDAY, "春节调休"),
        ("2026-02-17", DayKind.HOLIDAY, "春节"),
        ("2026-01-02", DayKind.SWAP_REST, "元旦"),
        ("2026-11-21", DayKind.WEEKEND, ""),
        ("2026-11-23", DayKind.WORKDAY, ""),
    ],
)
def test_what_a_day_is(day: str, kind: DayKind, name: str) -> None:
    found = CALENDAR.day(date.fromisoformat(day))
    assert (found.kind, found.name, found.provisional) == (kind, name, False)


def test_a_school_overrides_the_nation() -> None:
    sports_day = date(2026, 11, 20)
    calendar = WorkCalendar.of([*days_of([2026]), Day(sports_day, DayKind.HOLIDAY, "校运会")])
    assert calendar.add_workdays(date(2026, 11, 19), 1) == date(2026, 11, 23)
    assert CALENDAR.is_workday(sports_day)


def test_an_override_alone_does_not_settle_its_year() -> None:
    calendar = WorkCalendar.of([Day(date(2027, 3, 1), DayKind.HOLIDAY, "校庆")])
    assert calendar.day(date(2027, 3, 2)).provisional
    assert not calendar.day(date(2027, 3, 1)).provisional


def test_without_data_weekdays_minus_statutory_holidays_are_worked() -> None:
    calendar = WorkCalendar(statutory={date(2031, 1, 1): "元旦"})
    assert calendar.day(date(2031, 1, 1)) == Day(date(2031, 1, 1), DayKind.HOLIDAY, "元旦", provisional=True)
    assert calendar.is_workday(date(2031, 1, 2))
    assert not calendar.is_workday(date(2031, 1, 4))


def test_data_reach_to_the_end_of_the_last_settled_year() -> None:
    assert CALENDAR.settled_until(date(2024, 5, 1)) == date(2026, 12, 31)
    assert CALENDAR.settled_until(date(2027, 1, 1)) is None


def test_a_count_that_runs_out_of_days_is_refused() -> None:
    with pytest.raises(CalendarTooShort):
        WorkCalendar().add_workdays(date(9999, 12, 30), 5)


@given(DAYS, st.integers(1, 60))
def test_counting_forward_and_between_agree(day: date, count: int) -> None:
    end = CALENDAR.add_workdays(day, count)
    assert CALENDAR.is_workday(end)
    assert CALENDAR.workdays_between(day, end) == count


@given(DAYS, st.integers(1, 60))
def test_counting_back_mirrors_counting_forward(day: date, count: int) -> None:
    start = CALENDAR.add_workdays(day, -count)
    assert start < day
    assert CALENDAR.workdays_between(day, start) == -count


@given(DAYS)
def test_neighbouring_workdays_enclose_only_free_days(day: date) -> None:
    assert CALENDAR.previous_workday(day) == CALENDAR.add_workdays(day, -1)
    assert CALENDAR.next_workday(day) == CALENDAR.add_workdays(day, 1)
    assert CALENDAR.add_workdays(day, 0) == day


def test_every_kind_and_policy_has_a_word_for_people() -> None:
    assert set(DAY_KIND_LABELS) == set(DayKind)
    assert set(DUE_POLICY_LABELS) == set(DuePolicy)
