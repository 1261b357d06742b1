"""Pages of events: who sees what, and a coordinator's way from nothing to an open fair."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.database import db
from fairs.institutions.models import University
from fairs.operations import actions as operations
from fairs.programmes import days, queries
from fairs.programmes.drafts import ItemDraft, PartnerDraft, SlotDraft
from fairs.programmes.kinds import FIELDS, SOME_KINDS, ItemKind, PlaceKind
from fairs.programmes.models import Event
from fairs.programmes.rules import EventKind, EventScope, EventState, TargetDimension
from fairs.venues import queries as venues
from fairs.web import lists
from tests import factories
from tests.factories import calendars
from tests.factories import programmes as make

SignIn = Callable[..., FlaskClient]

pytestmark = pytest.mark.usefixtures("at_now")


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


def _text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


FORM = {
    "kind": "specialty_fair",
    "title": "计算机学院专场招聘会",
    "starts_on": "2026-12-05",
    "starts": "14:00",
    "ends": "17:00",
    "days": "1",
    "slots": "2",
    "capacity": "100",
    "walk_in": "10",
    "mode": "onsite",
    "scope": "department",
    "level": "department",
    "accountable": "host",
    "hosts": "计算机学院\n校友会",
}


def test_visitors_see_open_events_and_no_drafts(school: University, client: FlaskClient) -> None:
    fair = make.open_fair(school)
    draft = make.event(school, "秘密的草稿")
    page = _text(client.get("/nanhu/"))
    assert fair.title in page
    assert "秘密的草稿" not in page
    shown = client.get(f"/nanhu/events/{fair.public_id}")
    assert shown.status_code == 200
    assert "2026年11月28日 周六 09:00" in _text(shown)
    assert client.get(f"/nanhu/events/{draft.public_id}").status_code == 404


def test_a_joint_fair_is_seen_at_every_taking_part_university(
    school: University, client: FlaskClient
) -> None:
    beihu, donghu = factories.university("beihu"), factories.university("donghu")
    fair = make.open_fair(school, partners=[PartnerDraft(university_id=beihu.id)])
    assert client.get(f"/beihu/events/{fair.public_id}").status_code == 404, "invited, not yet answered"
    make.joined(fair, beihu)
    assert fair.title in _text(client.get("/beihu/"))
    assert client.get(f"/beihu/events/{fair.public_id}").status_code == 200
    assert client.get(f"/{donghu.slug}/events/{fair.public_id}").status_code == 404


def test_a_cancelled_event_stays_visible_with_its_reason(school: University, client: FlaskClient) -> None:
    officer = factories.officer(school)
    fair = make.open_fair(school, officer=officer)
    operations.cancel_event(fair.id, "场馆电路检修", by=officer.person_id, now=make.NOON)
    page = _text(client.get(f"/nanhu/events/{fair.public_id}"))
    assert "活动已取消" in page
    assert "场馆电路检修" in page
    assert "已取消" in _text(client.get("/nanhu/"))


def test_lists_are_filtered_by_kind_major_and_words(school: University, client: FlaskClient) -> None:
    officer, guard = factories.officer(school), make.security(school)
    factories.major(factories.department(school))
    both = {"officer": officer, "guard": guard}
    make.open_fair(school, **both, title="综合双选会")
    make.open_fair(
        school,
        **both,
        title="机械宣讲会",
        kind=EventKind.INFO_SESSION,
        slots=SlotDraft(capacity=100),
        targets=[(TargetDimension.MAJOR, "080202"), (TargetDimension.DEGREE, "master")],
    )
    found = {
        query: _text(client.get(f"/nanhu/events?{query}"))
        for query in ("kind=job_fair", "q=机械", "major=080901", "degree=bachelor", "degree=master")
    }
    assert ["机械宣讲会" in page for page in found.values()] == [False, True, False, False, True]
    assert ["综合双选会" in page for page in found.values()] == [True, False, True, True, True]
    assert "没有符合条件的活动" in _text(client.get("/nanhu/events?q=没有这样的活动"))


def test_a_coordinator_plans_reviews_and_opens(school: University, sign_in: SignIn) -> None:
    department = factories.department(school)
    browser = sign_in(make.coordinator(school, department.id))
    office = sign_in(factories.officer(school))
    hall = make.hall(school, "学院报告厅", 400)
    major = {"majors": factories.major(department).national_code}
    made = browser.post(
        "/nanhu/office/events/new",
        data=FORM | major | {"department": str(department.id), "space": str(hall.id)},
    )
    assert made.status_code == 302
    event = db.session.scalars(sa.select(Event)).one()
    assert (event.department_id, event.scope) == (department.id, EventScope.DEPARTMENT)
    assert [(o.name, o.is_accountable) for o in queries.organisers(event.id)] == [
        ("计算机学院", True),
        ("校友会", False),
    ]
    url = f"/nanhu/office/events/{event.public_id}"
    assert "学院报告厅" in _text(browser.get(url))
    assert "提交审核</button>" not in _text(browser.get(url))
    assert browser.post(f"{url}/plan", data={"booths": "20", "per_row": "10"}).status_code == 302
    assert browser.post(f"{url}/plan/publish").status_code == 302
    assert "提交审核</button>" in _text(browser.get(url))
    assert browser.post(f"{url}/review").status_code == 302
    assert browser.post(f"{url}/gates/plan", data={"verdict": "accept"}).status_code == 403
    early = browser.post(f"{url}/open")
    assert early.status_code == 409
    for gate in ("plan", "vetting"):
        assert office.post(f"{url}/gates/{gate}", data={"verdict": "accept"}).status_code == 302
    assert browser.post(f"{url}/open").status_code == 302
    db.session.refresh(event)
    assert event.state is EventState.OPEN
    assert "陈老师" in _text(office.get(f"{url}/gates"))


def test_a_coordinator_has_only_the_own_department(school: University, sign_in: SignIn) -> None:
    own, other = factories.department(school), factories.department(school, "ME", "机械学院")
    browser = sign_in(make.coordinator(school, own.id))
    theirs = make.event(school, "机械专场", department_id=other.id)
    centre = make.event(school, "全校双选会")
    for event in (theirs, centre):
        url = f"/nanhu/office/events/{event.public_id}"
        assert browser.get(url).status_code == 404
        assert browser.post(f"{url}/review").status_code == 404
        assert browser.get(f"{url}/cancel").status_code == 404
    assert "机械专场" not in _text(browser.get("/nanhu/office/events"))
    refused = browser.post("/nanhu/office/events/new", data=FORM | {"department": str(other.id)})
    assert refused.status_code == 422
    assert browser.get("/nanhu/office/programmes/new").status_code == 403


def test_another_universitys_staff_finds_nothing(school: University, sign_in: SignIn) -> None:
    foreign = sign_in(factories.officer(factories.university("beihu"), "officer@beihu.example"))
    event = make.event(school)
    for path in ("events", f"events/{event.public_id}", f"events/{event.public_id}/gates", "spaces"):
        assert foreign.get(f"/nanhu/office/{path}").status_code == 404
    assert foreign.get(f"/beihu/office/events/{event.public_id}").status_code == 404


def test_security_signs_on_a_page_that_says_what_matters(school: University, sign_in: SignIn) -> None:
    officer, guard = factories.officer(school), make.security(school)
    event = make.prepared(make.event(school), by=officer.person_id)
    operations.send_to_review(event.id, by=officer.person_id, now=make.NOON)
    browser, url = sign_in(guard), f"/nanhu/office/events/{event.public_id}"
    assert f'href="{url}/safety"' in _text(browser.get(f"{url}/gates"))
    page = _text(browser.get(f"{url}/safety"))
    assert "800 人" in page
    assert page.count("同意并签署") == 1
    assert f"{url}/hall" not in page
    refused = browser.post(f"{url}/gates/safety", data={"verdict": "refuse"})
    assert refused.status_code == 422
    assert "请写明原因" in _text(refused)
    browser.post(f"{url}/gates/safety", data={"verdict": "refuse", "note": "缺疏散路线"})
    assert "缺疏散路线" in _text(browser.get(url))
    assert browser.get(f"{url}/edit").status_code == 403


def test_a_taken_hall_is_said_in_words_and_the_form_keeps_what_was_typed(
    school: University, sign_in: SignIn
) -> None:
    officer = factories.officer(school)
    browser, hall = sign_in(officer), make.hall(school)
    data = FORM | {"space": str(hall.id)}
    assert browser.post("/nanhu/office/events/new", data=data).status_code == 302
    again = browser.post("/nanhu/office/events/new", data=data | {"title": "来晚了的一场"})
    assert again.status_code == 422
    assert "该场地在这段时间已被占用" in _text(again)
    assert "来晚了的一场" in _text(again)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Event)) == 1


def test_the_same_again_brings_everything_but_the_people(school: University, sign_in: SignIn) -> None:
    officer = factories.officer(school)
    browser = sign_in(officer)
    event = make.open_fair(
        school, officer=officer, title="秋季双选会", slots=SlotDraft(count=4, capacity=250)
    )
    url = f"/nanhu/office/events/{event.public_id}/clone"
    page = _text(browser.get(url))
    assert 'value="秋季双选会"' in page
    assert 'value="2027-11-27"' in page  # a Saturday again, 52 weeks later
    data = {"title": "明年的双选会", "starts_on": "2027-11-27"}
    assert browser.post(url, data=data).status_code == 302
    copy = db.session.scalars(sa.select(Event).order_by(Event.id.desc())).first()
    assert (copy.cloned_from_id, copy.state, copy.published_at) == (event.id, EventState.DRAFT, None)
    day = queries.occurrences(copy.id)[0]
    assert [slot.capacity for slot in queries.slots(day.id)] == [250] * 4
    assert len(venues.booths(venues.latest_plan(copy.id).id)) == 20
    assert venues.has_complaint_desk(venues.latest_plan(copy.id).id)
    assert [o.name for o in queries.organisers(copy.id)] == [o.name for o in queries.organisers(event.id)]
    assert queries.gates(copy.id) == {}


def test_a_kind_asks_only_for_what_it_needs(school: University, sign_in: SignIn) -> None:
    browser = sign_in(factories.officer(school))
    asked = {
        kind: set(re.findall(r'name="(\w+)"', _text(browser.get(f"/nanhu/office/events/new?kind={kind}"))))
        for kind in EventKind
    }
    for kind, names in asked.items():
        # shown only where there is something to choose
        some = FIELDS[kind] - {"majors", "partners", "booth_quota", "ticket_quota"}
        assert some <= names, kind
        assert not (SOME_KINDS - FIELDS[kind]) & names, kind
    talk = FORM | {"kind": "info_session", "accept_clashes": "y"}
    assert "请填写单位" in _text(browser.post("/nanhu/office/events/new", data=talk))
    assert "先选类型" in _text(browser.get("/nanhu/office/events/new"))


def test_a_date_that_clashes_is_read_first(school: University, sign_in: SignIn) -> None:
    officer = factories.officer(school)
    other = make.event(school, "已公布的招聘会", on=make.days(date(2026, 12, 5)))
    make.sign_all(
        make.prepared(other, by=officer.person_id),
        officer=officer.person_id,
        guard=make.security(school).person_id,
    )
    browser = sign_in(officer)
    refused = browser.post("/nanhu/office/events/new", data=FORM)
    assert refused.status_code == 422
    assert "已有面向相同专业的“已公布的招聘会”" in _text(refused)
    assert browser.post("/nanhu/office/events/new", data=FORM | {"accept_clashes": "y"}).status_code == 302


def test_programmes_show_weeks_and_totals(school: University, sign_in: SignIn) -> None:
    browser = sign_in(factories.officer(school))
    made = browser.post(
        "/nanhu/office/programmes/new",
        data={
            "kind": "recruitment_month",
            "name": "招聘月",
            "starts_on": "2026-12-01",
            "ends_on": "2026-12-31",
        },
    )
    assert made.status_code == 302
    month = queries.programmes(school.id)[0]
    outside = FORM | {"programme": str(month.id), "starts_on": "2026-11-30"}
    refused = browser.post("/nanhu/office/events/new", data=outside)
    assert refused.status_code == 422
    assert "不在“招聘月”的时间范围" in _text(refused)
    browser.post("/nanhu/office/events/new", data=FORM | {"programme": str(month.id)})
    page = _text(browser.get(f"/nanhu/office/programmes/{month.public_id}"))
    assert "2026年11月30日 周一 起的一周" in page
    assert "计算机学院专场招聘会" in page
    address = f"/nanhu/office/programmes/{month.public_id}"
    assert browser.get(f"/nanhu/programmes/{month.public_id}").status_code == 404
    assert browser.post(f"{address}/publish").status_code == 409, "no plan document"
    sheet = (io.BytesIO(make.PLAN.content), "方案.pdf")
    handed_in = {"owner": "陈主任", "duties": "统筹：就业中心", "file": sheet}
    assert browser.post(f"{address}/plan", data=handed_in).status_code == 302
    assert browser.get(f"{address}/plan/file").get_data() == make.PLAN.content
    assert browser.post(f"{address}/publish").status_code == 302
    public = _text(browser.get(f"/nanhu/programmes/{month.public_id}"))
    assert "这个系列还没有公布活动" in public


def test_cancelling_says_who_will_hear_of_it(school: University, sign_in: SignIn) -> None:
    officer = factories.officer(school)
    fair = make.open_fair(school, officer=officer)
    browser, url = sign_in(officer), f"/nanhu/office/events/{fair.public_id}"
    assert "将通知 0 位单位联系人和 0 名已报名的学生" in _text(browser.get(f"{url}/cancel"))
    assert browser.post(f"{url}/cancel", data={"reason": ""}).status_code == 422
    assert browser.post(f"{url}/cancel", data={"reason": "台风"}).status_code == 302
    assert "台风" in _text(browser.get(url))


def test_pages_speak_english_too(school: University, sign_in: SignIn) -> None:
    officer = factories.officer(school)
    fair = make.prepared(make.event(school), by=officer.person_id)
    make.sign_all(fair, officer=officer.person_id, guard=make.security(school).person_id)
    browser = sign_in(officer)
    browser.get("/language/en")
    url = f"/nanhu/office/events/{fair.public_id}"
    assert "Before booking opens" in _text(browser.get(url))
    from fairs.venues import actions as venues

    venues.release(queries.occurrences(fair.id)[0].id, by=officer.person_id, now=make.NOON)
    assert "Still to be done: Venue" in _text(browser.post(f"{url}/open"))


def test_spaces_are_added_by_the_office(school: University, sign_in: SignIn) -> None:
    campus = factories.campus(school)
    browser = sign_in(factories.officer(school))
    assert "还没有登记场地" in _text(browser.get("/nanhu/office/spaces"))
    data = {"name": "风雨操场", "kind": "hall", "campus": str(campus.id), "net_area": "1200"}
    assert browser.post("/nanhu/office/spaces/new", data=data).status_code == 302
    page = _text(browser.get("/nanhu/office/spaces"))
    assert "风雨操场" in page
    assert "900 人" in page


def test_a_day_shows_its_first_few_and_leads_to_the_others(
    school: University, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        calendars.event(school, make.NOON + timedelta(days=2, minutes=number), title=f"{number}号宣讲会")
    monkeypatch.setattr(days, "DAY_CARDS", 5)
    for path, shown in (("/nanhu/", 3), ("/nanhu/month", 2)):
        text = _text(client.get(path))
        strip = text.split("</ol>")[0] if path == "/nanhu/" else text
        assert re.findall(r"(\d)号宣讲会", strip) == ["0", "1", "2", "3"][:shown], path
        assert f"还有 {7 - shown} 场" in text
    on = (make.NOON + timedelta(days=2)).date().isoformat()
    assert f'href="/nanhu/day?on={on}"' in _text(client.get("/nanhu/"))
    first, second = (_text(client.get(f"/nanhu/day?on={on}&page={page}")) for page in (1, 2))
    assert re.findall(r"(\d)号宣讲会", first + second) == list("0123456")
    assert "共 7 场" in first
    assert "这一天没有已公布的活动" in _text(client.get("/nanhu/day?on=2030-01-01"))
    assert client.get("/nanhu/day?on=2000-01-01").status_code == 200
    assert client.get("/nanhu/day?on=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 40, [1, None, 4, 5, 6, None, 40]),
        (40, 40, [1, None, 39, 40]),
    ],
)
def test_page_numbers_are_few_however_many_pages(page: int, pages: int, shown: list[int | None]) -> None:
    assert lists.Listing(items=[], total=pages * lists.PER_PAGE, page=page, q="", sort="").numbers == shown


@pytest.mark.parametrize("database", ["sqlite"])
def test_service_days_have_desks_and_roadshows_a_kind_of_place(school: University, sign_in: SignIn) -> None:
    desk = ItemDraft(kind=ItemKind.SERVICE_DESK, name="区人社局", detail="政策咨询")
    day = make.event(school, "服务日", EventKind.PUBLIC_SERVICE_DAY, items=[desk])
    show = make.event(school, "政策宣讲", EventKind.POLICY_ROADSHOW, place_kind=PlaceKind.PARK)
    browser = sign_in(factories.officer(school))
    pages = [_text(browser.get(f"/nanhu/office/events/{one.public_id}")) for one in (day, show)]
    assert ["区人社局" in page for page in pages] == [True, False]
    assert ["进园区" in page for page in pages] == [False, True]


@pytest.mark.parametrize("database", ["sqlite"])
def test_an_event_carries_chains_of_the_list_on_offer(
    school: University, sign_in: SignIn, client: FlaskClient
) -> None:
    officer = factories.officer(school)
    both = {"officer": officer, "guard": make.security(school)}
    fair = make.open_fair(school, **both, title="电子信息专场")
    make.open_fair(school, **both, title="综合双选会")
    url, browser = f"/nanhu/office/events/{fair.public_id}/tags", sign_in(officer)
    version = {"version": queries.led_event(fair.public_id, school.id).version}
    page = _text(browser.get(url))
    assert ("铜基新材料" in page, "行业就指委" in page) == (True, False)
    refused = browser.post(url, data=version | {"chains": ["JX01", "XX"]})
    assert (refused.status_code, "没有“XX”这一项，请从列表中选择。" in _text(refused)) == (422, True)
    assert re.search(r'<input checked[^>]*value="JX01"', refused.text)
    assert browser.post(url, data=version | {"chains": ["JX01", "JX02"]}).status_code == 302
    assert browser.post(url, data=version | {"chains": ["JX03"]}).status_code == 422
    shown = _text(client.get(f"/nanhu/events/{fair.public_id}"))
    assert "电子信息、铜基新材料" in shown
    listed = _text(client.get("/nanhu/events?chain=JX02"))
    assert ("电子信息专场" in listed, "综合双选会" in listed) == (True, False)
