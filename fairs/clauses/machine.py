"""The matcher with compiled inner loops: anchors and programs of many patterns as tables for ``compiled``. Pure.

It finds what ``Matcher`` finds, in the same way: anchors wake patterns whose companions are not lacking.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from threading import Lock

from fairs.clauses.anchors import Approach
from fairs.clauses.automaton import tables
from fairs.clauses.charsets import EDGE_MARK, Charsets
from fairs.clauses.companions import Companions
from fairs.clauses.compiled import COMPILED
from fairs.clauses.patterns import Pattern
from fairs.clauses.plans import Sleeper, complete, sleeper, whole
from fairs.clauses.programs import Assembler
from fairs.clauses.shapes import BARRIERS, EDGE, STOPS, Border, Chars, Weigh

if COMPILED:
    from fairs.clauses.compiled.automaton import Automaton
    from fairs.clauses.compiled.scanner import Scanner

Found = tuple[int, int, int]  # the number of a pattern, where the part of its match that counts begins, ends

WORDS = 8  # of 64 bits, for companions
COLUMNS = len(Sleeper._fields)


class Machine:
    """Patterns with their anchors. Time is linear in the text: every window is bounded."""

    def __init__(self, known: Sequence[tuple[Pattern, Approach]], weigh: Weigh) -> None:
        self._sets = Charsets()
        self._lock = Lock()  # the scanner remembers the text that it reads
        companions, masks = Companions([approach for _, approach in known], weigh), _Masks()
        woken = {stop: array("i") for stop in sorted(STOPS)}
        for number, (_, approach) in enumerate(known):
            for literal, reach in approach.anchors.items():
                one = sleeper(literal, reach, number, approach, companions.needed(literal, reach))
                if one.before or one.at_anchor:
                    columns = self._columns(one, masks.row(one.needs))
                    woken.setdefault(literal, array("i")).extend(columns)
        literals = list(dict.fromkeys([*woken, *companions.effects]))
        self._scanner = Scanner(
            Automaton(tables(literals)),
            (
                array("i", map(len, literals)),
                array("i", accumulate((len(one) // COLUMNS for one in woken.values()), initial=0)),
                array("i", chain.from_iterable(woken.values())),
                array("i", chain.from_iterable(self._start(approach) for _, approach in known)),
            ),
            (
                array("i", (masks.row(companions.effects.get(one, 0)) for one in literals)),
                masks.all,
                masks.words(companions.anywhere),
            ),
            self._programs([pattern.pattern for pattern, _ in known]),
            (len(STOPS), len(woken), self._sets.number(BARRIERS)),
        )

    def matches(self, text: str) -> list[Found]:
        """Every match in ``text``."""
        with self._lock:
            return self._scanner.matches(text)

    def _programs(self, patterns: Sequence[str]) -> tuple[array[int] | bytearray, ...]:
        """The sets of characters, all programs, and where each begins."""
        assembler = Assembler(self._sets)
        entries = array("i", map(assembler.entry, patterns))
        return self._sets.index, self._sets.blocks, assembler.code, entries

    def _start(self, approach: Approach) -> tuple[int, int, bool]:
        """What stands before a match and at its beginning, and whether anything may stand there."""
        first = approach.first
        return self._border(whole(approach.left)), self._chars(complete(first)), first is None or "" in first

    def _columns(self, one: Sleeper, mask: int) -> Iterable[int]:
        """A sleeper in the columns of ``scanner``: sets of characters and companions (``mask``) by their numbers."""
        right, left, lead = self._border(one.right), self._border(one.left), self._chars(one.lead)
        begins = self._chars(one.begins)
        return right, mask, left, one.number, one.after, one.before, lead, begins, one.inside, one.at_anchor

    def _chars(self, chars: Chars) -> int:
        """The number of a set of characters; None is all of them."""
        return self._border(Border(chars))

    def _border(self, border: Border) -> int:
        """The number of what may stand there."""
        if border.allowed is None:
            return self._sets.number(border.barred, others=True)
        allowed = border.allowed - border.barred
        return self._sets.number((allowed - EDGE) | {EDGE_MARK} if "" in allowed else allowed)


class _Masks:
    """Companions as rows of 64 bits, equal ones once; row 0 is nothing."""

    def __init__(self) -> None:
        self.all = array("Q", bytes(8 * WORDS))
        self._rows = {0: 0}

    def row(self, bits: int) -> int:
        """Where ``bits`` stand."""
        known = self._rows.get(bits)
        if known is None:
            known = self._rows[bits] = len(self.all)
            self.all.extend(self.words(bits))
        return known

    @staticmethod
    def words(bits: int) -> array[int]:
        return array("Q", bits.to_bytes(8 * WORDS, "little"))
