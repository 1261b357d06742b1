"""Which contexts may hold where: what they cannot hold without beside a match and on either side of it. Pure."""

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import itemgetter, or_
from typing import NamedTuple

from fairs.clauses.anchors import Analyst, Unreadable
from fairs.clauses.literals import SLICE, Literals
from fairs.clauses.patterns import Pattern
from fairs.clauses.rules import Context, Contexts, Scope, Tries
from fairs.clauses.shapes import EDGE, Chars, Shape

REACH = 120  # code points on either side that a context may look at; keeps the cost of one match constant
STOPS = ("。", "!", "?", "\n")  # what ends a sentence; a match holds such an end wholly or not at all
END = "\0"  # stands for them in a row of literals
# A context whose neighbours are at most this many times as frequent as its literals is looked for by them alone: they
# are compared where there is a match, while each literal costs wherever it stands.
_WORTH = 3
_DIGITS = frozenset("0123456789")  # those of a pattern may be of any script
_PARTS = ("before", "after", "within")


class Reading(NamedTuple):
    """The literals of contexts in a text, in the order in which they end.

    ``row`` has a character for each, ``over`` is where they end, ``stops`` are the ends of sentences. ``distant`` are
    those of contexts that look beyond the sentence: where it ends, what it makes possible behind and before it.
    """

    row: str
    over: Sequence[int]
    stops: Sequence[int]
    distant: list[tuple[int, int, int]]


class Need(NamedTuple):
    """What a part of a context asks for: one of some literals, and what stands right beside the match there."""

    literals: frozenset[str]
    beside: Chars


class Rows(dict[str, int]):
    """The contexts that rows of literals make possible; filled as texts ask for it, and bounded."""

    _MOST = 4096
    _LONGEST = 8

    def __init__(self, effects: Sequence[int]) -> None:
        self._effects = effects

    def __missing__(self, row: str) -> int:
        possible = reduce(or_, map(self._effects.__getitem__, map(ord, row)), 0)
        if len(row) <= self._LONGEST and len(self) < self._MOST:
            self[row] = possible
        return possible


class Side:
    """What contexts ask for before a match, behind it, or anywhere around it.

    ``effects`` are the contexts that a literal makes possible, ``free`` those that ask for none; ``beside`` those
    that a neighbour of the match admits, ``others`` those that any other neighbour admits.
    """

    def __init__(self, needs: Mapping[int, Need], every: int) -> None:
        self.effects: dict[str, int] = {}
        self.free = every & ~sum(bit for bit, need in needs.items() if need.literals)
        self.others = every & ~sum(bit for bit, need in needs.items() if need.beside is not None)
        self.beside: dict[str, int] = {}
        for bit, need in needs.items():
            for literal in need.literals:
                self.effects[literal] = self.effects.get(literal, 0) | bit
            for char in need.beside or ():
                self.beside[char] = self.beside.get(char, self.others) | bit


class Clues:
    """Contexts as bits of a number, and what makes them possible.

    Of the literals in a row ``lefts`` tells what they make possible before a match, ``rights`` behind it, ``inners``
    in it and ``anys`` anywhere. ``most`` is more than can stand as near to a match as contexts look.
    """

    def __init__(self, contexts: Iterable[Context], analyst: Analyst) -> None:
        self._bits = {context: 1 << number for number, context in enumerate(dict.fromkeys(contexts))}
        self.tries = Tries({bit: context for context, bit in self._bits.items()})
        self.wide = sum(bit for context, bit in self._bits.items() if context.scope is Scope.NEIGHBOURHOOD)
        every = (1 << len(self._bits)) - 1
        needs = {bit: _needs(context, analyst) for context, bit in self._bits.items()}
        self.before, self.after, self.within = sides = [
            Side({bit: parts[part] for bit, parts in needs.items() if part in parts}, every)
            for part in _PARTS
        ]
        self.free = self.before.free & self.after.free & self.within.free
        near, far = self._asked(sides)
        literals = [*near, *far]
        effects = [[0, *(side.effects.get(one, 0) for one in literals)] for side in sides]
        self.lefts, self.rights = (Rows(list(map(or_, effects[2], one))) for one in effects[:2])
        self.inners, self.anys = (
            Rows(effects[2]),
            Rows([reduce(or_, several) for several in zip(*effects, strict=True)]),
        )
        self._chars = [END] * len(STOPS) + [chr(number) for number in range(1, len(literals) + 1)]
        self._distant = (
            re.compile(f"[{re.escape(''.join(self._chars[len(STOPS) + len(near) :]))}]") if far else None
        )
        self._automaton = Literals([*STOPS, *literals])
        self.most = REACH * (1 + max((_endings(one, set(literals)) for one in literals), default=0))

    def _asked(self, sides: Sequence[Side]) -> tuple[list[str], list[str]]:
        """What contexts ask for that look no further than their sentence, and what others ask for."""
        near: set[str] = set()
        far: set[str] = set()
        for side in sides:
            for literal, bits in side.effects.items():
                (far if bits & self.wide else near).add(literal)
        return sorted(near - far), sorted(far)

    def read(self, text: str) -> Reading:
        """The literals in ``text``."""
        hits, chars = self._automaton.hits(text), self._chars
        if len(text) <= SLICE:
            row = "".join([chars[hit[0]] for hit in hits])
            over: Sequence[int] = [hit[2] for hit in hits]
            stops: Sequence[int] = [hit[2] for hit in hits if hit[0] < len(STOPS)]
        else:  # which has many of them
            numbers, over = array("H"), array("i")
            for number, _, end in hits:
                numbers.append(number)
                over.append(end)
            row = "".join(map(chars.__getitem__, numbers))
            stops = array(
                "i", (end for number, end in zip(numbers, over, strict=True) if number < len(STOPS))
            )
        return Reading(row, over, stops, self._far(row, over))

    def _far(self, row: str, over: Sequence[int]) -> list[tuple[int, int, int]]:
        """The literals of contexts that look beyond the sentence."""
        wide, found = self.wide, self._distant.finditer(row) if self._distant else ()
        return [(over[one.start()], self.lefts[one[0]] & wide, self.rights[one[0]] & wide) for one in found]

    def marked(self, contexts: Sequence[Context]) -> Contexts:
        """These contexts with their bits."""
        return Contexts(tuple(contexts), sum({self._bits[context] for context in contexts}))


def _endings(literal: str, literals: set[str]) -> int:
    """How many of these literals this one ends with."""
    return sum(literal[at:] in literals for at in range(len(literal)))


def _needs(context: Context, analyst: Analyst) -> dict[str, Need]:
    """What the parts of a context ask for, by their names: neighbours, and the rarest literals of one of them."""
    besides: dict[str, Chars] = {}
    offers: list[tuple[float, str, frozenset[str]]] = []
    for part in _PARTS:
        pattern: Pattern | None = getattr(context, part)
        if pattern is None:
            continue
        whole = f"(?:{pattern.pattern})"
        try:
            literals = frozenset(analyst.anchored(whole).anchors)
        except Unreadable:  # a part without any literal asks for nothing
            continue
        besides[part] = _neighbours(part, analyst.known[whole[:-1]], context.scope)
        offers.append((sum(map(analyst.weigh, literals)), part, literals))
    often, asked, literals = min(offers, key=itemgetter(0), default=(0.0, "", frozenset()))
    if any(one is not None and sum(map(analyst.weigh, one)) < _WORTH * often for one in besides.values()):
        asked = ""
    return {part: Need(literals if part == asked else frozenset(), one) for part, one in besides.items()}


def _neighbours(part: str, shape: Shape, scope: Scope) -> Chars:
    """What stands right beside a match where a part before or behind it matches; None where that tells nothing."""
    if part == "before" and shape.right.allowed is not None and shape.right.allowed <= {"", "\n"}:
        # «$» holds before the end of a line as well, which only the widest scope contains
        return _narrow(shape.last, "\n" if scope is Scope.NEIGHBOURHOOD else "")
    if part == "after" and shape.left.allowed == EDGE:
        return _narrow(shape.first, "")
    return None


def _narrow(chars: Chars, more: str) -> Chars:
    """These neighbours and some more, or None where they tell nothing."""
    return None if chars is None or "" in chars or chars & _DIGITS else chars | set(more)
