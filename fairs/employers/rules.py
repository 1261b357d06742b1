"""What an employer is, its papers, and how its standing at one university may change."""

from enum import StrEnum

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from fairs.errors import Invalid, Refusal


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
    S.VERIFIED: frozenset({S.SUSPENDED, S.BLACKLISTED, S.EXPIRED}),
    S.SUSPENDED: frozenset({S.VERIFIED, S.BLACKLISTED}),
    S.BLACKLISTED: frozenset({S.REINSTATEMENT_REQUESTED}),
    S.REINSTATEMENT_REQUESTED: frozenset({S.VERIFIED, S.BLACKLISTED}),
    S.EXPIRED: frozenset({S.SUBMITTED}),
}


class CredentialKind(StrEnum):
    """Papers of P8."""

    BUSINESS_LICENCE = "business_licence"
    LETTER_OF_AUTHORITY = "letter_of_authority"
    CONTACT_ID = "contact_id"
    HR_SERVICE_LICENCE = "hr_service_licence"
    PARENT_LICENCE = "parent_licence"
    PRINCIPAL_AUTHORISATION = "principal_authorisation"


CREDENTIAL_LABELS = {
    CredentialKind.BUSINESS_LICENCE: "营业执照（或法人登记证）",
    CredentialKind.LETTER_OF_AUTHORITY: "单位委托书（盖章）",
    CredentialKind.CONTACT_ID: "经办人身份证明",
    CredentialKind.HR_SERVICE_LICENCE: "人力资源服务许可证",
    CredentialKind.PARENT_LICENCE: "总公司营业执照",
    CredentialKind.PRINCIPAL_AUTHORISATION: "委托方授权书",
}

_ALWAYS = frozenset({CredentialKind.BUSINESS_LICENCE, CredentialKind.LETTER_OF_AUTHORITY})


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


class PapersMissing(Refusal):
    """Papers that this kind of employer must hand in are not there (P8)."""

    code = "papers_missing"
    sentence = "还缺少材料：%(papers)s。请补齐后再提交。"


class ReasonMissing(Invalid):
    """A return or rejection must say why."""

    code = "reason_missing"
    sentence = "请写明原因，对方会看到这段文字。"
    field = "reason"


def clean_uscc(typed: str) -> str:
    """The 18-character code, upper case without spaces. Raises UsccInvalid (P9)."""
    try:
        return str(uscc.validate(typed.upper()))
    except ValidationError as error:
        raise UsccInvalid from error


def required_papers(kind: EmployerKind) -> frozenset[CredentialKind]:
    """The papers asked of this kind of employer (P8)."""
    extra = {
        EmployerKind.BRANCH: {CredentialKind.PARENT_LICENCE},
        EmployerKind.HR_AGENCY: {CredentialKind.HR_SERVICE_LICENCE, CredentialKind.PRINCIPAL_AUTHORISATION},
    }
    return _ALWAYS | extra.get(kind, set())


def check_papers(kind: EmployerKind, present: frozenset[CredentialKind]) -> None:
    """Raises PapersMissing naming what is not there yet (P8)."""
    missing = required_papers(kind) - present
    if missing:
        raise PapersMissing(papers="、".join(CREDENTIAL_LABELS[paper] for paper in sorted(missing)))


def check_move(state: StandingState, to: StandingState) -> None:
    """Raises WrongStanding unless the state machine EmployerAccount allows the step."""
    if to not in STANDING_MOVES[state]:
        raise WrongStanding(state=STANDING_LABELS[state])


def check_reason(to: StandingState, reason: str) -> None:
    """Raises ReasonMissing where a step against the employer gives no reason."""
    against = {S.RETURNED, S.REJECTED, S.SUSPENDED, S.BLACKLISTED}
    if to in against and not reason.strip():
        raise ReasonMissing
