"""The import of employers: reuse by code, standing by choice, contacts only where nobody leads yet."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.accounts import queries as accounts
from fairs.accounts.models import Account, Person
from fairs.accounts.rules import RoleKind
from fairs.database import db
from fairs.employers import imports, queries, work
from fairs.employers.models import Employer, EmployerContact, EmployerStanding
from fairs.employers.rules import StandingState
from fairs.files.imports import NothingToImport, RowsFaulty
from fairs.files.models import File
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.tasks import worker
from fairs.tasks.models import Task
from fairs.tasks.rules import TaskState
from tests import factories
from tests.factories.directory import code, line, sheet

assert work  # registers the kind


@pytest.fixture
def now() -> datetime:
    """The present: a worker has its own clock."""
    return clock.now()


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def officer(school: University) -> Account:
    return factories.officer(school)


def hand_in(officer: Account, school: University, now: datetime, *rows: Any) -> imports.Wish:
    file = imports.hand_in(sheet(*rows), "单位.xlsx", by=officer.person_id, university_id=school.id, now=now)
    plan = imports.import_plan(db.session.get_one(File, file.id), school.id)
    return imports.Wish(
        file_id=file.id,
        university_id=school.id,
        by=officer.person_id,
        shown=plan.fingerprint,
        verified=False,
        links=False,
    )


def run(app: Flask, wish: imports.Wish, now: datetime) -> Task:
    number = imports.begin_import(wish, now).id
    assert worker.do_next(app, "test")
    db.session.rollback()
    task = db.session.get_one(Task, number)
    assert (task.state, task.error) == (TaskState.DONE, "")
    return task


def count(model: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_an_employer_with_standing_owner_and_role(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    wish = replace(hand_in(officer, school, now, line(1), line(2)), verified=True, links=True)
    task = run(app, wish, now)
    assert task.result == {"new": 2, "same": 0, "links": 2, "page": "employers.office_list"}
    employer = queries.employer_by_uscc(code(1))
    assert employer is not None
    standing = queries.standing(employer.id, school.id)
    assert standing is not None
    assert (standing.state, standing.decided_by) == (StandingState.VERIFIED, officer.person_id)
    account = accounts.account_by_login("hr1@unit.example")
    assert account is not None
    assert queries.contact_people(employer.id) == [account.person_id]
    grant = accounts.grants(account.person_id, clock.campus_day(now))[0]
    assert (grant.kind, grant.employer_id) == (RoleKind.EMPLOYER_HR, employer.id)
    mails = db.session.scalars(sa.select(Message).order_by(Message.id)).all()
    assert {row.kind for row in mails} == {"employers/activation"}
    assert "登录名：hr1@unit.example" in render(app, mails[0].id, now).body


def test_not_verified_means_waiting_with_a_due_date(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    run(app, hand_in(officer, school, now, line(1)), now)
    standing = db.session.scalars(sa.select(EmployerStanding)).one()
    assert standing.state is StandingState.SUBMITTED
    assert standing.due_at is not None
    assert standing.due_at > now
    assert count(Message) == 0


def test_an_employer_of_another_school_is_reused_and_keeps_its_owner(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    other = factories.university("beihu")
    run(app, hand_in(factories.officer(other, "o@beihu.example"), other, now, line(1)), now)
    run(app, hand_in(officer, school, now, line(1, mail="new@unit.example", contact="赵经理")), now)
    assert (count(Employer), count(EmployerStanding), count(EmployerContact)) == (1, 2, 1)
    assert accounts.account_by_login("new@unit.example") is None


def test_a_second_import_changes_nothing_and_one_bad_row_keeps_all_out(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    run(app, hand_in(officer, school, now, line(1)), now)
    before = count(Employer), count(Person), count(EmployerStanding)
    with pytest.raises(NothingToImport):
        imports.begin_import(replace(hand_in(officer, school, now, line(1)), verified=True), now)
    with pytest.raises(RowsFaulty):
        imports.begin_import(hand_in(officer, school, now, line(2), line(3, uscc="1")), now)
    assert before == (count(Employer), count(Person), count(EmployerStanding))


def test_one_person_may_lead_two_employers_but_staff_lead_none(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    rows = line(1, mail="hr@unit.example"), line(2, mail="HR@unit.example")
    run(app, hand_in(officer, school, now, *rows), now)
    assert (count(EmployerContact), count(Employer)) == (2, 2)
    assert accounts.account_by_login("hr@unit.example") is not None
    with pytest.raises(RowsFaulty):
        imports.begin_import(hand_in(officer, school, now, line(3, mail="officer@nanhu.example")), now)


def test_the_pages_of_the_import(
    app: Flask, school: University, officer: Account, sign_in: Callable[..., FlaskClient]
) -> None:
    office = sign_in(officer)
    template = openpyxl.load_workbook(io.BytesIO(office.get("/nanhu/office/employers/template.xlsx").data))
    assert template.worksheets[0]["B1"].value == "统一社会信用代码*"
    content = sheet(line(1), line(2, kind="公司"))
    data = {"sheet": (io.BytesIO(content), "单位.xlsx")}
    location = office.post("/nanhu/office/employers/import", data=data).location
    assert "没有“公司”这一项" in office.get(location).text
    data = {"sheet": (io.BytesIO(sheet(line(1))), "单位.xlsx")}
    location = office.post("/nanhu/office/employers/import", data=data).location
    text = office.get(location).text
    assert "新增 1 家" in text
    shown = text.split('name="shown" type="hidden" value="')[1].split('"')[0]
    answer = office.post(location, data={"shown": shown, "standing": "verified"})
    assert "/nanhu/office/tasks/" in answer.location
    assert worker.do_next(app, "test")
    assert "已完成" in office.get(answer.location).text
    student = factories.account("s@nanhu.example")
    factories.role(student, RoleKind.STUDENT, university_id=school.id)
    assert sign_in(student).get("/nanhu/office/employers/import").status_code == 403
