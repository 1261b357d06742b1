"""An employer's account: a colleague joins, a suspension is explained and lifted by another officer (E1).

How a name is returned and corrected (E3) is told by the story.
"""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests import factories
from tests.factories import employers
from tests.journeys.people import DESK, Someone
from tests.journeys.story import PASSWORD

pytestmark = pytest.mark.journey
FIRM = "青禾智能科技有限公司"


def test_an_employer_from_a_join_request_to_its_reinstatement(
    app: Flask, someone: Callable[..., Someone]
) -> None:
    school = factories.university()
    firm = employers.verified(school, FIRM)
    officer, second = (factories.officer(school, f"{name}@nanhu.example") for name in ("officer", "second"))
    owner, desk = someone("owner", account=employers.contact(firm)), someone("officer", DESK, officer)
    a_colleague_joins(someone("colleague"), owner, firm.uscc or "")
    a_suspension_is_explained_and_lifted(owner, desk, someone("second", DESK, second))


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
    colleague.sees(FIRM)


def a_suspension_is_explained_and_lifted(owner: Someone, officer: Someone, second: Someone) -> None:
    officer.follows("用人单位", "nav")
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
    second.opens()
    second.page.get_by_role("link", name=re.compile("单位书面说明待复核")).click()
    second.follows("复核", "table")
    second.fills(复核理由="说明属实，予以恢复。")
    second.shows("answer")
    second.presses("同意恢复")
    second.sees("已认证")
    owner.opens()
    owner.follows("单位主页")
    owner.sees("已认证")
