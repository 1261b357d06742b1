"""What is known of the texts that parts of a pattern match: lengths, literals, what stands beside them. Pure.

``anchors.py`` reads patterns, ``joining.py`` puts shapes together, ``choices.py`` chooses anchors.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple, TypeVar

MOST_STRINGS = 160  # an exact set of strings beyond this size is no longer followed

Kept = TypeVar("Kept")
Weigh = Callable[[str], float]
Chars = (
    frozenset[str] | None
)  # characters that may stand somewhere; "" among them means the edge, None anything
EDGE = frozenset({""})
BARRIERS = frozenset("\n。;!?")  # few patterns reach across these
STOPS = BARRIERS - {"!"}  # and even fewer across these
NOTHING: frozenset[str] = frozenset()


class Reach(NamedTuple):
    """What surrounds a literal inside a match.

    ``before`` and ``after`` are the code points that the match can reach on either side, ``lead`` and ``follow`` the
    characters that can be its neighbours, ``crosses`` the barriers that can stand between the beginning and it,
    ``trails`` those between it and the end. ``needs`` are its companions, of each of which one literal
    stands elsewhere in the match.
    """

    before: int = 0
    after: int = 0
    lead: Chars = EDGE
    follow: Chars = EDGE
    crosses: frozenset[str] = NOTHING
    trails: frozenset[str] = NOTHING
    needs: frozenset["Companion"] = frozenset()


class Border(NamedTuple):
    """What stands right outside a part: one of ``allowed`` (None: anything, "" the edge), none of ``barred``."""

    allowed: Chars = None
    barred: frozenset[str] = NOTHING


class Companion(NamedTuple):
    """Literals of which one stands in the match, and the barriers that can stand up to the end of that one."""

    literals: frozenset[str]
    between: frozenset[str] = NOTHING


Anchors = Mapping[str, Reach]
ANYTHING = Border()


class Shape(NamedTuple):
    """What is known of the texts that a part of a pattern matches.

    ``least`` and ``most`` are lengths, ``exact`` all its texts when they are few, ``anchors`` literals of which
    one is always in it, ``ahead`` how far past its end it may look, ``first`` and ``last`` the characters at its
    ends, ``eats`` the barriers that may be in it. ``left`` and ``right`` are what it wants to stand beside it, as
    far as one character tells; ``opens`` is what stands where it begins, in it or behind it.
    """

    least: int = 0
    most: int = 0
    exact: frozenset[str] | None = EDGE
    anchors: Anchors | None = None
    ahead: int = 0
    first: Chars = EDGE
    last: Chars = EDGE
    eats: frozenset[str] = NOTHING
    left: Border = ANYTHING
    right: Border = ANYTHING
    opens: Border = ANYTHING


EMPTY = Shape()


@cache
def once(several: frozenset[Kept]) -> frozenset[Kept]:
    """The same object for equal sets: patterns have tens of thousands of them."""
    return several


def one_of(chars: Chars, eats: frozenset[str]) -> Shape:
    """One of these characters; ``eats`` says which barriers are among them when they are too many to list."""
    return Shape(1, 1, chars, None, 0, chars, chars, eats, opens=Border(chars))


def exactly(text: str) -> Shape:
    """Just this text."""
    exact, size = frozenset({text}), len(text)
    first, last, eats = frozenset(text[0]), frozenset(text[-1]), BARRIERS.intersection(text)
    return Shape(size, size, exact, None, 0, first, last, eats, opens=Border(first))


def looking(ahead: int, border: Border) -> Shape:
    """Nothing, where ``border`` follows."""
    return Shape(ahead=ahead, right=border, opens=border)


def anything_of(several: Iterable[Chars]) -> Chars:
    """Everything in one of these."""
    union: set[str] = set()
    for one in several:
        if one is None:
            return None
        union |= one
    return once(frozenset(union))


def both(one: Border, other: Border) -> Border:
    """What fits two borders."""
    known = [border.allowed for border in (one, other) if border.allowed is not None]
    allowed = frozenset.intersection(*known) if known else None
    return Border(allowed, once(one.barred | other.barred))


def one_border(several: Iterable[Border]) -> Border:
    """What fits one of several borders, and perhaps a little more."""
    known = list(several)
    allowed = anything_of(border.allowed for border in known)
    return Border(allowed, once(frozenset.intersection(*(border.barred for border in known))))


def outside(near: Chars, border: Border) -> Border:
    """What stands beside something whose neighbours are ``near``, or past its edge ``border``."""
    if near is None:
        return ANYTHING
    if "" not in near:
        return Border(near)
    allowed = None if border.allowed is None else (near - EDGE) | border.allowed
    return Border(allowed, border.barred - near)


def beside(near: Chars, rest: Chars) -> Chars:
    """What stands beside something whose neighbours are ``near``, or past its edge ``rest``."""
    if near is None or "" not in near:
        return near
    return None if rest is None else once((near - EDGE) | rest)


def product(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    """All joined texts, or None when they are too many."""
    strings = EDGE
    for one in sets:
        if one is None or len(strings) * len(one) > MOST_STRINGS:
            return None
        strings = frozenset(left + right for left in strings for right in one)
    return strings
