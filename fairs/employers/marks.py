"""What a university notes about an employer: tags with evidence, who brought it, what the register says. Pure."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from fairs.errors import Conflict, Invalid


class TagKind(StrEnum):
    """Marks by which employers are filtered and reported (S91–S93)."""

    SME = "sme"
    SPECIALISED_SME = "specialised_sme"
    KEY_CHAIN = "key_chain"
    PRACTICE_BASE = "practice_base"


TAG_LABELS = {
    TagKind.SME: "中小企业",
    TagKind.SPECIALISED_SME: "专精特新",
    TagKind.KEY_CHAIN: "重点产业链",
    TagKind.PRACTICE_BASE: "就业见习或实践基地",
}


class IntroducerKind(StrEnum):
    """Who brought an employer to the university (S26)."""

    CHAMBER = "chamber"
    ALUMNI = "alumni"
    TEACHER = "teacher"
    GOVERNMENT = "government"
    EMPLOYER = "employer"
    OTHER = "other"


INTRODUCER_LABELS = {
    IntroducerKind.CHAMBER: "商会协会",
    IntroducerKind.ALUMNI: "校友",
    IntroducerKind.TEACHER: "教师",
    IntroducerKind.GOVERNMENT: "政府部门",
    IntroducerKind.EMPLOYER: "其他用人单位",
    IntroducerKind.OTHER: "其他",
}


class RegisterResult(StrEnum):
    """What an officer found in the public register (O4)."""

    MATCH = "match"
    MISMATCH = "mismatch"
    ABSENT = "absent"


REGISTER_LABELS = {
    RegisterResult.MATCH: "名称、代码一致，状态正常",
    RegisterResult.MISMATCH: "名称、代码或登记状态不符",
    RegisterResult.ABSENT: "没有查到",
}


class CertificateMissing(Invalid):
    """The mark is given by an authority: its certificate has a number (S93)."""

    code = "certificate_missing"
    sentence = "“专精特新”须填写证书编号。"
    field = "number"


class ChainMissing(Invalid):
    """Which chain?"""

    code = "chain_missing"
    sentence = "请选择产业链。"
    field = "code"


class TagThere(Conflict):
    """The employer has this mark already."""

    code = "tag_there"
    sentence = "这家单位已有这个标签。如要更换，请先移除原来的。"


def check_tag(kind: TagKind, code: str, number: str, chains: Collection[str]) -> None:
    """``chains``: codes on offer at the university. Raises ChainMissing or CertificateMissing."""
    if kind is TagKind.KEY_CHAIN and code not in chains:
        raise ChainMissing
    if kind is TagKind.SPECIALISED_SME and not number.strip():
        raise CertificateMissing


def in_force(valid_until: date | None, today: date) -> bool:
    """Whether a tag with this last day counts on ``today``."""
    return valid_until is None or valid_until >= today
