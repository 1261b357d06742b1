"""Which patterns lack a literal that they cannot match without: sets of literals as bits of a number. Pure."""

from collections.abc import Sequence

from fairs.clauses.anchors import Approach
from fairs.clauses.shapes import STOPS, Reach, Weigh

_MOST = 240  # sets that are looked for: those that spare most, for a longer number takes longer to compare

_Set = tuple[frozenset[str], bool]  # literals, and whether they stand in the same stretch as the anchor


class Companions:
    """The sets that spare most attempts, each a bit; a set is there where one of its literals is."""

    def __init__(self, approaches: Sequence[Approach], weigh: Weigh) -> None:
        spares: dict[_Set, float] = {}
        for approach in approaches:
            for literal, reach in approach.anchors.items():
                for one in _sets(literal, reach):
                    spares[one] = spares.get(one, 0) + weigh(literal)
        chosen = sorted(spares, key=lambda one: (-spares[one], len(one[0]), sorted(one[0])))[:_MOST]
        self._bits = {one: 1 << number for number, one in enumerate(chosen)}
        self.all = (1 << len(chosen)) - 1
        self.anywhere = sum(bit for (_, near), bit in self._bits.items() if not near)
        self.effects: dict[str, int] = {}
        for (literals, _), bit in self._bits.items():
            for literal in literals:
                self.effects[literal] = self.effects.get(literal, 0) | bit

    def needed(self, literal: str, reach: Reach) -> int:
        """What must be there, as bits, for a match around this anchor."""
        return sum(self._bits.get(one, 0) for one in _sets(literal, reach))


def _sets(literal: str, reach: Reach) -> list[_Set]:
    """The companions of an anchor: in its stretch, or anywhere if a match may reach across the ends of that."""
    return [(one.literals, STOPS.isdisjoint({*one.between, *literal})) for one in reach.needs]
