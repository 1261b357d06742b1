"""An employer's account: a colleague joins, a name is corrected, a suspension is explained and lifted by another."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from fairs.accounts import actions as accounts
from fairs.employers.rules import StandingState
from tests import factories
from tests.factories import employers
from tests.journeys.people import DESK, PHONE, Someone
from tests.journeys.story import PASSWORD

pytestmark = pytest.mark.journey
FIRM = "青禾智能科技有限公司"


@pytest.fixture
def code(app: Flask) -> str:
    """The code of an employer that waits for its review under a name that lacks a character."""
    school = factories.university()
    firm = employers.employer("青禾智能科技有公司")
    people: list[Any] = [employers.contact(firm), factories.officer(school)]
    people.append(factories.officer(school, "second@nanhu.example"))
    for account in people:
        accounts.set_password(account.id, PASSWORD)
    employers.papers(firm)
    employers.standing(firm, school, StandingState.SUBMITTED)
    return firm.uscc or ""


@pytest.fixture
def someone(browser: Browser, live: str, faults: list[str]) -> Iterator[Callable[..., Someone]]:
    """Opens browsers for people and closes them in the end."""
    there: list[Someone] = []

    def someone(name: str, size: dict[str, int] = PHONE) -> Someone:
        there.append(Someone(name, browser, live, faults, size))
        return there[-1]

    yield someone
    for one in there:
        one.leaves()


def test_an_employer_from_a_join_request_to_its_reinstatement(
    code: str, someone: Callable[..., Someone]
) -> None:
    owner, officer = someone("owner"), someone("officer", DESK)
    owner.signs_in("wang@qinghe.example", PASSWORD)
    officer.signs_in("officer@nanhu.example", PASSWORD)
    a_colleague_joins(someone("colleague"), owner, code)
    the_name_is_corrected(owner, officer)
    a_suspension_is_explained_and_lifted(owner, officer, someone("second", DESK))


def a_colleague_joins(colleague: Someone, owner: Someone, code: str) -> None:
    colleague.opens("/register")
    colleague.fills(统一社会信用代码=code)
    colleague.sees("这个单位已经注册")
    colleague.follows("申请加入")
    colleague.sees(re.compile(r"王\*+ w\*\*\*@qinghe\.example"))
    colleague.shows("join")
    colleague.fills(姓名="赵晓", 手机或座机="13900002222", 邮箱="zhao@qinghe.com", 设置密码=PASSWORD)
    colleague.presses("申请加入")
    colleague.sees("等待单位确认")
    owner.follows("单位主页")
    owner.follows("联系人")
    owner.presses("同意加入")
    owner.sees("已同意加入。")
    colleague.opens()
    colleague.agrees()
    colleague.sees("青禾智能科技有公司")


def the_name_is_corrected(owner: Someone, officer: Someone) -> None:
    officer.page.get_by_role("link", name=re.compile("单位资质待审核")).click()
    officer.follows("审核", "table")
    officer.ticks("单位名称与营业执照不一致，请逐字核对。")
    officer.presses("退回修改")
    officer.sees("已记录，并已通知单位。")
    owner.opens()
    owner.follows("单位主页")
    owner.sees("单位名称与营业执照不一致，请逐字核对。")
    owner.follows("修改后一键重新提交")
    owner.follows("修改资料")
    owner.fills(单位全称=FIRM)
    owner.presses("保存")
    owner.follows("修改后一键重新提交")
    owner.presses("重新提交")
    officer.follows("单位", "nav")
    officer.follows("审核", "table")
    officer.ticks("已在公示系统核对，名称、代码与登记一致，状态正常")
    officer.presses("通过")
    officer.sees("没有等待审核的单位。")


def a_suspension_is_explained_and_lifted(owner: Someone, officer: Someone, second: Someone) -> None:
    officer.follows("全部单位")
    officer.follows(FIRM)
    officer.follows("暂停或列入黑名单")
    officer.page.get_by_label(re.compile("^暂停：")).check()
    officer.fills(原因="招聘信息与实际岗位不符")
    officer.shows("bar")
    officer.presses("确定")
    officer.sees("已暂停")
    owner.opens()
    owner.follows("单位主页")
    owner.follows("查看", "main")
    owner.follows("提交书面说明")
    owner.fills(情况说明="已更正岗位说明，并向同学致歉。")
    owner.shows("relief")
    owner.presses("提交说明")
    owner.sees("申请恢复")
    officer.opens()
    officer.page.get_by_role("link", name=re.compile("单位书面说明待复核")).click()
    officer.follows("复核", "table")
    officer.sees("须由另一位老师复核")
    second.signs_in("second@nanhu.example", PASSWORD)
    second.page.get_by_role("link", name=re.compile("单位书面说明待复核")).click()
    second.follows("复核", "table")
    second.fills(复核理由="说明属实，予以恢复。")
    second.shows("answer")
    second.presses("同意恢复")
    second.sees("已认证")
    owner.opens()
    owner.follows("单位主页")
    owner.sees("已认证")
