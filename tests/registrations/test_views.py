"""Booking pages, the ticket, and who may see it."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import python_calamine
import sqlalchemy as sa
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from fairs import clock
from fairs.accounts.models import Account, Person
from fairs.audit.models import AccessLog
from fairs.clock import campus
from fairs.database import db
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.programmes import queries as programmes
from fairs.programmes.models import EntrySlot, Event, EventSchool
from fairs.programmes.rules import EventState
from fairs.registrations import actions, queries, tickets
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState, TicketKind
from tests import factories
from tests.factories import registrations as made


@pytest.fixture
def fair(app: Flask) -> Event:
    school = factories.university()
    return made.open_event(school, clock.now() + timedelta(hours=2))


@pytest.fixture
def slot(fair: Event) -> EntrySlot:
    return made.slot(programmes.occurrences(fair.id)[0], 1)


@pytest.fixture
def student(fair: Event) -> Account:
    school = db.session.get(factories.University, fair.university_id)
    return made.student(factories.department(school))


def page_of(fair: Event) -> str:
    return f"/nanhu/events/{fair.public_id}/book"


def another(student: Account) -> Account:
    return made.student(db.session.get(factories.Department, 1), 9, "王小满")


def test_book_open_the_ticket_and_cancel(
    fair: Event, slot: EntrySlot, student: Account, sign_in: Callable[..., FlaskClient]
) -> None:
    browser = sign_in(student)
    assert "余 1" in browser.get(page_of(fair)).text
    answer = browser.post(page_of(fair), data={"slot": slot.public_id})
    (mine,) = queries.mine(student.person_id)
    address = f"/nanhu/tickets/{mine.public_id}"
    assert answer.headers["Location"] == address
    shown = browser.get(address).text
    ticket = queries.ticket_of(mine.id)
    assert ticket.code in shown
    assert "李小雨" in shown
    assert "体育馆" in shown
    assert 'data-secret=""' not in shown
    assert "南湖大学秋季双选会" in browser.get("/me/season").text
    assert "您已预约这一天" in browser.get(page_of(fair)).text
    again = browser.post(page_of(fair), data={"slot": slot.public_id})
    assert again.headers["Location"] == address
    late = made.slot(slot.occurrence, 5, 1)
    other = browser.post(page_of(fair), data={"slot": late.public_id})
    assert (other.status_code, "您已报名本场活动" in other.text) == (422, True)
    browser.post(f"{address}/cancel")
    assert "此预约已取消" in browser.get(address).text
    assert browser.post(f"{address}/cancel").status_code == 409


def test_a_full_slot_offers_the_waiting_list(
    fair: Event, slot: EntrySlot, student: Account, sign_in: Callable[..., FlaskClient]
) -> None:
    actions.book(slot.id, another(student).person_id, clock.now())
    browser = sign_in(student)
    refused = browser.post(page_of(fair), data={"slot": slot.public_id})
    assert refused.status_code == 422
    assert "该时段已满（1/1）" in refused.text
    assert "加入候补" in refused.text
    waits = browser.post(page_of(fair), data={"slot": slot.public_id, "waiting": "1"})
    assert "候补中，前面还有 0 人" in browser.get(waits.headers["Location"]).text


def test_tickets_are_their_owners_alone(
    fair: Event, slot: EntrySlot, student: Account, client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    mine = actions.book(slot.id, student.person_id, clock.now())
    address = f"/nanhu/tickets/{mine.public_id}"
    factories.university("beihe")
    assert client.get(address).headers["Location"].startswith("/sign-in")
    other = sign_in(another(student))
    for path in (address, address.replace("nanhu", "beihe")):
        assert other.get(path).status_code == 404
    for verb in ("cancel", "move"):
        assert other.post(f"{address}/{verb}", data={"slot": slot.public_id}).status_code == 404
    assert sign_in(student).get(address.replace("nanhu", "beihe")).status_code == 404
    assert sign_in(student).get(address).status_code == 200
    assert db.session.get(Registration, mine.id).state is RegistrationState.TICKETED


def test_a_guest_of_a_joint_fair_gets_a_ticket_of_the_own_school(
    fair: Event, slot: EntrySlot, sign_in: Callable[..., FlaskClient]
) -> None:
    guest = factories.university("beihe")
    factories.saved(EventSchool(event_id=fair.id, university_id=guest.id, ticket_quota=1))
    one = made.student(factories.department(guest))
    for school in ("nanhu", "beihe"):
        assert sign_in(one).get(f"/{school}/events/{fair.public_id}/book").status_code == 200
    answer = sign_in(one).post(page_of(fair), data={"slot": slot.public_id})
    address = answer.headers["Location"]
    assert address.startswith("/beihe/tickets/")
    assert sign_in(one).get(address).status_code == 200
    assert sign_in(one).get(address.replace("beihe", "nanhu")).status_code == 200


def partial(app: Flask, fair: Event) -> str:
    source = '{% include "registrations/_book.html" %}'
    days = programmes.occurrences(fair.id)
    return render_template_string(source, event=fair, occurrences=days)


def test_the_part_for_the_event_page_speaks_to_visitors_too(app: Flask, fair: Event, slot: EntrySlot) -> None:
    from flask import g

    with app.test_request_context("/"):
        g.school = db.session.get(factories.University, fair.university_id)
        shown = partial(app, fair)
        assert "登录并预约" in shown
        assert "余 1" in shown
        assert "<form" not in shown
        made.changed(fair, state=EventState.CLOSED)
        g.school = db.session.get(factories.University, fair.university_id)
        assert "目前不接受预约" in partial(app, programmes.led_event(fair.public_id, fair.university_id))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_mail_names_event_time_and_place(
    app: Flask, fair: Event, slot: EntrySlot, student: Account, language: str
) -> None:
    now = clock.now()
    made.changed(db.session.get(Person, student.person_id), language=language)
    mine = actions.book(slot.id, another(student).person_id, now)
    waits = actions.join_waiting_list(slot.id, student.person_id, now)
    actions.cancel(mine.id, by=None, now=now)
    actions.cancel(waits.id, by=None, now=now)
    actions.book(slot.id, student.person_id, now)
    chosen = sa.select(Message).where(Message.person_id == student.person_id).order_by(Message.id)
    messages = list(db.session.scalars(chosen))
    kinds = ["waiting", "promoted", "cancelled", "booked"]
    assert [message.kind for message in messages] == [f"registrations/{kind}" for kind in kinds]
    for message in messages:
        letter = render(app, message.id, now)
        assert "南湖大学秋季双选会" in letter.subject
        for part in ("李小雨", f"{campus(slot.starts_at):%H:%M}", "体育馆", "http://"):
            assert part in letter.body
        assert ("您好" in letter.body) is (language == "zh")


def test_the_service_worker_comes_from_the_root_and_is_asked_for_each_time(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "javascript" in answer.headers["Content-Type"]


def test_who_is_no_student_is_told_so(
    fair: Event, slot: EntrySlot, sign_in: Callable[..., FlaskClient], now: datetime
) -> None:
    school: Any = db.session.get(factories.University, fair.university_id)
    browser = sign_in(factories.officer(school))
    assert "您的账号没有学生身份" in browser.get(page_of(fair)).text
    refused = browser.post(page_of(fair), data={"slot": slot.public_id})
    assert refused.status_code == 403


def test_the_desk_finds_a_booking_and_prints_a_ticket(
    fair: Event, slot: EntrySlot, student: Account, client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    mine = actions.book(slot.id, student.person_id, clock.now())
    page = f"/nanhu/office/events/{fair.public_id}/registrations"
    assert client.get(page).headers["Location"].startswith("/sign-in")
    assert sign_in(student).get(page).status_code == 403
    school = db.session.get(factories.University, fair.university_id)
    browser = sign_in(factories.officer(school))
    shown = browser.get(f"{page}?q=0001").text
    assert "李**" in shown
    assert "李小雨" not in shown
    assert "没有符合的预约" in browser.get(f"{page}?q=9999").text
    old = queries.ticket_of(mine.id).code
    paper = browser.post(f"{page}/{mine.public_id}/print").text
    new = queries.ticket_of(mine.id)
    assert new.kind is TicketKind.PRINTED
    assert tickets.spell(new.code) in paper
    assert new.code != old
    sheet = browser.get(f"{page}.xlsx")
    assert sheet.status_code == 200
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sheet.data)).get_sheet_by_index(0)
    assert rows.to_python()[-1][2:] == ["nanhu大学", "202301000001", "李小雨", "已预约"]
    assert db.session.query(AccessLog).one().purpose == "export_registrations"
    foreign = factories.officer(factories.university("beihe"), "zhou@beihe.example")
    assert sign_in(foreign).get(page).status_code == 404
