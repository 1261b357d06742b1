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

_COLUMN_BITS = 5


class Scales:
    """Words of terms and weights of traits, from the lines of both."""

    def __init__(self, words: Sequence[str], lines: Sequence[str]) -> None:
        self.lexicon = read(words)
        names, firsts, weights = [], array("i", [0]), array("i")
        for line in lines:
            name, found = weights_of(line)
            names.append(apart(name))
            weights.extend(weight << _COLUMN_BITS | column for column, weight in found)
            firsts.append(len(weights))
        self._firsts, self._weights = firsts, weights
        bits = (2 * len(names)).bit_length()
        terms = self.lexicon.terms
        term_names = array("Q", (rest(f"#{term}") for several in terms.values() for term in several))
        term_firsts = array("i", accumulate(map(len, terms.values()), initial=0))
        self._weigher = Weigher(
            table(names, bits),
            bits,
            Automaton(tables(list(terms))),
            (array("i", map(len, terms)), term_firsts, term_names),
            (firsts, weights),
            COLUMNS,
        )
        self._weigher.begin(array("d", self._row("", "")))
        self._lock = Lock()  # the weigher remembers one window

    def scores(self, text: str, window: Window) -> list[float]:
        """The score of a window in every category, as ``Weights.scores`` has it."""
        words = text[window.start : window.end]
        with self._lock:
            found = self._weigher.weigh(text, window.start, window.end, NEAR, signs(words), tones(words))
        return [one / (2 * SCALE) for one in found]

    def pull(self, before: str, name: str, category: int) -> int:
        """How much a trait speaks for a category."""
        row = self._row(before, name)
        return row[category] + row[-1]

    def _row(self, before: str, name: str) -> list[int]:
        """The weights of a trait by column."""
        number, row = self._weigher.row(before, name), [0] * COLUMNS
        for one in self._weights[self._firsts[number] : self._firsts[number + 1]] if number >= 0 else ():
            row[one & (1 << _COLUMN_BITS) - 1] = one >> _COLUMN_BITS
        return row
