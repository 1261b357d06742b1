"""Feeds over HTTP, read back by a calendar library; links that are made, shown once, revoked."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar, Event

from fairs import clock
from fairs.accounts.rules import RoleKind
from fairs.database import db
from fairs.programmes.rules import EventKind, EventState, TargetDimension
from fairs.registrations.rules import RegistrationState
from tests import factories
from tests.factories import calendars as made

SignIn = Callable[..., FlaskClient]
LATER = timedelta(minutes=5)


@pytest.fixture
def now() -> datetime:
    """Views read the clock, so the rows of these tests lie around it."""
    return clock.now().replace(microsecond=0)


def read(browser: FlaskClient, url: str) -> list[Event]:
    response = browser.get(url)
    assert response.status_code == 200, url
    assert response.content_type == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.get_data())
    return list(calendar.events)


def one(browser: FlaskClient, url: str) -> Event:
    found = read(browser, url)
    assert len(found) == 1
    return found[0]


def test_each_day_of_an_event_is_an_entry_with_place_page_and_hotline(
    app: Flask, client: FlaskClient, now: datetime
) -> None:
    school = factories.university()
    event = made.event(school, now + timedelta(days=10), days=2)
    made.programme(school, event, theme="就业向未来 建功新时代")
    first, second = read(client, f"/nanhu/calendar/events/{event.public_id}.ics")
    assert [str(e["SUMMARY"]) for e in (first, second)] == [
        "信息类专场招聘会（第 1 天）",
        "信息类专场招聘会（第 2 天）",
    ]
    assert str(first["UID"]) == made.day(event).uid
    assert first.decoded("DTSTART") == made.day(event).starts_at
    assert first["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert str(first["LOCATION"]) == "东校区体育馆"
    assert str(first["URL"]).endswith(f"/nanhu/events/{event.public_id}")
    words = str(first["DESCRIPTION"])
    assert "校园招聘月：就业向未来 建功新时代" in words
    assert "举报与咨询（nanhu大学）：025-5550 0100 jubao@nanhu.example" in words


def test_a_moved_day_keeps_its_uid_and_a_cancelled_event_stays_marked(
    app: Flask, client: FlaskClient, now: datetime
) -> None:
    school = factories.university()
    event = made.event(school, now + timedelta(days=10))
    url = f"/nanhu/calendar/events/{event.public_id}.ics"
    before = one(client, url)
    made.move(made.day(event), now + timedelta(days=12), now)
    moved = one(client, url)
    assert (moved["UID"], moved["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)
    assert moved.decoded("DTSTART") == now + timedelta(days=12)
    made.cancel(event, now + LATER)
    gone = one(client, url)
    assert (gone["UID"], gone["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 2)
    assert gone["STATUS"] == "CANCELLED"
    assert str(gone["SUMMARY"]).startswith("【已取消】")
    assert "说明：场馆维修" in gone["DESCRIPTION"]


def test_a_postponed_event_is_tentative(app: Flask, client: FlaskClient, now: datetime) -> None:
    event = made.event(factories.university(), now, state=EventState.POSTPONED)
    entry = one(client, f"/nanhu/calendar/events/{event.public_id}.ics")
    assert (entry["STATUS"], entry["SUMMARY"]) == ("TENTATIVE", "【时间待定】信息类专场招聘会")


def test_what_is_not_public_is_in_no_feed(app: Flask, client: FlaskClient, now: datetime) -> None:
    school, other = factories.university(), factories.university("beishan")
    draft = made.event(school, now, published=False, state=EventState.PLANNED)
    event = made.event(school, now)
    assert client.get(f"/nanhu/calendar/events/{draft.public_id}.ics").status_code == 404
    assert client.get(f"/beishan/calendar/events/{event.public_id}.ics").status_code == 404
    assert client.get(f"/beishan/calendar/events/{event.public_id}/add.ics").status_code == 404
    programme = made.programme(school, draft, event)
    assert client.get(f"/beishan/calendar/programmes/{programme.public_id}.ics").status_code == 404
    assert [e["UID"] for e in read(client, f"/nanhu/calendar/programmes/{programme.public_id}.ics")] == [
        made.day(event).uid
    ]
    assert [e["UID"] for e in read(client, "/nanhu/calendar/school.ics")] == [made.day(event).uid]
    assert read(client, "/beishan/calendar/school.ics") == []
    joint = made.event(school, now, also=other)
    assert one(client, "/beishan/calendar/school.ics")["UID"] == made.day(joint).uid


def test_the_school_feed_can_be_narrowed(app: Flask, client: FlaskClient, now: datetime) -> None:
    school = factories.university()
    made.event(school, now, title="全校双选会", kind=EventKind.JOB_FAIR)
    law = made.event(school, now, title="法学专场")
    made.target(law, TargetDimension.MAJOR, "030101")
    made.target(law, TargetDimension.DEPARTMENT, "LAW")
    made.target(law, TargetDimension.CHAIN, "JX01")

    def titles(query: str) -> set[str]:
        return {str(entry["SUMMARY"]) for entry in read(client, f"/nanhu/calendar/school.ics{query}")}

    assert titles("") == {"全校双选会", "法学专场"}
    assert titles("?kind=job_fair") == {"全校双选会"}
    assert titles("?major=080901") == {"全校双选会"}  # the one for all
    assert titles("?major=030101&department=LAW") == {"全校双选会", "法学专场"}
    assert titles("?chain=JX01") == {"法学专场"}
    assert titles("?industry=JX01") == set()
    assert "电子信息（1）" in client.get("/nanhu/calendar").text
    assert client.get("/nanhu/calendar/school.ics?kind=party").status_code == 404


def test_the_window_is_bounded_and_the_next_events_come_first(
    app: Flask, client: FlaskClient, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = factories.university()
    made.event(school, now - timedelta(days=70), title="太久以前")
    made.event(school, now - timedelta(days=50), title="上个月")
    made.event(school, now + timedelta(days=1), title="明天")
    made.event(school, now + timedelta(days=300), title="明年")
    shown = [str(entry["SUMMARY"]) for entry in read(client, "/nanhu/calendar/school.ics")]
    assert shown == ["上个月", "明天", "明年"]
    made.event(school, now + timedelta(days=401), title="太久以后")
    assert len(read(client, "/nanhu/calendar/school.ics")) == 3
    monkeypatch.setattr("fairs.calendars.queries.MOST", 1)
    made.event(school, now + timedelta(days=2), title="后天")
    assert str(one(client, "/nanhu/calendar/school.ics")["SUMMARY"]) == "明天"


def test_a_feed_needs_few_queries(app: Flask, client: FlaskClient, now: datetime) -> None:
    school = factories.university()
    for number in range(30):
        made.event(school, now + timedelta(days=number))
    statements: list[str] = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert len(read(client, "/nanhu/calendar/school.ics")) == 30
    asked = [text for text in statements if text.lstrip().upper().startswith("SELECT")]
    assert len(asked) <= 10
    statements.clear()
    read(client, "/nanhu/calendar/school.ics")
    assert len([text for text in statements if text.lstrip().upper().startswith("SELECT")]) <= 5


def test_nothing_new_costs_nothing(app: Flask, client: FlaskClient, now: datetime) -> None:
    school = factories.university()
    event = made.event(school, now + timedelta(days=3))
    url = "/nanhu/calendar/school.ics"
    full = client.get(url)
    tag = full.headers["ETag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    assert client.get(url).headers["ETag"] == tag
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = client.get(url, headers={"If-None-Match": known})
        assert (answer.status_code, answer.get_data()) == (304, b""), known
        assert answer.headers["ETag"] == tag
    modified = full.headers["Last-Modified"]
    assert client.get(url, headers={"If-Modified-Since": modified}).status_code == 304
    made.move(made.day(event), now + timedelta(days=4), now)
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200
    assert client.get(url, headers={"If-Modified-Since": modified}).status_code == 200
    # an entity tag that does not fit wins over a date that does
    fresh = client.get(url).headers["Last-Modified"]
    both = {"If-None-Match": tag, "If-Modified-Since": fresh}
    assert client.get(url, headers=both).status_code == 200


def test_head_says_what_get_would(app: Flask, client: FlaskClient, now: datetime) -> None:
    school = factories.university()
    made.event(school, now)
    get, head = client.get("/nanhu/calendar/school.ics"), client.head("/nanhu/calendar/school.ics")
    assert head.get_data() == b""
    assert {k: head.headers[k] for k in ("ETag", "Last-Modified", "Content-Length")} == {
        k: get.headers[k] for k in ("ETag", "Last-Modified", "Content-Length")
    }


def test_a_file_to_add_once_is_offered_under_a_readable_name(
    app: Flask, client: FlaskClient, now: datetime
) -> None:
    event = made.event(factories.university(), now)
    answer = client.get(f"/nanhu/calendar/events/{event.public_id}/add.ics")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "filename*=UTF-8''%E4%BF%A1%E6%81%AF" in answer.headers["Content-Disposition"]


def test_a_feed_can_be_english(app: Flask, client: FlaskClient, now: datetime) -> None:
    made.event(factories.university(), now, days=2)
    entry = read(client, "/nanhu/calendar/school.ics?lang=en")[0]
    assert str(entry["SUMMARY"]) == "信息类专场招聘会 (day 1)"
    assert "Complaints and advice (nanhu大学): 025-5550 0100" in entry["DESCRIPTION"]


def make_link(browser: FlaskClient) -> str:
    page = browser.post("/me/calendar")
    assert page.headers["Cache-Control"] == "no-store"
    found = re.search(r"/calendar/mine/[\w-]+\.ics", page.get_data(as_text=True))
    assert found is not None
    return found.group()


def test_a_private_link_is_shown_once_and_can_be_revoked(
    app: Flask, sign_in: SignIn, client: FlaskClient
) -> None:
    browser = sign_in(factories.account())
    url = make_link(browser)
    assert read(client, url) == []
    page = browser.get("/me/calendar").get_data(as_text=True)
    assert "私人链接正在使用" in page
    assert "/calendar/mine/" not in page
    newer = make_link(browser)
    assert client.get(url).status_code == 404
    assert client.get(newer).status_code == 200
    browser.post("/me/calendar/revoke")
    assert client.get(newer).status_code == 404
    assert client.get("/calendar/mine/wrong.ics").status_code == 404
    assert client.head("/calendar/mine/wrong.ics").status_code == 404


def test_a_student_has_the_hour_of_entry(
    app: Flask, sign_in: SignIn, client: FlaskClient, now: datetime
) -> None:
    school, student = factories.university(), factories.account("li@nanhu.example", "李小红")
    event = made.event(school, now + timedelta(days=5))
    day = made.day(event)
    booking = made.booking(student, day, made.slot(day, hours=1))
    url = make_link(sign_in(student))
    entry = one(client, url)
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CONFIRMED", 0)
    assert entry.decoded("DTSTART") == day.starts_at + timedelta(hours=1)
    assert entry.decoded("DTEND") == day.starts_at + timedelta(hours=2)
    assert len(entry.alarms.times) == 2
    assert "李小红" not in client.get(url).get_data(as_text=True)
    made.move(day, now + timedelta(days=6), now)
    assert (one(client, url)["SEQUENCE"], one(client, url)["UID"]) == (1, booking.uid)
    made.cancel(event, now + LATER)
    cancelled = one(client, url)
    assert (cancelled["STATUS"], cancelled["SEQUENCE"]) == ("CANCELLED", 2)


def test_a_booking_that_waits_is_tentative_and_a_cancelled_one_stays_a_month(
    app: Flask, sign_in: SignIn, client: FlaskClient, now: datetime
) -> None:
    school, student = factories.university(), factories.account("li@nanhu.example")
    event = made.event(school, now + timedelta(days=5))
    waiting = made.booking(student, made.day(event), state=RegistrationState.WAITING)
    url = make_link(sign_in(student))
    assert (one(client, url)["STATUS"], one(client, url)["SUMMARY"]) == (
        "TENTATIVE",
        "【候补】信息类专场招聘会",
    )
    made.change(waiting, state=RegistrationState.CANCELLED, ended_at=now, sequence=1)
    assert one(client, url)["STATUS"] == "CANCELLED"
    made.change(waiting, ended_at=now - timedelta(days=31))
    assert read(client, url) == []


def test_an_employer_has_its_fairs_with_booth_for_each_day(
    app: Flask, sign_in: SignIn, client: FlaskClient, now: datetime
) -> None:
    school, contact = factories.university(), factories.account("wang@jianghai.example", "王女士")
    event = made.event(school, now + timedelta(days=5), days=2)
    exhibitor = made.appearance(made.employer(contact), event)
    url = make_link(sign_in(contact))
    first, second = read(client, url)
    assert (first["UID"], second["UID"]) == (exhibitor.uid, f"2-{exhibitor.uid}")
    assert str(first["LOCATION"]) == "东校区体育馆，展位 A12"
    assert "江海传感科技有限公司" in first["DESCRIPTION"]
    text = client.get(url).get_data(as_text=True)
    assert "王女士" not in text
    assert "wang@" not in text
    other = factories.account("li@example.com")
    assert read(client, make_link(sign_in(other))) == []


def test_staff_have_duties_and_the_events_they_lead(
    app: Flask, sign_in: SignIn, client: FlaskClient, now: datetime
) -> None:
    school = factories.university()
    law, cs = factories.department(school, "LAW", "法学院"), factories.department(school)
    coordinator = factories.account("zhao@nanhu.example", "赵老师")
    factories.role(coordinator, RoleKind.DEPT_COORDINATOR, university_id=school.id, department_id=law.id)
    own = made.event(
        school, now + timedelta(days=9), department=law, published=False, state=EventState.PLANNED
    )
    made.event(school, now + timedelta(days=9), department=cs)
    duty = made.shift(coordinator, made.day(own))
    url = make_link(sign_in(coordinator))
    entries = {str(entry["UID"]): entry for entry in read(client, url)}
    assert set(entries) == {duty.uid, made.day(own).uid}
    assert str(entries[duty.uid]["SUMMARY"]) == "值班：北门检票 · 信息类专场招聘会"
    assert entries[made.day(own).uid]["STATUS"] == "TENTATIVE"
    assert "Last-Modified" in client.get(url).headers
    assert len(read(client, make_link(sign_in(factories.officer(school))))) == 2


def test_the_page_of_links_offers_the_chosen_feed(app: Flask, client: FlaskClient, now: datetime) -> None:
    school = factories.university()
    factories.major(factories.department(school))
    programme = made.programme(school, made.event(school, now))
    page = client.get("/nanhu/calendar?kind=job_fair&major=080901").get_data(as_text=True)
    assert 'value="http://localhost/nanhu/calendar/school.ics?kind=job_fair&amp;major=080901"' in page
    assert 'href="webcal://localhost/nanhu/calendar/school.ics?kind=job_fair&amp;major=080901"' in page
    assert f"/nanhu/calendar/programmes/{programme.public_id}.ics" in page
    assert 'src="data:image/svg+xml;base64,' in page
    assert "微信里不能订阅日历" not in page
    wechat = client.get("/nanhu/calendar", headers={"User-Agent": "Mozilla/5.0 MicroMessenger/8.0"})
    assert "微信里不能订阅日历" in wechat.get_data(as_text=True)


def test_the_part_for_an_events_page_offers_both_ways(app: Flask, now: datetime) -> None:
    from flask import render_template

    school = factories.university()
    event = made.event(school, now)
    with app.test_request_context(base_url="https://fairs.example.edu"):
        part = render_template("calendars/_subscribe.html", event=event, school=school)
    assert f"webcal://fairs.example.edu/nanhu/calendar/events/{event.public_id}.ics" in part
    assert f"/nanhu/calendar/events/{event.public_id}/add.ics" in part
