"""Many literals found in a text at once, however long it is, without holding all of them in memory."""

from collections.abc import Collection, Iterable, Iterator

import ahocorasick_rs

SLICE = 8_000  # code points that are read at a time; longer texts are read slice by slice

Hit = tuple[int, int, int]  # the number of a literal, where it begins and ends


class Literals:
    """An automaton over literals, which are numbered in their order."""

    def __init__(self, literals: Collection[str]) -> None:
        self._longest = max(map(len, literals), default=1)
        self._automaton = ahocorasick_rs.AhoCorasick(
            literals, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def hits(self, text: str) -> Iterable[Hit]:
        """Where the literals stand, those that end first first; they may overlap."""
        if len(text) <= SLICE:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        return self._sliced(text)

    def _sliced(self, text: str) -> Iterator[Hit]:
        """The same, from slices that overlap by the longest literal, each hit once."""
        for begin in range(0, len(text), SLICE):
            first = max(begin - self._longest + 1, 0)
            part = text[first : begin + SLICE]
            for number, start, end in self._automaton.find_matches_as_indexes(part, overlapping=True):
                if first + end > begin:
                    yield number, first + start, first + end
