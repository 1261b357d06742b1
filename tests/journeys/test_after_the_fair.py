"""Journeys O8, D8, T9 and E10: figures confirmed and published; a student and an employer say how it was."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from fairs.database import db
from fairs.outcomes import queries
from fairs.outcomes.following import follow_up
from fairs.outcomes.survey import Side
from tests import clocks, factories
from tests.factories import outcomes as after
from tests.factories.outcomes import EVENING
from tests.journeys.people import DESK, Someone

pytestmark = pytest.mark.journey


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is the evening of the fair."""
    clocks.hung(monkeypatch).goes_to(EVENING)
    return EVENING


def test_an_officer_closes_the_fair_and_both_sides_rate_it(
    app: Flask,
    someone: Callable[..., Someone],
    evening: datetime,
    tmp_path: Path,
) -> None:
    there = after.over(factories.university())
    follow_up(evening)

    officer = someone("officer", DESK, there.officer)
    officer.follows("1 活动数据待确认 冬季双选会", exact=False)
    officer.sees("还没有点名")
    officer.follows("去点名")
    officer.ticks("冬季双选会第1公司")
    officer.ticks("冬季双选会第2公司")
    officer.presses("保存点名")
    officer.follows("总结", within=".event-tabs")
    officer.page.get_by_label("到场人次", exact=True).fill("4")
    officer.is_refused(422, lambda: officer.presses("确认数据"))
    officer.sees("与系统计算的不同")
    officer.page.get_by_label("更正原因：到场人次").fill("北门断网，人工放行 2 人次")
    officer.shows("figures")
    officer.presses("确认数据")
    officer.sees("数据已确认并留存。")
    officer.sees("北门断网，人工放行 2 人次")
    officer.presses("公布结果")
    officer.follows("公开页面")
    officer.sees("由主办学校核对确认")
    officer.opens(f"/nanhu/office/events/{there.event.public_id}/effect")
    officer.sees("2 家到场，占计划的 67%")
    expect(officer.page.locator("[data-chart] canvas").first).to_be_visible()
    with officer.page.expect_download() as sheet:
        officer.page.get_by_role("link", name="导出 XLSX").first.click()
    sheet.value.save_as(tmp_path / "effect.xlsx")
    assert (tmp_path / "effect.xlsx").stat().st_size > 1000

    student = someone("student", account=there.students[0])
    student.follows("我的预约")
    student.follows("评价")
    student.sees("匿名填写")
    for group in range(3):
        student.page.locator("fieldset.rating").nth(group).locator("label").nth(4).click()
    student.shows("survey")
    student.presses("提交")
    student.sees("您已经填写，谢谢！")
    db.session.rollback()
    assert queries.answers(there.event.id)[Side.STUDENT] == 1
    student.follows("登记求职进展")
    student.chooses(单位="冬季双选会第1公司", 进展="收到录用通知")
    student.presses("保存进展")
    student.sees("已登记，随时可以更新。")

    employer = someone("employer", account=there.contacts[0])
    employer.follows("招聘会与展位")
    employer.follows(re.compile("^冬季双选会"))
    employer.follows("填写招聘结果")
    employer.fills(达成意向="5", 发出录用通知="3")
    employer.is_refused(422, lambda: employer.presses("保存结果"))
    employer.sees("没有请填 0。")
    employer.fills(已签约="1")
    employer.presses("保存结果")
    employer.sees(re.compile("已保存"))
    employer.follows("招聘会与展位")
    employer.follows(re.compile("^冬季双选会"))
    employer.follows("填写问卷（30 秒）")
    for group in range(3):
        employer.page.locator("fieldset.rating").nth(group).locator("label").nth(3).click()
    employer.presses("提交")
    employer.sees("您已经填写，谢谢！")
    db.session.rollback()
    assert queries.answers(there.event.id)[Side.EMPLOYER] == 1
