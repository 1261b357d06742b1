"""What somebody fills in to register an employer, and who may manage its contacts afterwards."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from fairs.employers.codes import clean_uscc
from fairs.employers.rules import ContactState, EmployerKind, EmployerSize, Ownership
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


class OwnerFirst(Refusal):
    """The owner still has time to answer; the office acts in its place only after that (E1)."""

    code = "owner_first"
    sentence = "单位负责人还可以在 %(until)s 前答复。逾期未答复，或负责人的邮箱退信，就业中心才能代为办理。"


class LetterMissing(Refusal):
    """Who acts in the owner's place has read the letter of authority (O4)."""

    code = "letter_missing"
    sentence = "申请人还没有上传加盖公章的单位委托书，不能代单位确认。请通知申请人在“我的单位”页面上传。"


class HandOverUnexplained(Invalid):
    """An office that gives an account to somebody else writes down on what ground."""

    code = "hand_over_unexplained"
    sentence = "请写明依据，例如已核对哪一份委托书、与谁核实过。"
    field = "reason"


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
    ncss_registered: bool = False


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


CONTACT_MOVES: dict[ContactState, frozenset[ContactState]] = {
    ContactState.REQUESTED: frozenset({ContactState.ACTIVE, ContactState.ENDED}),
    ContactState.ACTIVE: frozenset({ContactState.ENDED}),
    ContactState.ENDED: frozenset(),
}
"""State machine of a person's link to an employer."""


def check_contact_move(state: ContactState, to: ContactState) -> None:
    """Raises ContactChanged unless the link may go from ``state`` to ``to``."""
    if to not in CONTACT_MOVES[state]:
        raise ContactChanged


def check_office_turn(*, until: datetime | None, now: datetime, spoken: str, has_letter: bool) -> None:
    """Whether the office may accept a request in the owner's place (E1, O4).

    ``until`` is when the owner's time ends, ``spoken`` the same in words; None where nobody can answer: there is no
    owner, or letters to the owner come back. Raises OwnerFirst or LetterMissing.
    """
    if until is not None and now < until:
        raise OwnerFirst(until=spoken)
    if not has_letter:
        raise LetterMissing


def check_explained(reason: str) -> None:
    """Raises HandOverUnexplained where an office gives no ground for changing the owner."""
    if not reason.strip():
        raise HandOverUnexplained
