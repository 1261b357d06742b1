"""Showing where findings lie in a text, and the wording that can replace them with one click; pure."""

import re
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

TEXT_LABELS = {
    "title": "标题",
    "description": "正文",
    "live": "线上链接",
    "requirements": "任职要求",
    "benefits": "福利待遇",
    "salary": "薪酬说明",
    "city": "工作地点",
    "period": "实习、见习或服务期",
    "project": "项目名称",
    "settlement": "结算方式",
    "apply_how": "应聘方式",
}
"""The parts of a frozen text, as a reader of all kinds of texts meets them."""


class Placed(Protocol):
    """Anything that lies in a text: a finding of the engine or a stored one."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """Code point after the last."""


class Sayable(Protocol):
    """Anything that a hint is made of."""

    @property
    def said(self) -> Hashable:
        """All that the hint says; findings of which it is equal are one hint."""


T = TypeVar("T")
S = TypeVar("S", bound=Sayable)


def numbered(findings: Iterable[S]) -> list[tuple[int, S]]:
    """Every finding with the number of its hint: a clause that is said again has the number that it had."""
    numbers: dict[Hashable, int] = {}
    return [(numbers.setdefault(one.said, len(numbers) + 1), one) for one in findings]


@dataclass(frozen=True)
class Hinted(Generic[T]):
    """One hint, and all the places it is about, in the order of the text."""

    number: int
    places: tuple[T, ...]

    @property
    def finding(self) -> T:
        """The first of them, which has all that is to be said."""
        return self.places[0]


def once(findings: Iterable[tuple[int, T]]) -> list[Hinted[T]]:
    """The hints on numbered findings, each once."""
    places: dict[int, list[T]] = {}
    for number, finding in findings:
        places.setdefault(number, []).append(finding)
    return [Hinted(number, tuple(those)) for number, those in places.items()]


@dataclass(frozen=True)
class Segment:
    """A piece of text; ``number`` is the finding's (from 1), None for text between findings.

    ``leads``: the hint of this number leads back to here.
    """

    text: str
    number: int | None = None
    finding: Placed | None = None
    leads: bool = False


def marked(
    text: str, findings: Iterable[tuple[int, Placed]], leads: Collection[Placed] = ()
) -> list[Segment]:
    """``text`` cut at its numbered findings; what overlaps an earlier one is not marked again."""
    pieces: list[Segment] = []
    at = 0
    for number, finding in sorted(findings, key=lambda pair: pair[1].start):
        if finding.start < at or finding.end > len(text):
            continue
        if finding.start > at:
            pieces.append(Segment(text[at : finding.start]))
        pieces.append(Segment(text[finding.start : finding.end], number, finding, finding in leads))
        at = finding.end
    if at < len(text):
        pieces.append(Segment(text[at:]))
    return pieces


_QUOTED = re.compile("(?:可写|[Ww]rite )“([^”]+)”")
_ENDS = re.compile(r"[。；（;]|\. |\.$")
_REMOVALS = ("删", "Remove")
_ADVICE = ("写", "只写", "改为", "似属", "属", "建议", "对所有", "同岗同酬", "请", "凡", "不得", "按", "如")


def wording_of(rewrite: str) -> str | None:
    """The text that may stand in place of a clause, "" to delete it; None where only advice is given.

    Wording with a gap to be filled in (××) is cut before the gap, so that nothing unfinished is inserted.
    """
    quoted = _QUOTED.search(rewrite)
    if quoted and "×" not in quoted.group(1):
        return quoted.group(1)
    if rewrite.startswith(_REMOVALS):
        return ""
    first = _ENDS.split(rewrite, maxsplit=1)[0].strip()
    if "×" in first:
        first = first[: first.index("×")].rpartition("，")[0]
    return None if not first or first.startswith(_ADVICE) else first
