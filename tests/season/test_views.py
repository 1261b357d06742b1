"""What whoever only reads sees: the first page with figures, the programmes, and no button that changes them."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts.rules import RoleKind
from tests import factories
from tests.factories import programmes as make

pytestmark = pytest.mark.usefixtures("at_now")


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize("kind", [RoleKind.SCHOOL_LEADER, RoleKind.AUDITOR])
def test_a_leader_reads_figures_and_changes_nothing(
    app: Flask, sign_in: Callable[..., FlaskClient], kind: RoleKind
) -> None:
    school = factories.university()
    account = factories.account("he@nanhu.example", "何书记")
    factories.role(account, kind, university_id=school.id)
    leader = sign_in(account)
    assert "近期没有公布的系列活动" in leader.get("/").text
    month = make.programme(school)
    home = leader.get("/").text
    assert month.name in home
    assert f"/nanhu/office/programmes/{month.public_id}/figures" in home
    assert "没有等您处理的事项" not in home
    page = leader.get(f"/nanhu/office/programmes/{month.public_id}")
    assert (page.status_code, "新建活动" in page.text, "归档" in page.text) == (200, False, False)
    assert leader.get(f"/nanhu/office/programmes/{month.public_id}/figures").status_code == 200
    assert leader.post(f"/nanhu/office/programmes/{month.public_id}/archive").status_code == 403
    assert leader.get("/nanhu/office/events").status_code == 200
