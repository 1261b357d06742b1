"""The audit page: own rows only, filters, the check of the chain."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts.models import Account
from fairs.accounts.rules import RoleKind
from fairs.audit import actions
from fairs.database import db, transaction
from fairs.institutions.models import University
from tests import factories

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def officer(school: University) -> Account:
    return factories.officer(school)


@pytest.fixture
def office(officer: Account, sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    other = factories.university("beihu")
    actions.record("create_event", other, by=None, university_id=other.id, now=NOW)
    return sign_in(officer)


def test_the_list_is_of_this_school_and_can_be_filtered(
    school: University, officer: Account, office: FlaskClient
) -> None:
    actions.record(
        "edit_event", school, by=officer.person_id, university_id=school.id, now=NOW, reason="<改期>"
    )
    actions.record("open_event", school, by=None, university_id=school.id, now=NOW - timedelta(days=3))
    page = "/nanhu/office/audit"
    text = office.get(page).text
    assert "共 2 条记录" in text
    assert "修改活动" in text
    assert "&lt;改期&gt;" in text
    assert "新建活动" not in text
    assert "共 1 条记录" in office.get(f"{page}?action=open_event").text
    assert "共 1 条记录" in office.get(f"{page}?day=2026-11-21").text
    assert "没有符合条件" in office.get(f"{page}?day=2026-11-20&action=").text
    assert "共 1 条记录" in office.get(f"{page}?person={officer.person.public_id}").text
    assert "共 2 条记录" in office.get(f"{page}?day=yesterday").text


def test_the_check_tells_where_the_chain_breaks(school: University, office: FlaskClient) -> None:
    for _ in range(3):
        actions.record("edit_event", school, by=None, university_id=school.id, now=NOW)
    actions.seal(most=3)
    whole = office.post("/nanhu/office/audit/check").text
    assert "校验链完整" in whole
    assert "最近的 1 条记录还没有加封" in whole

    @transaction
    def forge() -> None:
        db.session.execute(sa.text("UPDATE audit SET subject_id = 99 WHERE seq = 2"))

    forge()
    assert "校验链在第 2 条断开" in office.post("/nanhu/office/audit/check").text


def test_auditors_may_read_and_students_may_not(
    school: University, sign_in: Callable[..., FlaskClient]
) -> None:
    auditor, student = factories.account("a@nanhu.example"), factories.account("s@nanhu.example")
    factories.role(auditor, RoleKind.AUDITOR, university_id=school.id)
    factories.role(student, RoleKind.STUDENT, university_id=school.id)
    assert sign_in(auditor).get("/nanhu/office/audit").status_code == 200
    assert sign_in(student).get("/nanhu/office/audit").status_code == 403
