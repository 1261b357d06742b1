"""Days to seed the calendar with: the State Council's notices from a library, later years as a guess."""

from collections.abc import Iterable

import chinese_calendar.constants as official
import holidays

from fairs.workdays.rules import Day, DayKind

OFFICIAL = "chinesecalendar"
GUESSED = "holidays"

OFFICIAL_YEARS = range(min(official.holidays).year, max(official.holidays).year + 1)

_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


def days_of(years: Iterable[int]) -> list[Day]:
    """The days of ``years`` that differ from plain Monday-to-Friday, in order.

    Years with a published notice are firm and hold holidays, days off in lieu and weekends worked; other
    years hold the statutory holidays only and are provisional: their swaps are not known yet.
    """
    wanted = sorted(set(years))
    firm = [day for year in wanted if year in OFFICIAL_YEARS for day in _official(year)]
    guessed = [day for year in wanted if year not in OFFICIAL_YEARS for day in _guessed(year)]
    return sorted(firm + guessed, key=lambda day: day.day)


def _official(year: int) -> list[Day]:
    """The notice for ``year`` as the library has it."""
    free = [
        Day(
            day,
            DayKind.SWAP_REST if day in official.in_lieu_days else DayKind.HOLIDAY,
            _NAMES[name],
            source=OFFICIAL,
        )
        for day, name in official.holidays.items()
        if day.year == year
    ]
    worked = [
        Day(day, DayKind.SWAP_WORKDAY, f"{_NAMES[name]}调休", source=OFFICIAL)
        for day, name in official.workdays.items()
        if day.year == year
    ]
    return free + worked


def _guessed(year: int) -> list[Day]:
    """Statutory holidays of ``year`` by the lunar calendar and the regulation, without any swap."""
    statutory = holidays.country_holidays("CN", years=year, language="zh_CN")
    return [
        Day(day, DayKind.HOLIDAY, name, provisional=True, source=GUESSED) for day, name in statutory.items()
    ]
