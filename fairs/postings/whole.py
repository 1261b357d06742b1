"""A posting as a whole: what it says and what is known of its employer, as the checks of documents read it; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fairs.clauses.documents import Document, Remark, RemarkKind, remarks

_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}[- ]?\d{7,8}|[2-8]\d{6,7}|400[- ]?\d{3}[- ]?\d{4})(?!\d)")
_LICENSED = "人力资源服务许可证"
_TAKEN = ("title", "headcount", "city", "salary_min", "salary_max", "salary_text")
_TAKEN_TOO = ("description", "requirements", "valid_until")


@dataclass(frozen=True)
class Firm:
    """Who hires; ``licensed``: an agency whose licence and authorisations the universities have seen (P8)."""

    name: str
    profile: str = ""
    licensed: bool = False


def document_of(said: Mapping[str, Any], firm: Firm) -> Document:
    """What a posting says ({field: value}, unknown ones left out), with its employer."""
    how = str(said.get("apply_how") or "")
    values = {name: said[name] for name in (*_TAKEN, *_TAKEN_TOO) if said.get(name)}
    mailbox = _MAILBOX.search(how)
    return Document(
        **values,
        employer=firm.name,
        employer_profile=firm.profile + (_LICENSED if firm.licensed else ""),
        mailbox=mailbox.group() if mailbox else "",
        phone=" ".join(_PHONE.findall(how)),
    )


def remarks_on(said: Mapping[str, Any], firm: Firm) -> tuple[Remark, ...]:
    """Every reason to look twice at a posting (P5, P7, S37)."""
    return remarks(document_of(said, firm))


def while_writing(said: Mapping[str, Any], firm: Firm) -> tuple[Remark, ...]:
    """The same for whoever writes it; as long as the work is not described, what is missing goes without saying."""
    found = remarks_on(said, firm)
    begun = said.get("title") and said.get("description") and said.get("requirements")
    return found if begun else tuple(one for one in found if one.kind is not RemarkKind.MISSING_INFO)
