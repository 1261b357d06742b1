"""Anchors of patterns, and that trying a pattern only there misses nothing."""

import re
from array import array
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.clauses.anchors import Analyst, Unreadable
from fairs.clauses.charsets import Charsets
from fairs.clauses.compiled.runner import Runner
from fairs.clauses.factoring import quicker
from fairs.clauses.literals import SLICE, Literals
from fairs.clauses.machine import Machine
from fairs.clauses.matcher import Matcher
from fairs.clauses.patterns import Pattern
from fairs.clauses.programs import Assembler, Unwritable

ANALYST = Analyst(lambda literal: 1 / len(literal))


@pytest.mark.parametrize(
    ("pattern", "anchors"),
    [
        ("限(?:男|女)生", {"限男生": (0, 0), "限女生": (0, 0)}),
        ("(?:仅|只)?招[^,]{0,4}男生", {"招": (1, 6)}),
        ("毕业证书?[^,]{0,5}?由公司保管", {"毕业证": (0, 11)}),
        (r"\d{2}岁以下", {"岁以下": (2, 0)}),
        (r"\d{2,}万出", {"万出": (60, 0)}),
        ("(?:甲乙|甲乙丙)丁", {"甲乙丁": (0, 0), "甲乙丙丁": (0, 0)}),
        ("[男女]性优先", {"性优先": (1, 0)}),
    ],
)
def test_anchors_and_how_far_a_match_reaches_around_them(
    pattern: str, anchors: dict[str, tuple[int, int]]
) -> None:
    approach = ANALYST.anchored(pattern)
    assert {literal: reach[:2] for literal, reach in approach.anchors.items()} == anchors
    assert approach.ahead == 0


def test_a_look_ahead_widens_the_window() -> None:
    approach = ANALYST.anchored("优先(?!级)")
    assert (approach.anchors["优先"][:2], approach.ahead) == ((0, 0), 1)


@pytest.mark.parametrize(
    ("pattern", "beside"),
    [
        ("只?招[男女]生", {"招男生": ({"", "只"}, {""}), "招女生": ({"", "只"}, {""})}),
        ("[只仅][^,]{0,4}?要限(?:男|女)?x?", {"要限": (None, {"男", "女", "x", ""})}),
        ("(?<!不)[ab]+限(?=男)(?:甲|乙.)", {"限": ({"a", "b"}, {"甲", "乙"})}),
    ],
)
def test_what_may_stand_beside_an_anchor(
    pattern: str, beside: dict[str, tuple[set[str] | None, set[str] | None]]
) -> None:
    anchors = ANALYST.anchored(pattern).anchors
    assert {literal: (reach.lead, reach.follow) for literal, reach in anchors.items()} == beside


@pytest.mark.parametrize(
    ("pattern", "anchor", "companions"),
    [
        ("(?:女生|男生)[^,。;!?\\n]{0,4}优先录用", "优先录用", {("女生", "男生"): ""}),
        ("只招[^,]{0,4}(?:优先录用|不作首选)", "优先录用", {("只招",): "\n。;!?"}),
        ("只招男?(?:优先录用[^,]{1,4}|不)户籍所在", "户籍所在", {("只招",): "\n。;!?"}),
        ("(?:只招)?优先录用", "优先录用", {}),
    ],
)
def test_what_else_must_stand_in_a_match(
    pattern: str, anchor: str, companions: dict[tuple[str, ...], str]
) -> None:
    rare = Analyst(lambda literal: 0.001 / 100 ** len(literal))
    needs = rare.anchored(pattern).anchors[anchor].needs
    assert {one.literals: one.between for one in needs} == {
        frozenset(literals): set(between) for literals, between in companions.items()
    }


@pytest.mark.parametrize(
    ("pattern", "crosses"),
    [("只[^,。;!?\\n]{0,4}优先录用", ""), ("只[^,。]{0,4}优先录用", "\n;!?"), ("只.{0,4}优先录用", "。;!?")],
)
def test_which_barriers_a_match_can_cross_before_its_anchor(pattern: str, crosses: str) -> None:
    assert ANALYST.anchored(pattern).anchors["优先录用"].crosses == set(crosses)


@pytest.mark.parametrize("pattern", [".{1,4}", "男?", "(男", "男)", "*男", "[^,]"])
def test_what_cannot_be_anchored_is_refused(pattern: str) -> None:
    with pytest.raises(Unreadable):
        ANALYST.anchored(pattern)


PATTERNS = [
    "限(?:男|女)(?:性|生)?",
    "(?:优先|只招)[^,]{0,3}(?:男|女)",
    r"\d\d岁(?:以下|以内)?",
    "(?<!不)限[^,]{0,2}户",
    "女(?!装)",
    "(?:只|不)[^,]{0,4}?(?:男生|女生)[^,。;!?\\n]{0,3}?(?:优先|限)",
    r"男(?:\S{1,2}?)?优先|[^;]{0,3}女.(?:户|限制)",
    "(?:限[^。]{1,3}){1,2}优先",
    r"(?:(?<=[,;。\n]) ?|^)(?P<span>女(?:性|生)?)(?=[,;。\n]|$)",
    "(?<![x不])(?:男|女)生(?!性|限|优先)",
    "(?<=只)(?:不|招)?(?:男|女|性|生|限|岁|户)(?:优先|以下|装|生|性|x)(?= ?(?:[,。]|$))",
]


KNOWN = [(Pattern(pattern), ANALYST.anchored(pattern)) for pattern in PATTERNS]
MATCHERS = [Matcher(KNOWN, ANALYST.weigh), Machine(KNOWN, ANALYST.weigh)]


@given(st.lists(st.sampled_from([*"限男女性生只招不,。;\n02岁户装x", "优先", "以下", "男生"])).map("".join))
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("matcher", MATCHERS)
def test_windows_find_the_same_places_as_the_whole_text(matcher: Matcher | Machine, text: str) -> None:
    patterns = [re.compile(pattern) for pattern in PATTERNS]
    found = {(number, start) for number, start, _ in matcher.matches(text)}
    whole = {
        (number, match.start(Pattern(pattern.pattern).group))
        for number, pattern in enumerate(patterns)
        for match in pattern.finditer(text)
    }
    assert whole <= found
    assert all(
        patterns[number].match(text, start) for number, start in found if "span" not in PATTERNS[number]
    )


@pytest.mark.parametrize(
    ("pattern", "left", "right"),
    [
        ("(?<=[,。])男(?=生)", ({",", "。"}, ""), ({"生"}, "")),
        ("(?:(?<=;) ?|^)男(?= ?(?:[,。]|$))", ({";", ""}, ""), ({" ", ",", "。", "", "\n"}, "")),
        ("(?<![不无])(?<!不仅)男(?!装|士的)", (None, "不无"), (None, "装")),
        ("(?<!不)男|限女(?!(?<=男)装)", (None, ""), (None, "")),
        ("男?女(?:生|(?=性))?", (None, ""), (None, "")),
    ],
)
def test_what_may_stand_beside_a_match(
    pattern: str, left: tuple[set[str] | None, str], right: tuple[set[str] | None, str]
) -> None:
    approach = ANALYST.anchored(pattern)
    assert approach.left == (left[0], set(left[1]))
    assert approach.right == (right[0], set(right[1]))


CHOICES = [
    "(?:限男|限女|只招|不限|女生|男生)+(?:性|生|岁)?",
    r"(?:男|女)(?:生|性|户|岁|优先|\d|装)(?<!(?:男|女|限|只|招|不)性)",
    "(?:男|女|限|只|招|(?:不|岁)?)(?:装|户|生|性|x|;|限男)",
    "(?:男性|女性|男生|女生|男|限(?:男|女)?|男生优先)(?:优先|生)?",  # longer ones behind shorter ones
    "(?:[男女]生|男|女性|[^男]户|男户)(?:优先|优)?",  # a set between equal beginnings
    r"(?:\d岁|0岁|2\d|02岁|[0-2]装|限){1,3}",
    "(?:(?<!不)限|不限|不招|(?=招男)招|(?:限|不)?男|)(?:男|女)?生",
    r"(?:x|\.|\-|-|;|(?P<span>限男|限女)|限)(?:男|(?:女生|女性)??|性)",
    "^(?:限男|限女|女限|女)*$|(?:不|只)(?:招|限)",
]
RUN = [
    *PATTERNS,
    *CHOICES,
    r"(?:[男女]?生|\w{2}|[^\n]限){2,4}?(?:优先|$)",
    r"(?=.{0,3}(?:男|女))(?:.*?限|(?P<span>\S+?))(?!\d)",
    "(?P<other>限)?(?:[^,]|男)(?:(?P<span>男|女)|,|生)+?(?:生|$)",
    r"(?:限|只(?P<span>招)?|不){2}?(?:男|女|生)?",
    "[^男-魚]+[\\d岁]*?(?<!岁)(?:户|装|性|优先|x|🐑){1,}",
    "(?:🐑|[🐑女]|\\s)?(?:[一-龥]{2,}|[\\s\\S])(?<=(?:男生|女生|优先|..))",
]


@cache
def _runner() -> Runner:
    """Runs all of these."""
    sets = Charsets()
    assembler = Assembler(sets)
    entries = array("i", map(assembler.entry, RUN))
    return Runner(sets.index, sets.blocks, assembler.code, entries)


@given(st.lists(st.sampled_from([*"限男女性生只招不,。;\n02岁户装x", "优先", "男生"])).map("".join))
@settings(max_examples=200, deadline=None)
def test_the_quicker_form_changes_no_match(text: str) -> None:
    for pattern in CHOICES:
        form = quicker(pattern)
        assert form != pattern
        assert [*map(re.Match.span, re.finditer(form, text))] == [
            *map(re.Match.span, re.finditer(pattern, text))
        ]


@given(
    st.lists(st.sampled_from([*"限男女性生只招不,。;\n02٣岁户装x🐑𠮷", "优先", "男生"])).map("".join),
    st.integers(-2, 9),
)
@settings(max_examples=200, deadline=None)
def test_programs_match_what_their_patterns_match(text: str, short: int) -> None:
    end = len(text) - short
    for number, pattern in enumerate(RUN):
        for start in range(-2, end + 3):
            match = re.compile(pattern).match(text, start, end)
            assert _runner().matched(text, number, start, end) == (
                match and match.span(Pattern(pattern).group)
            )


def test_a_program_that_cannot_be_written_is_refused() -> None:
    repeats = ("(?:男?)*生", "(?:男?|女){2}生", "(?=男)?男", "(?<!男)*生")
    rare = ("𠮷", "[𠮷男]", "[一-𪛟]", "[^一-\uffff]", "[\ue000-\uf8ff]", "\ua000")
    for pattern in ("(?<=男|女性)装", "(?=(?P<span>男))男", *repeats, *rare):
        with pytest.raises(Unwritable):
            Assembler(Charsets()).entry(pattern)


def test_slices_of_a_long_text_hold_the_same_literals() -> None:
    literals = ["限", "限男", "男生", "生。限男生优先", "。"]
    text = "限男生。限男生优先" * SLICE
    places = {
        (number, found.start())
        for number, literal in enumerate(literals)
        for found in re.finditer(f"(?={literal})", text)
    }
    hits = [*Literals(literals).hits(text)]
    assert len(hits) == len(places)
    assert {(number, start) for number, start, _ in hits} == places
    assert all(text[start:end] == literals[number] for number, start, end in hits)
