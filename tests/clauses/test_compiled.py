"""What is compiled finds the same as what stands in for it where there is no compiler."""

import re
import tracemalloc
from functools import cache
from importlib.resources import files

from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.clauses import machine, matcher, plans, programs, scales, traits, weights
from fairs.clauses.catalogue import Catalogue, catalogue
from fairs.clauses.charsets import SIZE
from fairs.clauses.normalise import _common_form as plain_form
from fairs.clauses.normalise import common_form, normalise
from fairs.clauses.reader import Reader
from fairs.clauses.traits import Window

TEXTS = [normalise(one.text).text for rule in catalogue().rules for one in rule.examples]
ODD = ["\0", "\ud800", "𠮷", "🐑", "٣", "\x85", "0", ". ", "x", "，", "male ", "。" * 3]
MIXED = st.lists(st.sampled_from([*TEXTS, *ODD]) | st.text(max_size=5), max_size=6).map("".join)


@cache
def plain() -> Catalogue:
    """The same rules without compiled parts."""
    return Catalogue(catalogue().rules, catalogue().version, compiled=False)


@cache
def readers() -> tuple[Reader, Reader]:
    """The second reader without compiled parts and with them; both look at every phrase that may be suspect."""
    lines = files("fairs.clauses").joinpath("weights.tsv").read_text("utf-8").splitlines()
    return Reader(lines, -1.0, compiled=False), Reader(lines, -1.0, compiled=True)


def places(rules: Catalogue, text: str, field: str) -> list[tuple[int, int, str]]:
    """Where rules hold, and which."""
    return [(start, end, rule.id) for start, end, rule in rules.places(text, field)]


def test_every_character_has_the_same_plain_form() -> None:
    every = [chr(code) for code in range(0x110000)]
    assert [common_form(char) for char in every] == [plain_form(char) for char in every]
    texts = [one.text for rule in catalogue().rules for one in rule.examples]
    assert [common_form(text) for text in texts] == [plain_form(text) for text in texts]


def test_every_example_holds_the_same_places() -> None:
    found = 0
    for text in TEXTS:
        held = places(catalogue(), text, "description")
        assert held == places(plain(), text, "description"), text
        found += len(held)
    assert found > len(TEXTS) / 3


@given(MIXED)
@settings(max_examples=100, deadline=None)
def test_any_text_holds_the_same_places(text: str) -> None:
    text = normalise(text).text
    assert places(catalogue(), text, "title") == places(plain(), text, "title")


def test_every_example_reads_the_same_to_the_second_reader() -> None:
    slow, fast = readers()
    doubts = 0
    for text in TEXTS:
        found = fast.read(text, [], doubtful=-3.0)
        assert found == slow.read(text, [], doubtful=-3.0), text
        doubts += len(found)
    assert doubts > len(TEXTS) / 3


@given(MIXED)
@settings(max_examples=100, deadline=None)
def test_any_text_reads_the_same_to_the_second_reader(text: str) -> None:
    text = normalise(text).text
    slow, fast = readers()
    assert fast.read(text, [], doubtful=-5.0) == slow.read(text, [], doubtful=-5.0)


def test_invisible_characters_are_weighed_alike() -> None:
    slow, fast = readers()
    for text in ("\0_", "限\0男生", "\0\0"):
        window = Window(0, len(text))
        assert fast._weights.scores(text, window) == slow._weights.scores(text, window)


def test_many_checks_leave_nothing_behind() -> None:
    _, fast = readers()
    texts = ["只招男生。" * 9, "五险一金，双休。"] * 500
    kept = []
    tracemalloc.start()
    for _ in range(2):
        for text in texts:
            catalogue().places(text, "description")
            fast._weights.scores(text, Window(0, len(text)))
        kept.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert kept[1] - kept[0] < 10_000


def test_memory_comes_back_after_a_long_text() -> None:
    _, fast = readers()
    tracemalloc.start()
    for text in ("只招男生" * 30_000, "双休"):
        fast._weights.scores(text, Window(0, len(text)))
        catalogue().places(text, "description")
    kept, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 2_000_000
    assert most < 30_000_000


@cache
def source(module: str) -> str:
    """The text of a compiled module."""
    return files("fairs.clauses.compiled").joinpath(f"{module}.pyx").read_text("utf-8")


def number(module: str, name: str) -> int:
    """What a compiled module says that a name stands for."""
    (said,) = re.findall(rf"^    {name} = (\d+)( << \d+)?", source(module), re.MULTILINE)
    return int(said[0]) << int(said[1][4:] or 0)


def test_compiled_code_and_its_wrappers_mean_the_same_numbers() -> None:
    (codes,) = re.findall("^    (DONE, .+)", source("runner"), re.MULTILINE)
    assert [getattr(programs, code) for code in codes.split(", ")] == [*range(len(codes.split(", ")))]
    assert all(f"{ord(one):#06X}".replace("X", "x") in source("runner") for one in programs._STAND_INS)
    assert number("runner", "SIZE") == number("weigher", "SIZE") == SIZE
    columns = plans.Sleeper._fields
    assert [number("scanner", column.upper()) for column in columns] == [*range(number("scanner", "COLUMNS"))]
    assert len(columns) == machine.COLUMNS
    assert number("scanner", "WORDS") == machine.WORDS
    assert number("scanner", "FEW") == matcher._FEW
    assert (number("weigher", "LONGEST"), number("weigher", "TONED")) == (traits.LONGEST, traits.TONED)
    assert (number("weigher", "LAST"), number("weigher", "WEIGHT")) == (scales._LAST, scales._WEIGHT)
    assert number("weigher", "MOST_TONES") >= len(traits._TONED)
    assert number("weigher", "COLUMN") >= weights.COLUMNS - 1
