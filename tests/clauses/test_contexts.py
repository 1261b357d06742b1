"""What makes a context possible: none that holds is ever passed over, wherever the place stands."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.clauses.catalogue import catalogue
from fairs.clauses.contexts import Place, Sentences
from fairs.clauses.normalise import normalise

EXAMPLES = [one.text for rule in catalogue().rules for one in rule.examples]
PIECES = [
    *(
        "不得",
        "不",
        "但",
        "但是",
        "是",
        "然而",
        "同等条件下",
        "but ",
        "however",
        ". ",
        "。",
        "\n",
        "?",
        ",",
        "(",
        ":",
    ),
    *(
        "限男生",
        "押金",
        "客户",
        "我们",
        "字样",
        "警惕",
        "骗局",
        "“",
        "”",
        "问",
        "答",
        "不限",
        "用户",
        "no ",
        "not ",
        "0",
    ),
]
MIXED = st.lists(st.sampled_from(PIECES) | st.text("不限男女与年,。 a", max_size=4), min_size=1).map("".join)


def passed_over(text: str, start: int, end: int) -> list[object]:
    """The contexts that hold around ``start:end`` though they are not said to be possible."""
    clues = catalogue().clues
    every = {
        context: clues.marked([context]).clues
        for rule in catalogue().rules
        for context in rule.unless.alternatives
    }
    sentences = Sentences(text, clues)
    wanted = sum(set(every.values()))
    possible = sentences.possible(start, end, wanted)
    place = Place(sentences, start, end, wanted)
    return [context for context, bit in every.items() if not bit & possible and place.in_any(bit)]


@pytest.mark.parametrize("seed", range(60))
def test_no_context_is_passed_over_in_texts_full_of_clauses(seed: int) -> None:
    dice = random.Random(seed)
    text = normalise(dice.choice(["", "。", "\n"]).join(dice.sample(EXAMPLES, dice.choice([1, 2, 12])))).text
    start = dice.randrange(len(text))
    end = min(start + dice.choice([1, 2, 5, 30]), len(text))
    assert not passed_over(text, start, end)


@given(MIXED, st.data())
@settings(max_examples=150, deadline=None)
def test_no_context_is_passed_over_between_odd_pieces(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1)) if text else 0
    end = data.draw(st.integers(start + 1, len(text))) if text else 0
    if text:
        assert not passed_over(text, start, end)


def test_a_long_text_is_read_like_a_short_one() -> None:
    text = normalise("".join(EXAMPLES[:400])).text
    tail = text[-2000:]
    found = 0
    long, short = Sentences(text, catalogue().clues), Sentences(tail, catalogue().clues)
    for start, end, rule in catalogue().places(tail, "description"):
        if start > 500:
            shift = len(text) - len(tail)
            near = rule.clues & ~catalogue().clues.wide
            assert long.possible(start + shift, end + shift, near) == short.possible(start, end, near)
            found += 1
    assert found > 5
