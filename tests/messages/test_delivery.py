"""Delivery by real SMTP: proof on the row, refusals, outages, killed and competing senders."""

import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from flask import Flask

from fairs import clock, config
from fairs.accounts.rules import RoleKind
from fairs.database import db
from fairs.messages import actions, registry
from fairs.messages.delivery import deliver_due
from fairs.messages.models import Message
from fairs.messages.rules import LEASE, RETRIES, SECRET, Channel, MessageState
from tests import factories, ports, processes, smtp
from tests.factories import messages as made
from tests.messages import deliverer

PLAIN = "messages/test_plain"


@pytest.fixture
def server(app: Flask, tmp_path: Path) -> Iterator[smtp.Server]:
    """A mail server, and an application that sends through it."""
    with smtp.Server(tmp_path) as server:
        send_by(app, server.url)
        yield server


def send_by(app: Flask, url: str | None) -> None:
    config.use(replace(app.extensions["settings"], smtp_url=url, public_url="https://fairs.example.edu"))


def row(message: Message) -> Message:
    db.session.rollback()
    return db.session.get_one(Message, message.id)


def test_a_mail_says_what_its_template_says_and_the_row_keeps_the_proof(
    app: Flask, server: smtp.Server, now: datetime
) -> None:
    account = factories.account("wang@example.com", "王女士")
    message = made.queued(account, now)
    assert deliver_due(app, "one", now) == Counter(sent=1)

    mail = server.mails[0]
    stored = row(message)
    assert mail["To"] == "wang@example.com"
    assert mail["Subject"] == "设置校园招聘账号的密码"
    assert mail["Message-ID"] == stored.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    text = mail.get_content().replace("\r\n", "\n")
    link = next(line for line in text.splitlines() if line.startswith("https://"))
    golden = (Path(__file__).parent / "activation.txt").read_text("utf-8")
    assert text.replace(link, "<link>") == golden
    assert stored.state is MessageState.SENT
    assert stored.sent_at is not None
    assert stored.body == golden.replace("<link>", SECRET)
    token = link.rpartition("/")[2]
    page = app.test_client().get(f"/activate/{token}")
    assert page.status_code == 200
    assert deliver_due(app, "one", now) == Counter()


def test_english_readers_get_english(app: Flask, server: smtp.Server, now: datetime) -> None:
    from fairs.accounts import actions as accounts

    account = factories.account("wang@example.com", "Wang")
    accounts.choose_language(account.person_id, "en")
    made.queued(account, now)
    deliver_due(app, "one", now)
    assert server.mails[0]["Subject"] == "Set the password of your campus fairs account"


def test_refused_for_good_is_given_up_at_once_and_refused_for_now_is_tried_again(
    app: Flask, server: smtp.Server, now: datetime
) -> None:
    refused = made.queued(factories.account("refused@example.com"), now)
    later = made.queued(factories.account("later@example.com"), now)
    fine = made.queued(factories.account("fine@example.com"), now)
    assert deliver_due(app, "one", now) == Counter(failed=2, sent=1)
    assert (row(refused).state, row(refused).last_error) == (MessageState.DEAD, "550 5.1.1 no such user")
    assert row(later).state is MessageState.SCHEDULED
    assert row(later).planned_at >= now + RETRIES[0]
    assert "greylisted" in row(later).last_error
    assert server.ids == [row(fine).message_id]


def test_a_dead_server_costs_one_attempt_per_run_and_in_the_end_shows_on_the_page(
    app: Flask, now: datetime, sign_in: object
) -> None:
    send_by(app, f"smtp://127.0.0.1:{ports.free_port()}")
    school = factories.university()
    officer = factories.officer(school)
    first = made.queued(factories.account("a@example.com", "王一"), now, school)
    second = made.queued(factories.account("b@example.com", "王二"), now, school)
    assert deliver_due(app, "one", now) == Counter(unreachable=1)
    assert (row(first).attempts, row(second).attempts) == (1, 0)
    for _ in range(2 * (len(RETRIES) + 1)):
        now += timedelta(hours=4)
        deliver_due(app, "one", now)
    assert row(first).state is row(second).state is MessageState.DEAD
    browser = sign_in(officer)  # type: ignore[operator]  # a fixture: a function
    page = browser.get("/nanhu/office/messages?state=dead").get_data(as_text=True)
    assert "有 2 条消息多次发送失败" in page
    detail = browser.get(f"/nanhu/office/messages/{row(first).public_id}").get_data(as_text=True)
    assert "无法连接邮件服务器 127.0.0.1" in detail
    browser.post(f"/nanhu/office/messages/{row(first).public_id}/retry")
    assert (row(first).state, row(first).attempts) == (MessageState.SCHEDULED, 0)
    assert browser.post(f"/nanhu/office/messages/{row(first).public_id}/retry").status_code == 409
    browser.post("/nanhu/office/messages/retry")
    assert row(second).state is MessageState.SCHEDULED


def test_without_a_mail_server_messages_are_read_on_the_site(app: Flask, now: datetime) -> None:
    send_by(app, None)
    student, officer = factories.account("s@example.com"), factories.account("o@example.com")
    school = factories.university()
    factories.role(student, RoleKind.STUDENT, university_id=school.id)
    factories.role(officer, RoleKind.CAREER_OFFICER, university_id=school.id)
    to_student, to_officer = made.queued(student, now, school), made.queued(officer, now, school)
    assert deliver_due(app, "one", now) == Counter(kept=2)
    assert row(to_student).channel is Channel.INBOX
    # the office may hand a student's link over, but never sign in as a colleague
    assert "https://fairs.example.edu/activate/" in row(to_student).body
    assert SECRET in row(to_officer).body
    assert "/activate/" not in row(to_officer).body


def test_what_cannot_be_rendered_fails_alone(app: Flask, server: smtp.Server, now: datetime) -> None:
    broken = made.queued(factories.account("a@example.com"), now, kind="messages/no_such_template")
    fine = made.queued(factories.account("b@example.com"), now)
    assert deliver_due(app, "one", now) == Counter(failed=1, sent=1)
    assert "TemplateNotFound" in row(broken).last_error
    assert row(fine).state is MessageState.SENT


def test_what_is_true_now_wins_and_may_withdraw_the_message(
    app: Flask, server: smtp.Server, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"

    def look(message: Message, _now: datetime) -> registry.Fresh:
        if message.params.get("over"):
            raise registry.Withdrawn("活动已取消。")
        return registry.Fresh({}, calendar)

    monkeypatch.setitem(registry._LOOKS, "messages/activation", look)
    over = made.queued(factories.account("a@example.com"), now, over=True)
    made.queued(factories.account("b@example.com"), now)
    assert deliver_due(app, "one", now) == Counter(withdrawn=1, sent=1)
    assert (row(over).state, row(over).last_error) == (MessageState.SUPPRESSED, "活动已取消。")
    part = list(server.mails[0].iter_parts())[1]
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    assert part.get_payload(decode=True) == calendar


def test_starttls_is_insisted_on(
    app: Flask, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = tmp_path / "server.pem"
    only = tmp_path / "only.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(certificate), "-out", str(only)]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    certificate.write_text(certificate.read_text() + only.read_text())
    with smtp.Server(tmp_path, certificate=certificate) as server:
        send_by(app, server.url + "?starttls=1")
        message = made.queued(factories.account("a@example.com"), now)
        assert deliver_due(app, "one", now) == Counter(unreachable=1)  # an unknown certificate
        assert "CERTIFICATE_VERIFY_FAILED" in row(message).last_error
        monkeypatch.setenv("SSL_CERT_FILE", str(only))
        assert deliver_due(app, "one", now + timedelta(minutes=2)) == Counter(sent=1)
        assert len(server.mails) == 1


def start_deliverer(app: Flask, url: str) -> ForkServerProcess:
    return processes.start(deliverer.main, environment=processes.settings_of(app, url))


def kill_in_mid_delivery(app: Flask, tmp_path: Path, now: datetime, count: int, kills: int) -> None:
    """Kill senders in the middle ``kills`` times; nothing is lost, and only mails in flight come twice."""
    school = factories.university()
    people = made.recipients(count)
    actions.queue("messages/activation", [p.person_id for p in people], {}, university_id=school.id, now=now)
    wanted = {m.message_id for m in db.session.query(Message)}
    db.session.rollback()
    with smtp.Server(tmp_path, delay=0.05) as server:
        for kill in range(1, kills + 1):
            sender = start_deliverer(app, server.url)
            for _ in range(400):
                if len(server.ids) >= kill * count // (kills + 2):
                    break
                time.sleep(0.05)
            sender.kill()
            sender.join()
            assert len(set(server.ids)) < count
            _leases_run_out()
        send_by(app, server.url)
        deliver_due(app, "after", clock.now() + timedelta(days=1))  # the killed ones went by the real clock
        arrived = Counter(server.ids)
    assert set(arrived) == wanted
    assert arrived.total() - len(wanted) <= kills
    assert {m.state for m in db.session.query(Message)} == {MessageState.SENT}


def _leases_run_out() -> None:
    from fairs.database import transaction

    @transaction
    def run_out() -> None:
        for message in db.session.query(Message).filter(Message.claimed_until.is_not(None)):
            message.claimed_until -= 2 * LEASE

    run_out()


def test_a_killed_sender_loses_nothing(app: Flask, tmp_path: Path, now: datetime) -> None:
    kill_in_mid_delivery(app, tmp_path, now, count=30, kills=1)


@pytest.mark.proof
def test_senders_killed_again_and_again_lose_nothing(app: Flask, tmp_path: Path, now: datetime) -> None:
    kill_in_mid_delivery(app, tmp_path, now, count=1000, kills=20)


def test_two_senders_send_each_message_once(app: Flask, tmp_path: Path, now: datetime) -> None:
    people = made.recipients(60)
    actions.queue("messages/activation", [p.person_id for p in people], {}, now=now)
    with smtp.Server(tmp_path) as server:
        senders = [start_deliverer(app, server.url) for _ in range(2)]
        for sender in senders:
            assert processes.ended(sender, 60) == 0
        assert len(server.ids) == len(set(server.ids)) == 60
    db.session.rollback()
    assert {m.state for m in db.session.query(Message)} == {MessageState.SENT}
