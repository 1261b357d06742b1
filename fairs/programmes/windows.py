"""The dates of a programme, and events that would lie outside them (S3)."""

from dataclasses import dataclass
from datetime import date

from fairs.errors import Invalid


class OutsideProgramme(Invalid):
    """The event starts outside its programme's window (S3): an officer may override with a reason."""

    code = "outside_programme"
    sentence = "活动日期不在“%(programme)s”的时间范围（%(start)s 至 %(end)s）内，请修改日期或写明理由。"
    field = "starts_on"


@dataclass(frozen=True)
class Window:
    """A programme's dates, both included."""

    name: str
    starts_on: date
    ends_on: date


def is_outside(day: date, window: Window) -> bool:
    """Whether ``day`` lies outside a programme's dates."""
    return not window.starts_on <= day <= window.ends_on


def check_window(day: date, window: Window | None, reason: str = "") -> None:
    """Raises OutsideProgramme if ``day`` lies outside the window and no reason is given (S3)."""
    if window and is_outside(day, window) and not reason.strip():
        raise OutsideProgramme(programme=window.name, start=window.starts_on, end=window.ends_on)
