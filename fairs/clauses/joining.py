"""The shapes of alternatives, of parts in a row and of repetitions. Pure sums."""

from collections.abc import Callable
from itertools import accumulate

from fairs.clauses.choices import best_anchors, candidates, companions, cost, united
from fairs.clauses.shapes import (
    ANYTHING,
    EDGE,
    EMPTY,
    MOST_STRINGS,
    NOTHING,
    Anchors,
    Border,
    Chars,
    Reach,
    Shape,
    Weigh,
    anything_of,
    beside,
    both,
    once,
    one_border,
    product,
)

_MOST_LENGTH = 400  # what a repetition is supposed to reach at most, in code points


def either(branches: list[Shape], weigh: Weigh) -> Shape:
    """The shape of alternatives."""
    if len(branches) == 1:
        return branches[0]
    exact = anything_of(branch.exact for branch in branches)
    best = [best_anchors(branch, weigh) for branch in branches]
    return Shape(
        min(branch.least for branch in branches),
        max(branch.most for branch in branches),
        exact if exact is not None and len(exact) <= MOST_STRINGS else None,
        None if None in best else united(one for one in best if one),
        max(branch.ahead for branch in branches),
        anything_of(branch.first for branch in branches),
        anything_of(branch.last for branch in branches),
        NOTHING.union(*(branch.eats for branch in branches)),
        one_border(branch.left for branch in branches),
        one_border(branch.right for branch in branches),
        one_border(branch.opens for branch in branches),
    )


def repeated(once: Shape, least: int, most: int, weigh: Weigh) -> Shape:
    """``once`` at least and at most so many times."""
    if (least, most) == (1, 1):
        return once
    shape = either([EMPTY, once], weigh) if least == 0 else once
    if most == 1:
        return shape

    def first(reach: Reach) -> Reach:  # the literal of the first time is enough: the others stand behind it
        return reach._replace(
            after=reach.after + min(once.most * (most - 1), _MOST_LENGTH),
            follow=beside(reach.follow, anything_of((EDGE, once.first))),
            trails=reach.trails | once.eats,
        )

    return shape._replace(
        least=once.least * least,
        most=min(once.most * most, _MOST_LENGTH),
        exact=product([once.exact] * least) if least == most else None,
        anchors=shape.anchors and _each(shape.anchors, first),
    )


def joined(parts: list[Shape], weigh: Weigh) -> Shape:
    """The shape of one part after the other."""
    if len(parts) == 1:
        return parts[0]
    before = [0, *accumulate(part.most for part in parts)]
    total = before[-1]
    firsts: list[Chars] = [EDGE]
    for part in reversed(parts):
        firsts.append(beside(part.first, firsts[-1]))
    firsts.reverse()
    lasts: list[Chars] = [EDGE]
    for part in parts:
        lasts.append(beside(part.last, lasts[-1]))
    eaten = [*accumulate((part.eats for part in parts), frozenset.union, initial=NOTHING)]
    return Shape(
        sum(part.least for part in parts),
        total,
        product([part.exact for part in parts]),
        _chosen(parts, before, lasts, firsts, eaten, weigh),
        max((part.ahead - (total - end) for part, end in zip(parts, before[1:], strict=True)), default=0),
        firsts[0],
        lasts[-1],
        eaten[-1],
        _left(parts),
        _right(parts),
        _opens(parts),
    )


def _left(parts: list[Shape]) -> Border:
    """What parts in a row want to stand before them: the first that is not empty and the looks before it."""
    border = ANYTHING
    for part in parts:
        border = both(border, part.left)
        if part.most:
            break
    return border


def _right(parts: list[Shape]) -> Border:
    """What parts in a row want to stand behind them."""
    border = ANYTHING
    for part in reversed(parts):
        border = both(border, part.right)
        if part.most:
            break
    return border


def _opens(parts: list[Shape]) -> Border:
    """What stands where parts in a row begin."""
    border = ANYTHING
    for part in reversed(parts):
        if part.least:
            border = part.opens
        elif part.most:
            inside = Border(None if part.first is None else part.first - EDGE)
            border = both(part.opens, one_border([inside, border]))
        else:
            border = both(part.opens, border)
    return border


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
    for start, stop, anchors in candidates(parts):
        price = cost(anchors, weigh, before[start])
        if chosen is None or price < chosen[0]:
            chosen = price, start, stop, anchors
    if chosen is None:
        return None
    _, start, stop, anchors = chosen
    left, right = companions(parts, start, stop, weigh)
    trailing = NOTHING.union(*(part.eats for part in parts[stop:]))

    def moved(reach: Reach) -> Reach:
        return Reach(
            before[start] + reach.before,
            reach.after + total - before[stop],
            beside(reach.lead, lasts[start]),
            beside(reach.follow, firsts[stop]),
            once(reach.crosses | eaten[start]),
            once(reach.trails | trailing),
            once(
                reach.needs.union(
                    (one._replace(between=one.between | reach.crosses) for one in left),
                    (one._replace(between=one.between | reach.trails) for one in right),
                )
            ),
        )

    return _each(anchors, moved)


def _each(anchors: Anchors, change: Callable[[Reach], Reach]) -> Anchors:
    """Anchors with a change to what surrounds them, made once for all literals that share it."""
    changed = {id(reach): reach for reach in anchors.values()}
    changed = {number: change(reach) for number, reach in changed.items()}
    return {literal: changed[id(reach)] for literal, reach in anchors.items()}
