"""Many patterns over one text: an automaton finds their anchors, each pattern is tried around its own."""

import re
from collections.abc import Iterator, Sequence

import ahocorasick_rs

from fairs.clauses.anchors import Anchors


class Matcher:
    """Patterns with their anchors. Time is linear in the text: every window is bounded."""

    def __init__(self, patterns: Sequence[re.Pattern[str]], anchors: Sequence[tuple[Anchors, int]]) -> None:
        self._patterns = patterns
        wakes: dict[str, list[tuple[int, int, int]]] = {}
        for number, (literals, ahead) in enumerate(anchors):
            for literal, (before, after) in literals.items():
                wakes.setdefault(literal, []).append((number, before, after + ahead + 1))
        self._wakes = [tuple(woken) for woken in wakes.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(wakes, implementation=ahocorasick_rs.Implementation.DFA)

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match in ``text`` with the number of its pattern, pattern by pattern."""
        windows: dict[int, list[list[int]]] = {}
        wakes = self._wakes
        for literal, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for number, before, after in wakes[literal]:
                known = windows.get(number)
                if known is None:
                    windows[number] = [[start - before, end + after]]
                elif start - before <= known[-1][1]:
                    known[-1][1] = max(known[-1][1], end + after)
                    known[-1][0] = min(known[-1][0], start - before)
                else:
                    known.append([start - before, end + after])
        for number, spans in windows.items():
            finditer = self._patterns[number].finditer
            for first, last in spans:
                for match in finditer(text, max(first, 0), last):
                    yield number, match
