"""What the second reader looks at: phrases of a plain text, and the traits of a few neighbouring phrases. Pure.

A trait is a run of one to four signs, ``A`` before the beginning and ``Z`` after the end (plain text has no
capitals). A sign is a character, any digit written as 0, or a whole Latin word without its ending, behind a space.
``#`` and a name is a word of a term of the rulebook (``lexicon``). A shorter run or a term may come once more behind
the letter of a tone that the words have: ``R户口`` is 户口 among words that refuse. What stands near the words,
before them behind ``<`` and after them behind ``>``, gives pairs of characters and terms.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add
from typing import NamedTuple

from fairs.clauses.lexicon import Lexicon

LONGEST = 4  # signs of a trait
NEAR = 16  # characters on either side of the words that are looked at too
TONED = 3  # signs of a trait that is told apart by tone
ANYTHING = "*"  # stands for "some category or other" among the letters of the categories
MOST_PHRASES = 3  # neighbouring phrases that are read together
MOST_LENGTH = 70  # characters of several phrases that are read together

_BREAK = re.compile(r"[,;:。!?\n]|\. ")
STOPS = (";", "。", "!", "?", "\n", ". ")  # after these a sentence is over
_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[a-z]+(?:'[a-z]+)?|\S")
_WORD = re.compile("[a-z][a-z']")
_ENDING = re.compile(r"(?<=[a-z]{2})([a-z])(?:\1?(?:ing|ed)|es|s|ly)$")
_TONED = {
    "N": "不限|均可|都可|都行|也行|不问|不看|不影响|无所谓|同样|也可以|欢迎|不作|不设|一视同仁|不打听|不管|无论|不论"
    "|不查|从不|绝不|不会|不得|严禁|谨防|警惕|遇到|any |all |regardless",
    "R": "勿|别|不(?:招|要(?!求)|收|录|考虑|接|用来|必|合适|适|予|安排|面|约|留|进|在|办|参|纳|敢|想|欢)|免谈|谢绝|拒"
    "|婉拒|绕|筛|过滤|退|回避|淘汰|排除|慎|另谋|移步|not |no |reject",
    "P": "优先|加分|佳|从优|更|先|倾向|偏|prefer|plus",
    "O": "只|仅|限(?!额)|须|必须|得是|要求|应为|only|must|require",
    "Q": "填|注明|说明|写|提供|提交|登记|申报|交代|附|问",
    "M": "元|块|费|钱|金|交|付|押|扣|贷|工资|rmb|¥",
}
_BEFORE = frozenset({*_TONED, "<", ">"})
_TONES = {letter: re.compile(words) for letter, words in _TONED.items()}


class Window(NamedTuple):
    """Some neighbouring phrases of one sentence: ``text[start:end]``."""

    start: int
    end: int


def phrases(text: str, begin: int = 0, end: int | None = None) -> list[tuple[Window, int]]:
    """The phrases of a plain text (of whole sentences of it), each with where its sentence begins."""
    found: list[tuple[Window, int]] = []
    begun = sentence = begin
    end = len(text) if end is None else end
    for mark in _BREAK.finditer(text, begin, end):
        if mark.start() > begun:
            found.append((Window(begun, mark.start()), sentence))
        begun = mark.end()
        sentence = begun if mark[0] in STOPS else sentence
    if begun < end:
        found.append((Window(begun, end), sentence))
    return found


def windows(found: list[tuple[Window, int]], first: int) -> list[Window]:
    """The windows that begin with phrase ``first``, shortest first."""
    begun, sentence = found[first]
    made = [begun]
    for window, number in found[first + 1 : first + MOST_PHRASES]:
        if number != sentence or window.end - begun.start > MOST_LENGTH:
            break
        made.append(Window(begun.start, window.end))
    return made


def around(found: list[tuple[Window, int]], at: int) -> list[Window]:
    """The windows of several phrases that hold phrase ``at``."""
    firsts = range(max(at - MOST_PHRASES + 1, 0), at + 1)
    own = found[at][0]
    return [
        window
        for first in firsts
        for window in windows(found, first)[1:]
        if window.start <= own.start and own.end <= window.end
    ]


@dataclass(frozen=True)
class Traits:
    """The traits of some words by what their names begin with; ``share`` is what each counts, less in long words."""

    groups: dict[str, set[str]]
    share: float

    def names(self) -> Iterator[str]:
        """Every trait."""
        return (before + name for before, names in self.groups.items() for name in names)


def apart(name: str) -> tuple[str, str]:
    """What the name of a trait begins with, and the rest: the keys of ``Traits.groups`` and their names."""
    return (name[0], name[1:]) if name[:1] in _BEFORE and len(name) > 1 else ("", name)


def tones(words: str) -> set[str]:
    """The tones of ``words``: N permits or denies, R refuses, P prefers, O demands, Q asks, M speaks of money."""
    return {letter for letter, tone in _TONES.items() if tone.search(words)}


def traits(text: str, window: Window, lexicon: Lexicon) -> Traits:
    """The traits of a window of a plain text."""
    words = text[window.start : window.end]
    parts = signs(words)
    terms = _terms(words, lexicon)
    every, within = _runs(parts)
    groups = dict.fromkeys(tones(words), within | terms)
    groups[""] = every | terms
    groups["<"] = _nearby(text[max(window.start - NEAR, 0) : window.start], lexicon)
    groups[">"] = _nearby(text[window.end : window.end + NEAR], lexicon)
    return Traits(groups, 1 / math.sqrt(sum(max(len(parts) - shorter, 0) for shorter in range(LONGEST))))


def places(words: str, lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """The runs and terms of ``words`` with where they stand."""
    found = list(_SIGN.finditer(words))
    parts = signs(words)[1:-1]
    runs = [
        ("".join(parts[at : at + length]), found[at].start(), found[at + length - 1].end())
        for length in range(1, LONGEST + 1)
        for at in range(len(parts) - length + 1)
    ]
    return runs + [(f"#{name}", start, end) for name, start, end in lexicon.hits(words)]


def _terms(words: str, lexicon: Lexicon) -> set[str]:
    return {f"#{name}" for name, _, _ in lexicon.hits(words)}


def _nearby(words: str, lexicon: Lexicon) -> set[str]:
    """The traits of ``words`` beside a window."""
    plain = _DIGIT.sub("0", words)
    return _terms(words, lexicon).union(map(add, plain, plain[1:]))


def _runs(signs: Sequence[str]) -> tuple[set[str], set[str]]:
    """The runs of at most ``LONGEST`` signs, and those of at most ``TONED`` without the edges."""
    runs = list(signs)
    every, within = set(runs), set(runs[1:-1])
    for length in range(2, LONGEST + 1):
        runs = list(map(add, runs, signs[length - 1 :]))
        every.update(runs)
        if length <= TONED:
            within.update(runs[1:-1])
    return every, within


def signs(words: str) -> Sequence[str]:
    """The signs of ``words`` with an edge on both sides: a string where none is longer than a character."""
    plain = _DIGIT.sub("0", words)
    if not _WORD.search(plain):
        return f"A{''.join(plain.split())}Z"
    return [
        "A",
        *(" " + _ENDING.sub(r"\1", one) if len(one) > 1 else one for one in _SIGN.findall(plain)),
        "Z",
    ]
