"""The hours of live streams: in words, and where they go when the days of their event move. Pure."""

from collections.abc import Sequence
from datetime import datetime

from fairs.clock import at_campus, campus, campus_day

Period = tuple[datetime, datetime]


def words_of(period: Period) -> str:
    """A period in words: the day and the hours of the campus clock."""
    return f"{campus(period[0]):%Y-%m-%d %H:%M}–{campus(period[1]):%H:%M}"


def nearest(period: Period, days: Sequence[Period]) -> int:
    """Which of its event's days (place in ``days``) a stream goes with: its own date, else the nearest."""
    on = campus_day(period[0])
    return min(range(len(days)), key=lambda place: (abs((campus_day(days[place][0]) - on).days), place))


def carried(period: Period, before: Period, after: Period) -> Period:
    """Where a stream goes when its day goes from ``before`` to ``after``.

    Inside the day's hours it keeps its distance from their start; beside them (the evening after, the day before)
    it keeps its hour and only its date moves.
    """
    if before[0] <= period[0] < before[1]:
        shift = after[0] - before[0]
        return period[0] + shift, period[1] + shift
    shift = campus_day(after[0]) - campus_day(before[0])
    starts_at = at_campus(campus_day(period[0]) + shift, campus(period[0]).time())
    return starts_at, starts_at + (period[1] - period[0])
