"""The pages around an invitation: who sees what, the way of somebody new, the figures as a sheet."""

import io

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from fairs.config import settings
from fairs.database import db, found, transaction
from fairs.employers import queries as employers
from fairs.employers.rules import StandingState
from fairs.invitations import actions, queries
from fairs.invitations.links import token_of
from fairs.invitations.models import Invitation
from fairs.invitations.rules import InvitationState
from tests import factories
from tests.factories import employers as firms
from tests.factories import exhibitors as made
from tests.factories import invitations as letters
from tests.factories import programmes as planned
from tests.walking import SignIn

S = InvitationState


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """What a page says does not depend on the database."""
    return str(request.param)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the noon of the factories."""
    monkeypatch.setattr("fairs.clock.now", lambda: made.NOW)


def path_of(one: Invitation) -> str:
    """The address of its link."""
    return f"/nanhu/invitations/{token_of(settings().secret_key, one.public_id)}"


def test_somebody_new_registers_and_comes_back_to_the_invitation(app: Flask, client: FlaskClient) -> None:
    school = factories.university()
    officer, event = factories.officer(school), made.fair(school)
    by = officer.person_id
    one = actions.invite_by_mail(
        event.id, "新星科技", "hr@new.example", letters.letter(), by=by, now=made.NOW
    )
    page = client.get(path_of(one)).text
    assert "nanhu大学邀请新星科技参加" in page
    assert "登记单位并接受邀请" in page
    assert letters.again(one).state is S.OPENED
    unit = firms.unit(legal_name="新星科技有限公司")
    client.post("/register", data={"uscc": unit.uscc})
    kept = {
        name: getattr(unit, name)
        for name in ("legal_name", "kind", "ownership", "size", "industry", "region")
    }
    client.post("/register/unit", data={name: str(value) for name, value in kept.items()})
    contact = {
        "name": "周经理",
        "phone": "13800001111",
        "mail": "hr@new.example",
        "password": "new-hr-2026-long",
    }
    answer = client.post("/register/contact", data=contact | {"universities": [school.id]})
    assert answer.location == path_of(one)
    client.post("/documents", data={"accepted": "y", "agree": "y", "accept": "y"})
    firm = found(employers.employer_by_uscc(unit.uscc))
    client.post(f"/employer/{firm.public_id}/invitations/{path_of(one).rpartition('/')[2]}/accept")
    assert letters.again(one).employer_id in {None, firm.id}


def test_declining_by_the_link_needs_no_account(app: Flask, client: FlaskClient) -> None:
    school = factories.university()
    employer, _hr = letters.reachable(school)
    one = letters.invited(made.fair(school), employer, factories.officer(school))
    assert client.post(path_of(one), data={}).status_code == 422
    client.post(path_of(one), data={"kind": "date", "note": "年会", "stop": "y"})
    again = letters.again(one)
    assert (again.state, again.decline_note) == (S.DECLINED, "年会")
    assert "感谢您的答复" in client.get(path_of(one)).text
    assert queries.stop_of(school.id, employer.id, "") is not None
    assert client.get("/nanhu/invitations/forged").status_code == 404


def test_the_employer_finds_it_at_home_and_accepts_once(app: Flask, sign_in: SignIn) -> None:
    school = factories.university()
    employer, hr = letters.reachable(school)
    stranger = letters.reachable(school, 2)[1]
    one = letters.invited(made.fair(school), employer, factories.officer(school))
    mine = sign_in(hr)
    assert "邀请贵单位参加" in mine.get("/").text
    assert "邀请贵单位参加" not in sign_in(stranger).get("/").text
    refused = sign_in(stranger).get(path_of(one)).text
    assert "这份邀请是发给第1电子有限公司的" in refused
    accepted = mine.post(f"/employer/{employer.public_id}/invitations/{one.public_id}/accept")
    assert accepted.location.endswith("/apply")
    assert "已接受，还没有提交展位申请" in mine.get("/").text


def test_an_employer_that_is_kept_out_is_not_led_on(app: Flask, sign_in: SignIn) -> None:
    school = factories.university()
    employer, hr = letters.reachable(school)
    one = letters.invited(made.fair(school), employer, factories.officer(school))
    mine, own = sign_in(hr), f"/employer/{employer.public_id}/invitations"

    @transaction
    def bar(state: StandingState) -> None:
        standing = queries.standing_of(employer.id, school.id)
        assert standing is not None
        standing.state = state

    assert "接受邀请，填展位申请" in mine.get(f"{own}/{one.public_id}").text
    bar(StandingState.BLACKLISTED)
    page = mine.get(f"{own}/{one.public_id}").text
    assert "接受邀请，填展位申请" not in page
    assert "目前不能参加这所学校的招聘会" in page
    assert f"/employer/{employer.public_id}/standing/" in page
    listed = mine.get(own).text
    assert "在该校：黑名单" in listed
    assert ">答复</a>" not in listed
    home = mine.get("/").text
    assert "邀请贵单位参加" not in home
    assert "查看并提交书面说明" in home
    bar(StandingState.REINSTATEMENT_REQUESTED)
    home = mine.get("/").text
    assert "书面说明复核中，看办理情况" in home
    assert "查看并提交书面说明" not in home
    bar(StandingState.VERIFIED)
    assert "邀请贵单位参加" in mine.get("/").text


def test_a_coordinator_invites_to_the_own_departments_fairs_only(app: Flask, sign_in: SignIn) -> None:
    school = factories.university()
    own = factories.department(school)
    other = factories.department(school, "EE", "电子学院")
    employer, _hr = letters.reachable(school)
    here = made.fair(school, event={"department_id": own.id})
    there = made.fair(school, "电子专场", event={"department_id": other.id})
    browser = sign_in(planned.coordinator(school, own.id))
    office = "/nanhu/office/events"
    assert employer.legal_name in browser.get(f"{office}/{here.public_id}/invitations/pick").text
    assert browser.get(f"{office}/{there.public_id}/invitations").status_code == 404
    letter = {"expires_on": "2026-11-26", "language": "en", "introducer": "商会"}
    write = f"{office}/{here.public_id}/invitations/new?pick={employer.public_id}"
    preview = browser.post(write, data=letter | {"preview": "1", "words": "Welcome back."})
    assert "Welcome back." in preview.text
    assert "cordially invites" in preview.text
    assert "邀请 1 家" in preview.text
    assert browser.post(write, data=letter).status_code == 302
    assert "已发出 1 份邀请。" in browser.get(f"{office}/{here.public_id}/invitations").text
    late = browser.post(write, data=letter | {"expires_on": "2027-01-01"})
    assert "请先选择要邀请的单位" in late.text  # it has one already
    report = browser.get("/nanhu/office/invitations.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(report.data)).active.values)
    assert rows[1][:3] == ("冬季双选会", "", 1)
    assert rows[2][1:3] == ("商会", 1)
    assert db.session.query(Invitation).one().language == "en"
