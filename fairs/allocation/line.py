"""The waiting line: what stands in a wish's way, who is next for a free booth, until when an offer holds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from fairs.allocation.rules import BoothOption, UnplacedBecause, Wish, fits, misses_zone, serving_order, waste
from fairs.programmes.rules import EventState
from fairs.venues.rules import BoothSize

SIZES: Mapping[BoothSize, int] = {size: number for number, size in enumerate(BoothSize, start=1)}
"""Sizes of booths as numbers that can be compared: a bigger booth serves a smaller wish."""

SMALL_ZONE = "sme"
"""The kind of zone kept for small firms (S91): they stand there unless they ask for another."""

_E = EventState
PLACEABLE = frozenset({_E.APPROVED, _E.OPEN, _E.LOCKED, _E.RUNNING, _E.PAUSED})
"""States of an event in which booths are given and answered."""

BEFORE = frozenset({_E.APPROVED, _E.OPEN, _E.LOCKED})
"""States in which a freed booth goes to the next in line by itself; on the day the officer decides (P11)."""


def why_unplaced(left: Sequence[BoothOption], wish: Wish) -> UnplacedBecause:
    """The one need that none of the booths ``left`` over meets, or that none meets them all."""
    if not left:
        return UnplacedBecause.NO_FREE_BOOTH
    if all(booth.size < wish.size for booth in left):
        return UnplacedBecause.NO_FREE_SIZE
    if wish.power and not any(booth.power for booth in left):
        return UnplacedBecause.NO_FREE_POWER
    if wish.accessible and not any(booth.accessible for booth in left):
        return UnplacedBecause.NO_FREE_ACCESSIBLE
    return UnplacedBecause.NO_FREE_MATCH


def next_in_line(booth: BoothOption, wishes: Iterable[Wish]) -> Wish | None:
    """Whoever is served first among those whom ``booth`` fits; None if it fits nobody who waits."""
    return min((wish for wish in wishes if fits(booth, wish)), key=serving_order, default=None)


def within_quotas(waiting: Iterable[tuple[int, int]], room: Mapping[int, int]) -> list[int]:
    """Who of ``waiting`` ((exhibitor, university) in serving order) fits into the booths left by university (S17).

    A university that ``room`` does not name has no limit.
    """
    left, fitting = dict(room), []
    for exhibitor, university in waiting:
        if left.get(university, 1) > 0:
            fitting.append(exhibitor)
            if university in left:
                left[university] -= 1
    return fitting


def best_first(free: Iterable[BoothOption], wish: Wish) -> list[BoothOption]:
    """The free booths that fit ``wish``, the one that wastes least first, wished zone before others."""
    fitting = [booth for booth in free if fits(booth, wish)]
    return sorted(fitting, key=lambda booth: (misses_zone(booth, wish), waste(booth, wish), booth.key))


def wished_zone(asked: str | None, zones: Mapping[str, str], *, small: bool) -> str | None:
    """The zone to aim at: the one asked for if the plan (zone key → kind) has it, else the small firms' own."""
    if asked in zones:
        return asked
    own = [key for key, kind in zones.items() if kind == SMALL_ZONE]
    return own[0] if own and small else None


def offer_deadline(hours: int, starts_at: datetime, now: datetime) -> datetime | None:
    """Until when an offer made at ``now`` holds: ``hours``, but not past the fair's start.

    None once the fair has begun: then the employer stands at the desk and nothing lapses.
    """
    return None if now >= starts_at else min(now + timedelta(hours=hours), starts_at)
