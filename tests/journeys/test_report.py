"""A student reports a posting; the career centre finds it true; it is gone, and everybody has heard (S42)."""

from collections.abc import Callable

import pytest
from flask import Flask

from fairs import clock
from fairs.messages.delivery import deliver_due
from tests.factories import protection as wards
from tests.journeys.people import DESK, Someone

pytestmark = pytest.mark.journey


def test_a_reported_posting_is_taken_down(app: Flask, someone: Callable[..., Someone]) -> None:
    here = wards.ward(clock.now())
    posting = f"/nanhu/postings/{here.posting.public_id}"

    student = someone("student", account=here.student)
    student.opens(posting)
    student.follows("举报 / 反映问题")
    student.ticks("要求交钱（报名费、押金、体检费等）")
    student.fills(发生了什么="面试后要求先交 200 元服装费。")
    student.shows("report")
    student.presses("送交学校", "main")
    student.sees("已收到，谢谢您。学校会核查处理，单位不会知道是谁反映的。")

    officer = someone("officer", DESK, here.officer)
    officer.follows("1 举报待处理", exact=False)
    officer.follows("硬件工程师")
    officer.sees("面试后要求先交 200 元服装费。")
    officer.presses("受理")
    officer.presses("开始核查")
    officer.ticks("属实：立即下架这条招聘信息，并通知单位")
    officer.fills(给反映人的答复="已查实并下架，单位已退费。", 给单位的说明="向应聘者收取服装费。")
    officer.shows("result")
    officer.presses("记录结果并通知")
    officer.sees("已记录，反映人和单位都会收到通知。")
    officer.follows("列入黑名单或暂停")
    officer.sees("向应聘者收取服装费。")
    deliver_due(app, "test", clock.now())

    student.is_refused(410, lambda: student.opens(posting))
    student.opens("/me/reports")
    student.sees("已查实并下架，单位已退费。")
    student.opens("/me/inbox")
    student.sees("您反映的“硬件工程师”有结果了")

    recruiter = someone("recruiter", account=here.hr)
    recruiter.follows("消息")
    recruiter.sees("“硬件工程师”已被nanhu大学下架")
