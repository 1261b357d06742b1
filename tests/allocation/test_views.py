"""Pages of booths: who may open them, what they say, what their buttons do."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask, render_template, url_for
from flask.testing import FlaskClient
from openpyxl import load_workbook

from fairs import clock
from fairs.accounts.models import Account
from fairs.accounts.rules import RoleKind
from fairs.allocation import actions, queries
from fairs.database import db
from fairs.employers.models import Employer
from fairs.exhibitors import actions as places
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.programmes.models import Event, ProgrammeEvent
from fairs.tasks.worker import do_next
from tests import factories
from tests.factories import exhibitors as made
from tests.factories import programmes as planned
from tests.factories.exhibitors import LARGE, STANDARD

X = ExhibitorState
SignIn = Callable[..., FlaskClient]


@dataclass
class Scene:
    """A fair with three booths and one request, its officer and its employer's contact."""

    school: University
    event: Event
    officer: Account
    employer: Employer
    contact: Account
    place: Exhibitor
    now: datetime

    @property
    def board(self) -> str:
        return f"/{self.school.slug}/office/events/{self.event.public_id}/booths"

    @property
    def seat(self) -> str:
        return f"{self.board}/{self.place.public_id}"

    @property
    def page(self) -> str:
        return f"/employer/{self.employer.public_id}/fairs/{self.school.slug}/{self.event.public_id}"

    def offer(self, key: str = "A01", place: Exhibitor | None = None) -> None:
        chosen = place or self.place
        actions.offer_by_hand(chosen.id, key, chosen.version, by=self.officer.person_id, now=self.now)


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    school = factories.university()
    officer = factories.officer(school)
    event = made.fair(school, now=now)
    made.plan(event, [dict(STANDARD), STANDARD | {"power": True}, dict(LARGE)])
    employer = made.employer("晨星电子", verified_at=[school], industry="电子信息")
    contact = made.contact(employer)
    place = made.request(event, employer, contact, now=now, power=True)
    return Scene(school, event, officer, employer, contact, place, now)


def test_the_board_says_who_waits_and_what_would_fit(scene: Scene, sign_in: SignIn) -> None:
    page = sign_in(scene.officer).get(scene.board).text
    assert "晨星电子" in page
    assert "有 1 个合适的空展位" in page
    scene.offer("A02", made.requests(scene.event, 1, scene.officer)[0])
    assert "没有带电源的空展位" in sign_in(scene.officer).get(scene.board).text


def test_a_run_is_started_from_the_board(app: Flask, scene: Scene, sign_in: SignIn) -> None:
    browser = sign_in(scene.officer)
    answer = browser.post(scene.board)
    assert answer.status_code == 302
    assert "/tasks/" in answer.location
    assert "正在安排展位" in browser.get(scene.board).text
    assert do_next(app, "test")
    page = browser.get(scene.board).text
    assert "A02" in page
    assert "面积正好；带电源" in page
    assert browser.post(scene.board).status_code == 409


def test_an_officer_gives_moves_fixes_and_takes_a_booth(scene: Scene, sign_in: SignIn) -> None:
    browser = sign_in(scene.officer)
    form = {"holding": "", "version": scene.place.version, "booth": "A02"}
    assert browser.post(scene.seat, data=form).status_code == 302
    held = queries.assignment_of(scene.place.id)
    assert (held.booth_key, held.locked) == ("A02", True)
    browser.post(f"{scene.seat}/lock", data={"locked": "no", "version": held.version})
    held = queries.assignment_of(scene.place.id)
    assert not held.locked
    move = {"holding": held.public_id, "version": held.version, "booth": "A03"}
    assert browser.post(scene.seat, data=move).status_code == 302
    assert "调整到展位 A03" in browser.get(scene.seat).text
    held = queries.assignment_of(scene.place.id)
    end = {"how": "release", "holding": held.public_id, "held_version": held.version, "reason": ""}
    refused = browser.post(f"{scene.seat}/end", data=end)
    assert refused.status_code == 422
    assert "请写明原因" in refused.text
    assert browser.post(f"{scene.seat}/end", data=end | {"reason": "通道调整"}).status_code == 302
    assert scene.place.state is X.WAITLISTED


def test_the_second_officer_reads_who_was_faster(scene: Scene, sign_in: SignIn) -> None:
    scene.offer("A02", made.requests(scene.event, 1, scene.officer)[0])
    form = {"holding": "", "version": scene.place.version, "booth": "A02"}
    browser = sign_in(scene.officer)
    refused = browser.post(scene.seat, data=form)
    assert refused.status_code == 422
    form["booth"], form["version"] = "A01", scene.place.version + 5
    stale = browser.post(scene.seat, data=form)
    assert stale.status_code == 422
    assert "内容刚刚被其他人更新" in stale.text
    assert queries.assignment_of(scene.place.id) is None


def test_the_sheet_lists_booths_staff_and_plates_but_no_phones(scene: Scene, sign_in: SignIn) -> None:
    scene.offer()
    places.add_rep(
        scene.place.id, "赵先生", "13800138000", "苏A12345", by=scene.contact.person_id, now=scene.now
    )
    made.request(scene.event, made.employer("后来", verified_at=[scene.school]), scene.officer, now=scene.now)
    sheet = load_workbook(io.BytesIO(sign_in(scene.officer).get(f"{scene.board}.xlsx").data)).active
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    [first] = [row for row in rows if "晨星电子" in row]
    assert first[0] == "A01"
    assert first[7:9] == ["赵先生", "苏A12345"]
    assert [row[1] for row in rows][-2:] == ["晨星电子", "后来"]
    assert not any("13800138000" in str(cell) for row in rows for cell in row)


def test_a_request_is_put_first(scene: Scene, sign_in: SignIn) -> None:
    form = {"first": "yes", "version": scene.place.version}
    assert sign_in(scene.officer).post(f"{scene.seat}/priority", data=form).status_code == 302
    assert scene.place.priority == 1


def test_an_offer_is_confirmed_from_the_employers_page(scene: Scene, sign_in: SignIn) -> None:
    browser = sign_in(scene.contact)
    assert "等待安排展位" in browser.get(scene.page).text
    scene.offer()
    page = browser.get(scene.page).text
    assert "为您安排了展位 A01，请确认" in page
    assert "还剩 47 小时" in page
    assert "就业指导中心" in page
    assert "陈老师" not in page
    assert browser.post(f"{scene.page}/confirm").status_code == 302
    assert scene.place.state is X.CONFIRMED
    assert "下一步：登记参会人员" in browser.get(scene.page).text


def test_confirming_too_late_says_what_happened(scene: Scene, sign_in: SignIn) -> None:
    scene.offer()
    actions.lapse_offers(scene.now + timedelta(hours=48))
    browser = sign_in(scene.contact)
    refused = browser.post(f"{scene.page}/confirm")
    assert refused.status_code == 409
    assert "确认期限已过" in refused.text
    assert browser.post(f"{scene.page}/rejoin").status_code == 302
    assert scene.place.state is X.WAITLISTED


def test_declining_ends_the_place_and_offers_to_ask_again(scene: Scene, sign_in: SignIn) -> None:
    scene.offer()
    browser = sign_in(scene.contact)
    browser.post(f"{scene.page}/decline")
    assert scene.place.state is X.DECLINED
    assert "重新申请" in browser.get(scene.page).text


def test_cancelling_says_beforehand_how_it_counts(scene: Scene, sign_in: SignIn) -> None:
    scene.offer()
    browser = sign_in(scene.contact)
    browser.post(f"{scene.page}/confirm")
    assert "现在取消不记录违约" in browser.get(f"{scene.page}/cancel").text
    assert browser.post(f"{scene.page}/cancel", data={"reason": "行程冲突"}).status_code == 302
    assert scene.place.state is X.CANCELLED_IN_TIME
    assert "行程冲突" in browser.get(scene.page).text


def test_a_late_cancellation_is_announced_as_such(app: Flask, sign_in: SignIn) -> None:
    now, school = clock.now(), factories.university()
    officer, employer = factories.officer(school), made.employer(verified_at=[school])
    event = made.fair(school, now=now, free_cancel_until=now - timedelta(hours=1))
    made.plan(event, [dict(STANDARD)])
    contact = made.contact(employer)
    scene = Scene(
        school, event, officer, employer, contact, made.request(event, employer, contact, now=now), now
    )
    scene.offer()
    browser = sign_in(contact)
    browser.post(f"{scene.page}/confirm")
    assert "现在取消会记为临期取消" in browser.get(f"{scene.page}/cancel").text
    browser.post(f"{scene.page}/cancel")
    assert scene.place.state is X.CANCELLED_LATE


def test_foreign_employers_and_universities_find_nothing(scene: Scene, sign_in: SignIn) -> None:
    stranger = made.contact(made.employer("别家"), "li@bie.example", "李先生")
    browser = sign_in(stranger)
    for path in ("", "/apply", "/staff", "/cancel"):
        assert browser.get(scene.page + path).status_code == 404
    other = factories.university("beihu")
    foreign = sign_in(factories.officer(other, "officer@beihu.example"))
    elsewhere = scene.board.replace("/nanhu/", "/beihu/")
    for path in (scene.board, scene.seat, elsewhere, scene.seat.replace("/nanhu/", "/beihu/")):
        assert foreign.get(path).status_code == 404
    assert foreign.post(elsewhere).status_code == 404
    own = sign_in(scene.contact)
    assert own.get(scene.page.replace("/nanhu/", "/beihu/")).status_code == 404
    assert own.get(scene.board).status_code == 404


def test_a_coordinator_works_on_her_own_departments_fairs_only(scene: Scene, sign_in: SignIn) -> None:
    department = factories.department(scene.school)
    zhao = factories.account("zhao@nanhu.example", "赵老师")
    scope = {"university_id": scene.school.id, "department_id": department.id}
    factories.role(zhao, RoleKind.DEPT_COORDINATOR, **scope)
    browser = sign_in(zhao)
    assert browser.get(scene.board).status_code == 403
    own = made.fair(scene.school, "计算机专场", now=scene.now, event={"department_id": department.id})
    page = browser.get(scene.board.replace(scene.event.public_id, own.public_id))
    assert page.status_code == 200
    assert "还没有展位图" in page.text


def test_the_public_list_names_who_is_confirmed(app: Flask, scene: Scene) -> None:
    context = {"event": scene.event, "school": scene.school, "occurrences": []}
    with app.test_request_context():
        assert "参会单位确认展位后会显示在这里" in render_template("exhibitors/_list.html", **context)
        scene.offer()
        held = queries.assignment_of(scene.place.id)
        actions.confirm(held.id, by=scene.contact.person_id, now=scene.now)
        listed = render_template("exhibitors/_list.html", **context)
    assert "共 1 家单位确认参会" in listed
    assert "A01" in listed
    assert "电子信息" in listed


def test_every_mail_names_time_place_and_page(app: Flask, scene: Scene) -> None:
    held = lambda: queries.assignment_of(scene.place.id)  # noqa: E731  # read again each time, in one word
    by, now = scene.officer.person_id, scene.now
    scene.offer()
    actions.lapse_offers(now + timedelta(hours=48))
    actions.rejoin(scene.place.id, by=by, now=now)
    scene.offer()
    actions.move_assignment(held().id, "A02", held().version, by=by, now=now)
    actions.confirm(held().id, by=by, now=now)
    actions.release(held().id, "通道调整", held().version, by=by, now=now)
    actions.revoke_place(scene.place.id, "材料不实", scene.place.version, by=by, now=now)
    mails = list(db.session.query(Message).order_by(Message.id))
    assert {mail.kind for mail in mails} == {
        f"allocation/{name}" for name in ("offer", "lapsed", "moved", "confirmed", "waitlisted", "cancelled")
    }
    with app.test_request_context():
        for mail in mails:
            template = mail.kind.replace("/", "/mail/") + ".txt"
            text = render_template(template, person=mail.person, url_for=url_for, **mail.params)
            title, empty, *body = text.strip().split("\n")
            assert "冬季双选会" in title
            assert empty == ""
            assert "体育馆一层" in text
            assert "时间：" in text
            assert scene.page in text
            assert "晨星电子，您好" in "".join(body)


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_card_for_each_confirmed_booth_says_the_theme(scene: Scene, sign_in: SignIn) -> None:
    office = sign_in(scene.officer)
    assert "单位确认展位后" in office.get(f"{scene.board}/cards").text
    scene.offer()
    booth = queries.assignment_of(scene.place.id)
    actions.confirm(booth.id, by=scene.contact.person_id, now=scene.now)
    month = planned.programme(scene.school, theme="就业向未来")
    factories.saved(ProgrammeEvent(programme_id=month.id, event_id=scene.event.id))
    page = office.get(f"{scene.board}/cards").text
    assert [word in page for word in ("A01", "晨星电子", "就业向未来")] == [True, True, True]
    assert "就业向未来" in sign_in(scene.contact).get(f"{scene.page}/letter").text
