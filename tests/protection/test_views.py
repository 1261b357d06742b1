"""The pages of reports and alerts through a browser: who sees what, on one database."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.accounts.limits import PER_NETWORK, VISITOR_REPORT
from fairs.accounts.models import Person
from fairs.accounts.rules import RoleKind
from fairs.clock import campus_day
from fairs.database import db
from fairs.exhibitors import queries as exhibitors
from fairs.exhibitors.rules import ExhibitorState
from fairs.operations.queries import unvetted_postings
from fairs.postings import actions as posting_actions
from fairs.postings import removing
from fairs.programmes.rules import EventState
from fairs.protection import actions as protection
from fairs.protection.alerts import AlertDraft, Audience, Guard, Severity
from fairs.protection.models import Alert, Complaint, Inspection
from fairs.protection.rules import ComplaintState
from fairs.protection.steps import steps
from fairs.vetting.rules import VerdictKind
from tests import factories
from tests.factories import exhibitors as made
from tests.factories import postings as texts
from tests.factories import protection as wards
from tests.factories.calendars import change
from tests.factories.protection import Ward

SignIn = Callable[..., FlaskClient]


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """What pages show does not depend on the database."""
    return str(request.param)


@pytest.fixture
def here(app: Flask) -> Ward:
    return wards.ward(clock.now())


def after(browser: FlaskClient, path: str, **sent: Any) -> str:
    """The page that follows a form that went well."""
    return browser.get(str(browser.post(path, **sent).location)).text


def the_case() -> Complaint:
    """The only case."""
    return db.session.query(Complaint).one()


def test_a_visitor_reports_without_a_name_and_only_so_often(
    here: Ward, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/nanhu/postings/{here.posting.public_id}"
    assert f"{path}/report" in client.get(path).text
    assert "联系方式" in client.get(f"{path}/report").text
    sent = {"reason": "fee", "text": "先交 200 元", "contact": "wang@example.org", "once": "a"}
    assert "已收到" in after(client, f"{path}/report", data=sent)
    client.post(f"{path}/report", data=sent)
    assert db.session.query(Complaint).count() == 1
    assert client.post(f"{path}/report", data=sent | {"text": " ", "once": "b"}).status_code == 422
    monkeypatch.setitem(PER_NETWORK, VISITOR_REPORT, 2)
    refused = client.post(f"{path}/report", data=sent | {"once": "c"})
    assert (refused.status_code, "操作过于频繁" in refused.text) == (422, True)


def test_officers_see_names_masked_until_they_look(here: Ward, sign_in: SignIn) -> None:
    one = wards.report(here, here.student)
    office = sign_in(here.officer)
    path = f"/nanhu/office/complaints/{one.complaint.public_id}"
    assert "硬件工程师" in office.get("/nanhu/office/complaints").text
    assert "举报待处理" in office.get("/").text
    page = office.get(path).text
    assert "李小雨" not in page
    assert "李**" in page
    look = f"{path}/reports/{one.public_id}/reporter"
    assert office.post(look).text == "李小雨"
    packed = office.post(f"{path}/file")
    assert (packed.mimetype, packed.headers["Cache-Control"]) == ("application/zip", "no-store")
    assert "硬件工程师" in sign_in(here.student).get("/me/reports").text
    own = sign_in(here.hr).get(f"/employer/{here.firm.public_id}/postings/{here.posting.public_id}").text
    assert "服装费" not in own


def test_whoever_decides_second_is_told(here: Ward, sign_in: SignIn) -> None:
    case = wards.report(here, here.student).complaint
    office, path = sign_in(here.officer), f"/nanhu/office/complaints/{case.public_id}"
    for verb in ("accept", "investigate"):
        seen = the_case().version
        assert office.post(f"{path}/{verb}", data={"version": seen}).status_code == 302
        assert office.post(f"{path}/{verb}", data={"version": seen}).status_code == 409
    form = {"version": the_case().version, "result": "upheld", "answer": "已查实", "ground": ""}
    missing = office.post(path, data=form)
    assert (missing.status_code, "请写给单位的说明" in missing.text) == (422, True)
    assert office.post(path, data=form | {"ground": "收费"}).status_code == 302
    assert the_case().state is ComplaintState.UPHELD
    assert "kind=blacklist" in office.get(path).text
    again = office.post(path, data=form | {"ground": "收费"})
    assert (again.status_code, "其他老师处理" in again.text) == (422, True)


def test_alerts_are_pinned_where_their_audience_looks(
    here: Ward, sign_in: SignIn, client: FlaskClient
) -> None:
    office, other = sign_in(here.officer), sign_in(here.director)
    until = (clock.campus_day(clock.now()) + timedelta(days=20)).isoformat()
    start = office.get("/nanhu/office/alerts/new?guard=loan").text
    assert "是培训贷" in start
    form = {"guard": "loan", "severity": "danger", "title": "当心培训贷", "body": "不要签贷款合同。"}
    sent = form | {"audience": "university", "employer": "", "until_on": until}
    assert "已保存" in after(office, "/nanhu/office/alerts/new", data=sent)
    path = f"/nanhu/office/alerts/{db.session.query(Alert).one().public_id}"
    assert office.post(f"{path}/approve", data={"version": 1}).status_code == 403
    assert "求职预警待批准" in other.get("/").text
    for browser, verb in ((other, "approve"), (office, "publish")):
        seen = db.session.query(Alert).one().version
        assert browser.post(f"{path}/{verb}", data={"version": seen}).status_code == 302
    for page in ("/", "/nanhu/", "/nanhu/alerts", "/nanhu/rights"):
        assert "当心培训贷" in client.get(page).text, page
    assert "当心培训贷" in sign_in(here.student).get("/").text
    other.post(f"{path}/end", data={"version": db.session.query(Alert).one().version})
    assert "当心培训贷" not in client.get("/nanhu/").text
    assert "当心培训贷" in client.get("/nanhu/alerts").text
    told = re.findall(
        r'timeline-what">([^<]+)</p>\s*<p class="timeline-who">(\S+) · <time', office.get(path).text
    )
    writer, second = (db.session.get_one(Person, one.person_id).name for one in (here.officer, here.director))
    assert told == [
        ("提前结束了预警", second),
        ("发布了预警 · 通知 1 人", writer),
        ("批准了预警", second),
        ("起草了预警", writer),
    ]


def test_what_time_ended_and_what_nobody_wanted_say_so(here: Ward) -> None:
    until = here.now + timedelta(days=2)
    draft = AlertDraft(
        guard=Guard.FEES,
        severity=Severity.NOTICE,
        audience=Audience.UNIVERSITY,
        title="防乱收费",
        body="不要付款。",
        expires_at=until,
    )
    by, now = here.officer.person_id, here.now
    given_up, ran_out = (
        protection.draft_alert(draft, university_id=here.school.id, by=by, now=now) for _ in range(2)
    )
    protection.end_alert(given_up.id, version=given_up.version, by=by, now=now)
    assert [one.what for one in steps(given_up)] == ["作废，没有发布", "起草了预警"]
    protection.change_alert(ran_out.id, draft, version=ran_out.version, by=by, now=now)
    for step, who in ((protection.approve_alert, here.director), (protection.publish_alert, here.officer)):
        step(ran_out.id, version=ran_out.version, by=who.person_id, now=now)
    protection.expire_alerts(until + timedelta(days=1))
    done = steps(ran_out)
    assert [one.what for one in done][::3] == ["展示到期，自动结束", "修改了预警，须重新批准"]
    assert done[0].who == ""


def _approve_next(here: Ward, posting_id: int, requirements: str) -> None:
    """The posting's next version, approved after it was chosen for the fair."""
    by = here.hr.person_id
    words = texts.content(
        title="硬件工程师",
        requirements=requirements,
        valid_until=campus_day(here.now) + timedelta(days=60),
    )
    posting_actions.revise(posting_id, words, by=by, now=here.now)
    (case,) = posting_actions.submit_revision(posting_id, [here.school.id], by=by, now=here.now)
    texts.decide(case, here.officer, VerdictKind.APPROVE, now=here.now)


def test_door_staff_walk_the_booths_of_their_running_fair(here: Ward, sign_in: SignIn) -> None:
    event = made.fair(here.school, now=here.now)
    place = made.request(event, here.firm, here.officer, now=here.now)
    change(place, state=ExhibitorState.CHECKED_IN)
    change(event, state=EventState.RUNNING)
    guard, stranger = (
        factories.account("door@nanhu.example", "孙"),
        factories.account("d2@nanhu.example", "钱"),
    )
    factories.role(guard, RoleKind.DOOR_STAFF, university_id=here.school.id, event_id=event.id)
    other = made.fair(here.school, "另一场", now=here.now)
    factories.role(stranger, RoleKind.DOOR_STAFF, university_id=here.school.id, event_id=other.id)
    floor = f"/nanhu/office/events/{event.public_id}/inspection"
    assert sign_in(stranger).get(floor).status_code == 404
    browser = sign_in(guard)
    assert browser.get("/nanhu/office/inspections").location == floor
    assert "未巡查" in browser.get(floor).text
    booth = f"{floor}/{place.public_id}"
    page = browser.get(booth).text
    assert "硬件工程师" in page
    assert "不应出现在展位上" not in page
    (brought,) = exhibitors.postings_of(place.id)
    words = "会焊接贴片元件，能读电路图。"
    _approve_next(here, brought.posting_id, words)
    assert words in browser.get(booth).text
    assert unvetted_postings(event) == 0
    removing.remove_posting(
        brought.posting_id, here.school.id, "收费", by=here.officer.person_id, now=here.now
    )
    assert "没有通过学校审核，或已经下架：硬件工程师。" in browser.get(booth).text
    seen = dict.fromkeys(("brochure", "no_papers", "staffed"), "yes") | {"no_fees": "no", "once": "x"}
    refused = browser.post(booth, data=seen | {"measure": "strike", "note": ""})
    assert (refused.status_code, "看到了什么" in refused.text) == (422, True)
    done = after(browser, booth, data=seen | {"measure": "strike", "note": "收 50 元"})
    assert "所有展位都巡查过了" in done
    assert "等待就业中心处理" in done
    row = db.session.query(Inspection).one()
    strike = f"{booth}/strike/{row.public_id}"
    assert browser.post(strike).status_code == 403
    assert "已记违约" in after(sign_in(here.officer), strike)
    assert browser.get(f"{floor}.xlsx").status_code == 200
    target = f"/nanhu/events/{event.public_id}/exhibitors/{here.firm.public_id}/report"
    assert target in browser.get(f"/nanhu/events/{event.public_id}").text
