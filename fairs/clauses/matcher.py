"""Many patterns over one text: an automaton finds their anchors, each pattern is tried around its own."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from fairs.clauses.anchors import Approach
from fairs.clauses.companions import Companions
from fairs.clauses.patterns import Pattern
from fairs.clauses.shapes import BARRIERS, EDGE, STOPS, Chars, Reach, Weigh

_FEW = 4  # beginnings that are tried one by one; a pattern that may begin further away searches a window
_DIGITS = frozenset("0123456789")
_ALL_DIGITS = frozenset(char for char in map(chr, range(0x20000)) if char.isdecimal())

Found = tuple[int, re.Match[str]]  # the number of a pattern and its match
# Where one pattern is searched: the first place at which it may begin, the last one, and where it ends at the latest.
Window = tuple[int, int, int]


class _Before(NamedTuple):
    """Where a pattern may begin before its anchor.

    ``reach`` is how far, ``lead`` what may stand right before the anchor then (None: anything), ``search`` finds the
    first place from which a match could come as far as the anchor; ``at_anchor`` says whether it may begin there too.
    """

    reach: int
    lead: Chars
    search: Pattern
    at_anchor: bool


class _Wake(NamedTuple):
    """A pattern that an anchor wakes, if ``follow`` (None: anything) stands behind it and no companion is lacking.

    ``needs`` are its companions as bits.
    ``after`` is how far behind the anchor it may look. Without ``before`` it begins with the anchor.
    """

    follow: Chars
    needs: int
    pattern: Pattern
    after: int
    number: int
    before: _Before | None


class Matcher:
    """Patterns with their anchors. Time is linear in the text: every window is bounded."""

    def __init__(self, known: Sequence[tuple[Pattern, Approach]], weigh: Weigh) -> None:
        self._patterns = [pattern for pattern, _ in known]
        self._firsts = [_complete(approach.first) for _, approach in known]
        self._companions = Companions([approach for _, approach in known], weigh)
        wakes: dict[str, list[_Wake]] = {stop: [] for stop in sorted(STOPS)}
        for number, (pattern, approach) in enumerate(known):
            for literal, reach in approach.anchors.items():
                before = _before(literal, reach, approach.first) if reach.before else None
                after = reach.after + approach.ahead + 1
                needs = self._companions.needed(literal, reach)
                wake = _Wake(_complete(reach.follow), needs, pattern, after, number, before)
                wakes.setdefault(literal, []).append(wake)
        for literal in self._companions.effects:
            wakes.setdefault(literal, [])
        self._plans = list(wakes.values())
        self._effects = [self._companions.effects.get(literal, 0) for literal in wakes]
        self._automaton = ahocorasick_rs.AhoCorasick(
            wakes, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def matches(self, text: str) -> list[Found]:
        """Every match in ``text`` with the number of its pattern."""
        found: list[Found] = []
        waiting: list[tuple[int, int, int, int, int]] = []
        for lacking, literal, start, end in self._awake(text):
            right = text[end : end + 1]
            for follow, needs, pattern, after, number, before in self._plans[literal]:
                if (follow is not None and right not in follow) or needs & lacking:
                    continue
                if before is None:
                    match = pattern.match(text, start, end + after)
                    if match:
                        found.append((number, match))
                    continue
                reach, lead, search, at_anchor = before
                near = lead is None or text[start - 1 : start] in lead
                earlier = near and search.search(text, start - reach if start > reach else 0, start)
                if earlier or at_anchor:
                    first = earlier.start() if earlier else start
                    waiting.append((number, reach, first, start, end + after))
        self._preceded(text, waiting, found)
        return found

    def _awake(self, text: str) -> Iterator[tuple[int, int, int, int]]:
        """The anchors in ``text``: which companions are not there, number, beginning, end."""
        stretches: list[tuple[int, list[tuple[int, int, int]]]] = []
        anchors: list[tuple[int, int, int]] = []
        effects, plans, stops = self._effects, self._plans, len(STOPS)
        here = everywhere = 0
        for hit in self._automaton.find_matches_as_indexes(text, overlapping=True):
            literal = hit[0]
            if literal < stops:
                if anchors:
                    stretches.append((here, anchors))
                    anchors = []
                everywhere |= here
                here = 0
            here |= effects[literal]
            if plans[literal]:
                anchors.append(hit)
        stretches.append((here, anchors))
        everywhere = (everywhere | here) & self._companions.anywhere
        for here, anchors in stretches:
            lacking = self._companions.all & ~(here | everywhere)
            for literal, start, end in anchors:
                yield lacking, literal, start, end

    def _preceded(self, text: str, waiting: list[tuple[int, int, int, int, int]], found: list[Found]) -> None:
        """Add the matches that may begin before their anchors: number, reach, first and last beginning, last end."""
        patterns = self._patterns
        windows: dict[int, list[Window]] = {}
        for number, reach, first, until, last in waiting:
            if reach > _FEW:
                _widen(windows.setdefault(number, []), first, until, last)
                continue
            match_at = patterns[number].match
            for at in range(first, until + 1):
                match = match_at(text, at, last)
                if match:
                    found.append((number, match))
                    break
        for number, stretches in windows.items():
            self._search(number, text, stretches, found)

    def _search(self, number: int, text: str, windows: list[Window], found: list[Found]) -> None:
        """Add the matches of one pattern in its windows, from left to right, that do not overlap."""
        pattern, chars = self._patterns[number], self._firsts[number]
        for first, until, last in windows:
            if chars is None:
                found += [(number, match) for match in pattern.compiled.finditer(text, first, last)]
                continue
            at = first
            while at <= until:
                match = pattern.match(text, at, last) if text[at] in chars else None
                if match:
                    found.append((number, match))
                at = match.end() if match else at + 1


def _before(literal: str, reach: Reach, first: Chars) -> _Before:
    """Where a match that begins with ``first`` may begin before this anchor."""
    lead = None if reach.lead is None else _complete(reach.lead - EDGE)
    edge = reach.lead is None or "" in reach.lead
    at_anchor = edge and (first is None or literal[0] in first)
    return _Before(reach.before, lead, _beginnings(_complete(first), not reach.crosses), at_anchor)


@cache
def _beginnings(first: Chars, inside: bool) -> Pattern:
    """Finds the first of these characters; if ``inside``, the first one behind the last barrier."""
    chosen = "(?s:.)"
    if first is not None:
        digits = r"\d" if first >= _DIGITS else ""
        chosen = f"[{digits}{re.escape(''.join(sorted(first - _ALL_DIGITS if digits else first)))}]"
    rest = rf"[^{re.escape(''.join(sorted(BARRIERS)))}]*+\Z" if inside else ""
    return Pattern(chosen + rest)


@cache
def _complete(chars: Chars) -> Chars:
    """The characters as a test: None where anything may stand, digits of every script where a digit may."""
    if chars is None or "" in chars:
        return None
    return chars | _ALL_DIGITS if chars >= _DIGITS else chars


def _widen(windows: list[Window], first: int, until: int, last: int) -> None:
    """Add a window, together with the last one where they meet."""
    if windows and first <= windows[-1][2]:
        known = windows.pop()
        first, until, last = min(known[0], first), max(known[1], until), max(known[2], last)
    windows.append((first, until, last))
