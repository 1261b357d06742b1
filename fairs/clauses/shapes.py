"""What is known of the texts that parts of a pattern match: lengths, literals, what stands beside them. Pure sums.

``anchors.py`` reads patterns and asks here for the shape of alternatives, of parts in a row, of repetitions.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import accumulate
from typing import NamedTuple

_MOST_STRINGS = 160  # an exact set of strings beyond this size is no longer followed
_WAKING = 4  # what it costs to wake a pattern, measured against one more beginning that it may try
_MOST_LENGTH = 400  # what a repetition is supposed to reach at most, in code points

_OFTEN = 0.012  # literals that occur oftener, per code point, are no use as companions

Weigh = Callable[[str], float]
Chars = (
    frozenset[str] | None
)  # characters that may stand somewhere; "" among them means the edge, None anything
EDGE = frozenset({""})
BARRIERS = frozenset("\n。;!?")  # few patterns reach across these
STOPS = BARRIERS - {"!"}  # and even fewer across these
_NONE: frozenset[str] = frozenset()


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
    crosses: frozenset[str] = _NONE
    trails: frozenset[str] = _NONE
    needs: frozenset["Companion"] = frozenset()


class Companion(NamedTuple):
    """Literals of which one stands in the match, and the barriers that can stand up to the end of that one."""

    literals: frozenset[str]
    between: frozenset[str] = _NONE


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
    eats: frozenset[str] = _NONE


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


def either(branches: list[Shape], weigh: Weigh) -> Shape:
    """The shape of alternatives."""
    if len(branches) == 1:
        return branches[0]
    exact = _any(branch.exact for branch in branches)
    best = [best_anchors(branch, weigh) for branch in branches]
    return Shape(
        min(branch.least for branch in branches),
        max(branch.most for branch in branches),
        exact if exact is not None and len(exact) <= _MOST_STRINGS else None,
        None if None in best else _united(one for one in best if one),
        max(branch.ahead for branch in branches),
        _any(branch.first for branch in branches),
        _any(branch.last for branch in branches),
        _NONE.union(*(branch.eats for branch in branches)),
    )


def repeated(once: Shape, least: int, most: int, weigh: Weigh) -> Shape:
    """``once`` at least and at most so many times."""
    if (least, most) == (1, 1):
        return once
    shape = either([EMPTY, once], weigh) if least == 0 else once
    if most == 1:
        return shape

    def again(reach: Reach) -> Reach:
        return reach._replace(
            lead=_beside(reach.lead, _any((EDGE, once.last))),
            follow=_beside(reach.follow, _any((EDGE, once.first))),
            crosses=reach.crosses | once.eats,
            trails=reach.trails | once.eats,
        )

    return shape._replace(
        least=once.least * least,
        most=min(once.most * most, _MOST_LENGTH),
        exact=_product([once.exact] * least) if least == most else None,
        anchors=shape.anchors and _each(shape.anchors, again),
    )


def joined(parts: list[Shape], weigh: Weigh) -> Shape:
    """The shape of one part after the other."""
    if len(parts) == 1:
        return parts[0]
    before = [0, *accumulate(part.most for part in parts)]
    total = before[-1]
    firsts: list[Chars] = [EDGE]
    for part in reversed(parts):
        firsts.append(_beside(part.first, firsts[-1]))
    firsts.reverse()
    lasts: list[Chars] = [EDGE]
    for part in parts:
        lasts.append(_beside(part.last, lasts[-1]))
    eaten = [*accumulate((part.eats for part in parts), frozenset.union, initial=_NONE)]
    return Shape(
        sum(part.least for part in parts),
        total,
        _product([part.exact for part in parts]),
        _chosen(parts, before, lasts, firsts, eaten, weigh),
        max((part.ahead - (total - end) for part, end in zip(parts, before[1:], strict=True)), default=0),
        firsts[0],
        lasts[-1],
        eaten[-1],
    )


def _chosen(
    parts: list[Shape],
    before: list[int],
    lasts: list[Chars],
    firsts: list[Chars],
    eaten: list[frozenset[str]],
    weigh: Weigh,
) -> Anchors | None:
    """The cheapest anchors of a sequence: those of one part, or the joined texts of neighbours."""
    total = before[-1]
    chosen: tuple[float, int, int, Anchors] | None = None
    for start, stop, anchors in _candidates(parts):
        cost = _cost(anchors, weigh, before[start])
        if chosen is None or cost < chosen[0]:
            chosen = cost, start, stop, anchors
    if chosen is None:
        return None
    _, start, stop, anchors = chosen
    left, right = _companions(parts, start, stop, weigh)
    trailing = _NONE.union(*(part.eats for part in parts[stop:]))

    def moved(reach: Reach) -> Reach:
        return Reach(
            before[start] + reach.before,
            reach.after + total - before[stop],
            _beside(reach.lead, lasts[start]),
            _beside(reach.follow, firsts[stop]),
            reach.crosses | eaten[start],
            reach.trails | trailing,
            reach.needs.union(
                (one._replace(between=one.between | reach.crosses) for one in left),
                (one._replace(between=one.between | reach.trails) for one in right),
            ),
        )

    return _each(anchors, moved)


def _each(anchors: Anchors, change: Callable[[Reach], Reach]) -> Anchors:
    """Anchors with a change to what surrounds them, made once for all literals that share it."""
    changed = {id(reach): reach for reach in anchors.values()}
    changed = {number: change(reach) for number, reach in changed.items()}
    return {literal: changed[id(reach)] for literal, reach in anchors.items()}


def _companions(
    parts: list[Shape], start: int, stop: int, weigh: Weigh
) -> tuple[list[Companion], list[Companion]]:
    """The rarest literals of which one stands in the parts before ``start``, and in those from ``stop`` on."""
    left, right = [], []
    for _, last, anchors in _candidates(parts[:start]):
        eaten = [part.eats for part in parts[last:start]]
        left.append((anchors, eaten + [reach.trails for reach in anchors.values()]))
    for first, _, anchors in _candidates(parts[stop:]):
        eaten = [part.eats for part in parts[stop : stop + first]]
        right.append((anchors, eaten + [reach.crosses for reach in anchors.values()]))
    return _rarest(left, weigh), _rarest(right, weigh)


def _rarest(offers: list[tuple[Anchors, list[frozenset[str]]]], weigh: Weigh) -> list[Companion]:
    """The best of these literals with what lies between: near by before far, then rare; frequent ones are no use."""
    known = []
    for anchors, between in offers:
        literals = _shortest(frozenset(anchors))
        often = sum(map(weigh, literals))
        if often < _OFTEN:
            eaten = _NONE.union(*between, *(BARRIERS.intersection(one) for one in literals))
            known.append((bool(eaten & STOPS), often, len(literals), Companion(literals, eaten)))
    return [min(known, key=lambda one: one[:3])[3]] if known else []


@cache
def _shortest(literals: frozenset[str]) -> frozenset[str]:
    """Without literals that hold another one."""
    kept: list[str] = []
    for literal in sorted(literals, key=len):
        if not any(one in literal for one in kept):
            kept.append(literal)
    return frozenset(kept)


def _candidates(parts: list[Shape]) -> Iterator[tuple[int, int, Anchors]]:
    """Anchors that a sequence has, with the first part and the one past the last that they lie in."""
    for at, part in enumerate(parts):
        if part.anchors:
            yield at, at + 1, part.anchors
    for start in range(len(parts)):
        strings: frozenset[str] | None = EDGE
        for stop in range(start + 1, len(parts) + 1):
            strings = _product([strings, parts[stop - 1].exact])
            if strings is None:
                break
            if "" not in strings:
                yield start, stop, dict.fromkeys(strings, Reach())


def best_anchors(shape: Shape, weigh: Weigh) -> Anchors | None:
    """The rarer of the known anchors and the exact texts."""
    exact = dict.fromkeys(shape.exact, Reach()) if shape.exact and "" not in shape.exact else None
    known = [one for one in (exact, shape.anchors) if one]
    return min(known, key=lambda anchors: _cost(anchors, weigh, 0), default=None)


def pruned(anchors: Anchors) -> Anchors:
    """Without literals that begin with another one, which would wake the pattern twice at the same place."""
    kept: dict[str, Reach] = {}
    for literal in sorted(anchors, key=len):
        shorter = next((literal[:end] for end in range(1, len(literal)) if literal[:end] in kept), None)
        if shorter is None:
            kept[literal] = anchors[literal]
            continue
        more = len(literal) - len(shorter)
        reach = anchors[literal]
        rest = literal[len(shorter) :]
        longer = reach._replace(
            after=reach.after + more,
            follow=frozenset({rest[0]}),
            trails=reach.trails | BARRIERS.intersection(rest),
        )
        kept[shorter] = _wider(kept[shorter], longer)
    return kept


def _united(several: Iterable[Anchors]) -> Anchors:
    """One set of anchors for alternatives."""
    union: dict[str, Reach] = {}
    for anchors in several:
        for literal, reach in anchors.items():
            union[literal] = _wider(union[literal], reach) if literal in union else reach
    return union


def _wider(one: Reach, other: Reach) -> Reach:
    """What surrounds a literal that stands in one way or the other."""
    if one == other:
        return one
    return Reach(
        max(one.before, other.before),
        max(one.after, other.after),
        _any((one.lead, other.lead)),
        _any((one.follow, other.follow)),
        one.crosses | other.crosses,
        one.trails | other.trails,
        one.needs & other.needs,
    )


def _any(several: Iterable[Chars]) -> Chars:
    """Everything in one of these."""
    union: set[str] = set()
    for one in several:
        if one is None:
            return None
        union |= one
    return frozenset(union)


def _beside(near: Chars, rest: Chars) -> Chars:
    """What stands beside something whose neighbours are ``near``, or past its edge ``rest``."""
    if near is None or "" not in near:
        return near
    return None if rest is None else (near - EDGE) | rest


def _product(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    """All joined texts, or None when they are too many."""
    product = EDGE
    for one in sets:
        if one is None or len(product) * len(one) > _MOST_STRINGS:
            return None
        product = frozenset(left + right for left in product for right in one)
    return product


def _cost(anchors: Anchors, weigh: Weigh, more: int) -> float:
    """How often these anchors would wake the pattern, and how many beginnings it would then try."""
    cost = 0.0
    for literal, reach in anchors.items():
        cost += weigh(literal) * (_WAKING + more + reach.before)
    return cost
