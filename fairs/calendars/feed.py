"""iCalendar text from plain entries: the same input gives the same bytes, so that an ETag works (1c).

UID and SEQUENCE are stored with what they describe and only passed through. A cancelled entry stays, marked,
because a calendar that merely loses it shows nothing or, worse, the old state.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vText,
    vUri,
)

from fairs.clock import CAMPUS

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODID = "-//Campus Fairs//Calendar 1.0//ZH"
CANCELLED_PREFIX = "【已取消】"
DEFAULT_REFRESH = timedelta(hours=6)
_END = b"END:VCALENDAR\r\n"
_OFFSET = timedelta(hours=8)
_DROPPED = frozenset({"Cc", "Cs"})
# What some readers take for the end of a line although iCalendar does not.
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\v": "\n", "\f": "\n"})


class EntryStatus(StrEnum):
    """STATUS of an entry."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


class Method(StrEnum):
    """METHOD of an invitation by mail; a feed has none."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Address:
    """Who organises or is invited."""

    name: str
    mail: str


@dataclass(frozen=True)
class Entry:
    """One thing with a time. ``uid`` never changes; ``sequence`` and ``changed_at`` rise with a change.

    Times are aware; ``alarms`` are spans before the start. Raises ValueError for a naive time or an end that
    is not after the start.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    changed_at: datetime
    location: str = ""
    description: str = ""
    url: str = ""
    status: EntryStatus = EntryStatus.CONFIRMED
    alarms: tuple[timedelta, ...] = ()
    organizer: Address | None = None
    attendee: Address | None = None

    def __post_init__(self) -> None:
        """Guard what a calendar program would silently show at the wrong hour."""
        if any(at.tzinfo is None for at in (self.starts_at, self.ends_at, self.changed_at)):
            raise ValueError("an entry's times must be aware")
        if self.ends_at <= self.starts_at:
            raise ValueError("an entry must end after it starts")


@dataclass(frozen=True)
class Feed:
    """A calendar to subscribe to, or with ``method`` the body of an invitation."""

    name: str
    entries: tuple[Entry, ...]
    refresh: timedelta = DEFAULT_REFRESH
    method: Method | None = None


def render(feed: Feed) -> bytes:
    """The feed as an .ics body."""
    return join(feed, map(vevent, feed.entries))


def join(feed: Feed, vevents: Iterable[bytes]) -> bytes:
    """The feed as an .ics body from ``vevent`` bytes kept since the last change.

    ``feed.entries`` is not read. Building 300 entries anew takes longer than sending them.
    """
    return _head(feed).removesuffix(_END) + b"".join(vevents) + _END


def vevent(entry: Entry) -> bytes:
    """One entry as the lines of its VEVENT."""
    event = Event()
    event.add("uid", _line(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _instant(entry.changed_at))
    event.add("last-modified", _instant(entry.changed_at))
    event.add("dtstart", entry.starts_at.astimezone(CAMPUS).replace(microsecond=0))
    event.add("dtend", entry.ends_at.astimezone(CAMPUS).replace(microsecond=0))
    event.add("status", entry.status.upper())
    event.add("summary", vText(_summary(entry)))
    if location := _line(entry.location):
        event.add("location", vText(location))
    if description := clean(entry.description):
        event.add("description", vText(description))
    if url := _line(entry.url):
        event.add("url", vUri(url))
    _add_people(event, entry)
    if entry.status is EntryStatus.CANCELLED:
        event.add("transp", "TRANSPARENT")  # the hour is free again
    else:
        for span in entry.alarms:
            event.add_component(_alarm(span, _summary(entry)))
    return bytes(event.to_ical())


def etag(body: bytes) -> str:
    """The entity tag of ``body``, without the quotes that HTTP puts around it."""
    return sha256(body).hexdigest()[:32]


def clean(text: str) -> str:
    """``text`` without control characters and broken halves of characters; any line end becomes ``\\n``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").translate(_LINE_ENDS)
    return "".join(
        letter for letter in lines if letter == "\n" or unicodedata.category(letter) not in _DROPPED
    )


def _line(text: str) -> str:
    """``text`` cleaned, on one line."""
    return " ".join(clean(text).split("\n")).strip()


def _summary(entry: Entry) -> str:
    prefix = CANCELLED_PREFIX if entry.status is EntryStatus.CANCELLED else ""
    return prefix + _line(entry.summary)


def _instant(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _add_people(event: Event, entry: Entry) -> None:
    if entry.organizer:
        event.add("organizer", _person(entry.organizer))
    if entry.attendee:
        guest = _person(entry.attendee)
        guest.params["RSVP"] = "FALSE"
        event.add("attendee", guest)


def _person(address: Address) -> vCalAddress:
    person = vCalAddress(f"mailto:{_line(address.mail)}")
    # Readers disagree on a backslash in a parameter: some take it for an escape and lose the address.
    person.params["CN"] = _line(address.name).replace("\\", "/")
    return person


def _alarm(span: timedelta, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -span)
    alarm.add("description", vText(text))
    return alarm


def _head(feed: Feed) -> bytes:
    """The calendar without its entries."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if feed.method:
        calendar.add("method", feed.method.value)
    else:
        calendar.add("x-wr-calname", vText(_line(feed.name)))
        calendar.add("x-wr-timezone", vText(CAMPUS.key))
        calendar.add("refresh-interval", vDuration(feed.refresh), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(feed.refresh))
    calendar.add_component(_campus_timezone())
    return bytes(calendar.to_ical())


def _campus_timezone() -> Timezone:
    """Asia/Shanghai as it is since 1992: one offset. Never named CST, which others read as Chicago."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1992, 1, 1))  # noqa: DTZ001 -- RFC 5545 wants local time here
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "+08")
    zone = Timezone()
    zone.add("tzid", CAMPUS.key)
    zone.add_component(standard)
    return zone
