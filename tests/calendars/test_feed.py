"""Feeds: what is written is read back, byte for byte the same each time, in lines that every client takes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from fairs.calendars.feed import (
    CANCELLED_PREFIX,
    Address,
    Entry,
    EntryStatus,
    Feed,
    Method,
    clean,
    etag,
    join,
    render,
    vevent,
)

FAIR = Entry(
    uid="0ABCDEFGHJKMN@fairs.example.edu.cn",
    sequence=2,
    starts_at=datetime(2026, 11, 21, 1, 0, tzinfo=UTC),
    ends_at=datetime(2026, 11, 21, 4, 0, tzinfo=UTC),
    summary="信息类专场招聘会（第12场）",
    changed_at=datetime(2026, 11, 2, 3, 4, 5, 678, tzinfo=UTC),
    location="东校区体育馆, 一层",
    description="请携带学生证；从北门入场。\n咨询电话：025-5555 0101",
    url="https://fairs.example.edu.cn/u/event/0ABC",
    alarms=(timedelta(days=1), timedelta(hours=2)),
    organizer=Address('就业"指导"中心, 招聘科', "office@example.edu.cn"),
)
FEED = Feed("我的招聘会; 2026", (FAIR,))
MOMENTS = st.integers(1_600_000_000, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
WORDS = st.text(max_size=200) | st.text("中文招聘会👩‍💻🎓\\;,:\"' \n\r\t\x00\x0b\u2028", max_size=200)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    start = draw(MOMENTS)
    return Entry(
        uid=f"{draw(st.integers(0, 10**12))}@example.edu.cn",
        sequence=draw(st.integers(0, 99)),
        starts_at=start,
        ends_at=start + timedelta(minutes=draw(st.integers(1, 10_000))),
        summary=draw(WORDS),
        changed_at=draw(MOMENTS),
        location=draw(WORDS),
        description=draw(WORDS),
        status=draw(st.sampled_from(EntryStatus)),
        alarms=tuple(draw(st.lists(st.integers(1, 9999).map(lambda n: timedelta(minutes=n)), max_size=2))),
        organizer=draw(st.none() | st.builds(Address, WORDS, st.just("office@example.edu.cn"))),
    )


def events_of(body: bytes) -> list[Event]:
    calendar = Calendar.from_ical(body)
    assert isinstance(calendar, Calendar)
    return list(calendar.events)


def one_line(text: str) -> str:
    return " ".join(clean(text).split("\n")).strip()


def test_a_feed_looks_exactly_like_this() -> None:
    golden = Path(__file__).with_name("feed.ics").read_bytes()
    assert render(FEED) == golden


def test_the_time_zone_is_shanghai_with_one_offset_and_never_called_cst() -> None:
    body = render(FEED)
    assert b"DTSTART;TZID=Asia/Shanghai:20261121T090000\r\n" in body
    assert body.count(b"BEGIN:STANDARD") == 1
    assert b"DAYLIGHT" not in body
    assert b"CST" not in body
    assert b"TZOFFSETTO:+0800\r\n" in body


def test_clients_are_told_to_come_back_after_six_hours() -> None:
    body = render(FEED)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in body
    assert b"X-PUBLISHED-TTL:PT6H\r\n" in body


def test_a_cancelled_entry_stays_marked_and_rings_no_more() -> None:
    body = render(Feed("招聘会", (replace(FAIR, status=EntryStatus.CANCELLED, sequence=3),)))
    event = events_of(body)[0]
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] == 3
    assert str(event["SUMMARY"]) == f"{CANCELLED_PREFIX}{FAIR.summary}"
    assert b"VALARM" not in body
    assert b"TRANSP:TRANSPARENT" in body


def test_an_invitation_has_a_method_and_a_guest_and_no_feed_name() -> None:
    guest = Address("李同学", "li@example.edu.cn")
    body = render(Feed("", (replace(FAIR, attendee=guest),), method=Method.REQUEST))
    assert b"METHOD:REQUEST\r\n" in body
    assert b"X-WR-CALNAME" not in body
    assert str(events_of(body)[0]["ATTENDEE"]) == "mailto:li@example.edu.cn"


def test_the_tag_follows_the_bytes() -> None:
    assert etag(render(FEED)) == etag(render(FEED))
    assert etag(render(FEED)) != etag(render(replace(FEED, entries=(replace(FAIR, sequence=3),))))
    assert '"' not in etag(b"")


def test_kept_entries_are_joined_to_the_same_bytes() -> None:
    second = replace(FAIR, uid="2@example.edu.cn")
    feed = Feed("招聘会", (FAIR, second))
    assert join(replace(feed, entries=()), [vevent(FAIR), vevent(second)]) == render(feed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_at": datetime(2026, 11, 21, 1, 0)},  # noqa: DTZ001 -- a naive time is the case
        {"changed_at": datetime(2026, 11, 21, 1, 0)},  # noqa: DTZ001 -- the same
        {"ends_at": FAIR.starts_at},
    ],
)
def test_an_entry_with_impossible_times_is_not_made(wrong: dict[str, datetime]) -> None:
    with pytest.raises(ValueError, match="must"):
        replace(FAIR, **wrong)


def test_a_line_end_in_a_name_cannot_smuggle_in_a_property() -> None:
    sly = "招聘会\r\nATTACH:https://evil.example\r\nX:"
    feed = Feed(sly, (replace(FAIR, summary=sly, location=sly, url=sly, uid=sly, description=sly),))
    assert b"\nATTACH" not in render(feed)
    assert len(events_of(render(feed))) == 1


@pytest.mark.parametrize("text", ["招" * 400, "👩‍💻🎓" * 60, "a" * 74 + "中", "𠮷野家" * 40])
def test_long_text_is_folded_by_octets_without_cutting_a_character(text: str) -> None:
    body = render(Feed(text, (replace(FAIR, summary=text, description=text),)))
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")
    assert str(events_of(body)[0]["DESCRIPTION"]) == text


@given(st.lists(entries(), max_size=4), WORDS)
def test_what_is_written_is_read_back(drawn: list[Entry], name: str) -> None:
    feed = Feed(name, tuple(drawn))
    body = render(feed)
    assert body == render(feed)
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    found = events_of(body)
    assert len(found) == len(drawn)
    for event, entry in zip(found, drawn, strict=True):
        assert_same(event, entry)


def assert_same(event: Event, entry: Entry) -> None:
    prefix = CANCELLED_PREFIX if entry.status is EntryStatus.CANCELLED else ""
    assert str(event["UID"]) == entry.uid
    assert event["SEQUENCE"] == entry.sequence
    assert event["STATUS"] == entry.status.upper()
    assert event.start == entry.starts_at
    assert event.end == entry.ends_at
    assert event.DTSTAMP == event.LAST_MODIFIED == entry.changed_at
    assert str(event["SUMMARY"]) == prefix + one_line(entry.summary)
    assert str(event.get("LOCATION", "")) == one_line(entry.location)
    assert str(event.get("DESCRIPTION", "")) == clean(entry.description)
    rings = () if entry.status is EntryStatus.CANCELLED else entry.alarms
    assert [-alarm.TRIGGER for alarm in event.walk("VALARM")] == list(rings)
    if entry.organizer:
        assert event["ORGANIZER"].params["CN"] == one_line(entry.organizer.name).replace("\\", "/")
