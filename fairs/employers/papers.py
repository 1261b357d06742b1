"""The papers an employer hands in, which kind needs which, and until when they count (P8)."""

from datetime import date
from enum import StrEnum

from fairs.employers.rules import EmployerKind
from fairs.errors import Invalid, Refusal


class CredentialKind(StrEnum):
    """Papers of P8."""

    BUSINESS_LICENCE = "business_licence"
    LETTER_OF_AUTHORITY = "letter_of_authority"
    CONTACT_ID = "contact_id"
    HR_SERVICE_LICENCE = "hr_service_licence"
    PARENT_LICENCE = "parent_licence"
    PARENT_AUTHORISATION = "parent_authorisation"
    PRINCIPAL_AUTHORISATION = "principal_authorisation"


CREDENTIAL_LABELS = {
    CredentialKind.BUSINESS_LICENCE: "营业执照（或法人登记证）",
    CredentialKind.LETTER_OF_AUTHORITY: "单位委托书（盖章）",
    CredentialKind.CONTACT_ID: "经办人身份证明",
    CredentialKind.HR_SERVICE_LICENCE: "人力资源服务许可证",
    CredentialKind.PARENT_LICENCE: "总公司营业执照",
    CredentialKind.PARENT_AUTHORISATION: "总公司授权书",
    CredentialKind.PRINCIPAL_AUTHORISATION: "委托方授权书",
}

CREDENTIAL_HELP_LABELS = {
    CredentialKind.BUSINESS_LICENCE: "副本照片或扫描件，名称和代码须与填写的一致。",
    CredentialKind.LETTER_OF_AUTHORITY: "写明经办人姓名和授权事项，加盖单位公章。",
    CredentialKind.CONTACT_ID: "身份证人像面即可。仅用于核对委托书，审核决定后删除。",
    CredentialKind.HR_SERVICE_LICENCE: "人力资源服务或劳务派遣经营许可证，须在有效期内。",
    CredentialKind.PARENT_LICENCE: "分支机构须提供总公司的营业执照。",
    CredentialKind.PARENT_AUTHORISATION: "写明授权分支机构以自己的名义招聘，加盖总公司公章。",
    CredentialKind.PRINCIPAL_AUTHORISATION: "代招聘须有用人单位的授权书，加盖用人单位公章。",
}

_ALWAYS = frozenset(
    {CredentialKind.BUSINESS_LICENCE, CredentialKind.LETTER_OF_AUTHORITY, CredentialKind.CONTACT_ID}
)


LICENCES = frozenset(
    {
        CredentialKind.BUSINESS_LICENCE,
        CredentialKind.LETTER_OF_AUTHORITY,
        CredentialKind.HR_SERVICE_LICENCE,
        CredentialKind.PARENT_LICENCE,
        CredentialKind.PARENT_AUTHORISATION,
    }
)
"""Papers whose end ends the verification that rests on them; a principal's authorisation ends for itself."""


class PapersMissing(Refusal):
    """Papers that this kind of employer must hand in are not there (P8)."""

    code = "papers_missing"
    sentence = "还缺少材料：%(papers)s。请补齐后再提交。"


class PrincipalIsSelf(Invalid):
    """An agency is authorised by others, not by itself."""

    code = "principal_is_self"
    sentence = "这是贵机构自己的代码。请填写委托贵机构招聘的单位的代码。"
    field = "uscc"


class PeriodMissing(Invalid):
    """An authorisation holds for a stated time."""

    code = "period_missing"
    sentence = "授权书须写明有效期，请填写到期日期。"
    field = "valid_until"


class NoAgency(Refusal):
    """Only licensed agencies hire for others (S137)."""

    code = "no_agency"
    sentence = "只有人力资源服务机构可以代其他单位招聘。请先在单位资料中核对单位类型。"


class NotAuthorised(Refusal):
    """An agency acts for a named principal only, while its authorisation is in force (P8, S137)."""

    code = "not_authorised"
    sentence = "没有“%(principal)s”的有效授权书，不能代其招聘。请先在“委托单位”页面上传授权书。"


class PaperExpired(Invalid):
    """The paper is no longer valid."""

    code = "paper_expired"
    sentence = "这份材料已过有效期，请上传仍在有效期内的材料。"
    field = "valid_until"


def required_papers(kind: EmployerKind, *, exempt: bool = False) -> frozenset[CredentialKind]:
    """The papers asked of this kind of employer (P8); a body without a code has no licence to show."""
    extra = {
        EmployerKind.BRANCH: {CredentialKind.PARENT_LICENCE, CredentialKind.PARENT_AUTHORISATION},
        EmployerKind.HR_AGENCY: {CredentialKind.HR_SERVICE_LICENCE, CredentialKind.PRINCIPAL_AUTHORISATION},
    }
    always = _ALWAYS - {CredentialKind.BUSINESS_LICENCE} if exempt else _ALWAYS
    return always | extra.get(kind, set())


def check_papers(kind: EmployerKind, present: frozenset[CredentialKind], *, exempt: bool = False) -> None:
    """Raises PapersMissing naming what is not there yet (P8)."""
    missing = required_papers(kind, exempt=exempt) - present
    if missing:
        raise PapersMissing(papers=tuple(CREDENTIAL_LABELS[paper] for paper in sorted(missing)))


def check_paper_date(valid_until: date | None, today: date) -> None:
    """Raises PaperExpired for a paper that was valid only until before ``today``."""
    if valid_until is not None and valid_until < today:
        raise PaperExpired


def check_agency(kind: EmployerKind) -> None:
    """Raises NoAgency unless this kind of employer may hire for others (S137)."""
    if kind is not EmployerKind.HR_AGENCY:
        raise NoAgency


def check_period(valid_until: date | None) -> None:
    """Raises PeriodMissing where an authorisation names no end."""
    if valid_until is None:
        raise PeriodMissing
