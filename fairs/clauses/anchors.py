"""Which literals a pattern cannot match without, and how far around them it can reach.

One automaton looks for the anchors of every pattern at once; a pattern is then tried only around its own anchors.
Patterns are read in the small part of the ``re`` language that the rulebook uses; anything else is refused.
"""

import re
from typing import NamedTuple

from fairs.clauses.shapes import (
    BARRIERS,
    Anchors,
    Chars,
    Shape,
    Weigh,
    best_anchors,
    either,
    exactly,
    joined,
    one_of,
    pruned,
    repeated,
)

UNBOUNDED = 60  # what * and + may take at most, in code points
_WIDEST = 160  # a range of characters beyond this size is no longer listed


class Unreadable(ValueError):
    """A pattern uses something outside the rulebook's part of the language."""


class Approach(NamedTuple):
    """How a pattern can be come by.

    Its anchors, how far it looks past its match, what a match can begin with, which barriers may be inside it.
    """

    anchors: Anchors
    ahead: int
    first: Chars
    eats: frozenset[str]


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
        return Approach(pruned(best), shape.ahead, shape.first, shape.eats)


_PLAIN = re.compile(r"[^\\\[\](){}|.^$*+?]+(?![*+?{])")  # characters that stand for themselves, none repeated
_BRACKET = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]", re.DOTALL)


def _closings(pattern: str) -> dict[int, int]:
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
        self._closings = _closings(pattern)

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
            return _character(_escape(self._next()))
        if char in "^$":
            return Shape(ahead=1)
        if char == ".":
            return one_of(None, BARRIERS - {"\n"})
        if char in "*+?{":
            raise Unreadable(f"nothing to repeat before {char}")
        return _character(frozenset({char}))

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
        inside = self.alternatives()
        if looks is None:
            return inside
        if looks in ("?<=", "?<!") and inside.least != inside.most:
            raise Unreadable("looks back at texts of several lengths")
        return Shape(ahead=inside.most + inside.ahead if looks in ("?=", "?!") else 0)

    def _set(self) -> Shape:
        negated = self._take("^")
        listed: set[str] = set()
        narrow = True
        while not self._take("]"):
            more = self._set_member()
            narrow = narrow and more is not None
            listed |= more or set()
        if negated:
            return one_of(None, BARRIERS - listed if narrow else BARRIERS)
        return _character(frozenset(listed) if narrow else None)

    def _set_member(self) -> frozenset[str] | None:
        char = self._next()
        if char == "\\":
            return _escape(self._next())
        if self.rest()[:1] != "-" or self.rest()[1:2] == "]":
            return frozenset({char})
        self._at += 1
        last = self._next()
        if ord(last) - ord(char) > _WIDEST:
            return None
        return frozenset(map(chr, range(ord(char), ord(last) + 1)))

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


def _escape(char: str) -> frozenset[str] | None:
    """The characters of an escape; None for a class that is too wide to list."""
    if char == "d":
        return frozenset("0123456789")
    if char == "n":
        return frozenset("\n")
    return None if char.isalpha() else frozenset({char})


def _character(chars: Chars) -> Shape:
    """One of these characters; of too many to list (None) nothing is known."""
    return one_of(chars, BARRIERS if chars is None else BARRIERS & chars)
