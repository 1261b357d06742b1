"""The weights of traits for each category, and how windows are weighed with them. Pure."""

from collections.abc import Sequence

import numpy as np

from fairs.clauses.lexicon import Lexicon, read
from fairs.clauses.rules import Category
from fairs.clauses.traits import ANYTHING, Window, apart, traits

SCALE = 20  # weights are kept in twentieths
COLUMNS = len(Category) + 1  # the last one is learned from all categories together

Weight = tuple[int, int]  # a column, and how much a trait counts there


def weights_of(line: str) -> tuple[str, list[Weight]]:
    """The name of a trait and its weights, from a line that ``training`` wrote."""
    name, _, counts = line.partition("\t")
    return name, [
        (len(Category) if one[0] == ANYTHING else ord(one[0]) - ord("a"), int(one[1:]))
        for one in counts.split(" ")
    ]


class Weights:
    """Words of terms and weights of traits, from the lines of both."""

    def __init__(self, words: Sequence[str], lines: Sequence[str]) -> None:
        self.lexicon: Lexicon = read(words)
        self._rows: dict[str, dict[str, int]] = {"": {}}  # by what the names of traits begin with
        self._weights = np.zeros((len(lines) + 1, COLUMNS), np.int16)
        for row, line in enumerate(lines, 1):  # 0 is no row
            name, weights = weights_of(line)
            before, rest = apart(name)
            self._rows.setdefault(before, {})[rest] = row
            for column, weight in weights:
                self._weights[row, column] = weight
        self._begins = self._weights[self._rows[""].pop("")].astype(np.float64)

    def scores(self, text: str, window: Window) -> list[float]:
        """The score of a window in every category.

        What is wrong on any ground is learned from all categories together: how people are turned away, and how
        words are only mentioned. It counts as much as the category's own weights.
        """
        found = traits(text, window, self.lexicon)
        rows: list[int] = []
        for before, names in found.groups.items():
            rows += filter(None, map(self._rows.get(before, {}).get, names))
        sums = self._weights[rows].sum(axis=0) * found.share + self._begins
        scores: list[float] = ((sums[:-1] + sums[-1]) / (2 * SCALE)).tolist()
        return scores

    def pull(self, before: str, name: str, category: int) -> int:
        """How much a trait speaks for a category."""
        row = self._rows.get(before, {}).get(name)
        return 0 if row is None else int(self._weights[row, category]) + int(self._weights[row, -1])
