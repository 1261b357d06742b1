"""A coordinator makes last year's fair again; a fair is called off the evening before, and the call taken back."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from fairs import clock
from fairs.accounts.rules import RoleKind
from fairs.institutions.models import University
from fairs.messages.delivery import deliver_due
from fairs.programmes import queries as programmes
from fairs.programmes.drafts import FairDraft, SlotDraft
from fairs.programmes.models import Event
from fairs.programmes.rules import EventKind, EventScope, TargetDimension
from fairs.registrations import actions as booking
from tests import factories
from tests.factories import programmes as planned
from tests.factories import registrations as made
from tests.journeys.people import DESK, Someone

pytestmark = pytest.mark.journey

LAST_YEAR = "计算机学院小型专场"
SMALL = {"slots": SlotDraft(capacity=200), "fair": FairDraft(expected_attendance=200)}


@pytest.fixture
def database() -> str:
    """What these journeys show is the same on both databases."""
    return "sqlite"


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


def test_a_coordinator_makes_last_years_fair_again(
    school: University, someone: Callable[..., Someone]
) -> None:
    department = factories.department(school)
    zhao = planned.coordinator(school, department.id)
    head = factories.account("fang@nanhu.example", "方院长")
    planned.grant(head.person_id, RoleKind.DEPT_HEAD, school, department.id)
    officer = factories.officer(school)
    today = clock.campus_day(clock.now())
    last = _small(school, department.id, LAST_YEAR, today - timedelta(days=350))
    planned.prepared(last, by=officer.person_id, now=clock.now())
    busy = today + timedelta(days=21)
    other = planned.event(school, "全校双选会", on=planned.days(busy), now=clock.now())

    coordinator = someone("coordinator", DESK, zhao)
    coordinator.follows("活动")
    coordinator.follows(f"照此再办一场：{LAST_YEAR}")
    coordinator.sees("不带来：参会单位、预约、值班和签署。")
    coordinator.shows("clone")
    coordinator.fills(活动名称="今年的小型专场", 日期=busy.isoformat())
    coordinator.is_refused(422, lambda: coordinator.presses("建立草稿"))
    coordinator.sees(re.compile("已有面向相同专业的"))
    coordinator.shows("clash")
    coordinator.fills(日期=(busy + timedelta(days=1)).isoformat())
    coordinator.presses("建立草稿")
    coordinator.sees(re.compile("已照原活动建立草稿"))
    coordinator.presses("提交审核")

    fang = someone("head", account=head)
    fang.page.get_by_role("link", name=re.compile("院系意见待签署.*今年的小型专场")).click()
    fang.shows("sign")
    fang.presses("同意并签署")

    chen = someone("officer", DESK, officer)
    chen.page.get_by_role("link", name=re.compile("活动方案待审核.*今年的小型专场")).click()
    chen.page.locator("#note-plan").fill("请写明现场分工")
    chen.presses("退回修改")

    coordinator.follows("首页")
    coordinator.shows("returned")
    coordinator.page.get_by_role("link", name=re.compile("活动方案被退回")).click()
    coordinator.sees("请写明现场分工")
    coordinator.presses("提交审核")
    chen.follows("首页")
    chen.page.get_by_role("link", name=re.compile("活动方案待审核.*今年的小型专场")).click()
    for _ in range(2):
        with chen.page.expect_navigation():
            chen.presses("同意并签署")
    coordinator.follows("首页")
    coordinator.page.get_by_role("link", name=re.compile("已批准，可以开放报名")).click()
    coordinator.presses("开放报名")
    coordinator.sees("报名中")
    assert programmes.occurrences(other.id)


def _small(school: University, department_id: int, title: str, on: date) -> Event:
    return planned.event(
        school,
        title,
        EventKind.SPECIALTY_FAIR,
        on=planned.days(on),
        now=clock.now(),
        department_id=department_id,
        scope=EventScope.DEPARTMENT,
        targets=[(TargetDimension.MAJOR, "080901")],
        **SMALL,
    )


def test_a_fair_is_called_off_the_evening_before(
    app: Flask, school: University, someone: Callable[..., Someone]
) -> None:
    officer = factories.officer(school)
    li = made.student(factories.department(school))
    fair = planned.open_fair(
        school,
        officer=officer,
        on=planned.days(clock.campus_day(clock.now()) + timedelta(days=1)),
        now=clock.now() - timedelta(days=3),
    )
    slot = programmes.slots(programmes.occurrences(fair.id)[0].id)[0]
    booking.book(slot.id, li.person_id, clock.now())

    chen = someone("officer", DESK, officer)
    chen.follows("活动")
    chen.follows(fair.title)
    chen.follows("取消活动")
    chen.sees(re.compile("1 名已报名的学生"))
    chen.unfolds("将发出的通知")
    chen.shows("cancel")
    chen.fills(原因="寒潮红色预警")
    chen.presses("确认取消活动")
    chen.sees("撤销取消")
    deliver_due(app, "jobs", clock.now())

    student = someone("student", account=li)
    student.follows("消息")
    student.sees(re.compile(f"活动已取消：{fair.title}"))
    student.opens(f"/nanhu/events/{fair.public_id}")
    student.sees("原因：寒潮红色预警")
    student.shows("cancelled")

    chen.follows("撤销取消")
    chen.presses("确认撤销，照常举行")
    chen.sees("报名中")
