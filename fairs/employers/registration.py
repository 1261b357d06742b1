"""What somebody fills in to register an employer, and who may manage its contacts afterwards."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from fairs.employers.rules import EmployerKind, EmployerSize, Ownership, clean_uscc
from fairs.errors import Conflict, Forbidden, Invalid, Refusal


class ExemptionMissing(Invalid):
    """A body without a code must say why it has none."""

    code = "exemption_missing"
    sentence = "请写明没有统一社会信用代码的原因，就业中心会据此核对。"
    field = "exemption"


class SchoolMissing(Invalid):
    """A registration goes to at least one university."""

    code = "school_missing"
    sentence = "请至少选择一所学校。"
    field = "universities"


class MailTaken(Invalid):
    """The address belongs to an account; its owner signs in first."""

    code = "mail_taken"
    sentence = "这个邮箱已有账号。请先登录，再继续办理；已填写的内容会保留。"
    field = "mail"


class ColleagueKnown(Invalid):
    """Somebody with an account joins by their own request, never by being entered."""

    code = "colleague_known"
    sentence = "这个邮箱已有账号。请对方登录后凭单位代码申请加入，您确认后即可。"
    field = "mail"


class WebsiteWrong(Invalid):
    """Not the address of a web site."""

    code = "website_wrong"
    sentence = "网址不正确，例如 https://www.example.com。"
    field = "website"


class AlreadyAsked(Conflict):
    """The person has asked to join before, or belongs to the employer."""

    code = "already_asked"
    sentence = "您已经申请加入或已经在这个单位里了，请在“我的单位”查看。"


class NotOwner(Forbidden):
    """Contacts are managed by the owner."""

    code = "not_owner"
    sentence = "只有单位负责人可以管理联系人。"


class OwnerStays(Refusal):
    """An employer always has an owner."""

    code = "owner_stays"
    sentence = "这位联系人是单位负责人。请先把负责人移交给同事，再停用。"


class ContactChanged(Conflict):
    """The contact is no longer in the state in which it was shown."""

    code = "contact_changed"
    sentence = "这位联系人的状态刚刚有变化，请刷新页面查看。"


class CodeState(StrEnum):
    """What can be said about a code while it is being typed."""

    EMPTY = "empty"
    SHORT = "short"
    INVALID = "invalid"
    TAKEN = "taken"
    FREE = "free"


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An employer as it describes itself; exactly one of ``uscc`` and ``exemption`` is set."""

    uscc: str | None
    exemption: str | None
    legal_name: str
    kind: EmployerKind
    ownership: Ownership
    size: EmployerSize
    industry: str
    region: str
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """A person without an account; ``password`` None means that a link will let them set one."""

    name: str
    phone: str
    mail: str
    password: str | None = None


@dataclass(frozen=True, kw_only=True)
class Registration:
    """Everything needed to register; ``contact`` is None for somebody who is signed in."""

    unit: Unit
    contact: NewContact | None
    universities: tuple[int, ...]


def clean_identity(uscc: str, exemption: str | None) -> tuple[str | None, str | None]:
    """(code, None), or (None, reason) where an ``exemption`` is claimed.

    Raises UsccInvalid or ExemptionMissing (P9).
    """
    if exemption is None:
        return clean_uscc(uscc), None
    if not exemption.strip():
        raise ExemptionMissing
    return None, exemption.strip()


def clean_website(typed: str) -> str:
    """The full http(s) address, or nothing. Raises WebsiteWrong."""
    typed = typed.strip()
    if not typed:
        return ""
    address = typed if "://" in typed else f"https://{typed}"
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or "") or " " in address:
        raise WebsiteWrong
    return address


def check_schools(universities: tuple[int, ...]) -> None:
    """Raises SchoolMissing if no university was chosen."""
    if not universities:
        raise SchoolMissing


def check_owner(is_owner: bool) -> None:
    """Raises NotOwner for anybody but the owner."""
    if not is_owner:
        raise NotOwner


def check_may_end(is_owner: bool) -> None:
    """Raises OwnerStays for the owner: someone has to take over first."""
    if is_owner:
        raise OwnerStays
