"""Sets of characters as numbered bitmaps, which share their blocks. Pure.

A bitmap has a block of 32 bytes for 256 characters each; ``\\0`` stands for the edge of a text, which holds none
itself. No set names characters beyond ``SIZE``: ``compiled.runner`` puts stand-ins in their place.
"""

import re
from array import array

from fairs.clauses.factoring import DIGIT, members
from fairs.clauses.shapes import Chars

SIZE = 1 << 17  # characters that are told apart
BLOCK = 256  # characters
BLOCKS = SIZE // BLOCK
EDGE_MARK = "\0"

FEW = 160  # characters of a set that is listed

_EVERY = "".join(map(chr, range(1, SIZE)))
_DIGITS = frozenset(char for char in _EVERY if char.isdecimal())
_ALL = (1 << BLOCK) - 1


class Charsets:
    """The sets so far: ``index`` has the numbers of the 256 blocks of each, ``blocks`` their bits."""

    def __init__(self) -> None:
        self.index = array("H")
        self.blocks = bytearray()
        self._numbers: dict[bytes, int] = {}
        self._sets: dict[tuple[frozenset[str], bool], int] = {}
        self._matching: dict[str, int] = {}
        self._few: dict[int, frozenset[str]] = {}

    def number(self, chars: frozenset[str], *, others: bool = False) -> int:
        """The number of the set of these characters, or of all ``others``."""
        known = self._sets.get((chars, others))
        if known is None:
            known = self._sets[chars, others] = len(self.index) // BLOCKS
            self.index.extend(self._row(chars, others=others))
            if not others and len(chars) <= FEW:
                self._few[known] = chars
        return known

    def chars(self, number: int) -> Chars:
        """The characters of a set, None for many."""
        return self._few.get(number)

    def matching(self, pattern: str) -> int:
        """The number of the characters that a part of a pattern for a single character matches."""
        known = self._matching.get(pattern)
        if known is None:
            others = pattern.startswith("[^")
            chars = members(f"[{pattern[2:]}" if others else pattern) if pattern[0] == "[" else None
            if chars is None:
                rest = re.sub(pattern, "", _EVERY)
                others = len(rest) < SIZE // 2  # the smaller half is the faster set
                chars = frozenset(rest if others else re.findall(pattern, _EVERY))
            elif DIGIT in chars:
                chars = chars - {DIGIT} | _DIGITS
            known = self._matching[pattern] = self.number(chars, others=others)
        return known

    def _row(self, chars: frozenset[str], *, others: bool) -> list[int]:
        """The blocks of a set."""
        touched: dict[int, int] = {}
        for char in chars:
            block, bit = divmod(ord(char), BLOCK)
            touched[block] = touched.get(block, 0) | 1 << bit
        row = [self._block(_ALL if others else 0)] * BLOCKS
        for at, bits in touched.items():
            row[at] = self._block(_ALL ^ bits if others else bits)
        return row

    def _block(self, bits: int) -> int:
        """The number of a block."""
        block = bits.to_bytes(BLOCK // 8, "little")
        if block not in self._numbers:
            self._numbers[block] = len(self._numbers)
            self.blocks += block
        return self._numbers[block]
