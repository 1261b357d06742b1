"""Working days and deadlines by the Chinese calendar, with its swapped days (调休); REQUIREMENTS 1c."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from fairs.clock import at_campus, campus_day
from fairs.errors import Invalid

CLOSE_OF_BUSINESS = time(17, 30)
REPORT_HOUR = time(17, 0)
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class DayKind(StrEnum):
    """What a day is: worked (``workday``, ``swap_workday``) or free (the others)."""

    WORKDAY = "workday"
    SWAP_WORKDAY = "swap_workday"
    HOLIDAY = "holiday"
    SWAP_REST = "swap_rest"
    WEEKEND = "weekend"

    @property
    def is_worked(self) -> bool:
        """Whether offices are open on such a day."""
        return self in (DayKind.WORKDAY, DayKind.SWAP_WORKDAY)


DAY_KIND_LABELS: Mapping[DayKind, str] = {
    DayKind.WORKDAY: "工作日",
    DayKind.SWAP_WORKDAY: "调休上班",
    DayKind.HOLIDAY: "法定节假日",
    DayKind.SWAP_REST: "调休放假",
    DayKind.WEEKEND: "周末",
}


class PeriodKind(StrEnum):
    """What a stretch of a university's year is."""

    TERM = "term"
    EXAMS = "exams"
    VACATION = "vacation"


PERIOD_LABELS: Mapping[PeriodKind, str] = {
    PeriodKind.TERM: "学期",
    PeriodKind.EXAMS: "考试周",
    PeriodKind.VACATION: "假期",
}

LONGEST = timedelta(days=250)
"""No term is longer: a slip in the year is."""

ENOUGH_DAYS = 60
"""With fewer settled days ahead the calendar is to be completed (REQUIREMENTS 1c)."""


class PeriodWrong(Invalid):
    """The last day is before the first, or much too far from it."""

    code = "period_wrong"
    sentence = "结束日期应不早于开始日期，且相隔不超过 250 天。"
    field = "last_on"


def check_period(first: date, last: date) -> None:
    """Raises PeriodWrong."""
    if not timedelta(0) <= last - first <= LONGEST:
        raise PeriodWrong


class DuePolicy(StrEnum):
    """Where a due date goes that falls on a free day; the notices are silent, so a school chooses."""

    PREVIOUS_WORKDAY = "previous_workday"
    SAME_DAY = "same_day"
    NEXT_WORKDAY = "next_workday"


DUE_POLICY_LABELS: Mapping[DuePolicy, str] = {
    DuePolicy.PREVIOUS_WORKDAY: "提前到前一个工作日",
    DuePolicy.SAME_DAY: "仍在当天",
    DuePolicy.NEXT_WORKDAY: "顺延到下一个工作日",
}


class CalendarTooShort(Invalid):
    """The count ran past the last day that can be written: the calendar holds no working days there."""

    code = "calendar_too_short"
    sentence = "工作日历中找不到足够的工作日，请检查日历设置。"


@dataclass(frozen=True)
class Day:
    """One day of the calendar; ``provisional`` while the State Council's notice for its year is not in."""

    day: date
    kind: DayKind
    name: str = ""
    provisional: bool = False
    source: str = ""

    @property
    def is_worked(self) -> bool:
        """Whether offices are open."""
        return self.kind.is_worked


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of one university.

    ``days`` are the days on record and win over everything. A day that is not on record is Monday to Friday
    worked, minus ``statutory`` (day → name), and provisional unless its year is in ``settled_years``: a plain
    Tuesday of a year whose swaps are all known is certain, one of a year without a notice is a guess.
    """

    days: Mapping[date, Day] = field(default_factory=dict)
    statutory: Mapping[date, str] = field(default_factory=dict)
    settled_years: frozenset[int] = frozenset()

    @classmethod
    def of(cls, days: Iterable[Day], statutory: Mapping[date, str] | None = None) -> "WorkCalendar":
        """Build the calendar from the days on record, later ones winning (a school's own after the nation's).

        A year counts as settled when its 1 January is on record and firm: every yearly notice of the State
        Council names New Year's Day, so that row comes with all the others or not at all.
        """
        known = {day.day: day for day in days}
        settled = frozenset(
            day.day.year
            for day in known.values()
            if (day.day.month, day.day.day) == (1, 1) and not day.provisional
        )
        return cls(known, statutory or {}, settled)

    def day(self, day: date) -> Day:
        """What ``day`` is, from the record or by the fallback."""
        if day in self.days:
            return self.days[day]
        provisional = day.year not in self.settled_years
        if day in self.statutory:
            return Day(day, DayKind.HOLIDAY, self.statutory[day], provisional)
        kind = DayKind.WEEKEND if day.weekday() >= _SATURDAY else DayKind.WORKDAY
        return Day(day, kind, provisional=provisional)

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` is worked (weekends worked for 调休 are)."""
        return self.day(day).is_worked

    def next_workday(self, day: date) -> date:
        """The first working day after ``day``. Raises CalendarTooShort at the end of time."""
        return next(self._workdays(day, _ONE_DAY))

    def previous_workday(self, day: date) -> date:
        """The last working day before ``day``. Raises CalendarTooShort at the beginning of time."""
        return next(self._workdays(day, -_ONE_DAY))

    def add_workdays(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself is not counted (民法典 201).

        A negative count goes back ("room booked at least 5 working days ahead", P16); 0 is ``day`` itself.
        Raises CalendarTooShort.
        """
        walk = self._workdays(day, _ONE_DAY if count > 0 else -_ONE_DAY)
        for _ in range(abs(count)):
            day = next(walk)
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """How many working days lie after ``first`` up to and including ``last``.

        The inverse of ``add_workdays``; negative when ``last`` is earlier, then ``last`` is counted and
        ``first`` is not.
        """
        step = _ONE_DAY if last >= first else -_ONE_DAY
        count = sum(self.is_workday(first + step * n) for n in range(1, abs((last - first).days) + 1))
        return count if last >= first else -count

    def deadline(self, received_at: datetime, count: int, closing: time = CLOSE_OF_BUSINESS) -> datetime:
        """When a reply within ``count`` working days is due: at ``closing`` of the last one, in UTC.

        Counted from the day after the receipt on campus (民法典 201, 203). Raises CalendarTooShort.
        """
        return at_campus(self.add_workdays(campus_day(received_at), count), closing)

    def due(
        self, day: date, hour: time = REPORT_HOUR, policy: DuePolicy = DuePolicy.PREVIOUS_WORKDAY
    ) -> datetime:
        """The instant (UTC) a report for ``day`` is due, moved by ``policy`` if the day is free.

        Weekly reports on a Friday that is a holiday (001:p81) go to the working day before unless the school
        chose otherwise.
        """
        if not self.is_workday(day):
            if policy is DuePolicy.PREVIOUS_WORKDAY:
                day = self.previous_workday(day)
            elif policy is DuePolicy.NEXT_WORKDAY:
                day = self.next_workday(day)
        return at_campus(day, hour)

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether any day from ``first`` to ``last`` (both included) is a guess: say so beside the date."""
        start, end = min(first, last), max(first, last)
        return any(self.day(start + _ONE_DAY * n).provisional for n in range((end - start).days + 1))

    def settled_until(self, day: date) -> date | None:
        """The last day of the unbroken run of settled years that holds ``day``; None if ``day`` is a guess.

        The health page warns when fewer than 60 days of it are left.
        """
        year = day.year
        if year not in self.settled_years:
            return None
        while year + 1 in self.settled_years:
            year += 1
        return date(year, 12, 31)

    def _workdays(self, day: date, step: timedelta) -> Iterator[date]:
        """Working days one after another from ``day``, exclusive, in the direction of ``step``."""
        try:
            while True:
                day += step
                if self.is_workday(day):
                    yield day
        except OverflowError:
            raise CalendarTooShort from None
