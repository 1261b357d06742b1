"""Which literals a pattern cannot match without, and how far around them it can reach.

One automaton looks for the anchors of every pattern at once; a pattern is then tried only around its own anchors.
Patterns are read in the small part of the ``re`` language that the rulebook uses; anything else is refused.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from fairs.clauses.choices import best_anchors, pruned
from fairs.clauses.joining import either, joined, repeated
from fairs.clauses.shapes import (
    BARRIERS,
    EDGE,
    Anchors,
    Border,
    Chars,
    Shape,
    Weigh,
    exactly,
    looking,
    one_of,
)

UNBOUNDED = 60  # what * and + may take at most, in code points
_WIDEST = 160  # a range of characters beyond this size is no longer listed


_Class = tuple[Chars, frozenset[str]]  # characters, None for too many to list, and the barriers among them


class Unreadable(ValueError):
    """A pattern uses something outside the rulebook's part of the language."""


class Approach(NamedTuple):
    """How a pattern can be come by: its anchors, how far it looks past its match, what a match can begin with.

    ``left`` and ``right`` are what may stand beside a match.
    """

    anchors: Anchors
    ahead: int
    first: Chars
    left: Border
    right: Border


class Analyst:
    """Finds anchors; remembers the parts of patterns, for the rulebook's terms come again and again.

    ``weigh`` says how often a literal occurs in ordinary text: rare ones make the best anchors.
    """

    def __init__(self, weigh: Weigh) -> None:
        self.weigh = weigh
        self.known: dict[str, Shape] = {}

    def anchored(self, pattern: str) -> Approach:
        """The best anchors of ``pattern``; raises Unreadable."""
        reader = _Reader(pattern, self)
        shape = reader.alternatives()
        if reader.rest():
            raise Unreadable(f"unexpected {reader.rest()[:10]!r}")
        if not shape.least:
            raise Unreadable("matches the empty text")
        best = best_anchors(shape, self.weigh)
        if best is None:
            raise Unreadable("matches without any literal")
        return Approach(pruned(best), shape.ahead, shape.first, shape.left, shape.right)


_PLAIN = re.compile(r"[^\\\[\](){}|.^$*+?]+(?![*+?{])")  # characters that stand for themselves, none repeated
_LOOKS = re.compile(r"\(\?[=!<]|[$^]")  # conditions beside a text
_BRACKET = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]", re.DOTALL)


def closings(pattern: str) -> dict[int, int]:
    """Where the group that opens at a place closes."""
    opened: list[int] = []
    closings = {}
    for found in _BRACKET.finditer(pattern):
        if found[0] == "(":
            opened.append(found.start())
        elif found[0] == ")" and opened:
            closings[opened.pop()] = found.start()
    return closings


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str, analyst: Analyst) -> None:
        self._pattern = pattern
        self._at = 0
        self._analyst = analyst
        self._weigh = analyst.weigh
        self._closings = closings(pattern)

    def rest(self) -> str:
        return self._pattern[self._at :]

    def _take(self, expected: str) -> bool:
        if not self._pattern.startswith(expected, self._at):
            return False
        self._at += len(expected)
        return True

    def _next(self) -> str:
        if self._at >= len(self._pattern):
            raise Unreadable("ends too early")
        self._at += 1
        return self._pattern[self._at - 1]

    def alternatives(self) -> Shape:
        branches = [self._sequence()]
        while self._take("|"):
            branches.append(self._sequence())
        return either(branches, self._weigh)

    def _sequence(self) -> Shape:
        parts = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            parts.append(self._quantified(self._atom()))
        return joined(parts, self._weigh)

    def _atom(self) -> Shape:
        plain = _PLAIN.match(self._pattern, self._at)
        if plain:
            self._at = plain.end()
            return exactly(plain[0])
        char = self._next()
        if char == "(":
            return self._group()
        if char == "[":
            return self._set()
        if char == "\\":
            return one_of(*self._escape())
        if char == "^":
            return Shape(ahead=1, left=Border(EDGE))
        if char == "$":
            return looking(1, Border(frozenset({"", "\n"})))
        if char == ".":
            return one_of(None, BARRIERS - {"\n"})
        if char in "*+?{":
            raise Unreadable(f"nothing to repeat before {char}")
        return exactly(char)

    def _group(self) -> Shape:
        begun = self._at - 1
        closing = self._closings.get(begun)
        if closing is None:
            raise Unreadable("a group is not closed")
        text = self._pattern[begun:closing]
        if text not in self._analyst.known:
            self._analyst.known[text] = self._new_group()
        self._at = closing + 1
        return self._analyst.known[text]

    def _new_group(self) -> Shape:
        looks = next((mark for mark in ("?=", "?!", "?<=", "?<!") if self._take(mark)), None)
        if looks is None and not self._take("?:") and self._take("?P<"):
            self._at = self._pattern.index(">", self._at) + 1
        begun = self._at
        inside = self.alternatives()
        if looks is None:
            return inside
        if looks in ("?<=", "?<!") and inside.least != inside.most:
            raise Unreadable("looks back at texts of several lengths")
        return _look(looks, inside, plain=not _LOOKS.search(self._pattern, begun, self._at))

    def _set(self) -> Shape:
        negated = self._take("^")
        listed: set[str] = set()
        eats: set[str] = set()
        narrow = True
        while not self._take("]"):
            more, eaten = self._set_member()
            narrow = narrow and more is not None
            listed |= more or set()
            eats |= eaten
        if negated:
            return one_of(None, BARRIERS - listed)
        return one_of(frozenset(listed) if narrow else None, frozenset(eats))

    def _set_member(self) -> _Class:
        first = self._escape() if self._take("\\") else _class({self._next()})
        rest = self.rest()
        if first[0] is None or len(first[0]) > 1 or rest[:1] != "-" or rest[1:2] == "]":
            return first
        self._at += 1
        last = self._escape() if self._take("\\") else _class({self._next()})
        if last[0] is None:
            raise Unreadable("a range ends in a class")
        low, high = *first[0], *last[0]
        if ord(high) - ord(low) > _WIDEST:
            return None, frozenset(one for one in BARRIERS if low <= one <= high)
        return _class(map(chr, range(ord(low), ord(high) + 1)))

    def _escape(self) -> _Class:
        """The characters of an escape; None for a class that is too wide to list, and the barriers in it."""
        char = self._next()
        if char == "u":
            self._at += 4
            return _class({chr(int(self._pattern[self._at - 4 : self._at], 16))})
        if char in _ESCAPES:
            return _ESCAPES[char]
        if char.isalnum():
            raise Unreadable(f"unknown escape {char!r}")
        return _class({char})

    def _quantified(self, atom: Shape) -> Shape:
        least, most = self._quantifier()
        self._take("?")
        return repeated(atom, least, most, self._weigh)

    def _quantifier(self) -> tuple[int, int]:
        for mark, bounds in {"?": (0, 1), "*": (0, UNBOUNDED), "+": (1, UNBOUNDED)}.items():
            if self._take(mark):
                return bounds
        if not self._take("{"):
            return 1, 1
        end = self._pattern.index("}", self._at)
        least, comma, most = self._pattern[self._at : end].partition(",")
        self._at = end + 1
        return int(least or 0), int(most or (UNBOUNDED if comma else least))


def _look(looks: str, inside: Shape, *, plain: bool) -> Shape:
    """A look ahead or back, which matches nothing; a refusal tells only of single characters without conditions."""
    single = frozenset(one for one in inside.exact or () if plain and len(one) == 1)
    if looks == "?=":
        return looking(inside.most + inside.ahead, inside.opens)
    if looks == "?!":
        return looking(inside.most + inside.ahead, Border(None, single))
    if looks == "?<=":
        return Shape(left=Border(None if inside.last is None or "" in inside.last else inside.last))
    return Shape(left=Border(None, single))


def _class(chars: Iterable[str]) -> _Class:
    """These characters."""
    listed = frozenset(chars)
    return listed, BARRIERS & listed


_ESCAPES: dict[str, _Class] = {
    "d": _class("0123456789"),
    "n": _class("\n"),
    "w": (None, frozenset()),
    "s": (None, frozenset("\n")),
    "S": (None, BARRIERS - {"\n"}),
}
