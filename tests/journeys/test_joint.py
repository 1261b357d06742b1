"""Journeys of O and of two universities: plan a month with its parts; a joint fair from invitation to withdrawal."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from fairs import clock
from fairs.clock import campus_day
from fairs.programmes.drafts import SlotDraft
from tests import factories
from tests.factories import programmes as make
from tests.factories import registrations as made
from tests.journeys.people import DESK

pytestmark = pytest.mark.journey

OpenPage = Callable[..., Page]


def press(page: Page, name: str) -> None:
    """Press a button of the page."""
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    """Follow a link of the page."""
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def test_a_partner_accepts_its_students_fill_the_quota_and_the_lead_takes_it_out(
    app: Flask, open_page: OpenPage
) -> None:
    lead, partner = factories.university(), factories.university("beihu")
    officer, guest = factories.officer(lead), factories.officer(partner, "officer@beihu.example")
    fair = make.open_fair(lead, officer=officer, slots=SlotDraft(capacity=9), booths=4, now=clock.now())
    department = factories.department(partner)
    first, second = (made.student(department, number) for number in (1, 2))

    office = open_page(f"/nanhu/office/events/{fair.public_id}", officer, viewport=DESK)
    follow(office, "联合学校")
    office.get_by_label("学校", exact=True).select_option(label=partner.name)
    office.get_by_label("预约名额（人次）").fill("1")
    press(office, "发出邀请")
    expect(office.locator("main")).to_contain_text("待对方答复")

    theirs = open_page("/", guest, viewport=DESK)
    theirs.get_by_role("link", name="外校联合活动邀请待答复").first.click()
    expect(theirs.locator("main")).to_contain_text("是否参加")
    press(theirs, "接受邀请")
    expect(theirs.locator("body")).to_contain_text("已接受邀请，本校学生可以看到并预约。")

    phone = open_page("/beihu/", first)
    follow(phone, fair.title)
    press(phone, "预约")
    expect(phone.locator("body")).to_contain_text("预约成功")
    late = open_page(f"/beihu/events/{fair.public_id}/book", second)
    expect(late.locator("main")).to_contain_text("贵校在本场活动的名额已满（1/1）")
    press(late, "加入候补")
    expect(late.locator("body")).to_contain_text("已加入候补")

    theirs.reload()
    follow(theirs, "本校学生名单")
    expect(theirs.locator("main")).to_contain_text("李*")

    office.reload()
    expect(office.locator("main")).to_contain_text("1/1")
    follow(office, "退出")
    expect(office.locator("main")).to_contain_text("1 个预约")
    office.get_by_label("退出的原因").fill("考试周冲突")
    press(office, "确认让该校退出")
    expect(office.locator("main")).to_contain_text("已退出")
    phone.goto(phone.url)
    expect(phone.locator("main")).to_contain_text("已取消")


def test_an_officer_plans_a_month_with_a_week_in_it(app: Flask, open_page: OpenPage) -> None:
    school = factories.university()
    page = open_page("/", factories.officer(school), viewport=DESK)
    page.get_by_role("button", name="更多", exact=True).click()
    page.get_by_role("link", name="系列", exact=True).click()
    follow(page, "校园招聘月")
    expect(page.get_by_label("名称", exact=True)).not_to_have_value("")
    press(page, "保存")
    follow(page, "上传工作方案")
    page.get_by_label("负责人").fill("陈主任")
    page.get_by_label("职责分工").fill("统筹：就业中心；安全：保卫处")
    sent: Any = {"name": "方案.pdf", "mimeType": "application/pdf", "buffer": make.PLAN.content}
    page.get_by_label("工作方案").set_input_files(sent)
    press(page, "保存")
    press(page, "公布")
    expect(page.locator("main")).to_contain_text("已公布")
    follow(page, "新建下级系列")
    page.get_by_label("类型").select_option(label="就业促进周")
    page.get_by_label("名称", exact=True).fill("促进周")
    today = campus_day(clock.now())
    for label in ("开始日期", "结束日期"):
        page.get_by_label(label).fill(f"{today:%Y-%m-%d}")
    press(page, "保存")
    expect(page.locator("main")).to_contain_text("一天一活动：0/1 天有活动")
    expect(page.locator("main")).to_contain_text("还没有活动的日期")
    follow(page, "统计和历年对比")
    expect(page.locator("main")).to_contain_text("这些数字怎么算")
    page.goto(page.url.split("/office/")[0] + "/office/month")
    expect(page.locator("main")).to_contain_text("没有冲突")
