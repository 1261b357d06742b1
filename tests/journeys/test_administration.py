"""A director changes a setting, gives a helper a role with an end, and imports exam weeks; a planner sees them."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from fairs import clock
from fairs.accounts.rules import RoleKind
from fairs.administration.master import LISTS
from fairs.files.sheets import write_xlsx
from fairs.tasks.worker import do_next
from tests import factories
from tests.factories import programmes as planned
from tests.journeys.people import DESK, Someone

pytestmark = pytest.mark.journey


def _calendar(folder: Path, first: date, last: date) -> Path:
    kind, file = LISTS["calendar"], folder / "校历.xlsx"
    row = ["考试周", "期末考试", first.isoformat(), last.isoformat()]
    file.write_bytes(write_xlsx(kind.title, [column.title for column in kind.columns], [row]))
    return file


def test_what_a_director_sets_is_what_others_meet(
    app: Flask, someone: Callable[..., Someone], tmp_path: Path
) -> None:
    school = factories.university()
    own = factories.department(school)
    gu = factories.account("gu@nanhu.example", "顾主任")
    factories.role(gu, RoleKind.CAREER_DIRECTOR, university_id=school.id)
    zhao = planned.coordinator(school, own.id)
    today = clock.campus_day(clock.now())
    busy = today + timedelta(days=30)
    planned.event(school, "去年的专场", on=planned.days(today - timedelta(days=300)), department_id=own.id)

    director = someone("director", DESK, gu)
    director.follows("管理")
    director.shows("overview")
    director.follows("设置", "main")
    director.follows("修改：院系小型活动的人数上限")
    director.page.locator("#value").fill("100000")
    director.is_refused(422, lambda: director.presses("保存"))
    director.sees("请填写 1 到 2000 之间的整数。")
    director.page.locator("#value").fill("500")
    director.presses("保存")
    director.sees("500 人")
    director.sees("顾主任", "table")
    director.shows("settings")

    director.follows("管理")
    director.follows("人员与角色", "main")
    director.follows("授予角色", "main")
    director.fills(
        邮箱="helper@nanhu.example", 姓名="志愿者小林", 截止日期=(today + timedelta(days=3)).isoformat()
    )
    director.chooses(角色="检票人员")
    director.presses("授予角色")
    director.sees("角色已授予，对方会收到通知。")
    director.sees("志愿者小林")
    director.shows("people")
    director.opens()
    director.sees(re.compile("角色即将到期"))

    director.follows("管理")
    director.follows("校历", "main")
    director.follows("导入校历")
    director.page.locator("input[type=file]").set_input_files(
        _calendar(tmp_path, busy - timedelta(days=2), busy + timedelta(days=9))
    )
    director.presses("上传并预览")
    director.sees("期末考试")
    director.shows("preview")
    director.presses("确认导入")
    director.page.wait_for_url(re.compile("/office/tasks/"))
    assert do_next(app, "test")
    director.follows("查看结果")
    director.sees("期末考试")
    director.shows("calendar")
    director.opens(f"/{school.slug}/office/organisation")
    director.shows("organisation")

    planner = someone("planner", DESK, zhao)
    planner.follows("活动")
    planner.follows("照此再办一场：去年的专场")
    planner.fills(活动名称="今年的专场", 日期=busy.isoformat())
    planner.is_refused(422, lambda: planner.presses("建立草稿"))
    planner.sees(re.compile("在考试周内，多数学生不能参加"))
