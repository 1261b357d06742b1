"""A student's way (T1–T4, T10) with a full slot: two students, one place, and the waiting list that fills itself."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect

from fairs import clock
from fairs.accounts.models import Account
from fairs.database import db
from fairs.messages.delivery import deliver_due
from fairs.programmes import queries as programmes
from tests import factories
from tests.factories import registrations as made
from tests.journeys.people import Someone

pytestmark = pytest.mark.journey

FAIR = "南湖大学秋季双选会"


@pytest.fixture
def classmates(app: Flask) -> list[Account]:
    """Two students with passwords, and a fair with two slots of one place."""
    school = factories.university()
    day = programmes.occurrences(made.open_event(school, clock.now() + timedelta(days=1)).id)[0]
    for hour in range(2):
        made.slot(day, 1, hour)
    department = factories.department(school)
    return [made.student(department, number, name) for number, name in ((1, "李小雨"), (2, "王小满"))]


def test_two_students_and_one_place(
    app: Flask, classmates: list[Account], someone: Callable[..., Someone]
) -> None:
    first = someone("first", account=classmates[0])
    says_what_she_wants(first)
    first.follows(FAIR)
    first.presses("预约")
    first.sees(re.compile("^预约成功"))

    second = someone("second", account=classmates[1])
    second.presses("暂不填写")
    second.follows(FAIR)
    second.sees("已满 1/1")
    second.presses("加入候补")
    second.sees("候补中，前面还有 0 人")
    second.opens()
    second.sees(re.compile("候补中，前面还有 0 人"))
    second.shows("waiting")

    first.presses("取消预约")
    first.sees(re.compile("名额已让给其他同学"))
    deliver_due(app, "test", clock.now())
    db.session.rollback()
    second.follows("消息")
    second.page.get_by_role("link", name=re.compile(f"候补成功.*{FAIR}")).click()
    second.sees(re.compile("有名额空出，已经给您留好"))
    second.follows("我的预约")
    second.follows("打开票面")
    expect(second.page.locator(".ticket-number strong")).to_be_visible()
    second.presses("换到这里")
    second.sees("已更换时段。")
    second.shows("moved")

    looks_at_her_data(second)


def says_what_she_wants(student: Someone) -> None:
    student.follows("填写意向")
    student.ticks("直接就业")
    student.fills(其他城市="南京")
    student.shows("wishes")
    student.presses("保存意向")
    student.sees(re.compile("已保存。首页的推荐会说明理由"))
    student.sees("面向全校学生")
    student.shows("home")


def looks_at_her_data(student: Someone) -> None:
    student.follows("我的预约")
    student.follows("我的数据")
    student.sees("存了什么")
    with student.page.expect_download() as download:
        student.follows("下载我的数据")
    assert "王小满" in download.value.path().read_text("utf-8")
