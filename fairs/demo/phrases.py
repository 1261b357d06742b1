"""What employers of the demo write beside the work itself: each in other words, except those who copied."""

import random
from dataclasses import replace

from fairs.postings.content import Content

_TEAM = (
    (
        "新人先进工艺组，",
        "报到后到研发中心，",
        "第一年在质量部，",
        "先在售后站点熟悉产品，",
        "编入海外项目组，",
        "从试制车间开始，",
    ),
    (
        "由两位老工程师轮流带教，",
        "每周跟客户现场走访一次，",
        "独立负责一条产品线的资料，",
        "每月完成一份改进报告，",
        "和供应商一起验收样件，",
    ),
    (
        "半年后可以自选方向。",
        "满一年参加职级评定。",
        "转正前做一次公开汇报。",
        "第二年轮岗到分公司。",
        "优秀者进入人才计划。",
        "表现突出可提前转正。",
    ),
)
_LIFE = (
    (
        "园区有食堂和健身房，",
        "办公室靠近地铁口，",
        "公司班车覆盖主城区，",
        "宿舍两人一间带独卫，",
        "每年组织一次全员体检，",
        "周三下午是学习时间，",
    ),
    (
        "过节发购物卡，",
        "节假日严格按国家安排，",
        "生日当天放半天假，",
        "子女可以上园区托管班，",
        "报销专业考试费用，",
        "图书和设备随时借用，",
    ),
    (
        "年底有十三薪。",
        "设立创新奖金。",
        "工龄每满一年多一天年假。",
        "提供人才公寓补贴。",
        "出差住宿由公司预订。",
        "加班可以调休。",
    ),
)
_FIRM = (
    (
        "我们为轨道交通做配套，",
        "产品用在医院和实验室，",
        "客户多是食品企业，",
        "主要服务新能源车厂，",
        "为沿海港口提供设备，",
        "在农机市场做了二十年，",
        "给中小学做教学仪器，",
    ),
    (
        "去年新建了两条产线，",
        "研发人员占四成，",
        "在五个省设有办事处，",
        "刚完成新厂区搬迁，",
        "是本地的重点企业，",
        "团队平均年龄三十二岁，",
    ),
    (
        "今年扩大校招规模。",
        "欢迎来现场看样机。",
        "每年接收实习生。",
        "与高校共建实验室。",
        "正在开发下一代产品。",
    ),
)
_HOW = (
    "简历发到单位邮箱，初选后到校面试。",
    "在本平台投递，一周内电话答复。",
    "请带纸质简历到展位面谈，当场安排笔试。",
    "网申后参加线上笔试，通过者邀请到公司参观并面谈。",
)
COPIED = (
    "负责区域渠道开发与客户维护，完成季度销售目标；定期走访门店，收集竞品信息并形成周报；"
    "参与新品上市的陈列与培训，协助处理售后问题；能适应短期出差，服从现场安排。"
)
COPIED_HOW = "统一投递至招聘专用邮箱 jianli2027@163.com，联系人收到后安排面试，电话 19900001234。"


def in_own_words(content: Content, number: int) -> Content:
    """The posting with what this employer says of its team and of life there."""
    chance = random.Random(number)  # noqa: S311 (a demo, not a secret)
    team, life, firm = ("".join(chance.choice(part) for part in parts) for parts in (_TEAM, _LIFE, _FIRM))
    work = f"{firm}{content.description}{team}"
    return replace(
        content, description=work, benefits=f"{life}依法缴纳五险一金。", apply_how=chance.choice(_HOW)
    )


def copied(content: Content) -> Content:
    """What several employers have from the same place: the same words and the same free mailbox."""
    return replace(content, title="区域渠道专员", description=COPIED, apply_how=COPIED_HOW)
