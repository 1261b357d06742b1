"""Pages of messages: the office's list, one's own inbox, asking for a link."""

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.database import db
from fairs.messages import actions
from fairs.messages.delivery import deliver_due
from fairs.messages.models import Message
from fairs.messages.rules import LINKS_PER_HOUR, MessageState
from tests import factories
from tests.factories import messages as made

SignIn = Callable[..., FlaskClient]


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count(Message.id))) or 0


def test_the_office_finds_what_it_sent_and_sees_addresses_masked(
    app: Flask, sign_in: SignIn, now: datetime
) -> None:
    school = factories.university()
    officer = factories.officer(school)
    message = made.queued(factories.account("wang@example.com", "王小明"), now, school)
    deliver_due(app, "one", now)
    browser = sign_in(officer)
    page = browser.get("/nanhu/office/messages?q=wang@").get_data(as_text=True)
    assert "设置校园招聘账号的密码" in page
    assert "王**" in page
    assert "w***@example.com" in page
    assert "wang@example.com" not in page.split("filter-bar")[0] + page.split("</form>")[-1]
    assert "没有符合条件的消息" in browser.get("/nanhu/office/messages?q=nobody").get_data(as_text=True)
    text = browser.get(f"/nanhu/office/messages/{message.public_id}").get_data(as_text=True)
    assert "王小明，您好：" in text


def test_another_school_sees_nothing(app: Flask, sign_in: SignIn, now: datetime) -> None:
    school, other = factories.university(), factories.university("beishan")
    message = made.queued(factories.account("wang@example.com"), now, school)
    browser = sign_in(factories.officer(other, "officer@beishan.example"))
    assert browser.get("/nanhu/office/messages").status_code == 404
    assert browser.get(f"/beishan/office/messages/{message.public_id}").status_code == 404
    assert browser.post(f"/beishan/office/messages/{message.public_id}/retry").status_code == 404
    assert "还没有消息" in browser.get("/beishan/office/messages").get_data(as_text=True)


def test_the_inbox_shows_only_what_was_sent_to_me_and_remembers_what_i_read(
    app: Flask, sign_in: SignIn, now: datetime
) -> None:
    wang, li = factories.account("wang@example.com", "王女士"), factories.account("li@example.com", "李女士")
    mine = made.queued(wang, now)
    deliver_due(app, "one", now)
    later = made.queued(wang, now + timedelta(days=1))
    browser = sign_in(wang)
    assert "1 条未读" in browser.get("/me/inbox").get_data(as_text=True)
    assert "王女士，您好：" in browser.get(f"/me/inbox/{mine.public_id}").get_data(as_text=True)
    first = db.session.get_one(Message, mine.id).read_at
    assert first is not None
    browser.get(f"/me/inbox/{mine.public_id}")
    assert db.session.get_one(Message, mine.id).read_at == first
    assert "没有未读消息" in browser.get("/me/inbox").get_data(as_text=True)
    assert browser.get(f"/me/inbox/{later.public_id}").status_code == 404
    assert sign_in(li).get(f"/me/inbox/{mine.public_id}").status_code == 404


def test_the_answer_never_tells_whether_a_mailbox_is_known(app: Flask, client: FlaskClient) -> None:
    factories.account("wang@example.com")
    known = client.post("/forgotten", data={"mailbox": " Wang@Example.com"})
    assert count() == 1
    unknown = client.post("/forgotten", data={"mailbox": "nobody@example.com"})
    assert count() == 1
    assert known.status_code == unknown.status_code == 200
    assert known.get_data() == unknown.get_data()
    assert client.post("/forgotten", data={"mailbox": "nobody"}).status_code == 422


def test_one_mailbox_gets_few_links_an_hour(app: Flask, client: FlaskClient, now: datetime) -> None:
    factories.account("wang@example.com")
    for _ in range(LINKS_PER_HOUR + 2):
        assert "请查看您的邮箱" in client.post("/forgotten", data={"mailbox": "wang@example.com"}).get_data(
            as_text=True
        )
    assert count() == LINKS_PER_HOUR
    assert actions.ask_activation("wang@example.com", clock.now() + timedelta(minutes=61)) == 1


def test_what_has_not_left_can_be_withdrawn(app: Flask, now: datetime) -> None:
    message = made.queued(factories.account(), now)
    assert actions.suppress_one(message.id, "活动已取消。")
    assert not actions.suppress_one(message.id, "活动已取消。")
    assert db.session.get_one(Message, message.id).state is MessageState.SUPPRESSED
