"""Patterns as programs: what ``compiled.runner`` runs instead of ``re``. Pure.

A program is a row of numbers: codes, each with what it asks for. Ways are relative, so that parts of patterns can be
put together; long ones, which come again and again, are kept once for all.

- ``DONE``: the pattern, or a look, matches;
- ``CHAR`` character, ``SET`` number: the next character is this one, or in that set (``charsets``);
- ``JUMP`` way; ``EITHER`` way: go on here, or if that fails there; ``OR_HERE`` way: the other way round;
- ``REPEAT``, ``REPEAT_FEW`` least, most, ``CHAR`` or ``SET``, which: a character several times, as often as possible
  or as seldom;
- ``LOOK`` back, whether it is a refusal, way: what follows up to ``DONE`` matches so many characters back, or not;
- ``FIRST``, ``LAST``: the edges of the text; ``MARK`` 0 or 1: the finding begins or ends here, but
  the first one only says that there are others;
- ``CALL`` place, ``BACK``: a part of several patterns, which stands there;
- ``CHOOSE`` how many, way, and so many times character, way: on there if that is the next character, else the first
  way; no way is a failure. The characters are in order.
"""

import re
from array import array
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from fairs.clauses.charsets import SIZE, Charsets
from fairs.clauses.factoring import OPENING, alternatives
from fairs.clauses.patterns import SPAN
from fairs.clauses.shapes import NOTHING, Chars, anything_of

DONE, CHAR, SET, JUMP, EITHER, OR_HERE, REPEAT, REPEAT_FEW, LOOK, FIRST, LAST, MARK, CALL, BACK, CHOOSE = (
    range(15)
)
MOST = 1 << 20  # stands for no limit
LONG = 30  # numbers from which a part stands by itself
MANY = 3  # alternatives from which the next character chooses among them
_SPAN = f"(?P<{SPAN}>"  # opens the part of a match that is the finding
# What ``compiled.runner`` puts in the place of characters beyond the sets: for letters, for all others.
_STAND_INS = {"\ua000": "\U00020000", "\ue000": "\U0010ffff"}

_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_BOUNDS = {"": (1, 1), "?": (0, 1), "*": (0, MOST), "+": (1, MOST)}


class Unwritable(ValueError):
    """A pattern asks for something that programs do not know; ``pattern`` is all of it."""

    pattern = ""


class Part(NamedTuple):
    """A part of a program, how many characters it takes at least and at most, what it begins with (None: all)."""

    code: tuple[int, ...]
    least: int
    most: int
    heads: Chars = NOTHING


Row = list[Part]  # one after the other


class Assembler:
    """Writes programs; remembers the parts of patterns."""

    def __init__(self, sets: Charsets) -> None:
        self._sets = sets
        self._groups: dict[tuple[str, str], Part] = {}
        self.code = array("i")

    def entry(self, pattern: str) -> int:
        """Where the program of ``pattern`` begins; raises Unwritable."""
        marks = (MARK, 0) if _SPAN in pattern else ()
        try:
            return self._put((*marks, *self._choice(pattern).code, DONE))
        except Unwritable as fault:
            fault.pattern = pattern
            raise

    def _put(self, code: Sequence[int]) -> int:
        """Add this to all programs."""
        at = len(self.code)
        self.code.extend(code)
        return at

    def _choice(self, text: str) -> Part:
        """Alternatives."""
        return _choice(alternatives(text, self._single, self._group))

    def _single(self, atom: re.Match[str], quantifier: str) -> Part:
        """A character, a set of them or an edge of the text."""
        if atom["edge"]:
            return Part((FIRST if atom[0] == "^" else LAST,), 0, 0)
        if _tells_rare_ones_apart(atom[0]):
            raise Unwritable("tells rare characters apart")
        what = (CHAR, ord(_char(atom[0]))) if atom["char"] else (SET, self._sets.matching(atom[0]))
        heads = frozenset(_char(atom[0])) if atom["char"] else self._sets.chars(what[1])
        least, most, few = _bounds(quantifier)
        if least == most == 1:
            return Part(what, 1, 1, heads)
        return Part((REPEAT_FEW if few else REPEAT, least, most, *what), least, most, heads)

    def _group(self, text: str, quantifier: str) -> Part:
        known = self._groups.get((text, quantifier))
        if known is None:
            known = self._new_group(text, quantifier)
            if len(known.code) > LONG:
                known = known._replace(code=(CALL, self._put((*known.code, BACK))))
            self._groups[text, quantifier] = known
        return known

    def _new_group(self, text: str, quantifier: str) -> Part:
        opening = OPENING.match(text)
        kind = opening[0] if opening else ""
        inside = self._choice(text[len(kind) : -1])
        if kind in _LOOKS:
            if quantifier or _SPAN in text:
                raise Unwritable("repeats a look, or marks the finding in it")
            return _look(kind, inside)
        if kind == _SPAN:
            inside = inside._replace(code=(MARK, 0, *inside.code, MARK, 1))
        return _repeated(inside, *_bounds(quantifier))


@cache
def _tells_rare_ones_apart(text: str) -> bool:
    """Whether a character or set names characters beyond ``SIZE``, or takes them unlike their stand-ins."""
    fits = re.compile(text).match
    alike = all(bool(fits(one)) == bool(fits(rare)) for one, rare in _STAND_INS.items())
    return not alike or max(map(ord, text)) >= SIZE


def _char(text: str) -> str:
    """The character that a part of a pattern stands for."""
    return chr(int(text[2:], 16)) if text.startswith(r"\u") else text[-1]


def _bounds(quantifier: str) -> tuple[int, int, bool]:
    """How often at least and at most, and whether rather seldom."""
    few = len(quantifier) > 1 and quantifier.endswith("?")
    times = quantifier[:-1] if few else quantifier
    if times in _BOUNDS:
        return *_BOUNDS[times], few
    least, comma, most = times[1:-1].partition(",")
    return int(least or 0), int(most or (MOST if comma else least)), few


def _choice(rows: Sequence[Row]) -> Part:
    """Alternatives."""
    parts = [_in_a_row(row) for row in rows]
    heads = [part.heads if part.least else None for part in parts]
    code = (_chosen if len(heads) - heads.count(None) > MANY else _in_turn)(rows, heads)
    return Part(
        code,
        min(part.least for part in parts),
        max(part.most for part in parts),
        anything_of(part.heads for part in parts),
    )


def _in_turn(rows: Sequence[Row], _: Sequence[Chars]) -> tuple[int, ...]:
    """Alternatives one after the other: each but the last stands behind a way to the next one."""
    code = _in_a_row(rows[-1]).code
    for row in reversed(rows[:-1]):
        one = _in_a_row(row).code
        code = (EITHER, len(one) + 4, *one, JUMP, len(code) + 2, *code)
    return code


def _chosen(rows: Sequence[Row], heads: Sequence[Chars]) -> tuple[int, ...]:
    """Alternatives by the next character: a table, what it leads to, for some characters several of that in turn."""
    fitting = {
        char: tuple(at for at, one in enumerate(heads) if one is None or char in one)
        for char in sorted(anything_of(one for one in heads if one is not None) or ())
    }
    others = tuple(at for at, one in enumerate(heads) if one is None)
    codes = {
        several: (CHAR, ord(char), *_choice([rows[at][1:] for at in several]).code)
        for char, several in fitting.items()
        if len(several) > 1 and all(_begins_with(rows[at], char) for at in several)
    }
    in_turn = [one for one in dict.fromkeys([*fitting.values(), others]) if len(one) > 1 and one not in codes]
    single = sorted({at for one in {*fitting.values(), others} - codes.keys() for at in one})
    codes |= {(at,): _in_a_row(rows[at]).code for at in single}
    ways: dict[tuple[int, ...], int] = {(): 0}
    over = 3 + 2 * len(fitting)
    for key, size in [
        *((one, len(code) + 2) for one, code in codes.items()),
        *((one, 4 * len(one) - 2) for one in in_turn),
    ]:
        ways[key] = over
        over += size
    table = [CHOOSE, len(fitting), ways[others]]
    for char, one in fitting.items():
        table += ord(char), ways[one]
    for code in codes.values():
        table += *code, JUMP, over - len(table) - len(code)
    for several in in_turn:
        for at in several[:-1]:
            table += EITHER, 4, JUMP, ways[at,] - len(table) - 2
        table += JUMP, ways[several[-1],] - len(table)
    return tuple(table)


def _begins_with(row: Row, char: str) -> bool:
    """Whether an alternative begins with just this character."""
    return bool(row) and row[0].code == (CHAR, ord(char))


def _in_a_row(parts: Row) -> Part:
    """Parts one after the other."""
    code = tuple(number for part in parts for number in part.code)
    heads: Chars = NOTHING
    for part in parts:
        heads = anything_of((heads, part.heads))
        if part.least:
            break
    return Part(code, sum(part.least for part in parts), sum(part.most for part in parts), heads)


def _look(kind: str, inside: Part) -> Part:
    """A look ahead, or back over a text of one length."""
    back = 0
    if kind.startswith("(?<"):
        if inside.least != inside.most:
            raise Unwritable("looks back at texts of several lengths")
        back = inside.least
    return Part((LOOK, back, int(kind.endswith("!")), len(inside.code) + 5, *inside.code, DONE), 0, 0)


def _repeated(part: Part, least: int, most: int, few: bool) -> Part:
    """A part so many times: written out, with ways over what may be left out."""
    if least == most == 1:
        return part
    if not part.least and most > 1:
        raise Unwritable(
            "repeats what may be empty"
        )  # ``re`` stops at an empty one, programs would try on and on
    choose, code, often = OR_HERE if few else EITHER, part.code, len(part.code) + 2
    if most >= MOST:
        code = (*code * least, choose, often + 2, *code, JUMP, -often)
        return part._replace(code=code, least=part.least * least, most=MOST)
    optional = (most - least) * often
    rest = tuple(number for left in range(optional, 0, -often) for number in (choose, left, *code))
    return part._replace(code=(*code * least, *rest), least=part.least * least, most=part.most * most)
