"""Which literals a part of a pattern is best looked for by, and which others must stand near them. Pure."""

from collections.abc import Iterable, Iterator
from functools import cache

from fairs.clauses.shapes import (
    BARRIERS,
    EDGE,
    NOTHING,
    STOPS,
    Anchors,
    Companion,
    Reach,
    Shape,
    Weigh,
    anything_of,
    once,
    product,
)

_WAKING = 4  # what it costs to wake a pattern, measured against one more beginning that it may try
_OFTEN = 0.012  # literals that occur oftener, per code point, are no use as companions


def candidates(parts: list[Shape]) -> Iterator[tuple[int, int, Anchors]]:
    """Anchors that a sequence has, with the first part and the one past the last that they lie in."""
    for at, part in enumerate(parts):
        if part.anchors:
            yield at, at + 1, part.anchors
    for start in range(len(parts)):
        strings: frozenset[str] | None = EDGE
        for stop in range(start + 1, len(parts) + 1):
            strings = product([strings, parts[stop - 1].exact])
            if strings is None:
                break
            if "" not in strings:
                yield start, stop, dict.fromkeys(strings, Reach())


def best_anchors(shape: Shape, weigh: Weigh) -> Anchors | None:
    """The rarer of the known anchors and the exact texts."""
    exact = dict.fromkeys(shape.exact, Reach()) if shape.exact and "" not in shape.exact else None
    known = [one for one in (exact, shape.anchors) if one]
    return min(known, key=lambda anchors: cost(anchors, weigh, 0), default=None)


def cost(anchors: Anchors, weigh: Weigh, more: int) -> float:
    """How often these anchors would wake the pattern, and how many beginnings it would then try."""
    total = 0.0
    for literal, reach in anchors.items():
        total += weigh(literal) * (_WAKING + more + reach.before)
    return total


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
        kept[shorter] = wider(kept[shorter], longer)
    return kept


def united(several: Iterable[Anchors]) -> Anchors:
    """One set of anchors for alternatives."""
    union: dict[str, Reach] = {}
    for anchors in several:
        for literal, reach in anchors.items():
            union[literal] = wider(union[literal], reach) if literal in union else reach
    return union


def wider(one: Reach, other: Reach) -> Reach:
    """What surrounds a literal that stands in one way or the other."""
    if one == other:
        return one
    return Reach(
        max(one.before, other.before),
        max(one.after, other.after),
        anything_of((one.lead, other.lead)),
        anything_of((one.follow, other.follow)),
        once(one.crosses | other.crosses),
        once(one.trails | other.trails),
        once(one.needs & other.needs),
    )


def companions(
    parts: list[Shape], start: int, stop: int, weigh: Weigh
) -> tuple[list[Companion], list[Companion]]:
    """The rarest literals of which one stands in the parts before ``start``, and in those from ``stop`` on."""
    left, right = [], []
    for _, last, anchors in candidates(parts[:start]):
        eaten = [part.eats for part in parts[last:start]]
        left.append((anchors, eaten + [reach.trails for reach in anchors.values()]))
    for first, _, anchors in candidates(parts[stop:]):
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
            eaten = NOTHING.union(*between, *(BARRIERS.intersection(one) for one in literals))
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


def forget() -> None:
    """Let go of the sets that are only kept for patterns still to be read."""
    once.cache_clear()
    _shortest.cache_clear()
