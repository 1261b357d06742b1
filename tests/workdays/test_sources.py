"""The seed days agree with the libraries they come from."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from fairs.workdays.rules import DayKind, WorkCalendar
from fairs.workdays.sources import GUESSED, OFFICIAL, OFFICIAL_YEARS, days_of


@pytest.mark.parametrize("year", [2004, 2015, 2020, 2024, 2026])
def test_every_day_of_a_published_year_agrees_with_the_library(year: int) -> None:
    calendar = WorkCalendar.of(days_of([year]))
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [calendar.is_workday(day) for day in days] == [chinese_calendar.is_workday(day) for day in days]
    assert not calendar.is_provisional(days[0], days[-1])


def test_the_library_covers_2004_to_2026_at_least() -> None:
    assert OFFICIAL_YEARS.start == 2004
    assert 2026 in OFFICIAL_YEARS


def test_a_later_year_holds_statutory_days_as_a_guess() -> None:
    year = OFFICIAL_YEARS.stop
    days = days_of([year])
    assert all(day.provisional and day.source == GUESSED and day.kind is DayKind.HOLIDAY for day in days)
    assert {date(year, 1, 1), date(year, 5, 1), date(year, 10, 1)} <= {day.day for day in days}


def test_rows_are_in_order_and_once_per_day() -> None:
    days = days_of([2027, 2026, 2025, 2026])
    assert [day.day for day in days] == sorted({day.day for day in days})
    assert {day.source for day in days} == {OFFICIAL, GUESSED}
    assert all(day.name for day in days)
