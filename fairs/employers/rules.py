"""What an employer is, its papers, and how its standing at one university may change."""

import unicodedata
from datetime import date, timedelta
from enum import StrEnum

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from fairs.errors import Conflict, Invalid, Refusal


class EmployerKind(StrEnum):
    """Which body recruits; decides the papers asked for (P8)."""

    ENTERPRISE = "enterprise"
    BRANCH = "branch"
    HR_AGENCY = "hr_agency"
    PUBLIC_INSTITUTION = "public_institution"
    GOVERNMENT = "government"
    SOCIAL_ORGANISATION = "social_organisation"
    MILITARY = "military"


EMPLOYER_KIND_LABELS = {
    EmployerKind.ENTERPRISE: "企业",
    EmployerKind.BRANCH: "分支机构",
    EmployerKind.HR_AGENCY: "人力资源服务机构",
    EmployerKind.PUBLIC_INSTITUTION: "事业单位",
    EmployerKind.GOVERNMENT: "机关",
    EmployerKind.SOCIAL_ORGANISATION: "社会组织",
    EmployerKind.MILITARY: "部队",
}


class Ownership(StrEnum):
    """Who owns it (S91); the state sector is bound by stricter rules (P4)."""

    PRIVATE = "private"
    STATE = "state"
    FOREIGN = "foreign"
    JOINT = "joint"
    PUBLIC = "public"


OWNERSHIP_LABELS = {
    Ownership.PRIVATE: "民营",
    Ownership.STATE: "国有",
    Ownership.FOREIGN: "外资",
    Ownership.JOINT: "合资",
    Ownership.PUBLIC: "机关事业",
}


class EmployerSize(StrEnum):
    """Size class (S91)."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


SIZE_LABELS = {
    EmployerSize.LARGE: "大型",
    EmployerSize.MEDIUM: "中型",
    EmployerSize.SMALL: "小型",
    EmployerSize.MICRO: "微型",
}


class ContactState(StrEnum):
    """A person's link to an employer."""

    REQUESTED = "requested"
    ACTIVE = "active"
    ENDED = "ended"


class StandingState(StrEnum):
    """An employer at one university (state machine EmployerAccount)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    VERIFIED = "verified"
    RETURNED = "returned"
    REJECTED = "rejected"
    SUSPENDED = "suspended"
    BLACKLISTED = "blacklisted"
    REINSTATEMENT_REQUESTED = "reinstatement_requested"
    EXPIRED = "expired"


STANDING_LABELS = {
    StandingState.DRAFT: "草稿",
    StandingState.SUBMITTED: "待审核",
    StandingState.UNDER_REVIEW: "审核中",
    StandingState.VERIFIED: "已认证",
    StandingState.RETURNED: "已退回",
    StandingState.REJECTED: "未通过",
    StandingState.SUSPENDED: "已暂停",
    StandingState.BLACKLISTED: "黑名单",
    StandingState.REINSTATEMENT_REQUESTED: "申请恢复",
    StandingState.EXPIRED: "已过期",
}

S = StandingState
STANDING_MOVES: dict[StandingState, frozenset[StandingState]] = {
    S.DRAFT: frozenset({S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.UNDER_REVIEW, S.VERIFIED, S.RETURNED, S.REJECTED}),
    S.UNDER_REVIEW: frozenset({S.VERIFIED, S.RETURNED, S.REJECTED}),
    S.RETURNED: frozenset({S.SUBMITTED}),
    S.REJECTED: frozenset(),
    # back to review when the legal name or the code changes
    S.VERIFIED: frozenset({S.SUBMITTED, S.SUSPENDED, S.BLACKLISTED, S.EXPIRED}),
    S.SUSPENDED: frozenset({S.VERIFIED, S.BLACKLISTED}),
    S.BLACKLISTED: frozenset({S.REINSTATEMENT_REQUESTED}),
    S.REINSTATEMENT_REQUESTED: frozenset({S.VERIFIED, S.BLACKLISTED}),
    S.EXPIRED: frozenset({S.SUBMITTED}),
}
HANDED_IN_FROM = frozenset({S.DRAFT, S.RETURNED, S.EXPIRED})
"""States from which the employer itself hands its papers in."""
IN_REVIEW = frozenset({S.SUBMITTED, S.UNDER_REVIEW})
"""States in which the university owes an answer."""
BARRED = frozenset({S.SUSPENDED, S.BLACKLISTED, S.REINSTATEMENT_REQUESTED})
"""States in which a new name or code would slip out of a sanction."""

REVIEW_WORKDAYS = 3
"""Working days within which papers are answered (P8)."""
VALID_FOR = timedelta(days=365)
"""How long a verification holds before the yearly re-check."""


INDUSTRIES = (
    "农、林、牧、渔业",
    "采矿业",
    "制造业",
    "电力、热力、燃气及水的生产和供应",
    "建筑业",
    "批发和零售业",
    "交通运输、仓储和邮政业",
    "住宿和餐饮业",
    "软件和信息技术服务业",
    "金融业",
    "房地产业",
    "租赁和商务服务业",
    "科学研究和技术服务业",
    "水利、环境和公共设施管理业",
    "居民服务业",
    "教育",
    "卫生和社会工作",
    "文化、体育和娱乐业",
    "公共管理和社会组织",
)
"""The sections of GB/T 4754 in everyday words; the words themselves are stored."""

# fmt: off
# fmt: off
REGIONS = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海",
    "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南",
    "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西",
    "甘肃", "青海", "宁夏", "新疆", "香港", "澳门", "台湾", "境外",
)
# fmt: on
"""Where an employer has its seat; the words themselves are stored."""


class SanctionKind(StrEnum):
    """What can be held against an employer at one university (P4, P12, P13)."""

    STRIKE = "strike"
    SUSPENSION = "suspension"
    BLACKLIST = "blacklist"


class UsccInvalid(Invalid):
    """The code's check character does not fit (GB 32100, P9): form only, not existence."""

    code = "uscc_invalid"
    sentence = "统一社会信用代码不正确：应为 18 位，请对照营业执照逐位核对。"
    field = "uscc"


class WrongStanding(Refusal):
    """The standing cannot go from its present state to the wished one."""

    code = "wrong_standing"
    sentence = "单位目前是“%(state)s”，不能进行这项操作。"


class ReasonMissing(Invalid):
    """A return or rejection must say why."""

    code = "reason_missing"
    sentence = "请写明原因，对方会看到这段文字。"
    field = "reason"


class AlreadyRegistered(Refusal):
    """The code belongs to an employer that is already here (P10)."""

    code = "already_registered"
    sentence = "这个代码已由“%(name)s”注册。请申请加入该单位。"
    field = "uscc"


class AlreadyDecided(Conflict):
    """Another officer was first, or the employer changed its papers meanwhile."""

    code = "already_decided"
    sentence = "这家单位的材料或审核状态刚刚有变化，现在是“%(state)s”。请重新核对后再决定。"


class AlreadyApplied(Refusal):
    """The employer has a standing at this university."""

    code = "already_applied"
    sentence = "已经向这所学校申请过，请在首页查看进度。"
    field = "university"


class IdentityBarred(Refusal):
    """Name and code are frozen while a university has suspended or blacklisted the employer."""

    code = "identity_barred"
    sentence = "单位被暂停或列入黑名单期间，不能修改名称和代码。请联系作出决定的学校就业中心。"
    field = "legal_name"


class ValidUntilWrong(Invalid):
    """A verification must hold for some time."""

    code = "valid_until_wrong"
    sentence = "请填写今天以后的日期。"
    field = "valid_until"


def clean_uscc(typed: str) -> str:
    """The 18-character code, upper case without spaces. Raises UsccInvalid (P9)."""
    try:
        return str(uscc.validate(unicodedata.normalize("NFKC", typed).upper()))
    except ValidationError as error:
        raise UsccInvalid from error


def default_valid_until(today: date, papers: list[date]) -> date:
    """How long a verification given today holds: a year, or less where a paper ends sooner."""
    return max(today + timedelta(days=1), min([today + VALID_FOR, *papers]))


def check_valid_until(valid_until: date | None, today: date) -> date:
    """The last day of a verification, which lies ahead. Raises ValidUntilWrong."""
    if valid_until is None or valid_until <= today:
        raise ValidUntilWrong
    return valid_until


def check_hand_in(state: StandingState) -> None:
    """Raises WrongStanding unless the employer itself may hand its papers in now."""
    if state not in HANDED_IN_FROM:
        raise WrongStanding(state=STANDING_LABELS[state])


def check_version(version: int, seen: int, state: StandingState) -> None:
    """Raises AlreadyDecided if the standing changed since the officer read it."""
    if version != seen:
        raise AlreadyDecided(state=STANDING_LABELS[state])


def check_identity_change(states: set[StandingState]) -> None:
    """Raises IdentityBarred while a sanction stands: a new name or code must not slip out of it (P4)."""
    if states & BARRED:
        raise IdentityBarred


def check_move(state: StandingState, to: StandingState) -> None:
    """Raises WrongStanding unless the state machine EmployerAccount allows the step."""
    if to not in STANDING_MOVES[state]:
        raise WrongStanding(state=STANDING_LABELS[state])


def check_reason(to: StandingState, reason: str) -> None:
    """Raises ReasonMissing where a step against the employer gives no reason."""
    against = {S.RETURNED, S.REJECTED, S.SUSPENDED, S.BLACKLISTED}
    if to in against and not reason.strip():
        raise ReasonMissing
