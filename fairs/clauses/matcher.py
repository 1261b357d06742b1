"""Many patterns over one text: an automaton finds their anchors, each pattern is tried around its own."""

from collections.abc import Iterable, Sequence
from functools import partial, reduce
from operator import or_
from re import Match

from fairs.clauses.anchors import Approach
from fairs.clauses.companions import Companions
from fairs.clauses.literals import SLICE, Hit, Literals
from fairs.clauses.patterns import Find, Pattern
from fairs.clauses.plans import PAD, Early, Plan, Sleeper, Wake, sleeper, starts
from fairs.clauses.shapes import STOPS, Weigh

# Beginnings of which the first that matches counts; a pattern that may begin further away has windows.
_FEW = 4

Found = tuple[int, int, int]  # the number of a pattern, where the part of its match that counts begins, ends
Stretches = Iterable[tuple[int, list[Hit]]]  # which companions are there (or not), and the anchors
# Where one pattern is searched: the first place at which it may begin, the last one, and where it ends at the latest.
Window = tuple[int, int, int]
Windows = dict[int, list[Window]]  # by the number of the pattern


class Matcher:
    """Patterns with their anchors. Time is linear in the text: every window is bounded."""

    def __init__(self, known: Sequence[tuple[Pattern, Approach]], weigh: Weigh) -> None:
        self._patterns = [pattern for pattern, _ in known]
        self._groups = [pattern.group for pattern, _ in known]
        self._match: list[Find] = [partial(self._first, number) for number in range(len(known))]
        self._starts = [starts(approach) for _, approach in known]
        self._anywhere = [approach.first is None or "" in approach.first for _, approach in known]
        self._companions = companions = Companions([approach for _, approach in known], weigh)
        sleepers: dict[str, list[Sleeper]] = {stop: [] for stop in sorted(STOPS)}
        for number, (_, approach) in enumerate(known):
            for literal, reach in approach.anchors.items():
                needs = companions.needed(literal, reach)
                sleepers.setdefault(literal, []).append(sleeper(literal, reach, number, approach, needs))
        self._companion = len(sleepers)  # the first literal that is a companion and no anchor
        for literal in companions.effects:
            sleepers.setdefault(literal, [])
        self._plans = [Plan(one) for one in [*sleepers.values()][: self._companion]]
        self._awake = [bool(one) for one in sleepers.values()]
        self._effects = [companions.effects.get(literal, 0) for literal in sleepers]
        self._literals = Literals(sleepers)

    def _first(self, number: int, text: str, start: int, end: int) -> Match[str] | None:
        """The first try of a pattern compiles it."""
        self._match[number] = match = self._patterns[number].match
        return match(text, start, end)

    def matches(self, text: str) -> list[Found]:
        """Every match in ``text``."""
        found: list[Found] = []
        windows: Windows = {}
        padded, plans = text + PAD, self._plans
        for lacking, anchors in self._stretches(text):
            for literal, start, end in anchors:
                woken = plans[literal][padded[end]]
                awake = woken[lacking & woken.mask]
                if awake:
                    wakes, earlies = awake
                    if wakes:
                        self._wake(wakes, text, start, end, padded[start - 1], found)
                    if earlies:
                        self._wake_early(earlies, text, start, end, padded[start - 1], found, windows)
        self._preceded(text, windows, found)
        return found

    def _wake(
        self, wakes: Iterable[Wake], text: str, start: int, end: int, beside: str, found: list[Found]
    ) -> None:
        """Try the patterns that begin with the anchor ``start:end``."""
        for allowed, barred, number, after in wakes:
            if (allowed is None or beside in allowed) and (barred is None or beside not in barred):
                match = self._match[number](text, start, end + after)
                if match:
                    found.append((number, *match.span(self._groups[number])))

    def _wake_early(
        self,
        earlies: Iterable[Early],
        text: str,
        start: int,
        end: int,
        beside: str,
        found: list[Found],
        windows: Windows,
    ) -> None:
        """Try the patterns around the anchor ``start:end``; those that may begin far before it wait."""
        for allowed, barred, number, after, before, lead, search, at_anchor in earlies:
            here = (
                at_anchor
                and (allowed is None or beside in allowed)
                and (barred is None or beside not in barred)
            )
            earlier = None
            if lead is None or beside in lead:
                earlier = search(text, start - before if start > before else 0, start)
            if not earlier and not here:
                continue
            if before > _FEW:
                window = earlier.start() if earlier else start, start if here else start - 1, end + after
                if number in windows:
                    _widen(windows[number], window)
                else:
                    windows[number] = [window]
                continue
            if earlier:
                match = self._next(number, text, earlier.start(), start if here else start - 1, end + after)
            else:
                match = self._match[number](text, start, end + after)
            if match:
                found.append((number, *match.span(self._groups[number])))

    def _stretches(self, text: str) -> Stretches:
        """The anchors of ``text``, stretch by stretch, with the companions that are not there."""
        known, effects = self._companions.all, self._effects
        if len(text) > SLICE:  # read twice, for the stretches of a long text fill the memory
            literals = {literal for literal, _, _ in self._literals.hits(text)}
            everywhere = reduce(or_, (effects[literal] for literal in literals), 0)
            stretches = self._cut(text)
        else:
            stretches = list(self._cut(text))
            everywhere = reduce(or_, (here for here, _ in stretches), 0)
        everywhere &= self._companions.anywhere
        return ((known & ~(here | everywhere), anchors) for here, anchors in stretches if anchors)

    def _cut(self, text: str) -> Stretches:
        """The anchors of ``text``, stretch by stretch, with the companions that are there."""
        anchors: list[Hit] = []
        effects, awake, companion, stops = self._effects, self._awake, self._companion, len(STOPS)
        here = 0
        for hit in self._literals.hits(text):
            literal = hit[0]
            if literal < companion:
                if literal < stops:
                    if anchors or here:
                        yield here, anchors
                        anchors, here = [], 0
                    if not awake[literal]:
                        here |= effects[literal]
                        continue
                anchors.append(hit)
            effect = effects[literal]
            if effect:
                here |= effect
        yield here, anchors

    def _preceded(self, text: str, windows: Windows, found: list[Found]) -> None:
        """Add the matches that may begin far before their anchors."""
        for number, stretches in windows.items():
            group = self._groups[number]
            for first, until, last in stretches:
                if self._anywhere[number]:
                    every = self._patterns[number].compiled.finditer(text, first, last)
                    found += [(number, *match.span(group)) for match in every]
                    continue
                match = self._next(number, text, first, until, last)
                while match:
                    found.append((number, *match.span(group)))
                    match = self._next(number, text, match.end(), until, last)

    def _next(self, number: int, text: str, at: int, until: int, last: int) -> Match[str] | None:
        """The first match of one pattern that begins from ``at`` to ``until``."""
        search, match_at = self._starts[number].search, self._match[number]
        while start := search(text, at, until + 1):
            at = start.start()
            match = match_at(text, at, last)
            if match:
                return match
            at += 1
        return None


def _widen(windows: list[Window], window: Window) -> None:
    """Add a window, together with the last one where they meet."""
    first, until, last = window
    if first <= windows[-1][2]:
        known = windows.pop()
        window = min(known[0], first), max(known[1], until), max(known[2], last)
    windows.append(window)
