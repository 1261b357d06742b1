"""The quick look: it adds up what it reads of every phrase, and passes over the others."""

import math

import numpy as np
import pytest

from fairs.clauses.glance import Glance, glimpses
from fairs.clauses.training import from_lines, from_ordinary, learn
from fairs.clauses.weights import SCALE

WEIGHTS = {
    "": -10,
    "A": 2,
    "Z": -1,
    "男": 20,
    "只_男": 15,
    "招男": 10,
    "A只": 5,
    "0岁": -30,
    "男_Z": 7,
}


def scored(words: str) -> float:
    """The score of a phrase, added up name by name."""
    names, share = glimpses(words)
    return WEIGHTS[""] + share * sum(WEIGHTS.get(name, 0) for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "只招男生,会计。招男",
        "男",
        "只,男",
        ",,只招男;;",
        "25岁男",
        "🦂男",
        "招" * 3000 + "男",
        "只招男\n只招女",
        "a只招男z",
    ],
)
@pytest.mark.parametrize("least", [-11.0, -9.0, -5.0, 0.0])
@pytest.mark.parametrize("compiled", [True, False])
def test_it_finds_the_phrases_whose_sum_is_high_enough(text: str, least: float, compiled: bool) -> None:
    found = Glance(WEIGHTS, least, compiled=compiled).places(text)
    begins, expected = 0, []
    for words in text.translate(dict.fromkeys(map(ord, ",;。\n"), "|")).split("|"):
        if words and len(words) < 2000 and scored(words) > least:
            expected.append((begins, begins + len(words)))
        begins += len(words) + 1
    assert [one for one in found if one[1] - one[0] < 2000] == expected


def test_what_is_read_counts_less_in_long_words() -> None:
    short, long = glimpses("男生"), glimpses("男生" * 8)
    assert short[0].count("男生") == 1
    assert long[0].count("生男") == 7
    assert "男_男" in long[0]
    assert short[1] == pytest.approx(1 / math.sqrt(14))
    assert long[1] < short[1]


def test_a_part_of_marked_words_is_worth_a_look() -> None:
    lines = [
        "* 12",
        "+ gender",
        "(只招|仅收|限)男(生|同学)(来|报名|)",
        "-",
        "(双休|五险一金|包吃住)(，|、)(年假|体检)",
    ]
    weights = learn(list(from_lines(lines)) * 3).glances
    assert Glance(weights, -0.7 * SCALE).places("双休,只招男生。年假") == [(3, 7)]


def test_ordinary_postings_hold_nothing_wrong() -> None:
    examples = list(from_ordinary())
    assert len(examples) > 5_000
    assert not any(one.breaks or one.unsaid for one in examples)
    assert np.mean([one.window.end - one.window.start for one in examples]) < 40
