"""Booths to wishes as an assignment problem, solved exactly; runs as a task, never in a web worker."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from fairs.allocation.line import why_unplaced
from fairs.allocation.neighbours import spread
from fairs.allocation.rules import (
    BoothOption,
    PlacedBecause,
    Placement,
    Plan,
    Problem,
    Unplaced,
    UnplacedBecause,
    Wish,
    fits,
    misses_zone,
    serving_order,
    waste,
)

_Costs = NDArray[np.float64]
_Found = dict[int, BoothOption]


def solve(problem: Problem) -> Plan:
    """The best plan for ``problem``: no booth twice, all needs met, locked booths kept.

    First as many wishes as possible, the higher priority never giving way to any number of lower ones; then
    the least waste of big and equipped booths, then wished zones, then first come. What is left open is drawn
    by the seed, independently of the order of the input, and then changed where competitors would be
    neighbours.
    """
    locked, refused = _locked(problem)
    rest = [wish for wish in problem.wishes if wish.booth_key is None]
    taken = {booth.key for booth in locked.values()}
    free = [booth for booth in problem.booths if booth.key not in taken]
    found = locked | _assigned(free, sorted(rest, key=serving_order), problem.seed)
    found = _apart(problem, found, frozenset(taken))
    used = {booth.key for booth in found.values()}
    left = [booth for booth in problem.booths if booth.key not in used]
    placed, unplaced = [], []
    for wish in sorted(problem.wishes, key=serving_order):
        if booth := found.get(wish.exhibitor_id):
            placed.append(Placement(wish.exhibitor_id, booth.key, _why_placed(booth, wish)))
        else:
            reason = refused.get(wish.exhibitor_id) or why_unplaced(left, wish)
            unplaced.append(Unplaced(wish.exhibitor_id, reason))
    return Plan(tuple(placed), tuple(unplaced))


def _locked(problem: Problem) -> tuple[_Found, dict[int, UnplacedBecause]]:
    """The locked placements, and the locks that cannot be kept; an officer's lock may break a need."""
    booths = {booth.key: booth for booth in problem.booths}
    found: _Found = {}
    refused: dict[int, UnplacedBecause] = {}
    taken: set[str] = set()
    for wish in sorted(problem.wishes, key=serving_order):
        key = wish.booth_key
        if key is None:
            continue
        if key not in booths:
            refused[wish.exhibitor_id] = UnplacedBecause.LOCK_UNKNOWN
        elif key in taken:
            refused[wish.exhibitor_id] = UnplacedBecause.LOCK_TAKEN
        else:
            taken.add(key)
            found[wish.exhibitor_id] = booths[key]
    return found, refused


def _assigned(booths: Sequence[BoothOption], wishes: Sequence[Wish], seed: int) -> _Found:
    """The optimal placement of ``wishes`` (in serving order) among free ``booths``.

    Ties fall by the order of the columns, so the seed shuffles them from an order of their own.
    """
    if not booths or not wishes:
        return {}
    ordered = sorted(booths, key=lambda booth: booth.key)
    shuffled = [ordered[place] for place in np.random.default_rng(seed).permutation(len(ordered))]
    costs = _costs(shuffled, wishes)
    rows, columns = linear_sum_assignment(costs)
    return {
        wishes[row].exhibitor_id: shuffled[column]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if costs[row, column] < 0
    }


def _apart(problem: Problem, found: _Found, fixed: frozenset[str]) -> _Found:
    """``found`` with competitors moved apart among equal booths, the locked ones left alone."""
    booths = {booth.key: booth for booth in sorted(problem.booths, key=lambda booth: booth.key)}
    industry_of = {wish.exhibitor_id: wish.industry for wish in problem.wishes}
    occupants = {booth.key: exhibitor for exhibitor, booth in found.items()}
    settled = spread(occupants, industry_of, list(booths.values()), fixed)
    return {exhibitor: booths[key] for key, exhibitor in settled.items()}


def _costs(booths: Sequence[BoothOption], wishes: Sequence[Wish]) -> _Costs:
    """What each pair costs: less than 0 where it fits, 0 where it does not and means "stay without".

    A place is worth more than all that could be saved on all pairs together, and a place one level of
    priority higher is worth as much again. Since the sets that can be placed form a matroid, that ranking is
    enough for no higher wish ever to give way, and all numbers stay whole and far below 2**53.
    """
    number = len(wishes)
    rank = np.arange(number, dtype=np.float64)[:, np.newaxis]
    possible, wasted, missed = _by_kind(booths, wishes)
    zone_miss = 2 * number + 1
    pairs = wasted * (2 * zone_miss) + missed * (zone_miss + number - rank) + rank
    levels = {level: place for place, level in enumerate(sorted({wish.priority for wish in wishes}), start=1)}
    worth = np.array([levels[wish.priority] for wish in wishes], dtype=np.float64)[:, np.newaxis]
    return np.where(possible, pairs - worth * number * (pairs[possible].max(initial=0) + 1), 0.0)


def _by_kind(
    booths: Sequence[BoothOption], wishes: Sequence[Wish]
) -> tuple[NDArray[np.bool_], _Costs, _Costs]:
    """Fit, waste and missed zone of each pair, asked of the rules once per kind of booth and kind of wish."""
    booth_kinds = {(booth.size, booth.power, booth.accessible, booth.zone): booth for booth in booths}
    wish_kinds = {(wish.size, wish.power, wish.accessible, wish.zone): wish for wish in wishes}
    columns = [list(booth_kinds).index((b.size, b.power, b.accessible, b.zone)) for b in booths]
    rows = [list(wish_kinds).index((w.size, w.power, w.accessible, w.zone)) for w in wishes]

    def table(rule: Callable[[BoothOption, Wish], float]) -> _Costs:
        small = [[float(rule(booth, wish)) for booth in booth_kinds.values()] for wish in wish_kinds.values()]
        return np.array(small)[np.ix_(rows, columns)]

    return table(fits).astype(bool), table(waste), table(misses_zone)


def _why_placed(booth: BoothOption, wish: Wish) -> tuple[PlacedBecause, ...]:
    """What speaks for this booth, the weightiest first."""
    checks = (
        (wish.booth_key is not None, PlacedBecause.LOCKED),
        (booth.size == wish.size, PlacedBecause.EXACT_SIZE),
        (booth.size > wish.size, PlacedBecause.LARGER),
        (wish.power and booth.power, PlacedBecause.POWER),
        (wish.accessible and booth.accessible, PlacedBecause.ACCESSIBLE),
        (wish.zone is not None and booth.zone == wish.zone, PlacedBecause.ZONE),
        (misses_zone(booth, wish), PlacedBecause.OTHER_ZONE),
    )
    return tuple(reason for holds, reason in checks if holds)
