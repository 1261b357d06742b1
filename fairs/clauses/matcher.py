"""Many patterns over one text: an automaton finds their anchors, each pattern is tried around its own."""

import re
from collections.abc import Iterator, Sequence

import ahocorasick_rs

from fairs.clauses.anchors import Anchors

_FEW = 4  # beginnings that are tried one by one; a pattern that may begin further away searches a window
Wake = tuple[
    int, int, int
]  # number of a pattern, code points that it may begin before the anchor, reach after it


class Matcher:
    """Patterns with their anchors. Time is linear in the text: every window is bounded."""

    def __init__(self, patterns: Sequence[re.Pattern[str]], anchors: Sequence[tuple[Anchors, int]]) -> None:
        self._patterns = patterns
        wakes: dict[str, list[Wake]] = {}
        for number, (literals, ahead) in enumerate(anchors):
            for literal, (before, after) in literals.items():
                wakes.setdefault(literal, []).append((number, before, after + ahead + 1))
        self._plans = [
            (
                tuple(
                    (number, patterns[number].match, after) for number, before, after in woken if not before
                ),
                tuple(one for one in woken if 0 < one[1] <= _FEW),
                tuple(one for one in woken if one[1] > _FEW),
            )
            for woken in wakes.values()
        ]
        self._automaton = ahocorasick_rs.AhoCorasick(
            wakes, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match in ``text`` with the number of its pattern."""
        windows: dict[int, list[list[int]]] = {}
        plans = self._plans
        for literal, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            here, near, far = plans[literal]
            for number, begins, after in here:
                match = begins(text, start, end + after)
                if match:
                    yield number, match
            for number, before, after in near:
                match = _first(
                    self._patterns[number], text, range(max(start - before, 0), start + 1), end + after
                )
                if match:
                    yield number, match
            for number, before, after in far:
                _widen(windows.setdefault(number, []), max(start - before, 0), end + after)
        for number, spans in windows.items():
            finditer = self._patterns[number].finditer
            for first, last in spans:
                for match in finditer(text, first, last):
                    yield number, match


def _first(pattern: re.Pattern[str], text: str, beginnings: range, end: int) -> re.Match[str] | None:
    """The match at the first of these beginnings that has one."""
    for beginning in beginnings:
        match = pattern.match(text, beginning, end)
        if match:
            return match
    return None


def _widen(windows: list[list[int]], first: int, last: int) -> None:
    """Add a window, together with the last one where they meet."""
    if windows and first <= windows[-1][1]:
        windows[-1][0] = min(windows[-1][0], first)
        windows[-1][1] = max(windows[-1][1], last)
    else:
        windows.append([first, last])
