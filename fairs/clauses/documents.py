"""A posting as a whole: what it leaves out, what sounds implausible, what looks like an agency (P5, P7, S37). Pure.

Remarks are advice with a reason for the officer; none of them refuses a posting.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fairs.clauses.normalise import normalise

PAY_LOW = 1_500  # yuan a month; below every monthly minimum wage in force
PAY_HIGH = 60_000  # yuan a month; seldom true for those who just graduated
PAY_SPREAD = 4  # the upper end of a believable range is at most so many times the lower one
PAY_TEMPTING = 15_000  # yuan a month that nobody pays for "no experience, no degree"
HEADCOUNT_HIGH = 500  # people in one posting
_MAILBOXES = (
    "qq.com 163.com 126.com yeah.net sina.com sina.cn sohu.com foxmail.com 139.com 189.cn gmail.com outlook.com"
    " hotmail.com aliyun.com tom.com 21cn.com"
)
FREE_MAILBOXES = frozenset(_MAILBOXES.split())
_AGENCY = re.compile("代招|受.{0,6}委托.{0,4}招|劳务派遣|人力资源|人才服务|职业介绍|猎头|外包|驻厂")
_LICENCE = re.compile("许可证|许可证号|人力资源服务许可|劳务派遣经营许可|授权书|委托书")
_TRAINING = re.compile("培训|教育咨询|职业教育|训练营|学院有限|实训")
_TEACHING = re.compile("讲师|教师|老师|教研|课程|班主任|教务|助教|教练|辅导")
_TEMPTING = re.compile("无需?经验|经验不限|学历不限|不限学历|零基础|小白|无门槛")
_LANDLINE = re.compile(r"(?<!\d)(?:0\d{2,3}[- ]?)?[2-8]\d{6,7}(?!\d)|400[- ]?\d{3}[- ]?\d{4}")


class RemarkKind(StrEnum):
    """What a remark is about."""

    MISSING_INFO = "missing_info"
    HEADCOUNT = "headcount"
    PAY = "pay"
    AGENCY = "agency"
    CONTACT = "contact"
    TRAINING_FIRM = "training_firm"
    DUPLICATE = "duplicate"
    LITTLE_TEXT = "little_text"


REMARK_LABELS = {
    RemarkKind.MISSING_INFO: "要素不全",
    RemarkKind.HEADCOUNT: "招聘人数存疑",
    RemarkKind.PAY: "薪酬存疑",
    RemarkKind.AGENCY: "疑似中介代招",
    RemarkKind.CONTACT: "联系方式存疑",
    RemarkKind.TRAINING_FIRM: "疑似招转培",
    RemarkKind.DUPLICATE: "多家单位文字雷同",
    RemarkKind.LITTLE_TEXT: "文字很少",
}

ELEMENT_LABELS = {
    "employer": "单位基本情况",
    "headcount": "招聘人数",
    "requirements": "招聘条件",
    "description": "工作内容",
    "city": "工作地点",
    "salary": "基本劳动报酬",
    "valid_until": "有效期",
}
SENTENCES = {
    "missing": "缺少“%(element)s”。",
    "no_source": "转载的招聘信息没有注明来源。",
    "many": "一个岗位招 %(number)s 人，请核实。",
    "more_than_staff": "招聘人数 %(number)s 超过单位现有人数 %(staff)s，请核实。",
    "pay_low": "月薪 %(pay)s 元低于最低工资，请核实单位。",
    "pay_high": "月薪 %(pay)s 元明显高于市场水平，请核实。",
    "pay_wide": "薪酬上下限相差过大，请写明基本工资。",
    "pay_tempting": "高薪却不要求学历和经验，请核实真实性。",
    "agency": "像是代招或派遣，但没有写明许可证编号和委托单位。",
    "training": "培训机构招聘非教学岗位，请核实是否以招聘为名收费培训。",
    "mailbox": "联系邮箱是个人免费邮箱，不是单位邮箱。",
    "mobile": "只留了手机号，没有固定电话。",
    "little": "%(pages)s 页里只读出 %(number)s 个字，已经检查；其余可能是图片，请打开原件逐页看过再决定。",
    "duplicate": "与另外 %(number)s 条其他单位的招聘信息文字几乎相同。",
}
ELEMENTS_BASIS = "《人力资源市场暂行条例》第二十四条；人社厅发〔2025〕60号"
SOURCE_BASIS = "人社厅发〔2025〕60号"
FRAUD_BASIS = "《人力资源市场暂行条例》第二十七条"


@dataclass(frozen=True)
class Remark:
    """One reason to look twice: ``reason`` is a message id with ``params`` to put in, ``basis`` its source."""

    kind: RemarkKind
    reason: str
    basis: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A posting with what is known of its employer. Pay is in yuan a month; empty values are unknown ones."""

    title: str = ""
    description: str = ""
    requirements: str = ""
    employer: str = ""
    employer_profile: str = ""
    employer_staff: int | None = None
    headcount: int = 0
    city: str = ""
    salary_min: int | None = None
    salary_max: int | None = None
    salary_text: str = ""
    valid_until: date | None = None
    forwarded: bool = False
    source: str = ""
    mailbox: str = ""
    phone: str = ""

    @property
    def text(self) -> str:
        """What the posting says, in the plain form."""
        return normalise("\n".join((self.title, self.description, self.requirements))).text


def remarks(document: Document) -> tuple[Remark, ...]:
    """Every reason to look twice at ``document``."""
    return (
        *_elements(document),
        *_headcount(document),
        *_pay(document),
        *_agency(document),
        *_contact(document),
    )


def _elements(document: Document) -> Iterator[Remark]:
    """What a posting must say and this one does not (P5)."""
    said = {
        "employer": document.employer_profile or document.employer,
        "headcount": document.headcount > 0,
        "requirements": document.requirements.strip(),
        "description": document.description.strip(),
        "city": document.city.strip(),
        "salary": document.salary_min or document.salary_max or document.salary_text.strip(),
        "valid_until": document.valid_until,
    }
    for name, words in ELEMENT_LABELS.items():
        if not said[name]:
            yield Remark(RemarkKind.MISSING_INFO, SENTENCES["missing"], ELEMENTS_BASIS, {"element": words})
    if document.forwarded and not document.source.strip():
        yield Remark(RemarkKind.MISSING_INFO, SENTENCES["no_source"], SOURCE_BASIS)


def _headcount(document: Document) -> Iterator[Remark]:
    """Numbers of people that can hardly be true."""
    number = document.headcount
    if number > HEADCOUNT_HIGH:
        yield Remark(RemarkKind.HEADCOUNT, SENTENCES["many"], ELEMENTS_BASIS, {"number": number})
    elif document.employer_staff and number > document.employer_staff:
        yield Remark(
            RemarkKind.HEADCOUNT,
            SENTENCES["more_than_staff"],
            ELEMENTS_BASIS,
            {"number": number, "staff": document.employer_staff},
        )


def _pay(document: Document) -> Iterator[Remark]:
    """Pay that can hardly be true."""
    ends = [end for end in (document.salary_min, document.salary_max) if end]
    if not ends:
        return
    low, high = min(ends), max(ends)
    if low < PAY_LOW:
        yield Remark(RemarkKind.PAY, SENTENCES["pay_low"], ELEMENTS_BASIS, {"pay": low})
    if high > PAY_HIGH:
        yield Remark(RemarkKind.PAY, SENTENCES["pay_high"], FRAUD_BASIS, {"pay": high})
    if high > low * PAY_SPREAD:
        yield Remark(RemarkKind.PAY, SENTENCES["pay_wide"], ELEMENTS_BASIS)
    if high >= PAY_TEMPTING and _TEMPTING.search(document.text):
        yield Remark(RemarkKind.PAY, SENTENCES["pay_tempting"], FRAUD_BASIS)


def _agency(document: Document) -> Iterator[Remark]:
    """Signs of an agency or a training firm behind the posting (P7)."""
    text = document.text
    if _AGENCY.search(document.employer + text) and not _LICENCE.search(text + document.employer_profile):
        yield Remark(
            RemarkKind.AGENCY,
            SENTENCES["agency"],
            "《就业促进法》第四十条；《人力资源市场暂行条例》第十八条",
        )
    if _TRAINING.search(document.employer) and not _TEACHING.search(normalise(document.title).text):
        yield Remark(RemarkKind.TRAINING_FIRM, SENTENCES["training"], SOURCE_BASIS)


def _contact(document: Document) -> Iterator[Remark]:
    """Ways to reach the employer that anybody could have (P7)."""
    if document.mailbox.rpartition("@")[2].strip().lower() in FREE_MAILBOXES:
        yield Remark(RemarkKind.CONTACT, SENTENCES["mailbox"], FRAUD_BASIS)
    if document.phone and not _LANDLINE.search(document.phone):
        yield Remark(RemarkKind.CONTACT, SENTENCES["mobile"], FRAUD_BASIS)
