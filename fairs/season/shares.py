"""What share of employers, appearances, positions is small, private, specialised, of a chain (S91–S93). Pure.

家 and 家次 are never mixed: each figure is divided by the same figure of the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fairs.employers.rules import OWNERSHIP_LABELS, SIZE_LABELS, EmployerSize, Ownership
from fairs.season.rules import share


class Trait(StrEnum):
    """By what employers are told apart."""

    CHAIN = "chain"
    SIZE = "size"
    OWNERSHIP = "ownership"
    SPECIALISED = "specialised"


TRAIT_LABELS = {
    Trait.CHAIN: "单位所在的重点产业链",
    Trait.SIZE: "单位规模",
    Trait.OWNERSHIP: "单位性质",
    Trait.SPECIALISED: "“专精特新”单位",
}

NOTE_LABELS = {
    Trait.CHAIN: "按就业中心给单位标注的产业链。一家单位可以属于几条产业链，各行相加会超过合计。",
    Trait.SIZE: "按单位资料里的规模；机关事业单位不算企业。",
    Trait.OWNERSHIP: "按单位资料里的性质。",
    Trait.SPECIALISED: "证书在有效期内的才计入。",
}

SHARED = ("employers", "appearances", "postings", "headcount")
"""The figures of a share, in order."""

WHOLE = ""
"""The key of all employers together."""
MARKED, UNMARKED = "+", "-"
"""Keys of the employers that have the trait at all, and of the others."""
PUBLIC_BODY = "public_body"
SMALL = (EmployerSize.MEDIUM, EmployerSize.SMALL, EmployerSize.MICRO)
"""Sizes of the small and medium enterprises (中小微)."""

ROW_LABELS = {
    "whole": "全部单位",
    "in_chain": "在重点产业链",
    "no_chain": "不在重点产业链",
    "small": "中小微企业",
    "public": "机关事业单位",
    "specialised": "专精特新",
    "others": "其他单位",
    "untagged": "没有标注产业链",
}


@dataclass(frozen=True)
class Counts:
    """``employers`` 家: each legal entity once; ``appearances`` 家次: once per event; ``postings`` 个, each once;
    ``headcount`` 人: how many people these postings look for.
    """

    employers: int = 0
    appearances: int = 0
    postings: int = 0
    headcount: int = 0


@dataclass(frozen=True)
class Row:
    """A line of a table of shares: a name (or message id), its counts, and the whole that they are a part of.

    ``within``: it details the line above it.
    """

    name: str
    counts: Counts
    whole: Counts
    within: bool = False

    def percent(self, figure: str) -> int | None:
        """Hundredths of the whole in this figure; None where the whole has none."""
        return share(getattr(self.counts, figure), getattr(self.whole, figure))


def rows(trait: Trait, counts: Mapping[str, Counts], chains: Mapping[str, str]) -> list[Row]:
    """The lines of a table, the whole first; nothing if there are no employers. ``chains``: names by code."""
    whole = counts.get(WHOLE, Counts())
    if not whole.employers:
        return []
    return [
        Row(name, counts.get(key, Counts()), whole, within)
        for key, name, within in _keys(trait, chains)
        if not within or key in counts
    ]


def _keys(trait: Trait, chains: Mapping[str, str]) -> Sequence[tuple[str, str, bool]]:
    whole = (WHOLE, ROW_LABELS["whole"], False)
    if trait is Trait.CHAIN:
        each = [(code, name, True) for code, name in chains.items()]
        ends = (MARKED, ROW_LABELS["in_chain"], False), (UNMARKED, ROW_LABELS["no_chain"], False)
        return [whole, ends[0], *each, ends[1]]
    if trait is Trait.SIZE:
        small = [(size.value, SIZE_LABELS[size], True) for size in SMALL]
        large = (EmployerSize.LARGE.value, SIZE_LABELS[EmployerSize.LARGE], False)
        marked = (MARKED, ROW_LABELS["small"], False)
        return [whole, marked, *small, large, (PUBLIC_BODY, ROW_LABELS["public"], False)]
    if trait is Trait.OWNERSHIP:
        return [whole, *((one.value, OWNERSHIP_LABELS[one], False) for one in Ownership)]
    marked = (MARKED, ROW_LABELS["specialised"], False)
    return [whole, marked, (UNMARKED, ROW_LABELS["others"], False)]
