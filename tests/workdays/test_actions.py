"""The table of days: seeded once, later years provisional, firm days win."""

from datetime import UTC, date, datetime, time

from flask import Flask

from fairs.clock import at_campus
from fairs.workdays.actions import seed
from fairs.workdays.queries import calendar
from tests import factories

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def test_seeding_twice_adds_nothing(app: Flask) -> None:
    assert seed(NOW) > 500
    assert seed(NOW) == 0


def test_deadlines_count_swapped_days_and_guess_later_years(app: Flask) -> None:
    seed(NOW)
    days = calendar()
    due = days.deadline(at_campus(date(2026, 9, 18), time(10)), 5)
    assert due == at_campus(date(2026, 9, 24), time(17, 30))
    assert days.is_provisional(date(2027, 3, 1), date(2027, 3, 2))
    assert not days.is_provisional(date(2026, 11, 23), date(2026, 11, 24))


def test_a_schools_own_day_overrides_the_nations(app: Flask) -> None:
    from fairs.workdays.models import CalendarDay
    from fairs.workdays.rules import DayKind

    seed(NOW)
    school = factories.university()
    factories.saved(
        CalendarDay(
            university_id=school.id,
            day=date(2026, 11, 24),
            kind=DayKind.HOLIDAY,
            name="校庆",
            source="school",
        )
    )
    assert not calendar(school.id).is_workday(date(2026, 11, 24))
    assert calendar().is_workday(date(2026, 11, 24))
