"""Campus security's evening (C5 to C8), with a helper's scanner open: stop, incident, end, closing check.

Meanwhile an employer of the stand-by list takes the booth of one that has not come (O7).
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from fairs import clock
from fairs.accounts.models import Account
from fairs.allocation import actions as booths
from fairs.exhibitors.rules import ExhibitorState
from fairs.programmes.models import Event, Fair
from fairs.programmes.rules import EventState
from tests import factories
from tests.factories import checkin as door
from tests.factories import exhibitors as stands
from tests.factories import programmes as planned
from tests.factories import registrations as made
from tests.factories.calendars import change
from tests.journeys.people import DESK

pytestmark = pytest.mark.journey


def press(page: Page, name: str) -> None:
    """Press a button of the page."""
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow a link of the page."""
    page.locator("main").get_by_role("link", name=name, exact=isinstance(name, str)).first.click()


def says(page: Page, text: str) -> None:
    """The page says it."""
    expect(page.locator("main")).to_contain_text(text)


def one_booth(fair: Event, officer: Account, now: datetime) -> Account:
    """The fair has one booth; who holds it is not there, and another employer waits: its contact."""
    hours = timedelta(hours=1)
    hold = {"hold_until": now - timedelta(minutes=1), "requests_until": now + hours, "offer_hours": 1}
    factories.saved(Fair(event_id=fair.id, max_reps=2, **hold))
    stands.plan(fair, [dict(stands.STANDARD)])
    missing, waiting = (
        stands.employer(name, verified_at=[fair.university]) for name in ("迟到公司", "候补公司")
    )
    contact, by = stands.contact(waiting), officer.person_id
    given = stands.request(fair, missing, officer, now=now)
    held = booths.offer_by_hand(given.id, "A01", given.version, by=by, now=now)
    booths.confirm(held.id, by=by, now=now)
    change(stands.request(fair, waiting, contact, now=now), state=ExhibitorState.WAITLISTED)
    return contact


def a_standby_takes_an_empty_booth(officer: Page) -> None:
    """Who is not there when booths are held no longer loses it; who stands by gets it."""
    follow(officer, "单位和展位")
    follow(officer, "迟到公司")
    follow(officer, "收回或撤销")
    officer.get_by_label(re.compile("^未到场")).check()
    officer.get_by_label("原因").fill("十点仍未到场")
    press(officer, "确定")
    follow(officer, "全部申请")
    follow(officer, "候补公司")
    officer.get_by_label("选择展位").select_option(label="A01 · 标准展位")
    press(officer, "安排展位")
    says(officer, "展位已安排，已通知单位。")
    follow(officer, "全部申请")


def test_a_stop_an_incident_and_the_closing_check(app: Flask, open_page: Callable[..., Page]) -> None:
    now, school = clock.now(), factories.university()
    liu, chen = planned.security(school), factories.officer(school)
    fair = made.open_event(school, now - timedelta(minutes=10))
    waits = one_booth(fair, chen, now)
    change(fair, state=EventState.RUNNING)
    gate = door.gate(fair, door.hall(school), now)

    helper = open_page(f"/door/{door.device(gate, now).token}")
    helper.wait_for_function("() => document.getElementById('door').dataset.ready")
    stop = helper.locator("#door-stop")
    expect(stop).to_be_hidden()

    guard = open_page("/", liu)
    follow(guard, re.compile("体育馆.*在场 0"))
    follow(guard, "停止入场")
    guard.get_by_label("原因").fill("三号通道拥堵")
    press(guard, "停止入场")
    says(guard, "已暂停入场，检票设备会拒绝入场。")
    expect(stop).to_contain_text("停止入场 三号通道拥堵")

    follow(guard, "记录情况")
    guard.get_by_label("发生了什么").select_option(label="拥挤")
    guard.get_by_label("具体情况").fill("三号通道拥堵，分流到二号门")
    guard.get_by_label("严重").check()
    press(guard, "记录")
    says(guard, "分流到二号门")
    press(guard, "恢复入场")
    expect(stop).to_be_hidden()

    officer = open_page("/", chen, viewport=DESK)
    follow(officer, re.compile("严重的现场情况未了结"))
    says(officer, "分流到二号门")
    follow(officer, fair.title)
    a_standby_takes_an_empty_booth(officer)
    stands_by = open_page("/", waits)
    follow(stands_by, re.compile("去办理：申请展位并确认"))
    follow(stands_by, fair.title)
    press(stands_by, "确认参会")
    says(stands_by, "确认展位 A01")
    officer.reload()
    says(officer, "1 家已确认")
    follow(officer, "概览")
    follow(officer, "结束活动")
    press(officer, "结束活动")
    says(officer, "确认数据")

    guard.goto(guard.url.split("/nanhu/")[0])
    follow(guard, re.compile("清场检查待签署"))
    follow(guard, "清场检查")
    says(guard, "还有 1 件现场情况没有了结")
    follow(guard, "先去了结")
    follow(guard, "了结")
    guard.get_by_label("怎样处理的").fill("二号门分流后十分钟恢复")
    press(guard, "了结")
    follow(guard, "清场检查")
    choices = guard.get_by_label("是", exact=True)
    expect(choices).to_have_count(5)  # all() would not wait for the page
    for choice in choices.all():
        choice.check()
    press(guard, "签署")
    says(guard, "已清场并签署")
    officer.goto(f"{officer.url.rsplit('/', 1)[0]}/{fair.public_id}/scene")
    says(officer, "已了结")
    says(officer, "已清场并签署")
