"""What is known of the texts that parts of a pattern match: lengths, literals, what stands beside them. Pure.

``anchors.py`` reads patterns, ``joining.py`` puts shapes together, ``choices.py`` chooses anchors.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

MOST_STRINGS = 160  # an exact set of strings beyond this size is no longer followed

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


class Companion(NamedTuple):
    """Literals of which one stands in the match, and the barriers that can stand up to the end of that one."""

    literals: frozenset[str]
    between: frozenset[str] = NOTHING


Anchors = Mapping[str, Reach]


class Shape(NamedTuple):
    """What is known of the texts that a part of a pattern matches.

    ``least`` and ``most`` are lengths, ``exact`` all its texts when they are few, ``anchors`` literals of which
    one is always in it, ``ahead`` how far past its end it may look, ``first`` and ``last`` the characters at its
    ends, ``eats`` the barriers that may be in it.
    """

    least: int = 0
    most: int = 0
    exact: frozenset[str] | None = EDGE
    anchors: Anchors | None = None
    ahead: int = 0
    first: Chars = EDGE
    last: Chars = EDGE
    eats: frozenset[str] = NOTHING


EMPTY = Shape()


def one_of(chars: Chars, eats: frozenset[str]) -> Shape:
    """One of these characters; ``eats`` says which barriers are among them when they are too many to list."""
    return Shape(1, 1, chars, None, 0, chars, chars, eats)


def exactly(text: str) -> Shape:
    """Just this text."""
    exact, size = frozenset({text}), len(text)
    return Shape(
        size, size, exact, None, 0, frozenset(text[0]), frozenset(text[-1]), BARRIERS.intersection(text)
    )


def anything_of(several: Iterable[Chars]) -> Chars:
    """Everything in one of these."""
    union: set[str] = set()
    for one in several:
        if one is None:
            return None
        union |= one
    return frozenset(union)


def beside(near: Chars, rest: Chars) -> Chars:
    """What stands beside something whose neighbours are ``near``, or past its edge ``rest``."""
    if near is None or "" not in near:
        return near
    return None if rest is None else (near - EDGE) | rest


def product(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    """All joined texts, or None when they are too many."""
    strings = EDGE
    for one in sets:
        if one is None or len(strings) * len(one) > MOST_STRINGS:
            return None
        strings = frozenset(left + right for left in strings for right in one)
    return strings
