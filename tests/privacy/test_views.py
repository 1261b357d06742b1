"""What is stored about a student, the file, consent, and being forgotten."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.accounts import actions as accounts
from fairs.accounts.models import Account, Person
from fairs.accounts.rules import DocumentKind, RoleKind
from fairs.clock import campus_day
from fairs.database import db
from fairs.errors import Conflict
from fairs.guidance import actions as guidance
from fairs.guidance.rules import Plan, Wishes
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.privacy import actions, queries
from fairs.privacy.rules import (
    REQUEST_STATE_LABELS,
    TRANSITIONS,
    AlreadyDecided,
    OtherRoles,
    ReasonMissing,
    RequestState,
    move,
)
from fairs.programmes import queries as programmes
from fairs.registrations import actions as registrations
from fairs.registrations import priority, windows
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState, SupportGroup
from fairs.students import queries as students
from fairs.students.models import Student
from fairs.students.rules import StudentState
from tests import factories
from tests.factories import registrations as made
from tests.races import race


@pytest.fixture
def officer(app: Flask) -> Account:
    return factories.officer(factories.university())


@pytest.fixture
def student(officer: Account) -> Account:
    school = db.session.scalars(sa.select(factories.University)).one()
    pupil = made.student(factories.department(school))
    fair = made.open_event(school, clock.now() + timedelta(days=2))
    slot = made.slot(programmes.occurrences(fair.id)[0], 1)
    registrations.book(slot.id, pupil.person_id, clock.now())
    said = Wishes(plan=Plan.JOB, cities=frozenset({"南京"}))
    guidance.say_wishes(pupil.person_id, school.id, said, now=clock.now())
    number = students.student_at(pupil.person_id).student_no
    group = SupportGroup.DISABLED
    priority.replace_list(school.id, [number], group, "名单", by=officer.person_id, now=clock.now())
    return pupil


def booking(student: Account) -> Registration:
    return db.session.scalars(
        sa.select(Registration).where(Registration.person_id == student.person_id)
    ).one()


def test_everything_is_shown_and_goes_into_the_file(
    student: Account, sign_in: Callable[..., FlaskClient]
) -> None:
    browser = sign_in(student)
    shown = browser.get("/me/data").text
    for words in ("李小雨", "优先服务名单", "求职意向", "撤回同意"):
        assert words in shown
    answer = browser.get("/me/data.json")
    assert answer.headers["Cache-Control"] == "no-store"
    content = json.loads(answer.data)
    assert content["person"][0]["name"] == "李小雨"
    assert content["support_groups"] == [{"group": "disabled"}]
    assert content["wishes"][0]["cities"] == ["南京"]
    assert content["bookings"][0]["event"] == "南湖大学秋季双选会"
    assert {row["document"] for row in content["consents"]} >= {"privacy_notice"}
    assert browser.get("/me/season").status_code == 200


def test_consent_taken_back_ends_bookings_and_is_asked_for_again(
    student: Account, sign_in: Callable[..., FlaskClient]
) -> None:
    browser = sign_in(student)
    assert browser.post("/me/data/withdraw", data={"document": "nonsense"}).status_code == 404
    browser.post("/me/data/withdraw", data={"document": "privacy_notice"})
    assert booking(student).state is RegistrationState.CANCELLED
    assert browser.get("/me/season").headers["Location"].startswith("/documents")
    accounts.accept(student.person_id, DocumentKind.PRIVACY_NOTICE, university_id=None, now=clock.now())
    assert browser.get("/me/season").status_code == 200
    assert [
        row["withdrawn_at"] is None for row in json.loads(browser.get("/me/data.json").data)["consents"]
    ].count(False) == 1


def test_an_officer_erases_a_person_and_keeps_the_figures(
    student: Account, officer: Account, sign_in: Callable[..., FlaskClient]
) -> None:
    browser, office = sign_in(student), sign_in(officer)
    browser.post("/me/data/erasure", data={"reason": "毕业了"})
    again = browser.post("/me/data/erasure", data={"reason": "毕业了"})
    assert (again.status_code, "您已经提交过注销申请" in again.text) == (422, True)
    assert "注销个人数据的申请" in office.get("/").text
    assert "毕业了" in office.get("/nanhu/office/erasure").text
    request = queries.open_request(student.person_id)
    assert office.post(f"/nanhu/office/erasure/{request.public_id}").status_code == 302
    person = db.session.get_one(Person, student.person_id)
    assert (person.name, person.email, person.phone) == ("已注销用户", None, None)
    row = db.session.scalars(sa.select(Student).where(Student.person_id == student.person_id)).one()
    assert row.state is StudentState.LEFT
    assert row.student_no.startswith("closed-")
    assert windows.groups_of(student.person_id, [row.university_id]) == []
    assert booking(student).state is RegistrationState.CANCELLED
    said = db.session.scalars(sa.select(Message).where(Message.person_id == student.person_id)).all()
    assert {(one.params == {}, one.body) for one in said} == {(True, "")}
    assert browser.get("/me/season").headers["Location"].startswith("/sign-in")
    assert office.post(f"/nanhu/office/erasure/{request.public_id}").status_code == 409


def test_who_asks_is_told_that_nothing_more_is_sent_once_erased(
    app: Flask, student: Account, sign_in: Callable[..., FlaskClient]
) -> None:
    browser, now = sign_in(student), clock.now()
    browser.post("/me/data/erasure", data={"reason": ""})
    assert "到时登录不了，就是已经注销" in browser.get("/me/data").text
    asked = sa.select(Message.id).where(Message.kind == "privacy/asked")
    letter = render(app, db.session.scalars(asked).one(), now)
    assert letter.recipient == student.person_id
    due = queries.open_request(student.person_id).due_at
    for part in (str(campus_day(due)), "不会再发消息", "/me/data"):
        assert part in letter.body


def test_a_request_is_declined_with_a_reason_or_taken_back(
    student: Account, officer: Account, sign_in: Callable[..., FlaskClient]
) -> None:
    me, now, by = students.student_at(student.person_id), clock.now(), officer.person_id
    first = actions.ask_erasure(me, "", now=now)
    with pytest.raises(ReasonMissing):
        actions.decline(first.id, " ", by=by, now=now)
    actions.decline(first.id, "有一项举报正在调查", by=by, now=now)
    assert "有一项举报正在调查" in sign_in(student).get("/me/data").text
    told = sa.select(Message.kind).where(Message.person_id == student.person_id).order_by(Message.id.desc())
    assert db.session.scalars(told).first() == "privacy/declined"
    with pytest.raises(AlreadyDecided):
        actions.erase(first.id, by=by, now=now)
    actions.ask_erasure(students.student_at(student.person_id), "", now=now)
    sign_in(student).post("/me/data/erasure/withdraw")
    assert queries.last_request(student.person_id).state is RequestState.WITHDRAWN
    with pytest.raises(AlreadyDecided):
        actions.withdraw_request(student.person_id, now=now)


def test_who_works_here_too_is_not_erased(student: Account, officer: Account) -> None:
    request = actions.ask_erasure(students.student_at(student.person_id), "", now=clock.now())
    factories.role(student, RoleKind.DOOR_STAFF, university_id=1)
    with pytest.raises(OtherRoles):
        actions.erase(request.id, by=officer.person_id, now=clock.now())
    assert booking(student).state is RegistrationState.TICKETED


def test_two_officers_decide_at_once_and_one_is_told(app: Flask, student: Account, officer: Account) -> None:
    number = actions.ask_erasure(students.student_at(student.person_id), "", now=clock.now()).id
    by = officer.person_id
    results = race(
        app,
        lambda: actions.decline(number, "调查中", by=by, now=clock.now()),
        lambda: actions.erase(number, by=by, now=clock.now()),
    )
    assert sum(isinstance(result, AlreadyDecided | Conflict) for result in results) == 1


def test_every_state_has_its_moves_and_a_word() -> None:
    assert set(TRANSITIONS) == set(REQUEST_STATE_LABELS) == set(RequestState)
    for state in RequestState:
        for to in RequestState:
            if to in TRANSITIONS[state]:
                assert move(state, to) is to
            else:
                with pytest.raises(AlreadyDecided):
                    move(state, to)
