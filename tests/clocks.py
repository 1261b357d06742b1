"""A clock that a test sets: what reads the time by itself (pages, tasks, deliveries) reads it there."""

from datetime import datetime, timedelta

import pytest

from fairs import clock


class Clock:
    """The program's clock in this process; it goes on from where a test has set it."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._real = clock.now

    def now(self) -> datetime:
        """The time as the program sees it."""
        return self._real() + self.ahead

    def goes_to(self, moment: datetime) -> None:
        """It is now ``moment``."""
        self.ahead = moment - self._real()


def hung(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Such a clock in place of the real one, until the test is over; as yet it shows the same."""
    ours = Clock()
    monkeypatch.setattr(clock, "now", ours.now)
    return ours
