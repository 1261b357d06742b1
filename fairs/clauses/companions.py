"""Which patterns lack a literal that they cannot match without: sets of literals as bits of a number. Pure."""

from collections.abc import Sequence

from fairs.clauses.anchors import Approach
from fairs.clauses.shapes import STOPS, Companion, Reach, Weigh

_MOST = 480  # sets that are looked for: those that spare most, for a longer number takes longer to compare
_WORTH = 0.2  # how often a set must spare an attempt for each time that one of its literals is found

_Set = tuple[frozenset[str], bool]  # literals, and whether they stand in the same stretch as the anchor
_Needs = frozenset[Companion]


class Companions:
    """The sets that spare most attempts, each a bit; a set is there where one of its literals is."""

    def __init__(self, approaches: Sequence[Approach], weigh: Weigh) -> None:
        woken: dict[tuple[_Needs, bool], float] = {}
        for approach in approaches:
            for literal, reach in approach.anchors.items():
                if reach.needs:
                    key = reach.needs, STOPS.isdisjoint(literal)
                    woken[key] = woken.get(key, 0) + weigh(literal)
        spares: dict[_Set, float] = {}
        for key, often in woken.items():
            for one in _sets(*key):
                spares[one] = spares.get(one, 0) + often
        worth = [one for one in spares if spares[one] > _WORTH * sum(map(weigh, one[0]))]
        chosen = sorted(worth, key=lambda one: (-spares[one], len(one[0]), sorted(one[0])))[:_MOST]
        bits = {one: 1 << number for number, one in enumerate(chosen)}
        self.all = (1 << len(chosen)) - 1
        self.anywhere = sum(bit for (_, near), bit in bits.items() if not near)
        self.effects: dict[str, int] = {}
        for (literals, _), bit in bits.items():
            for literal in literals:
                self.effects[literal] = self.effects.get(literal, 0) | bit
        self._needed = {key: sum(bits.get(one, 0) for one in _sets(*key)) for key in woken}

    def needed(self, literal: str, reach: Reach) -> int:
        """What must be there, as bits, for a match around this anchor."""
        return self._needed.get((reach.needs, STOPS.isdisjoint(literal)), 0)


def _sets(needs: _Needs, near: bool) -> set[_Set]:
    """The companions of an anchor: in its stretch, or anywhere if a match may reach across the ends of that."""
    return {(one.literals, near and STOPS.isdisjoint(one.between)) for one in needs}
