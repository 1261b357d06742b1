"""Lists as sheets: short ones at once, long ones as background work."""

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts.rules import RoleKind
from fairs.audit.models import Audit
from fairs.database import db
from fairs.files import exporting
from fairs.institutions.models import University
from fairs.tasks import worker
from fairs.tasks.models import Task
from fairs.tasks.rules import TaskState
from tests import factories
from tests.factories import students as made

SignIn = Callable[..., FlaskClient]
URL = "/nanhu/office/students.xlsx?q=2027&sort=-number"


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """What is asked of the database is the same for both."""
    return str(request.param)


@pytest.fixture
def office(app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(exporting, "DIRECT_MOST", 2)
    monkeypatch.setattr("fairs.files.imports.CHUNK", 2)
    school = factories.university()
    department = factories.department(school)
    for number in range(1, 6):
        made.student(school, department, f"20270{number}", f"{number}号", major=None)
    return sign_in(factories.officer(school))


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values)


def test_a_long_sheet_is_made_in_the_background(app: Flask, office: FlaskClient) -> None:
    asked = office.get(URL)
    assert asked.status_code == 302
    assert office.get(URL).location == asked.location  # asked twice, made once
    assert "名单较长" in office.get(asked.location).text
    assert (
        db.session.scalar(
            sa.select(sa.func.count()).select_from(Audit).where(Audit.action == "export_students")
        )
        == 0
    )
    assert worker.do_next(app, "test")
    assert not worker.do_next(app, "test")
    db.session.rollback()
    task = db.session.scalars(sa.select(Task)).one()
    assert (task.state, task.result, task.total) == (TaskState.DONE, {"rows": 5}, 5), task.error
    page = office.get(asked.location).text
    assert "导出的行数" in page
    link = re.search(r'href="(/nanhu/office/files/[^"]+)"', page)
    assert link
    sheet = rows_of(office.get(link[1]).data)
    assert [row[0] for row in sheet[1:]] == [f"20270{number}" for number in (5, 4, 3, 2, 1)]
    trail = db.session.scalars(sa.select(Audit).where(Audit.action == "export_students")).one()
    assert trail.detail == {"rows": 5, "filters": {"q": "2027", "sort": "-number"}}
    assert office.get(URL).location != asked.location  # done: asked again, made again


def test_a_short_one_comes_at_once(office: FlaskClient) -> None:
    answer = office.get("/nanhu/office/students.xlsx?q=202703")
    assert [row[0] for row in rows_of(answer.data)[1:]] == ["202703"]


def test_whoever_cannot_see_background_work_gets_every_sheet_at_once(
    office: FlaskClient, sign_in: SignIn
) -> None:
    school = db.session.scalars(sa.select(University)).one()
    account = factories.account("audit@nanhu.example", "审计员")
    factories.role(account, RoleKind.AUDITOR, university_id=school.id)
    auditor = sign_in(account)
    for _ in range(4):
        auditor.get("/nanhu/office/audit.xlsx")
    answer = auditor.get("/nanhu/office/audit.xlsx")
    assert answer.status_code == 200
    assert len(rows_of(answer.data)) > 3


@pytest.mark.parametrize(
    ("key", "path"),
    [("employers.list", "employers"), ("employers.queue", "employers/queue"), ("messages.sent", "messages")],
)
def test_other_lists_have_their_headings(office: FlaskClient, key: str, path: str) -> None:
    assert exporting.EXPORTS[key].title
    assert len(rows_of(office.get(f"/nanhu/office/{path}.xlsx").data)[0]) > 5
