"""Weights whose inner loops are compiled: the same scores as those of ``Weights``. Pure."""

from array import array
from collections.abc import Sequence
from itertools import accumulate
from threading import Lock

from fairs.clauses.automaton import tables
from fairs.clauses.compiled import COMPILED
from fairs.clauses.lexicon import read
from fairs.clauses.traits import NEAR, Window, apart, signs, tones
from fairs.clauses.weights import COLUMNS, SCALE, weights_of

if COMPILED:
    from fairs.clauses.compiled.automaton import Automaton
    from fairs.clauses.compiled.weigher import Weigher, rest, table

# A weight has its column in the lowest bits, then a mark for the last one of a trait.
_LAST, _WEIGHT = 32, 6


class Scales:
    """Words of terms and weights of traits, from the lines of both."""

    def __init__(self, words: Sequence[str], lines: Sequence[str]) -> None:
        self.lexicon = read(words)
        names, offsets, weights = [], array("i"), array("i")
        for line in lines:
            name, found = weights_of(line)
            names.append(apart(name))
            offsets.append(len(weights))
            weights.extend(weight << _WEIGHT | column for column, weight in found)
            weights[-1] |= _LAST
        bits = (2 * len(names)).bit_length()
        terms = self.lexicon.terms
        term_names = array("Q", (rest(f"#{term}") for several in terms.values() for term in several))
        term_firsts = array("i", accumulate(map(len, terms.values()), initial=0))
        self._weigher = Weigher(
            table(names, offsets, bits),
            bits,
            Automaton(tables(list(terms))),
            (array("i", map(len, terms)), term_firsts, term_names),
            weights,
            COLUMNS,
        )
        self._weigher.begin(array("d", (self._weigher.weight("", "", column) for column in range(COLUMNS))))
        self._lock = Lock()  # the weigher remembers one window

    def scores(self, text: str, window: Window) -> list[float]:
        """The score of a window in every category, as ``Weights.scores`` has it."""
        words = text[window.start : window.end]
        with self._lock:
            found = self._weigher.weigh(text, window.start, window.end, NEAR, signs(words), tones(words))
        return [one / (2 * SCALE) for one in found]

    def pull(self, before: str, name: str, category: int) -> int:
        """How much a trait speaks for a category."""
        return self._weigher.weight(before, name, category) + self._weigher.weight(before, name, COLUMNS - 1)
