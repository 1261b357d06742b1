"""What an employer is, its papers, and how its standing at one university may change."""

from datetime import date, timedelta
from enum import StrEnum

# what an employer chooses from is long, and lives in a module of its own
from fairs.employers.sections import INDUSTRIES as INDUSTRIES
from fairs.employers.sections import REGIONS as REGIONS
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
_LOCKED_OUT = frozenset({S.SUSPENDED, S.BLACKLISTED})
STANDING_MOVES: dict[StandingState, frozenset[StandingState]] = {
    S.DRAFT: frozenset({S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.UNDER_REVIEW, S.VERIFIED, S.RETURNED, S.REJECTED}) | _LOCKED_OUT,
    S.UNDER_REVIEW: frozenset({S.VERIFIED, S.RETURNED, S.REJECTED}) | _LOCKED_OUT,
    S.RETURNED: frozenset({S.SUBMITTED}) | _LOCKED_OUT,
    S.REJECTED: frozenset({S.BLACKLISTED}),
    # back to review when the legal name or the code changes
    S.VERIFIED: frozenset({S.SUBMITTED, S.EXPIRED}) | _LOCKED_OUT,
    S.SUSPENDED: frozenset({S.VERIFIED, S.EXPIRED, S.BLACKLISTED, S.REINSTATEMENT_REQUESTED}),
    # a blacklist is never lifted by one person: by a request that another one grants, or when its period is over
    S.BLACKLISTED: frozenset({S.EXPIRED, S.REINSTATEMENT_REQUESTED}),
    S.REINSTATEMENT_REQUESTED: frozenset({S.VERIFIED, S.EXPIRED}) | _LOCKED_OUT,
    S.EXPIRED: frozenset({S.SUBMITTED}) | _LOCKED_OUT,
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

REMIND_DAYS = 30
"""Days before the end of a verification (or of a licence) from which it is reminded of and can be renewed."""


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


class ExemptionFirst(Refusal):
    """A body without a code is a documented exception that two officers agree to."""

    code = "exemption_first"
    sentence = (
        "这家单位没有统一社会信用代码，须由两位老师先后确认：请先由一位老师同意例外，再由另一位老师通过。"
    )


class TooEarlyToRenew(Refusal):
    """The yearly re-check begins 30 days before the verification ends."""

    code = "too_early_to_renew"
    sentence = "目前的认证还有效，%(day)s 起可以申请复核。"


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


def check_exemption(exempt: bool, agreed_by: int | None, officer: int) -> None:
    """Raises ExemptionFirst unless somebody other than ``officer`` agreed that a body without a code is one."""
    if exempt and agreed_by in {None, officer}:
        raise ExemptionFirst


def check_renewal(state: StandingState, until: date | None, today: date) -> None:
    """Raises WrongStanding or TooEarlyToRenew unless a verification up to ``until`` may be re-checked now."""
    if state is not S.VERIFIED:
        raise WrongStanding(state=STANDING_LABELS[state])
    first = (until or today) - timedelta(days=REMIND_DAYS)
    if today < first:
        raise TooEarlyToRenew(day=first)


def check_move(state: StandingState, to: StandingState) -> None:
    """Raises WrongStanding unless the state machine EmployerAccount allows the step."""
    if to not in STANDING_MOVES[state]:
        raise WrongStanding(state=STANDING_LABELS[state])


def check_review(state: StandingState, to: StandingState) -> None:
    """Raises WrongStanding unless an officer's review may lead from ``state`` to ``to``."""
    if state not in IN_REVIEW or to not in {S.UNDER_REVIEW, S.VERIFIED, S.RETURNED, S.REJECTED}:
        raise WrongStanding(state=STANDING_LABELS[state])
    check_move(state, to)


def check_reason(to: StandingState, reason: str) -> None:
    """Raises ReasonMissing where a step against the employer gives no reason."""
    against = {S.RETURNED, S.REJECTED, S.SUSPENDED, S.BLACKLISTED}
    if to in against and not reason.strip():
        raise ReasonMissing
