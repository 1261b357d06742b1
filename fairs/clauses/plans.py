"""What an anchor wakes: tables by the character behind it and by the companions that are lacking.

A table is filled as texts ask for it, like the states of an automaton that is built while it runs, and is bounded.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, reduce
from operator import or_
from re import Match
from typing import NamedTuple

from fairs.clauses.anchors import Approach
from fairs.clauses.patterns import Pattern
from fairs.clauses.shapes import BARRIERS, EDGE, Border, Chars, Reach, outside

_MOST = 256  # what one table remembers; beyond that it is worked out again each time
_DIGITS = frozenset("0123456789")
_ALL_DIGITS = frozenset(char for char in map(chr, range(0x20000)) if char.isdecimal())

PAD = "\0"  # stands after the end of a text and before its beginning; no plain text holds it
# A pattern to be tried that begins with the anchor: what may stand before it, and what may not; its number; how far
# behind the anchor it may look.
Wake = tuple[Chars, Chars, int, int]
# One that may begin before the anchor: besides how far before it, what may stand right before the anchor then, what
# finds the first place from which a match could come as far as the anchor, and whether it may begin there too.
Early = tuple[Chars, Chars, int, int, int, Chars, "Search", bool]
Search = Callable[..., Match[str] | None]
Wakes = tuple[tuple[Wake, ...], tuple[Early, ...]]


class Sleeper(NamedTuple):
    """A pattern that an anchor wakes, if ``right`` stands behind it and none of ``needs`` (bits) is lacking.

    ``left`` may stand before a match that begins with the anchor (``at_anchor`` if it can). A match reaches so far
    ``after`` it and ``before`` it; then ``lead`` may stand before the anchor and ``begins`` where the match begins,
    behind the last barrier if ``inside``.
    """

    right: Border
    needs: int
    left: Border
    number: int
    after: int
    before: int
    lead: Chars
    begins: Chars
    inside: bool
    at_anchor: bool

    def wake(self) -> Wake:
        """A plain tuple, which is unpacked several times as fast."""
        return *_padded(self.left), self.number, self.after

    def early(self) -> Early:
        """The same for one that may begin before its anchor."""
        search = _beginnings(self.begins, inside=self.inside).search
        return *self.wake(), self.before, self.lead, search, self.at_anchor


class Woken(dict[int, Wakes | None]):
    """The patterns to be tried, if any, by those companions (of ``mask``) that are lacking."""

    __slots__ = ("_sleepers", "mask")

    def __init__(self, sleepers: Sequence[Sleeper]) -> None:
        self._sleepers = sleepers
        self.mask = reduce(or_, (one.needs for one in sleepers), 0)

    def __missing__(self, lacking: int) -> Wakes | None:
        awake = [one for one in self._sleepers if not one.needs & lacking]
        wakes = tuple(one.wake() for one in awake if one.at_anchor and not one.before)
        earlies = tuple(one.early() for one in awake if one.before)
        woken = (wakes, earlies) if wakes or earlies else None
        if len(self) < _MOST:
            self[lacking] = woken
        return woken


class Plan(dict[str, Woken]):
    """The patterns of one anchor, by the character that stands behind it."""

    __slots__ = ("_same", "_sleepers")

    def __init__(self, sleepers: Sequence[Sleeper]) -> None:
        self._sleepers = sleepers
        self._same: dict[tuple[int, ...], Woken] = {}

    def __missing__(self, right: str) -> Woken:
        char = right.strip(PAD)
        fitting = tuple(at for at, one in enumerate(self._sleepers) if _fits(one.right, char))
        woken = self._same.get(fitting)
        if woken is None:
            woken = self._same[fitting] = Woken([self._sleepers[at] for at in fitting])
        if len(self) < _MOST:
            self[right] = woken
        return woken


def sleeper(literal: str, reach: Reach, number: int, approach: Approach, needs: int) -> Sleeper:
    """How this anchor wakes a pattern."""
    first, edge = approach.first, reach.lead is None or "" in reach.lead
    return Sleeper(
        whole(outside(reach.follow, approach.right)),
        needs,
        whole(approach.left),
        number,
        reach.after + approach.ahead + 1,
        reach.before,
        None if reach.lead is None else complete(reach.lead - EDGE),
        complete(first),
        not reach.crosses,
        edge and (first is None or literal[0] in first),
    )


def starts(approach: Approach) -> Pattern:
    """Finds where a match may begin, as far as the first character and the one before it tell."""
    allowed, barred = whole(approach.left)
    look = f"(?<!{_class(barred)})" if barred else ""
    if allowed is not None:
        edge = "|^" if "" in allowed else ""
        look += f"(?:(?<={_class(allowed - EDGE)}){edge})" if allowed - EDGE else "^"
    return Pattern(look + _any_of(complete(approach.first)))


def _padded(border: Border) -> tuple[Chars, Chars]:
    """What may stand there and what may not, with the edge of the text as ``PAD``; None where nothing is excluded."""
    allowed = border.allowed
    if allowed is not None and "" in allowed:
        allowed = (allowed - EDGE) | {PAD}
    return allowed, border.barred or None


def _fits(border: Border, char: str) -> bool:
    """Whether ``char`` may stand there."""
    return (border.allowed is None or char in border.allowed) and char not in border.barred


@cache
def _beginnings(first: Chars, *, inside: bool) -> Pattern:
    """Finds the first of these characters; if ``inside``, the first one behind the last barrier."""
    return Pattern(_any_of(first) + (rf"[^{re.escape(''.join(sorted(BARRIERS)))}]*+\Z" if inside else ""))


def _any_of(chars: Chars) -> str:
    """One of these characters, or anything."""
    return "(?s:.)" if chars is None else _class(chars)


def _class(chars: frozenset[str]) -> str:
    """One of these characters."""
    digits = r"\d" if chars >= _DIGITS else ""
    listed = chars - _ALL_DIGITS if digits else chars
    return f"[{digits}{re.escape(''.join(sorted(listed)))}]"


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
