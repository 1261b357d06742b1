"""Settings, roles and lists as they are changed: who may, what is recorded, what counts at once."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs import clock
from fairs.accounts import queries as people
from fairs.accounts.models import Account
from fairs.accounts.rules import RoleKind
from fairs.administration import listed, queries
from fairs.administration.actions import imports, roles, school
from fairs.administration.actions.roles import HandOver, RoleDraft
from fairs.administration.master import LISTS, Around, plan
from fairs.administration.rules import LastAdmin, MayNotGrant, OwnRole
from fairs.audit import actions as audit_actions
from fairs.audit import queries as audit_queries
from fairs.audit.models import AccessLog, Audit
from fairs.clock import campus_day
from fairs.database import db
from fairs.errors import Conflict, Invalid, NotFound
from fairs.files.imports import RowsFaulty
from fairs.files.sheets import read_xlsx, write_xlsx
from fairs.institutions import codes, duties
from fairs.institutions.models import Department, University
from fairs.institutions.rules import CodeKind
from fairs.messages.models import Message
from fairs.tasks.models import Task
from fairs.tasks.worker import do_next
from fairs.workdays import queries as workdays
from tests import factories


class Desk:
    """A university with a director and an administrator."""

    def __init__(self) -> None:
        self.now = clock.now()
        self.today = campus_day(self.now)
        self.school = factories.university()
        self.director = self._leads("gu@nanhu.example", RoleKind.CAREER_DIRECTOR)
        self.admin = self._leads("ma@nanhu.example", RoleKind.ADMIN)

    def _leads(self, login: str, kind: RoleKind) -> Account:
        made = factories.account(login, "顾主任")
        factories.role(made, kind, university_id=self.school.id)
        return made

    def give(self, mail: str, kind: RoleKind, by: Account | None = None, **more: Any) -> Any:
        draft = RoleDraft(mail=mail, name="新人", kind=kind, **more)
        who = (by or self.director).person_id
        return roles.give_role(draft, university_id=self.school.id, by=who, now=self.now)

    def held(self, person_id: int) -> set[RoleKind]:
        return {grant.kind for grant in people.grants(person_id, self.today)}

    def last(self, action: str) -> Audit:
        chosen = sa.select(Audit).where(Audit.action == action).order_by(Audit.id.desc()).limit(1)
        return db.session.scalars(chosen).one()

    @property
    def who(self) -> dict[str, Any]:
        return {"university_id": self.school.id, "by": self.director.person_id, "now": self.now}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk()


def test_a_setting_is_kept_recorded_and_taken_back(desk: Desk) -> None:
    def put(value: object, shown: str) -> None:
        school.set_duty(
            desk.school.id, "closing_days", value, shown=shown, by=desk.director.person_id, now=desk.now
        )

    put("10", "7")
    assert db.session.get_one(University, desk.school.id).settings == {"closing_days": 10}
    assert desk.last("set_duty").detail == {"key": "closing_days", "old": 7, "new": 10}
    with pytest.raises(Conflict):
        put("12", "7")
    with pytest.raises(Invalid):
        put("0", "10")
    put(duties.duties()["closing_days"].value, "10")
    assert db.session.get_one(University, desk.school.id).settings == {}


def test_a_helper_gets_a_role_with_an_end_and_loses_it_at_once(desk: Desk) -> None:
    role = desk.give("helper@nanhu.example", RoleKind.DOOR_STAFF, until=desk.today + timedelta(days=3))
    helper, role_id = role.person_id, role.id
    assert desk.held(helper) == {RoleKind.DOOR_STAFF}
    kinds = db.session.scalars(sa.select(Message.kind).where(Message.person_id == helper))
    assert set(kinds) == {"administration/activation"}
    assert queries.ending_soon(desk.school.id, desk.today)[0] == 1
    roles.end_role(role_id, **desk.who)
    assert desk.held(helper) == set()
    with pytest.raises(NotFound):
        roles.end_role(role_id, **desk.who)
    assert desk.last("end_role").detail["person"] == helper


def test_who_may_not(desk: Desk) -> None:
    officer = factories.officer(desk.school)
    with pytest.raises(MayNotGrant):
        desk.give("x@nanhu.example", RoleKind.DOOR_STAFF, by=officer)
    with pytest.raises(MayNotGrant):
        desk.give("x@nanhu.example", RoleKind.ADMIN)
    with pytest.raises(OwnRole):
        desk.give("gu@nanhu.example", RoleKind.CAREER_OFFICER)
    admins = queries.roles_of(desk.admin.person_id, desk.school.id, desk.today)
    with pytest.raises(LastAdmin):
        roles.end_role(admins[0].id, university_id=desk.school.id, by=desk.admin.person_id, now=desk.now)
    other = factories.department(factories.university("beihu"))
    with pytest.raises(NotFound):
        desk.give("x@nanhu.example", RoleKind.DEPT_COORDINATOR, department_id=other.id)
    assert people.account_by_login("x@nanhu.example") is None


def test_roles_are_handed_over_whole(desk: Desk) -> None:
    own = factories.department(desk.school)
    former = desk.give("zhao@nanhu.example", RoleKind.DEPT_COORDINATOR, department_id=own.id).person_id
    desk.give("zhao@nanhu.example", RoleKind.COUNSELLOR, department_id=own.id)
    draft = HandOver(mail="qian@nanhu.example", name="钱老师", last_on=desk.today)
    assert roles.hand_over(former, draft, **desk.who) == 2
    successor = people.account_by_login("qian@nanhu.example")
    assert successor is not None
    assert desk.held(successor.person_id) == {RoleKind.DEPT_COORDINATOR, RoleKind.COUNSELLOR}
    assert people.grants(former, desk.today + timedelta(days=1)) == ()


def _import(app: Flask, desk: Desk, key: str, rows: list[list[str]]) -> Task:
    kind = LISTS[key]
    content = write_xlsx(kind.title, [column.title for column in kind.columns], rows)
    by, here = desk.director.person_id, desk.school.id
    file = imports.hand_in(kind, content, "名单.xlsx", by=by, university_id=here, now=desk.now)
    shown = listed.import_plan(kind, file, here, desk.today).fingerprint
    wish = imports.Wish(key=key, file_id=file.id, university_id=here, by=by, shown=shown)
    number = imports.begin_import(wish, desk.now).id
    assert do_next(app, "test")
    db.session.rollback()
    return db.session.get_one(Task, number)


def test_departments_staff_and_spaces_come_from_sheets(app: Flask, desk: Desk) -> None:
    factories.campus(desk.school)
    places = [["CS", "计算机学院", "080901", "计算机"], ["CS", "计算机学院", "080902", "软件工程"]]
    assert _import(app, desk, "places", places).result["new"] == 2
    again = [["CS", "计算机与软件学院", "080901", "计算机"]]
    assert _import(app, desk, "places", again).result["changed"] == 1
    names = db.session.scalars(sa.select(Department.name)).all()
    assert names == ["计算机与软件学院"]
    assert [row.code for row in queries.without_coordinator(desk.school.id, desk.today)] == ["CS"]
    staff = [["zhao@nanhu.example", "赵老师", "院系就业专员", "CS", ""]]
    assert _import(app, desk, "staff", staff).result["new"] == 1
    assert queries.without_coordinator(desk.school.id, desk.today) == []
    assert _import(app, desk, "spaces", [["主校区", "体育馆", "场馆", "1600", ""]]).result["new"] == 1
    with pytest.raises(MayNotGrant):
        _import(app, desk, "staff", [["x@nanhu.example", "某人", "系统管理员", "", ""]])


def test_the_calendar_comes_from_a_sheet(app: Flask, desk: Desk) -> None:
    rows = [["考试周", "期末", "2027-01-04", "2027-01-15"], ["放假", "校庆", "2027-05-20", "2027-05-20"]]
    assert _import(app, desk, "calendar", rows).result["new"] == 2
    here = desk.school.id
    days = [date(2027, 1, 3), date(2027, 1, 4), date(2027, 1, 15), date(2027, 1, 16)]
    assert workdays.exams_on(here, days) == days[1:3]
    assert not workdays.calendar(here).is_workday(date(2027, 5, 20))
    rows[0][3] = "2027-01-10"
    assert _import(app, desk, "calendar", rows).result["changed"] == 1
    assert workdays.exams_on(here, days) == days[1:2]


def test_an_office_keeps_its_own_code_lists(app: Flask, desk: Desk) -> None:
    here, chain = desk.school.id, CodeKind.CHAIN
    assert codes.offered(chain, here)["JX01"].name == "电子信息"
    assert codes.offered(CodeKind.COMMITTEE, here) == {}
    rows = [["江苏", "JS02", "生物医药", ""], ["江苏", "JS01", "新型电力装备", ""]]
    assert _import(app, desk, "chains", rows).result["new"] == 2
    assert list(codes.offered(chain, here)) == ["JS01", "JS02"]
    assert codes.chain_names(here)["JX01"] == "电子信息"
    rows[0][2:] = ["生物医药和新型医疗器械", "停用"]
    assert _import(app, desk, "chains", rows).result["changed"] == 1
    assert list(codes.offered(chain, here)) == ["JS01"]
    assert codes.chain_names(here)["JS02"] == "生物医药和新型医疗器械"
    committee = [["C01", "示例行业就业指导委员会", ""]]
    assert _import(app, desk, "committees", committee).result["new"] == 1
    assert [one.name for one in codes.offered(CodeKind.COMMITTEE, here).values()] == [
        "示例行业就业指导委员会"
    ]
    elsewhere = factories.university("beihu").id
    assert (codes.own(chain, elsewhere), codes.offered(CodeKind.COMMITTEE, elsewhere)) == ({}, {})
    # all or nothing: one wrong row, and the right one is not there either
    with pytest.raises(RowsFaulty):
        _import(app, desk, "chains", [["江苏", "JS03", "纳米新材料", ""], ["江苏", "JS 04", "机器人", ""]])
    assert "JS03" not in codes.known(chain, here)


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_page_of_the_code_lists_and_its_sheets(app: Flask, desk: Desk, sign_in: Any) -> None:
    browser = sign_in(desk.director)
    page = browser.get("/nanhu/office/code-lists").text
    assert "目前使用系统自带的清单" in page
    assert "电子信息" in page
    assert "请按教育部公布的名单导入" in page
    sheet = browser.get("/nanhu/office/code-lists/chains.xlsx").data
    rows = read_xlsx(sheet, LISTS["chains"].columns)
    made = plan(LISTS["chains"], rows, Around({}, {}), {})
    assert (len(made.new), made.errors) == (12, ())
    assert browser.get("/nanhu/office/chains/import").status_code == 200


def test_a_part_in_use_is_not_put_away(desk: Desk) -> None:
    own = factories.department(desk.school)
    desk.give("zhao@nanhu.example", RoleKind.DEPT_COORDINATOR, department_id=own.id)
    with pytest.raises(school.DepartmentInUse):
        school.end_part(own, **desk.who)
    other = factories.department(desk.school, "EE", "电子学院")
    school.end_part(other, **desk.who)
    assert list(queries.places(desk.school.id)) == ["计算机学院", "CS"]
    with pytest.raises(Conflict):
        school.add_part(school.PartDraft(kind="department", code="EE", name="新"), **desk.who)
    school.resume_part(other, **desk.who)
    assert "EE" in queries.places(desk.school.id)


def test_looks_are_shown_to_the_university_where_they_happened(desk: Desk) -> None:
    other = factories.university("beihu")
    person = desk.admin.person
    audit_actions.looked(
        "employer_contact", person, by=desk.director.person_id, now=desk.now, university_id=desk.school.id
    )
    rows = db.session.execute(audit_queries.looks(desk.school.id, {})).all()
    assert [(row.purpose, who, whose) for row, who, whose in rows] == [
        ("employer_contact", "顾主任", "顾主任")
    ]
    assert db.session.execute(audit_queries.looks(other.id, {})).all() == []
    assert db.session.scalar(sa.select(AccessLog.university_id)) == desk.school.id
