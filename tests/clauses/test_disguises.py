"""The same sentences in other clothes: what is found stays found, what is harmless stays harmless.

The sample was written for this test: ``limits.txt`` holds a category and a sentence per line, ``harmless.txt`` a
sentence per line. No rule may know them by heart: the test rewrites every one of them.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from fairs.clauses.engine import check
from fairs.clauses.normalise import TRADITIONAL
from fairs.clauses.rules import Category, Finding, Severity

SAMPLES = Path(__file__).parent / "samples"
LIMITS = [line.split(" ", 1) for line in (SAMPLES / "limits.txt").read_text("utf-8").splitlines()]
HARMLESS = (SAMPLES / "harmless.txt").read_text("utf-8").splitlines()

_TO_TRADITIONAL = str.maketrans({pair[1]: pair[0] for pair in reversed(TRADITIONAL.split())})
_FULL_WIDTH = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
_OTHER_JOBS = {
    "客服": "仓管",
    "会计": "测绘员",
    "司机": "钳工",
    "文员": "巡检员",
    "销售": "采购",
    "前台": "质检",
    "工程师": "技师",
    "公司": "集团",
    "门店": "车间",
}


def in_full_width(text: str) -> str:
    return text.translate(_FULL_WIDTH)


def with_zero_width(text: str) -> str:
    return "\u200b".join(text)


def spaced_out(text: str) -> str:
    return " ".join(text)


def in_traditional(text: str) -> str:
    return text.translate(_TO_TRADITIONAL)


def with_other_names(text: str) -> str:
    swapped = re.sub("|".join(_OTHER_JOBS), lambda found: _OTHER_JOBS[found[0]], text)
    return f"云麓精密制造股份有限公司：{swapped}"


REWRITINGS = [in_full_width, with_zero_width, spaced_out, in_traditional, with_other_names]


@cache
def findings(text: str) -> tuple[Finding, ...]:
    return check(text, "requirements")


def found(text: str) -> set[str]:
    return {one.category for one in findings(text)}


def alarmed(text: str) -> bool:
    return any(one.severity is not Severity.ADVISE for one in findings(text))


@pytest.mark.parametrize("category", [category.value for category in Category])
def test_the_sample_is_found(category: str) -> None:
    own = [text for wanted, text in LIMITS if wanted == category]
    missed = [text for text in own if category not in found(text)]
    assert len(missed) <= len(own) // 10, missed


def test_the_harmless_sample_is_left_alone() -> None:
    assert [text for text in HARMLESS if alarmed(text)] == []


@pytest.mark.parametrize("rewritten", REWRITINGS)
def test_a_rewritten_limit_is_found_as_well(rewritten: Callable[[str], str]) -> None:
    lost = [
        text
        for category, text in LIMITS
        if category in found(text) and category not in found(rewritten(text))
    ]
    assert len(lost) <= 0.02 * len(LIMITS), lost


@pytest.mark.parametrize("rewritten", REWRITINGS)
def test_a_rewritten_harmless_sentence_stays_harmless(rewritten: Callable[[str], str]) -> None:
    new = [text for text in HARMLESS if alarmed(rewritten(text)) and not alarmed(text)]
    assert len(new) <= 0.01 * len(HARMLESS), new
