"""Which literals a pattern cannot match without, and how far around them it can reach.

One automaton looks for the anchors of every pattern at once; a pattern is then tried only around its own anchors.
Patterns are read in the small part of the ``re`` language that the rulebook uses; anything else is refused.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

UNBOUNDED = 60  # what * and + may take at most, in code points
_MOST_STRINGS = 160  # an exact set of strings beyond this size is no longer followed

Weigh = Callable[[str], float]
Anchors = Mapping[str, tuple[int, int]]  # literal: code points that a match can reach before and after it


class Unreadable(ValueError):
    """A pattern uses something outside the rulebook's part of the language."""


@dataclass(frozen=True)
class Shape:
    """What is known of the texts that a part of a pattern matches.

    ``least`` and ``most`` are lengths, ``exact`` all its texts when they are few, ``anchors`` literals of which
    one is always in it, ``ahead`` how far past its end it may look.
    """

    least: int = 0
    most: int = 0
    exact: frozenset[str] | None = field(default_factory=lambda: frozenset({""}))
    anchors: Anchors | None = None
    ahead: int = 0


class Analyst:
    """Finds anchors; remembers the parts of patterns, for the rulebook's terms come again and again.

    ``weigh`` says how often a literal occurs in ordinary text: rare ones make the best anchors.
    """

    def __init__(self, weigh: Weigh) -> None:
        self.weigh = weigh
        self.known: dict[str, Shape] = {}

    def anchored(self, pattern: str) -> tuple[Anchors, int]:
        """The best anchors of ``pattern`` and how far it looks past its match; raises Unreadable."""
        reader = _Reader(pattern, self)
        shape = reader.alternatives()
        if reader.rest():
            raise Unreadable(f"unexpected {reader.rest()[:10]!r}")
        best = _best(shape, self.weigh)
        if best is None:
            raise Unreadable("matches without any literal")
        return _pruned(best), shape.ahead


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
        return _either(branches, self._weigh)

    def _sequence(self) -> Shape:
        parts = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            parts.append(self._quantified(self._atom()))
        return _joined(parts, self._weigh)

    def _atom(self) -> Shape:
        char = self._next()
        if char == "(":
            return self._group()
        if char == "[":
            return _characters(self._set())
        if char == "\\":
            return _characters(_escape(self._next()))
        if char in "^$":
            return Shape(ahead=1)
        if char == ".":
            return _characters(None)
        if char in "*+?{":
            raise Unreadable(f"nothing to repeat before {char}")
        return _characters(frozenset({char}))

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
        return Shape(ahead=inside.most + inside.ahead if looks in ("?=", "?!") else 0)

    def _set(self) -> frozenset[str] | None:
        negated = self._take("^")
        chars: set[str] | None = set()
        while not self._take("]"):
            more = self._set_member()
            chars = None if chars is None or more is None else chars | more
        return None if negated or chars is None else frozenset(chars)

    def _set_member(self) -> frozenset[str] | None:
        char = self._next()
        if char == "\\":
            return _escape(self._next())
        if self.rest()[:1] != "-" or self.rest()[1:2] == "]":
            return frozenset({char})
        self._at += 1
        last = self._next()
        if ord(last) - ord(char) > _MOST_STRINGS:
            return None
        return frozenset(map(chr, range(ord(char), ord(last) + 1)))

    def _quantified(self, atom: Shape) -> Shape:
        least, most = self._quantifier()
        self._take("?")
        if (least, most) == (1, 1):
            return atom
        once = _either([Shape(), atom], self._weigh) if least == 0 else atom
        if most == 1:
            return once
        exact = _product([atom.exact] * least) if least == most else None
        return replace(once, least=atom.least * least, most=min(atom.most * most, 400), exact=exact)

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


def _characters(chars: frozenset[str] | None) -> Shape:
    return Shape(1, 1, chars)


def _either(branches: list[Shape], weigh: Weigh) -> Shape:
    """The shape of alternatives."""
    if len(branches) == 1:
        return branches[0]
    exact: frozenset[str] | None = frozenset()
    for branch in branches:
        exact = None if exact is None or branch.exact is None else exact | branch.exact
    best = [_best(branch, weigh) for branch in branches]
    anchors = None if any(one is None for one in best) else _united(one for one in best if one)
    return Shape(
        min(branch.least for branch in branches),
        max(branch.most for branch in branches),
        exact if exact is not None and len(exact) <= _MOST_STRINGS else None,
        anchors,
        max(branch.ahead for branch in branches),
    )


def _joined(parts: list[Shape], weigh: Weigh) -> Shape:
    """The shape of one part after the other."""
    before = [0]
    for part in parts:
        before.append(before[-1] + part.most)
    total = before[-1]
    candidates = [
        {literal: (at + left, right + total - end) for literal, (left, right) in part.anchors.items()}
        for part, (at, end) in zip(parts, pairwise(before), strict=True)
        if part.anchors
    ]
    for start, stop, strings in _runs(parts):
        candidates.append(dict.fromkeys(strings, (before[start], total - before[stop])))
    return Shape(
        sum(part.least for part in parts),
        total,
        _product([part.exact for part in parts]),
        min(candidates, key=lambda anchors: _cost(anchors, weigh), default=None),
        max((part.ahead - (total - end) for part, end in zip(parts, before[1:], strict=True)), default=0),
    )


def _runs(parts: list[Shape]) -> Iterable[tuple[int, int, frozenset[str]]]:
    """Every run of neighbours whose joined texts are few and never empty, as first, past last, texts."""
    for start in range(len(parts)):
        strings: frozenset[str] | None = frozenset({""})
        for stop in range(start + 1, len(parts) + 1):
            strings = _product([strings, parts[stop - 1].exact])
            if strings is None:
                break
            if "" not in strings:
                yield start, stop, strings


def _product(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    """All joined texts, or None when they are too many."""
    joined = frozenset({""})
    for one in sets:
        if one is None or len(joined) * len(one) > _MOST_STRINGS:
            return None
        joined = frozenset(left + right for left in joined for right in one)
    return joined


def _best(shape: Shape, weigh: Weigh) -> Anchors | None:
    """The rarer of the known anchors and the exact texts."""
    exact = dict.fromkeys(shape.exact, (0, 0)) if shape.exact and "" not in shape.exact else None
    known = [one for one in (exact, shape.anchors) if one]
    return min(known, key=lambda anchors: _cost(anchors, weigh), default=None)


def _united(several: Iterable[Anchors]) -> Anchors:
    """One set of anchors for alternatives."""
    union: dict[str, tuple[int, int]] = {}
    for anchors in several:
        for literal, (left, right) in anchors.items():
            known = union.get(literal, (0, 0))
            union[literal] = max(known[0], left), max(known[1], right)
    return union


def _cost(anchors: Anchors, weigh: Weigh) -> float:
    """How often these anchors would wake the pattern, and how many beginnings it would then try."""
    return sum(weigh(literal) * (4 + before) for literal, (before, _) in anchors.items())


def _pruned(anchors: Anchors) -> Anchors:
    """Without literals that begin with another one, which would wake the pattern twice at the same place."""
    kept: dict[str, tuple[int, int]] = {}
    for literal in sorted(anchors, key=len):
        before, after = anchors[literal]
        shorter = next((one for one in kept if literal.startswith(one)), None)
        if shorter is None:
            kept[literal] = before, after
            continue
        known = kept[shorter]
        kept[shorter] = max(known[0], before), max(known[1], after + len(literal) - len(shorter))
    return kept
