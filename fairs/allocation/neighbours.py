"""Competitors apart: exhibitors of one industry change places among equal booths."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import floor, hypot
from typing import TypeVar

from fairs.allocation.rules import BoothOption

NEAR = 1.5  # centres of booths on a grid of 1: the eight around one
_ROUNDS = 20

_Kind = tuple[int, bool, bool, str]
_Value = TypeVar("_Value")


def neighbours_of(booths: Iterable[BoothOption], near: float = NEAR) -> dict[str, tuple[str, ...]]:
    """The keys of the booths within ``near`` of each booth; booths without a place of their own have none."""
    cells: dict[tuple[int, int], list[BoothOption]] = defaultdict(list)
    for booth in booths:
        cells[floor(booth.x / near), floor(booth.y / near)].append(booth)
    found: dict[str, tuple[str, ...]] = {}
    for (column, row), members in cells.items():
        around = [
            other
            for dx, dy in product((-1, 0, 1), repeat=2)
            for other in cells.get((column + dx, row + dy), ())
        ]
        for booth in members:
            found[booth.key] = tuple(
                other.key for other in around if 0 < hypot(other.x - booth.x, other.y - booth.y) <= near
            )
    return found


def clashes(industries: Mapping[str, str], neighbours: Mapping[str, Sequence[str]]) -> int:
    """How many pairs of neighbouring booths have the same industry (booth key → industry)."""
    return sum(_clashes_at(key, industries, neighbours) for key in industries) // 2


def spread(
    occupants: Mapping[str, int],
    industry_of: Mapping[int, str],
    booths: Sequence[BoothOption],
    fixed: frozenset[str],
) -> dict[str, int]:
    """``occupants`` (booth key → exhibitor) with fewer clashes; those at ``fixed`` booths stay.

    Exhibitors change places only between booths of the same size, equipment and zone, free ones included, so
    nothing that was decided before gets worse. ``booths`` are tried in their order: same order, same result.
    """
    neighbours = neighbours_of(booths)
    kinds: dict[_Kind, list[str]] = defaultdict(list)
    for booth in booths:
        if booth.key not in fixed:
            kinds[booth.size, booth.power, booth.accessible, booth.zone].append(booth.key)
    settled = dict(occupants)
    industries = {key: industry_of[exhibitor] for key, exhibitor in occupants.items()}
    for _ in range(_ROUNDS):
        moves = [
            _improve(key, equals, settled, industries, neighbours)
            for equals in kinds.values()
            for key in equals
        ]
        if not any(moves):
            break
    return settled


def _improve(
    key: str,
    equals: Sequence[str],
    occupants: dict[str, int],
    industries: dict[str, str],
    neighbours: Mapping[str, Sequence[str]],
) -> bool:
    """Give the occupant of ``key`` the first of ``equals`` with fewer clashes; whether there is one."""
    here = _clashes_at(key, industries, neighbours)
    if not here:
        return False
    for other in equals:
        if industries.get(other) == industries[key]:
            continue
        before = here + _clashes_at(other, industries, neighbours)
        _swap(industries, key, other)
        if _clashes_at(key, industries, neighbours) + _clashes_at(other, industries, neighbours) < before:
            _swap(occupants, key, other)
            return True
        _swap(industries, key, other)
    return False


def _swap(values: dict[str, _Value], one: str, other: str) -> None:
    """Exchange what the two keys hold, either of which may hold nothing."""
    kept = {place: values.pop(key) for key, place in ((one, other), (other, one)) if key in values}
    values.update(kept)


def _clashes_at(key: str, industries: Mapping[str, str], neighbours: Mapping[str, Sequence[str]]) -> int:
    """How many neighbours of ``key`` are of its industry; an unknown industry competes with nobody."""
    industry = industries.get(key)
    return sum(industries.get(near) == industry for near in neighbours[key]) if industry else 0
