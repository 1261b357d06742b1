"""Campus security and the officer (C1–C4, O5): plan returned, corrected, signed; licence recorded; move refused."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from fairs import clock
from fairs.accounts.models import Account
from fairs.clock import campus_day
from fairs.database import new_public_id
from fairs.exhibitors.models import Exhibitor, RepPass
from fairs.exhibitors.rules import ExhibitorState
from fairs.institutions.models import University
from fairs.operations import actions as operations
from fairs.operations.rules import Verdict
from fairs.programmes import queries as events
from fairs.programmes.drafts import FairDraft
from fairs.programmes.gates import Gate
from fairs.programmes.models import Event
from fairs.safety import queries as plans
from fairs.safety import shifts
from tests import factories
from tests.factories import exhibitors as stands
from tests.factories import programmes as make
from tests.factories import safety
from tests.journeys.people import DESK, Someone

pytestmark = pytest.mark.journey
FAIR = "江南片区大型双选会"


@pytest.fixture
def school(app: Flask) -> University:
    """A university that wrote a safety plan before."""
    return factories.university()


def _fair(school: University, officer: Account) -> Event:
    """A public fair for 1,200 in four weeks: hall and booths are there, the safety plan is not."""
    by, now = officer.person_id, clock.now()
    safety.written(make.event(school, "上一次的双选会", now=now), by=by, now=now)
    on = make.days(campus_day(now) + timedelta(days=28))
    fair = FairDraft(expected_attendance=1200, open_to_public=True)
    event = make.event(school, FAIR, on=on, fair=fair, now=now)
    make.housed(event, by=by, now=now)
    shifts.plan_usual(event.id, by=by, now=now)
    return event


def test_security_returns_signs_and_records_and_the_licence_holds(
    school: University, someone: Callable[..., Someone]
) -> None:
    chen, liu = factories.officer(school), make.security(school)
    event, number = _fair(school, chen), plans.checklist_of
    officer = someone("officer", DESK, chen)
    items = number(event, None).items
    officer.follows("活动")
    officer.follows(FAIR)
    officer.follows("去办理：安全工作方案")
    officer.presses("照上次方案填写")
    officer.sees(re.compile("已按上一次的方案填写"))
    officer.shows("copied")
    officer.follows("填写方案")
    officer.follows("7. 安全检查清单")
    for item in items:
        officer.page.get_by_role("group", name=item.words["zh"]).get_by_label("已落实").check()
    officer.shows("checklist")
    officer.presses("保存并核对")
    officer.sees("已保存。请核对全部内容。")
    officer.follows("概览")
    officer.presses("提交审核")
    officer.sees(re.compile("已提交审核"))

    security = someone("security", account=liu)
    security.page.get_by_role("link", name=re.compile(f"安全工作方案待审批.*{FAIR}")).click()
    security.sees("buffer已安排")
    security.shows("to-sign")
    security.fills(**{"意见（退回时必填）": "请写明缓冲区能容纳多少人。"})
    security.presses("退回修改")
    security.sees("已退回，办理的老师会看到原因。")

    officer.follows("安全", ".event-tabs")
    officer.sees("请写明缓冲区能容纳多少人。")
    officer.follows("填写方案")
    officer.follows("3. 场地和疏散")
    officer.fills(缓冲区="北广场可容纳 400 人，分批放行。")
    officer.presses("保存并返回")
    officer.follows("概览")
    officer.presses("提交审核")
    officer.sees(re.compile("已提交审核"))

    security.follows("首页")
    security.page.get_by_role("link", name=re.compile(f"安全工作方案待审批.*{FAIR}")).click()
    security.sees("与上一次提交的不同")
    security.sees("北广场可容纳 400 人，分批放行。", "table")
    security.shows("changed")
    security.presses("同意并签署")
    security.sees("已签署，签署人和时间已记录。")
    _office_signs(event, chen)

    security.follows("办理许可")
    security.follows("登记申请")
    security.fills(公安机关="南湖区公安分局")
    security.presses("保存")
    security.follows("登记受理")
    security.presses("保存")
    security.follows("登记许可")
    security.fills(许可证号="宁公许〔2026〕7号")
    security.presses("保存")
    security.sees("许可证号 宁公许〔2026〕7号")
    security.shows("licensed")

    _comes_by_car(event, school)
    security.follows("首页")
    security.follows("安全")
    security.follows(FAIR)
    security.follows("单位人员和车辆")
    security.sees("青禾智能科技有限公司")
    security.sees("苏A·D1234")
    with security.page.expect_download() as sheet:
        security.follows("导出 XLSX")
    assert sheet.value.suggested_filename.endswith("人员和车辆.xlsx")

    officer.follows("首页")
    officer.follows("活动")
    officer.follows(FAIR)
    officer.shows("licensed")
    officer.follows("修改时间")
    officer.fills(开始时间="10:00")
    officer.presses("下一步：核对")
    officer.sees(re.compile("已取得大型活动安全许可，不能直接改时间"))
    officer.shows("refused")


def _office_signs(event: Event, officer: Account) -> None:
    now = clock.now()
    for gate in (Gate.PLAN, Gate.VETTING):
        operations.sign_gate(event.id, gate, Verdict.ACCEPT, by=officer.person_id, now=now)
    assert events.gates(event.id)[Gate.LICENCE].state.value == "drafting"


def _comes_by_car(event: Event, school: University) -> None:
    firm = stands.employer("青禾智能科技有限公司", verified_at=[school])
    place = Exhibitor(
        event_id=event.id,
        employer_id=firm.id,
        state=ExhibitorState.CONFIRMED,
        uid=f"{new_public_id()}@test",
        calendar_changed_at=clock.now(),
    )
    number = factories.saved(place).id
    factories.saved(
        RepPass(
            exhibitor_id=number, name="王女士", phone="13900001234", plate="苏A·D1234", checkin_code="K7P2QX"
        )
    )
