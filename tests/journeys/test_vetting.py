"""Vetting in the browser: a hint taken with the keyboard, a return corrected, an appeal, changed rules."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from fairs import clock
from fairs.clock import campus_day
from fairs.database import db
from fairs.messages.models import Message
from fairs.tasks.worker import do_next
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import VerdictKind
from tests.factories import postings
from tests.journeys.people import DESK
from tests.postings.test_rechecking import older
from tests.vetting.test_actions import Scene

pytestmark = pytest.mark.journey
OpenPage = Callable[..., Page]


@pytest.fixture
def scene(app: Flask) -> Scene:
    """A university with two officers and a verified employer."""
    return Scene()


def press(page: Page, name: str) -> None:
    """Press a button of the page."""
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def says(page: Page, text: str) -> None:
    """The page says it."""
    expect(page.locator("body")).to_contain_text(text)


def test_from_a_hint_to_a_published_posting(scene: Scene, open_page: OpenPage) -> None:
    home = f"/employer/{scene.employer.public_id}/postings"
    firm = open_page(f"{home}/new", scene.hr, viewport=DESK)
    needs = a_hint_is_taken_by_keyboard_and_undone(firm)
    firm.get_by_label("岗位名称").fill("机械设计工程师")
    firm.get_by_label("需求人数").fill("3")
    firm.get_by_label("工作地点").fill("南京")
    firm.get_by_label("月薪下限").fill("8000")
    firm.get_by_label("工作内容").fill("负责产线夹具设计。")
    firm.get_by_label("有效期至").fill(f"{campus_day(clock.now()) + timedelta(days=40):%Y-%m-%d}")
    assert needs.input_value() == "性别不限，会使用三维设计软件。"
    press(firm, "保存并核对")
    press(firm, "提交审核")
    says(firm, "已提交审核。")

    office = open_page("/nanhu/office/vetting", scene.first, viewport=DESK)
    office.get_by_role("link", name="从第一条开始").click()
    keys_work(office)
    office.keyboard.press("?")
    expect(office.get_by_role("dialog")).to_contain_text("写退回的原因")
    office.keyboard.press("?")
    office.keyboard.press("r")
    office.keyboard.type("请写明薪酬构成。")
    office.keyboard.press("Control+Enter")
    says(office, "没有其他待审核的内容了")

    firm.get_by_role("link", name="机械设计工程师").first.click()
    says(firm, "请写明薪酬构成。")
    firm.locator("main").get_by_role("link", name="修改", exact=True).click()
    firm.get_by_label("薪酬说明").fill("13 薪，绩效另计。")
    press(firm, "保存并核对")
    press(firm, "提交审核")
    says(firm, "已提交审核。")
    office.goto(office.url)
    office.get_by_role("link", name="从第一条开始").click()
    keys_work(office)
    office.keyboard.press("a")
    says(office, "没有其他待审核的内容了")
    firm.goto(firm.url)
    says(firm, "已发布")


def keys_work(page: Page) -> None:
    """The page of a case is there with its script."""
    page.wait_for_url("**/office/vetting/*")
    expect(page.get_by_label("使用快捷键，按 ? 看说明")).to_be_checked()


def test_a_slip_of_the_keyboard_decides_nothing(scene: Scene, open_page: OpenPage) -> None:
    first, second = (scene.submit(clock.now(), title=title) for title in ("绘图员", "测量员"))
    office = open_page(f"/nanhu/office/vetting/{first.public_id}", scene.first, viewport=DESK)
    keys_work(office)
    office.keyboard.press("1")  # one of the usual reasons
    reason = office.get_by_label("给单位的说明")
    expect(reason).not_to_have_value("")
    reason.blur()
    office.keyboard.press("a")
    expect(office.get_by_role("status").filter(has_text="再按一次 A 就通过")).to_be_visible()
    office.keyboard.press("n")
    expect(office.get_by_role("status").filter(has_text="再按一次 N 就去看下一条")).to_be_visible()
    office.keyboard.press("a")
    reason.fill("")
    reason.fill("请写明薪酬。")
    reason.blur()
    office.keyboard.press("a")  # what was written since is asked about again
    expect(office).to_have_url(re.compile(first.public_id))
    office.keyboard.press("a")
    office.wait_for_url(f"**/{second.public_id}")
    keys_work(office)
    office.keyboard.press("a")  # nothing is written: one press
    says(office, "没有其他待审核的内容了")


def test_a_conflict_is_read_and_decided_from_its_page(
    scene: Scene, open_page: OpenPage, faults: list[str]
) -> None:
    case = scene.submit(clock.now(), requirements="限男性，会使用软件。")
    office = open_page(f"/nanhu/office/vetting/{case.public_id}", scene.second, viewport=DESK)
    keys_work(office)
    office.get_by_label("给单位的说明").fill("请删去性别限制。")
    postings.decide(case, scene.first, VerdictKind.LIFT, "有依据", now=clock.now())
    back = office.locator("button[value=return]")
    back.click()
    says(office, "陈老师刚刚提请放行")
    back.click()  # the second half of a double click
    says(office, "陈老师刚刚提请放行")
    expect(office.locator("form[data-keys]")).not_to_have_attribute("data-late", "")
    expect(office.get_by_label("给单位的说明")).to_have_value("请删去性别限制。")
    assert [fault for fault in faults if "status of 409" not in fault] == []
    faults.clear()  # what the browser writes of a 409 itself
    back.click()
    says(office, "没有其他待审核的内容了")


def a_hint_is_taken_by_keyboard_and_undone(firm: Page) -> object:
    """The hint comes while typing; Enter on its button puts the lawful wording in place, Ctrl+Z takes it back."""
    needs = firm.get_by_label("任职要求")
    needs.fill("限男性，会使用三维设计软件。")
    hints = firm.locator("#requirements-hints")
    expect(hints).to_contain_text("《妇女权益保障法》")
    lawful = hints.get_by_role("button", name="改为“性别不限”")
    lawful.focus()
    firm.keyboard.press("Enter")
    expect(needs).to_have_value("性别不限，会使用三维设计软件。")
    needs.focus()
    firm.keyboard.press("Control+z")
    expect(needs).to_have_value("限男性，会使用三维设计软件。")
    lawful.click()
    expect(needs).to_have_value("性别不限，会使用三维设计软件。")
    expect(hints).to_contain_text("没有发现需要修改的内容")
    return needs


def test_a_page_of_an_employers_own_is_asked_for_its_ground(scene: Scene, open_page: OpenPage) -> None:
    firm = open_page(f"/employer/{scene.employer.public_id}/profile", scene.hr)
    words, ground = firm.get_by_label("单位介绍"), firm.get_by_label("法定依据")
    expect(ground).to_be_hidden()
    words.fill("做矿山设备的民营企业，总部在南京，欢迎各专业同学来了解。井下岗位限男性。")
    expect(ground).to_be_visible()
    firm.locator("#introduction-hints").get_by_role("button", name="改为“性别不限”").click()
    expect(ground).to_be_hidden()  # whoever mends the words is not asked
    words.focus()
    firm.keyboard.press("Control+z")
    once = words.input_value()
    words.fill(f"{once}井上岗位😀限男性，班长限男性。")
    firm.get_by_role("button", name="3 处都改为“性别不限”").click()
    assert "限男性" not in words.input_value()
    assert words.input_value().endswith("井下岗位性别不限。井上岗位😀性别不限，班长性别不限。")
    words.focus()
    firm.keyboard.press("Control+z")  # one undo for one press
    expect(words).to_have_value(f"{once}井上岗位😀限男性，班长限男性。")
    firm.get_by_role("button", name="3 处都改为“性别不限”").click()
    firm.locator(".toast-line").get_by_role("button", name="撤销").click()  # on a phone there is no Ctrl+Z
    says(firm, "已恢复原来的文字。")
    expect(words).to_have_value(f"{once}井上岗位😀限男性，班长限男性。")
    words.fill("1. 会英语\n2. 已婚已育。\n3. 会开车")
    firm.get_by_role("button", name="删去“已婚已育”").click()
    expect(words).to_have_value("1. 会英语\n3. 会开车")
    words.fill(f"{once}井上岗位😀限男性，班长限男性。")
    ground.fill("《女职工劳动保护特别规定》附录第一条")
    paper = {"name": "依据.pdf", "mimeType": "application/pdf", "buffer": postings.STATUTE.content}
    firm.get_by_label("证明材料").set_input_files(paper)
    press(firm, "提交审核")
    says(firm, "单位介绍已提交")
    office = open_page("/nanhu/office/vetting", scene.first, viewport=DESK)
    office.get_by_role("link", name="从第一条开始").click()
    says(office, "《女职工劳动保护特别规定》附录第一条")
    says(office, "看证明材料：依据.pdf")
    says(office, "共 3 处")
    expect(office.locator(".decide .clause-card")).to_have_count(1)
    expect(office.locator("mark.clause")).to_have_count(3)


def test_an_appeal_and_changed_rules(app: Flask, scene: Scene, open_page: OpenPage) -> None:
    case = scene.submit(clock.now(), requirements="限男性，会使用软件。", title="井下采掘技术员")
    postings.decide(case, scene.first, VerdictKind.RETURN, "请删去性别限制。", now=clock.now())
    firm = open_page(f"/employer/{scene.employer.public_id}/postings", scene.hr, viewport=DESK)
    firm.get_by_role("link", name="井下采掘技术员").first.click()
    firm.locator("summary", has_text="可以申诉").click()
    firm.get_by_label("申诉依据").fill("《女职工劳动保护特别规定》附录：矿山井下作业。")
    press(firm, "提交申诉")
    says(firm, "申诉已提交，由另一位老师处理。")

    first = open_page(f"/nanhu/office/vetting/{case.public_id}", scene.first, viewport=DESK)
    says(first, "申诉须由另一位老师处理")
    second = open_page("/", scene.second, viewport=DESK)
    second.get_by_role("link", name="申诉和放行待另一位老师处理").click()
    second.locator("main").get_by_role("link", name="井下采掘技术员").click()
    says(second, "单位写明的法定依据")
    second.get_by_label("给单位的说明").fill("属附录第一条，提请放行。")
    second.locator("button[value=lift]").click()
    says(second, "没有其他待审核的内容了")
    first.goto(first.url)  # with two officers nobody else is left to agree
    says(first, "因此也可以由您处理")
    first.get_by_label("给单位的说明").fill("属附录第一条，同意。")
    first.locator("button[value=approve]").click()
    says(first, "没有其他待审核的内容了")
    firm.goto(firm.url)
    says(firm, "已发布")

    older(db.session.get_one(VettingCase, case.id), forget=True)
    first.get_by_role("link", name="规则更新复查").click()
    press(first, "开始复查 1 条")
    assert do_next(app, "journey")
    says(first, "新增建议退回，已暂停展示")
    first.get_by_role("link", name="查看结果").click()
    says(first, "已暂停展示，重新审核")
    firm.goto(firm.url)
    says(firm, "审核中")
    db.session.rollback()
    told = sa.select(Message.person_id).where(Message.kind == "postings/rules_changed")
    assert list(db.session.scalars(told)) == [scene.hr.person_id]
