"""Who is inside and how many, rebuilt from the scans: the presence table must equal this at any time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from fairs.checkin.rules import Direction, Presence, Verdict

# A gate without network answers "not inside" to somebody who came in elsewhere: they did leave.
_FACTS = frozenset({*(verdict for verdict in Verdict if verdict.moves), Verdict.NOT_INSIDE})


@dataclass(frozen=True)
class Scan:
    """One row of the scan ledger; ``undoes`` is the id of a scan that it takes back."""

    id: int
    space: str
    holder: str
    direction: Direction
    verdict: Verdict
    corrected_at: datetime
    gate: str = ""
    device: str = ""
    undoes: int | None = None


class CountKind(StrEnum):
    """A change of the number of people without tickets, or a recount of everybody."""

    DELTA = "delta"
    TOTAL = "total"


@dataclass(frozen=True)
class HeadCount:
    """People counted by hand: a clicker (``delta``) or a walk through the hall (``total``)."""

    id: int
    space: str
    kind: CountKind
    number: int
    at: datetime


@dataclass(frozen=True)
class Occupancy:
    """The state after a fold: presence by (space, holder), and what hand counts add to each space.

    ``duplicates`` are scans that admitted a holder who was inside that hall already: two gates without
    network let the same ticket in. The first one counts, the later one is for the duty officer to look at.
    """

    presences: Mapping[tuple[str, str], Presence] = field(default_factory=dict)
    adjustments: Mapping[str, int] = field(default_factory=dict)
    duplicates: tuple[int, ...] = ()

    def holders_in(self, space: str) -> frozenset[str]:
        """The ticket holders inside ``space``: distinct persons, over all its gates."""
        return frozenset(
            holder for (where, holder), seen in self.presences.items() if where == space and seen.inside
        )

    def total(self, space: str) -> int:
        """How many people are in ``space``, anonymous ones included; never below 0."""
        return len(self.holders_in(space)) + self.adjustments.get(space, 0)


def rebuild(scans: Iterable[Scan], counts: Iterable[HeadCount] = ()) -> Occupancy:
    """The occupancy after all ``scans`` and ``counts`` of an event, in the order in which they happened.

    Order is by corrected time, then id: what a gate uploads late takes its place in the past. A scan that was
    undone never happened. Entering one hall leaves the others.
    """
    ledger = list(scans)
    undone = {scan.undoes for scan in ledger if scan.undoes is not None}
    moves = [
        scan for scan in ledger if scan.verdict in _FACTS and scan.undoes is None and scan.id not in undone
    ]
    fold = _Fold()
    for at, _, row in sorted(
        [(scan.corrected_at, (0, scan.id), scan) for scan in moves]
        + [(count.at, (1, count.id), count) for count in counts],
        key=lambda entry: entry[:2],
    ):
        if isinstance(row, Scan):
            fold.move(row, at)
        else:
            fold.count(row)
    return fold.result()


class _Fold:
    """The running state of ``rebuild``."""

    def __init__(self) -> None:
        self.presences: dict[tuple[str, str], Presence] = {}
        self.where: dict[str, str] = {}
        self.inside: dict[str, int] = {}
        self.adjustments: dict[str, int] = {}
        self.duplicates: list[int] = []

    def move(self, scan: Scan, at: datetime) -> None:
        """Apply one scan that moved its holder."""
        before = self.where.get(scan.holder)
        if scan.direction is Direction.OUT:
            if before == scan.space:
                del self.where[scan.holder]
                self._set(scan.space, scan, at, inside=False)
        elif before == scan.space:
            self.duplicates.append(scan.id)
        else:
            if before is not None:
                self._set(before, scan, at, inside=False)
            self.where[scan.holder] = scan.space
            self._set(scan.space, scan, at, inside=True)

    def count(self, count: HeadCount) -> None:
        """Apply one hand count: a recount settles the total, a delta moves it; the total stays at least 0."""
        present = self.inside.get(count.space, 0)
        wanted = count.number
        if count.kind is CountKind.DELTA:
            wanted += present + self.adjustments.get(count.space, 0)
        self.adjustments[count.space] = max(0, wanted) - present

    def result(self) -> Occupancy:
        """What the fold came to."""
        return Occupancy(
            MappingProxyType(self.presences), MappingProxyType(self.adjustments), tuple(self.duplicates)
        )

    def _set(self, space: str, scan: Scan, at: datetime, *, inside: bool) -> None:
        present = self.inside.get(space, 0) + (1 if inside else -1)
        self.inside[space] = present
        # People who slip out unseen must not be owed by those who come later.
        self.adjustments[space] = max(self.adjustments.get(space, 0), -present)
        direction = Direction.IN if inside else Direction.OUT
        self.presences[space, scan.holder] = Presence(inside, at, scan.gate, scan.device, direction)
