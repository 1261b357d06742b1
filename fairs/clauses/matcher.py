"""Many patterns over one text: an automaton finds their anchors, each pattern is tried around its own."""

from collections.abc import Sequence
from functools import partial
from re import Match

import ahocorasick_rs

from fairs.clauses.anchors import Approach
from fairs.clauses.companions import Companions
from fairs.clauses.patterns import Find, Pattern
from fairs.clauses.plans import Plan, Sleeper, complete, fits, sleeper, whole
from fairs.clauses.shapes import STOPS, Weigh

_FEW = 4  # beginnings that are tried one by one; a pattern that may begin further away searches a window

Found = tuple[int, Match[str]]  # the number of a pattern and its match
Hit = tuple[int, int, int]  # the number of a literal, where it begins and ends
# A pattern that may begin before its anchor: its number, how far before, first and last beginning, last end.
Waiting = tuple[int, int, int, int, int]
# Where one pattern is searched: the first place at which it may begin, the last one, and where it ends at the latest.
Window = tuple[int, int, int]


class Matcher:
    """Patterns with their anchors. Time is linear in the text: every window is bounded."""

    def __init__(self, known: Sequence[tuple[Pattern, Approach]], weigh: Weigh) -> None:
        self._patterns = [pattern for pattern, _ in known]
        self._match: list[Find] = [partial(self._first, number) for number in range(len(known))]
        self._firsts = [complete(approach.first) for _, approach in known]
        self._lefts = [whole(approach.left) for _, approach in known]
        self._companions = companions = Companions([approach for _, approach in known], weigh)
        sleepers: dict[str, list[Sleeper]] = {stop: [] for stop in sorted(STOPS)}
        for number, (_, approach) in enumerate(known):
            for literal, reach in approach.anchors.items():
                needs = companions.needed(literal, reach)
                sleepers.setdefault(literal, []).append(sleeper(literal, reach, number, approach, needs))
        for literal in companions.effects:
            sleepers.setdefault(literal, [])
        self._plans = [Plan(waiting) if waiting else None for waiting in sleepers.values()]
        self._effects = [companions.effects.get(literal, 0) for literal in sleepers]
        self._automaton = ahocorasick_rs.AhoCorasick(
            sleepers, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def _first(self, number: int, text: str, start: int, end: int) -> Match[str] | None:
        """The first try of a pattern compiles it."""
        self._match[number] = match = self._patterns[number].match
        return match(text, start, end)

    def matches(self, text: str) -> list[Found]:
        """Every match in ``text`` with the number of its pattern."""
        found: list[Found] = []
        waiting: list[Waiting] = []
        plans, match_by = self._plans, self._match
        for lacking, anchors in self._stretches(text):
            for literal, start, end in anchors:
                woken = plans[literal][text[end : end + 1]]  # type: ignore[index]
                for (allowed, barred), number, after, before in woken[lacking & woken.mask]:
                    beside = text[start - 1 : start]
                    here = (allowed is None or beside in allowed) and beside not in barred
                    if before is None:
                        if here:
                            match = match_by[number](text, start, end + after)
                            if match:
                                found.append((number, match))
                        continue
                    reach, lead, search, at_anchor = before
                    last = start if here and at_anchor else start - 1
                    if lead is None or beside in lead:
                        earlier = search.search(text, start - reach if start > reach else 0, start)
                        if earlier:
                            waiting.append((number, reach, earlier.start(), last, end + after))
                            continue
                    if last == start:
                        waiting.append((number, reach, start, start, end + after))
        self._preceded(text, waiting, found)
        return found

    def _stretches(self, text: str) -> list[tuple[int, list[Hit]]]:
        """The anchors of ``text``, stretch by stretch: which companions are not there, and the anchors in it."""
        stretches: list[tuple[int, list[Hit]]] = []
        anchors: list[Hit] = []
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
            if plans[literal] is not None:
                anchors.append(hit)
        stretches.append((here, anchors))
        everywhere = (everywhere | here) & self._companions.anywhere
        known = self._companions.all
        return [(known & ~(here | everywhere), anchors) for here, anchors in stretches]

    def _preceded(self, text: str, waiting: list[Waiting], found: list[Found]) -> None:
        """Add the matches that may begin before their anchors."""
        windows: dict[int, list[Window]] = {}
        for number, reach, first, until, last in waiting:
            if reach > _FEW:
                _widen(windows.setdefault(number, []), first, until, last)
                continue
            match_at, chars, left = self._match[number], self._firsts[number], self._lefts[number]
            for at in range(first, until + 1):
                if (chars is None or text[at] in chars) and fits(left, text[at - 1 : at]):
                    match = match_at(text, at, last)
                    if match:
                        found.append((number, match))
                        break
        for number, stretches in windows.items():
            self._search(number, text, stretches, found)

    def _search(self, number: int, text: str, windows: list[Window], found: list[Found]) -> None:
        """Add the matches of one pattern in its windows, from left to right, that do not overlap."""
        match_at, chars, left = self._match[number], self._firsts[number], self._lefts[number]
        for first, until, last in windows:
            if chars is None:
                compiled = self._patterns[number].compiled
                found += [(number, match) for match in compiled.finditer(text, first, last)]
                continue
            at = first
            while at <= until:
                match = None
                if text[at] in chars and fits(left, text[at - 1 : at]):
                    match = match_at(text, at, last)
                if match:
                    found.append((number, match))
                at = match.end() if match else at + 1


def _widen(windows: list[Window], first: int, until: int, last: int) -> None:
    """Add a window, together with the last one where they meet."""
    if windows and first <= windows[-1][2]:
        known = windows.pop()
        first, until, last = min(known[0], first), max(known[1], until), max(known[2], last)
    windows.append((first, until, last))
