"""What of a posting and its employer the checks of whole postings read."""

from datetime import date
from typing import Any

import pytest

from fairs.clauses.documents import RemarkKind
from fairs.postings.whole import Firm, remarks_on, while_writing

FIRM = Firm("远山仪表有限公司")
SAID: dict[str, Any] = {
    "title": "电气工程师",
    "description": "负责产线电气设计与调试。",
    "requirements": "电气类专业，本科。",
    "headcount": 3,
    "city": "合肥",
    "salary_min": 7000,
    "salary_max": 11000,
    "valid_until": date(2026, 12, 31),
    "apply_how": "简历投 hr@yuanshan.example，电话 0551-65550123。",
}


@pytest.mark.parametrize(
    ("changes", "firm", "kinds"),
    [
        ({}, FIRM, []),
        ({"apply_how": ""}, FIRM, []),
        ({"apply_how": "联系张经理 13800000000"}, FIRM, [RemarkKind.CONTACT]),
        ({"apply_how": "电话 13800000000 或 65550123"}, FIRM, []),
        ({"apply_how": "投 a.b+c@163.com 即可"}, FIRM, [RemarkKind.CONTACT]),
        ({}, Firm("卓越人力资源有限公司"), [RemarkKind.AGENCY]),
        ({}, Firm("卓越人力资源有限公司", licensed=True), []),
        ({"salary_min": None, "salary_max": None}, FIRM, [RemarkKind.MISSING_INFO]),
    ],
)
def test_remarks_on_a_posting(changes: dict[str, Any], firm: Firm, kinds: list[RemarkKind]) -> None:
    assert [one.kind for one in remarks_on(SAID | changes, firm)] == kinds


def test_what_is_missing_goes_unsaid_until_the_work_is_described() -> None:
    begun = {"title": "电气工程师", "headcount": 900}
    assert [one.kind for one in while_writing(begun, FIRM)] == [RemarkKind.HEADCOUNT]
    described = begun | {"description": "调试。", "requirements": "本科。"}
    assert RemarkKind.MISSING_INFO in {one.kind for one in while_writing(described, FIRM)}
