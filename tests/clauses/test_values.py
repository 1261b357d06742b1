"""What stands in a short field, a place, a title or a benefit, limits nobody."""

from itertools import product

import pytest

from fairs.clauses.engine import check

PLACES = [
    "苏州",
    "贵州",
    "贵阳",
    "资阳",
    "福州",
    "河南",
    "徐州",
    "宿州",
    "上海",
    "哈尔滨",
    "呼和浩特",
    "恩施",
    "张家界",
    "六盘水",
    "连云港",
    "驻马店",
    "海口",
    "拉萨",
    "丹东",
    "韶关",
]
BESIDE = (
    "{}",
    "江苏{}",
    "{}市高新区",
    "工作地点：{}",
    "{}、上海",
    "{}分公司",
    "{}人才引进公告",
    "{}农商银行",
    "总部位于{}",
)
TRADES = [
    "机械",
    "土建",
    "财务",
    "人事",
    "市场",
    "产品",
    "信贷",
    "法务",
    "护理",
    "儿科",
    "语文",
    "男装",
    "母婴",
    "旅游",
    "军品",
    "党建",
    "婚庆",
    "老年护理",
    "品牌",
    "内容",
]
POSTS = [
    "工程师",
    "专员",
    "助理",
    "经理",
    "实习生",
    "管培生",
    "培训生",
    "教师",
    "顾问",
    "设计师",
    "储备干部",
    "培训师",
]
BENEFITS = [
    "五险一金",
    "双休",
    "包吃住",
    "8k-12k·13薪",
    "面议",
    "学历不限",
    "2026届毕业生",
    "若干",
    "定期体检",
    "长白班",
    "师带徒",
]


@pytest.mark.parametrize("field", ["location", "requirements"])
def test_a_mere_place_is_no_finding(field: str) -> None:
    texts = [form.format(place) for form, place in product(BESIDE, PLACES)]
    assert [text for text in texts if check(text, field)] == []


def test_titles_and_benefits_are_no_findings() -> None:
    titles = [trade + post for trade, post in product(TRADES, POSTS)]
    assert [title for title in titles if check(title, "title")] == []
    assert [benefit for benefit in BENEFITS if check(benefit, "benefits")] == []
