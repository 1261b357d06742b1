"""What an anchor wakes: tables by the character behind it and by the companions that are lacking.

A table is filled as texts ask for it, like the states of an automaton that is built while it runs, and is bounded.
"""

import re
from collections.abc import Sequence
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from fairs.clauses.anchors import Approach
from fairs.clauses.patterns import Pattern
from fairs.clauses.shapes import BARRIERS, EDGE, Border, Chars, Reach, outside

_MOST = 256  # what one table remembers; beyond that it is worked out again each time
_DIGITS = frozenset("0123456789")
_ALL_DIGITS = frozenset(char for char in map(chr, range(0x20000)) if char.isdecimal())


class Before(NamedTuple):
    """Where a pattern may begin before its anchor.

    ``reach`` is how far, ``lead`` what may stand right before the anchor then (None: anything), ``search`` finds the
    first place from which a match could come as far as the anchor; ``at_anchor`` says whether it may begin there too.
    """

    reach: int
    lead: Chars
    search: Pattern
    at_anchor: bool


class Wake(NamedTuple):
    """A pattern to be tried: it may begin with the anchor if ``left`` stands before that, or ``before`` it.

    ``after`` is how far behind the anchor it may look.
    """

    left: Border
    number: int
    after: int
    before: Before | None


class Sleeper(NamedTuple):
    """A pattern that an anchor wakes, if ``right`` stands behind it and no companion of ``needs`` (bits) is lacking."""

    right: Border
    needs: int
    wake: Wake


class Woken(dict[int, tuple[Wake, ...]]):
    """The patterns to be tried, by those companions (of ``mask``) that are lacking."""

    __slots__ = ("_sleepers", "mask")

    def __init__(self, sleepers: Sequence[Sleeper]) -> None:
        self._sleepers = sleepers
        self.mask = reduce(or_, (one.needs for one in sleepers), 0)

    def __missing__(self, lacking: int) -> tuple[Wake, ...]:
        woken = tuple(one.wake for one in self._sleepers if not one.needs & lacking)
        if len(self) < _MOST:
            self[lacking] = woken
        return woken


class Plan(dict[str, Woken]):
    """The patterns of one anchor, by the character that stands behind it (empty at the end of the text)."""

    __slots__ = ("_same", "_sleepers")

    def __init__(self, sleepers: Sequence[Sleeper]) -> None:
        self._sleepers = sleepers
        self._same: dict[tuple[int, ...], Woken] = {}

    def __missing__(self, right: str) -> Woken:
        fitting = tuple(at for at, one in enumerate(self._sleepers) if fits(one.right, right))
        woken = self._same.get(fitting)
        if woken is None:
            woken = self._same[fitting] = Woken([self._sleepers[at] for at in fitting])
        if len(self) < _MOST:
            self[right] = woken
        return woken


def sleeper(literal: str, reach: Reach, number: int, approach: Approach, needs: int) -> Sleeper:
    """How this anchor wakes a pattern."""
    before = _before(literal, reach, approach.first) if reach.before else None
    wake = Wake(whole(approach.left), number, reach.after + approach.ahead + 1, before)
    return Sleeper(whole(outside(reach.follow, approach.right)), needs, wake)


def fits(border: Border, char: str) -> bool:
    """Whether ``char`` may stand there."""
    return (border.allowed is None or char in border.allowed) and char not in border.barred


def _before(literal: str, reach: Reach, first: Chars) -> Before:
    """Where a match that begins with ``first`` may begin before this anchor."""
    lead = None if reach.lead is None else complete(reach.lead - EDGE)
    edge = reach.lead is None or "" in reach.lead
    at_anchor = edge and (first is None or literal[0] in first)
    return Before(reach.before, lead, _beginnings(complete(first), not reach.crosses), at_anchor)


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
def complete(chars: Chars) -> Chars:
    """The characters as a test: None where anything may stand, digits of every script where a digit may."""
    if chars is None or "" in chars:
        return None
    return chars | _ALL_DIGITS if chars >= _DIGITS else chars


@cache
def whole(border: Border) -> Border:
    """The border as a test: digits of every script where a digit may stand."""
    allowed = border.allowed
    return border._replace(allowed=allowed | _ALL_DIGITS) if allowed and allowed >= _DIGITS else border
