"""The quick look: which phrases of a text look as if something could be wrong, all phrases at once. Pure.

It reads characters, pairs of neighbours and pairs with one character between them; ``A`` stands before a phrase and
``Z`` behind it, 0 for every digit. A pair with something between is written with a low line: ``男_生``.
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from fairs.clauses.compiled import COMPILED

if COMPILED:
    from fairs.clauses.compiled.glancer import Glancer

Place = tuple[int, int]
Numbers = np.ndarray[Any, Any]

_DIGIT = re.compile(r"\d")
_STOPS = ",;:。!?\n"
_EDGES = "AZ"
_STOP = 1  # the number of a stop, and of both edges
_BITS = 19  # of a table of pairs; where two fall together their weights add up
_NEIGHBOURS, _APART = 40503, 48271
_LONGEST = 2000  # characters from which a phrase counts as no longer


def glimpses(words: str) -> tuple[list[str], float]:
    """What is read of the words of a phrase, each as often as it stands there, and what it counts."""
    whole = f"A{_DIGIT.sub('0', words)}Z"
    pairs = [whole[at : at + 2] for at in range(len(whole) - 1)]
    apart = [f"{whole[at]}_{whole[at + 2]}" for at in range(len(whole) - 2)]
    return [*whole, *pairs, *apart], 1 / math.sqrt(_most(len(words)))


def _most(length: Any) -> Any:
    """How much can be read of so many characters: by their number or an array of such numbers."""
    return 6 * length + 2


class Glance:
    """The weights of what is read, by name, and the score from which a phrase looks suspect."""

    def __init__(self, weights: Mapping[str, int], least: float, *, compiled: bool = COMPILED) -> None:
        """The weight of the empty name is what a score begins with; ``compiled`` code looks faster."""
        edges = sum(weights.get(edge, 0) for edge in _EDGES)  # every phrase has both
        signs = sorted({sign for name in weights for sign in name[::2] + name[-1:] if sign not in _EDGES})
        self._signs = np.zeros(1 << 16, np.uint16)
        for number, sign in enumerate((one for one in signs if ord(one) < len(self._signs)), _STOP + 1):
            self._signs[ord(sign)] = number
        for digit in "123456789":
            self._signs[ord(digit)] = self._signs[ord("0")]
        for stop in _STOPS:
            self._signs[ord(stop)] = _STOP
        self._singles = np.zeros(len(signs) + _STOP + 1, np.int16)
        self._pairs, self._apart = (np.zeros(1 << _BITS, np.int16) for _ in range(2))
        for name, weight in weights.items():
            self._put(name, weight)
        lengths = np.arange(_LONGEST + 1)
        self._least = (least - weights.get("", 0)) * np.sqrt(_most(lengths)) - edges
        tables, mixes = (self._singles, self._pairs, self._apart), (_NEIGHBOURS, _APART)
        self.places: Callable[[str], list[Place]]
        if compiled:
            present = tuple(np.packbits(one != 0, bitorder="little") for one in tables[1:])
            self.places = Glancer(self._signs, tables, present, self._least, _STOP, mixes).places
        else:
            self.places = partial(looked_through, self._signs, tables, self._least, _STOP, mixes)

    def _put(self, name: str, weight: int) -> None:
        """Keep one weight."""
        numbers = [
            _STOP if sign in _EDGES else int(self._signs[min(ord(sign), len(self._signs) - 1)])
            for sign in name[:1] + name[-1:]
        ]
        if len(name) > 1:
            table, mix = (self._pairs, _NEIGHBOURS) if len(name) == 2 else (self._apart, _APART)
            table[(numbers[0] * mix ^ numbers[1]) & ((1 << _BITS) - 1)] += weight
        elif name and name not in _EDGES:
            self._singles[numbers[0]] = weight


def looked_through(
    known: Numbers,
    tables: tuple[Numbers, ...],
    least: Numbers,
    stop: int,
    mixes: tuple[int, int],
    text: str,
) -> list[Place]:
    """The phrases of ``text`` whose weights add up to more than ``least`` for their length.

    ``known`` are the numbers of signs, ``tables`` the weights of single ones, of neighbours, and of pairs with one
    between.
    """
    singles, pairs, apart = tables
    raw = np.frombuffer(f"\n{text}\n\n".encode("utf-32-le", "surrogatepass"), "<u4")
    signs = known.take(raw, mode="clip")
    stops = signs == stop
    first, second, third = signs[:-2], signs[1:-1], signs[2:]
    pull: Numbers = pairs.take(_slot(first, second, mixes[0])) + singles.take(first)
    pull += apart.take(_slot(first, third, mixes[1])) * ~stops[1:-1]
    edges = stops[:-1].nonzero()[0]
    sums = np.add.reduceat(pull, edges[:-1], dtype=np.int64)
    suspect = (sums > least.take(edges[1:] - edges[:-1] - 1, mode="clip")).nonzero()[0]
    starts, ends = edges[suspect].tolist(), (edges[suspect + 1] - 1).tolist()
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _slot(first: Numbers, second: Numbers, mix: int) -> Numbers:
    """Where the weights of pairs stand."""
    return ((first.astype(np.uint32) * np.uint32(mix)) ^ second) & np.uint32((1 << _BITS) - 1)
