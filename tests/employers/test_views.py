"""Pages of registering, of employers and of the office: what they say, and whom they turn away."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts.queries import account_by_login, account_of
from fairs.accounts.rules import RoleKind
from fairs.audit.models import AccessLog
from fairs.database import db
from fairs.employers import actions, queries
from fairs.employers.models import Employer, EmployerStanding
from fairs.employers.papers import CredentialKind
from fairs.employers.rules import StandingState
from tests import factories
from tests.factories import employers

SignIn = Callable[..., FlaskClient]
pytestmark = pytest.mark.usefixtures("at_now")
EXE = b"MZ\x90\x00\x03\x00\x00\x00" * 40


@pytest.fixture
def scene(app: Flask) -> dict[str, Any]:
    """A school with an officer, and an employer that has handed its papers in."""
    school = factories.university()
    made = employers.employer()
    contact = employers.contact(made)
    employers.papers(made)
    standing = employers.standing(made, school, StandingState.SUBMITTED)
    return {
        "school": school,
        "officer": factories.officer(school),
        "contact": contact,
        "employer": made,
        "standing": standing,
        "own": f"/employer/{made.public_id}",
        "office": f"/nanhu/office/employers/{standing.public_id}",
    }


UNIT = {
    "legal_name": "晨星教育科技有限公司",
    "kind": "enterprise",
    "ownership": "private",
    "size": "small",
    "industry": "教育",
    "region": "江苏",
    "website": "www.chenxing.example",
}


def test_a_code_is_judged_while_it_is_typed(client: FlaskClient) -> None:
    def say(code: str) -> str:
        return client.get("/register/code", query_string={"uscc": code}).text

    there = employers.employer()
    assert say("").strip() == ""
    assert "已输入 4 位" in say("9132")
    assert "代码不正确" in say("91350100M000100Y44")
    assert "可以注册" in say("91350100M000100Y43")
    assert "申请加入" in say(there.uscc or "")
    assert there.legal_name in say(there.uscc or "")


def test_registering_step_by_step(client: FlaskClient) -> None:
    school = factories.university()
    code = employers.code()
    assert client.get("/register/contact").location == "/register"
    assert client.post("/register", data={"uscc": code.lower()}).location == "/register/unit"
    assert client.post("/register/unit", data=UNIT).location == "/register/contact"
    page = client.get("/register/unit").text
    assert "晨星教育科技有限公司" in page
    data = {
        "name": "周敏",
        "phone": "13700003333",
        "mail": "zhou@chenxing.com",
        "password": "chenxing-2026-hr",
        "universities": str(school.id),
    }
    answer = client.post("/register/contact", data=data)
    made = queries.employer_by_uscc(code)
    assert answer.location == f"/employer/{made.public_id}/papers"
    assert (made.legal_name, made.website) == ("晨星教育科技有限公司", "https://www.chenxing.example")
    # signed in at once; the pledge comes first
    assert client.get(answer.location).location.startswith("/documents")
    factories.accept_all(account_by_login("zhou@chenxing.com"))
    assert "还缺 3 份材料" in client.get(answer.location).text


def test_mistakes_stand_at_their_fields_and_keep_what_was_typed(client: FlaskClient) -> None:
    wrong = client.post("/register", data={"uscc": "91350100M000100Y44"})
    assert wrong.status_code == 422
    assert "请对照营业执照逐位核对" in wrong.text
    assert 'value="91350100M000100Y44"' in wrong.text
    none = client.post("/register", data={"no_code": "y", "exemption": ""})
    assert "请写明没有统一社会信用代码的原因" in none.text
    client.post("/register", data={"uscc": "91350100M000100Y43"})
    unit = client.post("/register/unit", data=UNIT | {"website": "javascript:alert(1)", "kind": ""})
    assert unit.status_code == 422
    assert "网址不正确" in unit.text
    assert "晨星教育科技有限公司" in unit.text


def test_asking_to_join_an_employer_that_is_here(client: FlaskClient) -> None:
    there = employers.employer()
    code = there.uscc
    owner = employers.contact(there).person_id
    page = client.post("/register", data={"uscc": code})
    assert page.status_code == 422
    assert "申请加入" in page.text
    data = {"name": "赵晓", "phone": "13900002222", "mail": "zhao@qinghe.com", "password": "zhao-xiao-2026"}
    assert client.post(f"/register/join?uscc={code}", data=data).location == "/register/mine"
    assert "等待单位确认" in client.get("/register/mine").text
    assert client.get(f"/employer/{there.public_id}/").status_code == 404
    assert queries.owners(there.id) == [owner]


def test_an_executable_named_pdf_is_refused_at_the_field(scene: dict[str, Any], sign_in: SignIn) -> None:
    browser = sign_in(scene["contact"])
    url = scene["own"] + "/papers/hr_service_licence"
    data = {"number": "人社许 320100", "valid_until": "2027-05-01", "file": (io.BytesIO(EXE), "licence.pdf")}
    answer = browser.post(url, data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert "不能接收这个文件" in answer.text
    assert 'value="人社许 320100"' in answer.text
    assert 'value="2027-05-01"' in answer.text
    data["file"] = (io.BytesIO(employers.PDF), "licence.exe")
    assert browser.post(url, data=data, content_type="multipart/form-data").status_code == 302
    kept = queries.papers(scene["employer"].id)[CredentialKind.HR_SERVICE_LICENCE]
    assert (kept.file.media_type, kept.valid_until) == ("application/pdf", date(2027, 5, 1))


@pytest.mark.parametrize("page", ["", "data", "papers", "papers/contact_id", "review", "apply", "contacts"])
def test_own_pages_open_for_contacts_only(scene: dict[str, Any], sign_in: SignIn, page: str) -> None:
    other = employers.contact(employers.employer("云帆电子商务有限公司"), "li@yunfan.example", "李主管")
    url = f"{scene['own']}/{page}"
    assert sign_in(scene["contact"]).get(url).status_code == 200
    assert sign_in(other).get(url).status_code == 404
    assert sign_in(scene["officer"]).get(url).status_code == 404


def test_representatives_do_not_manage_the_employer(scene: dict[str, Any], sign_in: SignIn) -> None:
    rep = factories.account("rep@qinghe.example", "孙代表")
    factories.role(rep, RoleKind.EMPLOYER_REP, employer_id=scene["employer"].id)
    assert sign_in(rep).get(scene["own"] + "/contacts").status_code == 403


def test_data_page_warns_before_a_verified_employer_changes_its_name(app: Flask, sign_in: SignIn) -> None:
    school = factories.university(name="南湖大学")
    made = employers.verified(school, region="江苏南京")
    browser = sign_in(employers.contact(made))
    url, code = f"/employer/{made.public_id}/data", made.uscc
    page = browser.get(url).text
    assert "南湖大学会重新审核" in page
    # what a sheet of the office said in its own words is offered as it is
    assert re.search(r'<option selected[^>]* value="江苏南京"', page)
    assert browser.post(url, data=UNIT | {"uscc": code}).status_code == 302
    standing = db.session.scalars(sa.select(EmployerStanding)).one()
    assert standing.state is StandingState.SUBMITTED


def test_returned_and_handed_in_again_with_one_tap(scene: dict[str, Any], sign_in: SignIn) -> None:
    office, own = sign_in(scene["officer"]), sign_in(scene["contact"])
    form = {"version": scene["standing"].version, "to": "returned"}
    empty = office.post(scene["office"], data=form)
    assert empty.status_code == 422
    assert "请写明原因" in empty.text
    assert (
        office.post(scene["office"], data=form | {"reasons": "0", "reason": "少“科技”二字"}).status_code
        == 302
    )
    page = own.get(scene["own"] + "/").text
    assert "单位名称与营业执照不一致" in page
    assert "少“科技”二字" in page
    url = f"{scene['own']}/standing/{scene['standing'].public_id}"
    assert "重新提交" in own.get(url).text
    assert own.post(url + "/submit").status_code == 302
    assert db.session.scalars(sa.select(EmployerStanding)).one().state is StandingState.SUBMITTED


def test_verified_by_the_office(scene: dict[str, Any], sign_in: SignIn) -> None:
    browser = sign_in(scene["officer"])
    page = browser.get(scene["office"]).text
    assert "青禾智能科技有限公司" in page
    assert "gsxt.gov.cn" in page
    form = {"version": scene["standing"].version, "to": "verified", "register_checked": "y"}
    assert browser.post(scene["office"], data=form | {"valid_until": "2026-01-01"}).status_code == 422
    assert browser.post(scene["office"], data=form | {"valid_until": "2027-11-21"}).status_code == 302
    assert queries.is_verified(scene["employer"].id, scene["school"].id)
    after = browser.get(scene["office"]).text
    assert "审核通过" in after
    assert "已在公示系统核对" in after
    assert "已按规定删除" in after
    assert "审核决定" not in after


def test_the_second_officer_reads_what_happened(scene: dict[str, Any], sign_in: SignIn) -> None:
    browser = sign_in(scene["officer"])
    form = {"version": scene["standing"].version, "to": "rejected", "reason": "登记状态为注销"}
    assert browser.post(scene["office"], data=form).status_code == 302
    second = browser.post(scene["office"], data=form | {"to": "returned"})
    assert second.status_code == 409
    assert "刚刚有变化，现在是“未通过”" in second.text


def test_papers_open_for_the_office_that_was_asked(scene: dict[str, Any], sign_in: SignIn) -> None:
    browser = sign_in(scene["officer"])
    papers = queries.papers(scene["employer"].id)
    licence = papers[CredentialKind.BUSINESS_LICENCE].file.public_id
    identity = papers[CredentialKind.CONTACT_ID].file.public_id
    answer = browser.get(f"{scene['office']}/papers/{licence}")
    assert (answer.data, answer.mimetype) == (employers.PNG, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "script" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert db.session.scalars(sa.select(AccessLog)).all() == []
    assert browser.get(f"{scene['office']}/papers/{identity}").status_code == 200
    assert db.session.scalars(sa.select(AccessLog)).one().purpose == "identity_paper"
    other = employers.employer("云帆电子商务有限公司")
    draft = employers.standing(other, scene["school"], StandingState.DRAFT)
    employers.papers(other)
    unseen = queries.papers(other.id)[CredentialKind.BUSINESS_LICENCE].file.public_id
    assert browser.get(f"/nanhu/office/employers/{draft.public_id}/papers/{unseen}").status_code == 404
    assert browser.get(f"{scene['office']}/papers/{unseen}").status_code == 404


def test_other_universities_and_other_roles_are_turned_away(scene: dict[str, Any], sign_in: SignIn) -> None:
    elsewhere = factories.university("dongshan")
    stranger = sign_in(factories.officer(elsewhere, "li@dongshan.example"))
    assert stranger.get(scene["office"]).status_code == 404
    here = scene["office"].replace("nanhu", "dongshan")
    assert stranger.get(here).status_code == 404
    assert stranger.post(here, data={"to": "verified"}).status_code == 404
    guard = factories.account("liu@nanhu.example", "刘科长")
    factories.role(guard, RoleKind.CAMPUS_SECURITY, university_id=scene["school"].id)
    for url in (scene["office"], "/nanhu/office/employers", "/nanhu/office/employers/queue"):
        assert sign_in(guard).get(url).status_code == 403
        assert sign_in(scene["contact"]).get(url).status_code == 404


def test_queue_and_list(scene: dict[str, Any], sign_in: SignIn) -> None:
    employers.verified(scene["school"], "云帆电子商务有限公司", industry="批发和零售业")
    browser = sign_in(scene["officer"])
    queue = browser.get("/nanhu/office/employers/queue").text
    assert "青禾智能科技有限公司" in queue
    assert "云帆电子商务有限公司" not in queue
    url = "/nanhu/office/employers"
    assert "共 2 家单位" in browser.get(url).text
    verified = browser.get(url, query_string={"state": "verified"}).text
    assert "云帆" in verified
    assert "青禾" not in verified
    assert "没有符合条件的单位" in browser.get(url, query_string={"state": "no_such_state"}).text
    found = browser.get(url, query_string={"q": scene["employer"].uscc}).text
    assert "青禾" in found
    assert "云帆" not in found


def test_the_sheet_follows_the_filters(scene: dict[str, Any], sign_in: SignIn) -> None:
    other = employers.verified(scene["school"], "=云帆电子商务有限公司")
    browser = sign_in(scene["officer"])
    answer = browser.get("/nanhu/office/employers.xlsx", query_string={"state": "verified", "q": "云帆"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("单位名称", "统一社会信用代码")
    assert len(rows) == 2
    assert rows[1][1] == other.uscc
    assert not str(rows[1][0]).startswith("=")


def test_the_office_acts_for_an_owner_who_cannot_be_reached(scene: dict[str, Any], sign_in: SignIn) -> None:
    asked = actions.request_to_join(
        scene["employer"].id,
        by_person=None,
        contact=employers.registration(scene["school"], mail="zhao@qinghe.example").contact,
        now=employers.NOW - timedelta(days=14),
    )
    account, person = account_of(asked.person_id), asked.person.public_id
    browser = sign_in(scene["officer"])
    assert "加入单位的申请" in browser.get("/nanhu/office/employers/queue").text
    reach = browser.post(f"{scene['office']}/contacts/{person}/reach")
    assert reach.text == "13800001111 zhao@qinghe.example"
    early = browser.post(f"{scene['office']}/contacts/{person}/accept")
    assert early.status_code == 409
    assert "还没有上传加盖公章的单位委托书" in early.text
    letter = {"file": (io.BytesIO(employers.PDF), "委托书.pdf")}
    mine = sign_in(account).post(f"/register/mine/{scene['employer'].public_id}/letter", data=letter)
    assert mine.status_code == 302
    assert browser.post(f"{scene['office']}/contacts/{person}/accept").status_code == 302
    change = f"{scene['office']}/contacts/{person}/handover"
    assert browser.post(change, data={"reason": " "}).status_code == 422
    assert browser.post(change, data={"reason": "已核对委托书"}).status_code == 302
    assert queries.owners(scene["employer"].id) == [account.person_id]
    factories.accept_all(account)
    assert "邀请同事" in sign_in(account).get(scene["own"] + "/contacts").text


def test_contacts_page_for_owner_and_colleague(scene: dict[str, Any], sign_in: SignIn) -> None:
    colleague = employers.contact(scene["employer"], "zhao@qinghe.example", "赵晓", is_owner=False)
    url = scene["own"] + "/contacts"
    assert "移交负责人" in sign_in(scene["contact"]).get(url).text
    page = sign_in(colleague).get(url).text
    assert "移交负责人" not in page
    assert "退出单位" in page
    invited = {"name": "孙莉", "phone": "13600004444", "mail": "sun@qinghe.com"}
    assert sign_in(colleague).post(url, data=invited).status_code == 403
    assert sign_in(scene["contact"]).post(url, data=invited).status_code == 302
    assert len(queries.contacts(scene["employer"].id)) == 3


def test_applying_to_a_further_school(scene: dict[str, Any], sign_in: SignIn) -> None:
    other = factories.university("dongshan").id
    browser = sign_in(scene["contact"])
    url = scene["own"] + "/apply"
    assert browser.post(url, data={}).status_code == 422
    assert browser.post(url, data={"universities": str(other)}).location == scene["own"] + "/review"
    assert browser.post(scene["own"] + "/submit").status_code == 302
    states = [row.state for row in queries.standings(db.session.scalars(sa.select(Employer.id)).one())]
    assert states == [StandingState.SUBMITTED] * 2
