"""Short journeys: English, the keyboard alone, wrong input, impatience, and the way back."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import expect

from fairs import clock
from fairs.accounts import actions as accounts
from fairs.accounts.models import Account
from fairs.database import db
from fairs.institutions.models import University
from fairs.programmes import queries as programmes
from fairs.registrations.models import Registration
from tests import factories
from tests.factories import employers
from tests.factories import registrations as made
from tests.journeys.people import DESK, Someone
from tests.journeys.story import PASSWORD

pytestmark = pytest.mark.journey

FAIR = "南湖大学秋季双选会"


@pytest.fixture
def school(app: Flask) -> University:
    """A university with a fair for which students book."""
    school = factories.university()
    day = programmes.occurrences(made.open_event(school, clock.now() + timedelta(days=1)).id)[0]
    for hour in range(2):
        made.slot(day, 20, hour)
    return school


@pytest.fixture
def student(school: University) -> Account:
    """A student who has set a password and read the notice."""
    account = made.student(factories.department(school))
    accounts.set_password(account.id, PASSWORD)
    return account


def bookings() -> int:
    """How many registrations there are."""
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Registration)) or 0


def test_english_is_one_click_and_stays(student: Account, someone: Callable[..., Someone]) -> None:
    reader = someone("reader", DESK)
    reader.opens()
    reader.follows("English")
    reader.sees("Coming events")
    reader.follows(FAIR)
    expect(reader.page.locator("html")).to_have_attribute("lang", "en")
    reader.follows("Sign in and book")
    reader.fills(Login=student.login, Password=PASSWORD)
    reader.presses("Sign in", "main")
    reader.presses("Book")
    reader.sees(re.compile("^Booked"))
    reader.shows("english-ticket")
    reader.follows("中文")
    reader.sees("已预约")


def test_the_keyboard_alone_signs_in_and_books(student: Account, someone: Callable[..., Someone]) -> None:
    typist = someone("typist", DESK)
    typist.opens()
    reaches(typist, "跳到正文")
    reaches(typist, "登录")
    typist.page.keyboard.press("Enter")
    typist.sees("第一次登录，或忘记密码")
    reaches(typist, "登录名")
    typist.page.keyboard.type(student.login)
    typist.page.keyboard.press("Tab")
    typist.page.keyboard.type(PASSWORD)
    typist.page.keyboard.press("Enter")
    typist.sees("适合您的活动")
    reaches(typist, FAIR)
    typist.page.keyboard.press("Enter")
    typist.sees("时间和地点")
    reaches(typist, "预约")
    typist.page.keyboard.press("Enter")
    typist.sees(re.compile("^预约成功"))
    assert bookings() == 1


def reaches(typist: Someone, name: str) -> None:
    """Press Tab until the focus, which must be seen, is on what is called ``name``."""
    for _ in range(60):
        typist.page.keyboard.press("Tab")
        here = typist.page.locator(":focus")
        called = here.evaluate(
            "(e) => (e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.innerText).trim()"
        )
        if called == name:
            expect(here).to_be_in_viewport()
            ring = here.evaluate(
                "(e) => { const s = getComputedStyle(e); return s.outlineStyle + s.boxShadow; }"
            )
            assert ring != "nonenone", f"the focus on {name} cannot be seen"
            return
    raise AssertionError(f"Tab does not reach {name}")


def test_wrong_input_comes_back_filled_with_the_sentence_at_the_field(
    school: University, student: Account, someone: Callable[..., Someone]
) -> None:
    visitor = someone("visitor")
    visitor.opens()
    visitor.follows("登录")
    visitor.fills(登录名=student.login, 密码="not the password")
    visitor.is_refused(422, lambda: visitor.presses("登录", "main"))
    complains(visitor, "密码", "登录名或密码不正确。")
    expect(visitor.field("登录名")).to_have_value(student.login)

    hr = employers.contact(employers.verified(school))
    recruiter = someone("recruiter", account=hr)
    recruiter.follows("招聘信息")
    recruiter.follows("写招聘信息")
    recruiter.fills(岗位名称="数据分析师", 需求人数="3", 工作内容="分析招聘数据。")
    recruiter.is_refused(422, lambda: recruiter.presses("保存并核对"))
    complains(recruiter, "工作地点", "请填写这一项。")
    complains(recruiter, "月薪下限（元，税前）", "请写明基本薪酬")
    recruiter.shows("posting")
    for label, typed in (("岗位名称", "数据分析师"), ("需求人数", "3"), ("工作内容", "分析招聘数据。")):
        expect(recruiter.field(label)).to_have_value(typed)

    officer = someone("officer", DESK, factories.officer(school))
    officer.follows("活动")
    officer.follows("新建活动")
    officer.follows("双选会")
    officer.fills(活动名称="春季双选会", 日期="2027-03-20", 开始时间="14:00", 结束时间="09:00")
    officer.is_refused(422, lambda: officer.presses("保存为草稿"))
    complains(officer, "结束时间", "结束时间必须晚于开始时间。")
    officer.shows("event")
    expect(officer.field("活动名称")).to_have_value("春季双选会")
    expect(officer.field("日期")).to_have_value("2027-03-20")


def complains(someone: Someone, label: str, sentence: str) -> None:
    """The sentence stands at the field, which is named in the summary above."""
    field = someone.field(label)
    expect(field).to_have_attribute("aria-invalid", "true")
    beside = someone.page.locator(".field", has=someone.page.locator(f"#{field.get_attribute('id')}"))
    expect(beside.locator(".field-error")).to_contain_text(sentence)
    expect(someone.page.locator(".error-summary")).to_contain_text(sentence)


def test_a_double_click_books_once(student: Account, someone: Callable[..., Someone]) -> None:
    hasty = someone("hasty", account=student)
    hasty.follows(FAIR)
    hasty.page.get_by_role("button", name="预约", exact=True).first.dblclick()
    hasty.sees(re.compile("^预约成功"))
    assert bookings() == 1


def test_the_way_back_after_booking_does_no_harm(student: Account, someone: Callable[..., Someone]) -> None:
    wanderer = someone("wanderer", account=student)
    wanderer.follows(FAIR)
    wanderer.presses("预约")
    wanderer.sees(re.compile("^预约成功"))
    wanderer.page.go_back()
    wanderer.page.wait_for_load_state()
    button = wanderer.page.get_by_role("button", name="预约", exact=True)
    if button.count():  # an old page from the browser's memory
        wanderer.is_refused(409, button.first.click)
        wanderer.sees(re.compile("您已报名本场活动"))
        wanderer.shows("again")
    wanderer.page.reload()
    assert bookings() == 1
