"""Document-level remarks and texts that several companies share."""

from datetime import date
from typing import Any

import pytest

from fairs.clauses.documents import Document, RemarkKind, remarks
from fairs.clauses.duplicates import Likeness, Posted, near_duplicates, remark_on

COMPLETE: dict[str, Any] = {
    "title": "电气工程师",
    "description": "负责产线电气设计与调试。",
    "requirements": "电气类专业，本科。",
    "employer": "远山仪表有限公司",
    "headcount": 3,
    "city": "合肥",
    "salary_min": 7000,
    "salary_max": 11000,
    "valid_until": date(2026, 12, 31),
    "mailbox": "hr@yuanshan.example",
    "phone": "0551-65550123",
}


def kinds(**changes: Any) -> list[RemarkKind]:
    return [one.kind for one in remarks(Document(**COMPLETE | changes))]


def test_a_complete_posting_gives_no_remark() -> None:
    assert kinds() == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"headcount": 0}, RemarkKind.MISSING_INFO),
        ({"city": " "}, RemarkKind.MISSING_INFO),
        ({"requirements": ""}, RemarkKind.MISSING_INFO),
        ({"description": ""}, RemarkKind.MISSING_INFO),
        ({"valid_until": None}, RemarkKind.MISSING_INFO),
        ({"salary_min": None, "salary_max": None}, RemarkKind.MISSING_INFO),
        ({"employer": ""}, RemarkKind.MISSING_INFO),
        ({"forwarded": True}, RemarkKind.MISSING_INFO),
        ({"headcount": 3000}, RemarkKind.HEADCOUNT),
        ({"headcount": 80, "employer_staff": 20}, RemarkKind.HEADCOUNT),
        ({"salary_min": 150, "salary_max": 300}, RemarkKind.PAY),
        ({"salary_min": 50_000, "salary_max": 90_000}, RemarkKind.PAY),
        ({"salary_min": 3000, "salary_max": 15_000, "requirements": "本科"}, RemarkKind.PAY),
        ({"salary_min": 15_000, "salary_max": 20_000, "requirements": "學歷不限"}, RemarkKind.PAY),
        ({"description": "受多家企业委托，长期代招。"}, RemarkKind.AGENCY),
        ({"employer": "卓越人力资源有限公司"}, RemarkKind.AGENCY),
        ({"employer": "码上飞职业培训有限公司"}, RemarkKind.TRAINING_FIRM),
        ({"mailbox": "someone@QQ.com"}, RemarkKind.CONTACT),
        ({"phone": "13800000000"}, RemarkKind.CONTACT),
    ],
)
def test_one_flaw_gives_one_remark(changes: dict[str, Any], kind: RemarkKind) -> None:
    assert kinds(**changes) == [kind]


def test_an_agency_with_its_licence_and_a_school_for_teachers_are_left_alone() -> None:
    assert kinds(employer="卓越人力资源有限公司", employer_profile="人力资源服务许可证号 0000") == []
    assert kinds(employer="码上飞职业培训有限公司", title="课程讲师") == []


TEXT = (
    "负责区域渠道开发与客户维护，完成季度销售目标；定期走访门店，收集竞品信息并形成周报；"
    "参与新品上市的陈列与培训，协助处理售后问题；要求大专以上学历，沟通能力好，能适应短期出差。"
)


def test_the_same_text_under_two_companies_is_found_once() -> None:
    posted = [
        Posted("a", "北岸商贸", "北岸商贸招聘：" + TEXT),
        Posted("b", "南桥科技", "南桥科技招聘：" + TEXT.replace("周报", "月报")),
        Posted("c", "北岸商贸", "北岸商贸招聘：" + TEXT),
        Posted("d", "东港物流", "负责仓储现场的收发存管理，组织盘点并优化库位；熟悉叉车作业安全规范，" * 3),
        Posted("e", "西山食品", "诚聘店员。"),
        Posted("f", "中原机械", "诚聘店员。"),
    ]
    found = near_duplicates(posted)
    assert {(pair.one, pair.other) for pair in found} == {("a", "b"), ("b", "c")}
    assert all(0.85 < pair.share < 1 for pair in found)
    remark = remark_on("b", found)
    assert remark is not None
    assert (remark.kind, remark.params) == (RemarkKind.DUPLICATE, {"number": 2})
    assert remark_on("d", found) is None


def test_disguised_copies_are_found_too() -> None:
    disguised = "\u200b".join(TEXT).replace("，", ", ")
    assert near_duplicates([Posted("a", "甲", TEXT), Posted("b", "乙", disguised)]) == [
        Likeness("a", "b", 1.0)
    ]


def test_a_text_that_everybody_copies_is_linked_to_the_first_ones() -> None:
    found = near_duplicates([Posted(str(number), f"公司{number}", TEXT) for number in range(60)])
    assert len(found) == 59 + 58
