"""Patterns in a form that finds the same matches sooner. Pure.

Alternatives that begin with the same character share it, and those that differ in that character alone share the
rest; before many of them stands a look at the next character; an optional group is a choice with nothing (``re``
repeats groups slowly). Alternatives change places only if no text fits both: then their order does not matter.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from fairs.clauses.anchors import closings
from fairs.clauses.shapes import EDGE, Chars, anything_of

_LONG = 6  # alternatives from which a look pays
_WIDEST = 160  # a range of characters beyond this size is not listed
_REMEMBERED = 4_096  # groups, for the rulebook's terms come again and again
DIGIT = r"\d"
_DIGITS = frozenset("0123456789")

_ATOM = re.compile(
    r"(?P<char>\\u[\da-fA-F]{4}|\\[^\da-zA-Z]|[^\\\[\](){}|.^$*+?])"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<edge>[\^$])|\\.|\.",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"(?:(?:[*+?]|\{\d*,?\d*\})\??)?")
OPENING = re.compile(r"\((?:\?(?:[:=!]|<[=!]|P<\w+>))?")
_MEMBER = re.compile(r"(\\u[\da-fA-F]{4}|\\.|[^\\])(?:-(\\u[\da-fA-F]{4}|\\.|[^\\]))?", re.DOTALL)


class Item(NamedTuple):
    """A part of a pattern: its text and what it begins with, "" among that if it may be empty.

    ``char`` is its text if that is one character; ``rows`` are its alternatives if a larger choice may take them.
    """

    text: str
    heads: Chars
    char: str = ""
    rows: "tuple[Row, ...]" = ()


Row = tuple[Item, ...]
Read = TypeVar("Read")


class _Branch(NamedTuple):
    """Alternatives that begin with ``char``, without it, or one that does not begin with a certain character."""

    char: str
    heads: Chars
    rows: list[Row]

    def rest(self) -> str:
        """What stands behind ``char``."""
        if len(self.rows) > 1:
            return f"(?:{_choice(self.rows).text})"
        return "".join(item.text for item in self.rows[0])


class _Twig(NamedTuple):
    """Branches that go on in the same way, or one that does not begin with a certain character."""

    chars: list[str]
    heads: Chars
    rest: str

    def text(self) -> str:
        if len(self.chars) < 2:
            return "".join(self.chars) + self.rest
        listed = "".join(r"\-" if char == "-" else char for char in self.chars)
        return f"[{listed}]{self.rest}"


def quicker(pattern: str) -> str:
    """The quicker form of ``pattern``."""
    return _choice(_rows(pattern)).text


def alternatives(
    text: str, single: Callable[[re.Match[str], str], Read], group: Callable[[str, str], Read]
) -> list[list[Read]]:
    """The alternatives that ``text`` consists of, each as its parts: what ``single`` makes of a character, a set or
    an edge with its quantifier, and ``group`` of a group.
    """
    ends = closings(text)
    rows: list[list[Read]] = [[]]
    at = 0
    while at < len(text):
        if text[at] == "|":
            rows.append([])
            at += 1
            continue
        atom = _ATOM.match(text, at)
        over = atom.end() if atom else ends[at] + 1
        quantifier = _QUANTIFIER.match(text, over)
        repeated = quantifier[0] if quantifier else ""
        rows[-1].append(single(atom, repeated) if atom else group(text[at:over], repeated))
        at = over + len(repeated)
    return rows


def _rows(text: str) -> tuple[Row, ...]:
    """The alternatives that ``text`` consists of."""
    return tuple(map(tuple, alternatives(text, _single, _group)))


def _single(atom: re.Match[str], repeated: str) -> Item:
    """A character, a set of them or an edge of the text."""
    if atom["edge"]:
        return Item(atom[0] + repeated, EDGE)
    heads = members(atom[0]) if atom["set"] else _class(atom[0])
    if repeated:
        return Item(atom[0] + repeated, _repeated(heads, repeated))
    return Item(atom[0], heads, atom[0] if atom["char"] else "")


def _class(text: str) -> Chars:
    r"""The characters that one character of a pattern stands for; the digits of all scripts are written ``\d``."""
    if text[0] != "\\":
        return None if text == "." else frozenset(text)
    if text[1] == "u":
        return frozenset(chr(int(text[2:], 16)))
    if text[1].isalnum():
        return frozenset({DIGIT}) if text == DIGIT else None
    return frozenset(text[1])


def members(text: str) -> Chars:
    """The characters of a set, None for too many."""
    if text[1] == "^":
        return None
    heads: set[str] = set()
    for low, high in _MEMBER.findall(text[1:-1]):
        first, last = frozenset(low) if low == "." else _class(low), _class(high or low)
        if high and first and last:
            (least,), (most,) = first, last
            first = frozenset(map(chr, range(ord(least), ord(most) + 1)))
        if first is None or len(first) > _WIDEST:
            return None
        heads |= first
    return frozenset(heads)


def _repeated(heads: Chars, quantifier: str) -> Chars:
    """What something begins with when it is repeated."""
    optional = quantifier[0] in "?*" or quantifier.startswith(("{0", "{,"))
    return heads if heads is None or not optional else heads | EDGE


@lru_cache(_REMEMBERED)
def _group(text: str, quantifier: str) -> Item:
    """A group with its quantifier."""
    opening = OPENING.match(text)
    kind = opening[0] if opening else ""
    if kind in ("(?<=", "(?<!"):
        return Item(text, EDGE)
    rows = _rows(text[len(kind) : -1])
    inside = _choice(rows)
    if kind in ("(?=", "(?!"):
        return Item(f"{kind}{inside.text})", EDGE)
    if kind == "(?:" and quantifier == "?" and not (len(rows) == 1 and len(rows[0]) == 1 and rows[0][0].char):
        rows, quantifier = (*rows, ()), ""
        inside = _choice(rows)
    heads = _repeated(inside.heads, quantifier) if quantifier else inside.heads
    return Item(f"{kind}{inside.text}){quantifier}", heads, rows=() if quantifier or kind != "(?:" else rows)


def _heads(row: Row) -> Chars:
    """What parts in a row begin with."""
    heads = EDGE
    for item in row:
        if item.heads is None:
            return None
        heads = (heads - EDGE) | item.heads
        if "" not in heads:
            break
    return heads


def _flat(rows: Iterable[Row]) -> Iterable[Row]:
    """These alternatives, with those of a choice that is one of them in its place."""
    for row in rows:
        if len(row) == 1 and row[0].rows:
            yield from _flat(row[0].rows)
        else:
            yield row


def _meet(one: Chars, other: Chars) -> bool:
    """Whether a text may fit both; what may be empty fits everything."""
    if one is None or other is None or "" in one or "" in other or one & other:
        return True
    return (DIGIT in one and not _DIGITS.isdisjoint(other)) or (
        DIGIT in other and not _DIGITS.isdisjoint(one)
    )


def _choice(rows: Iterable[Row]) -> Item:
    """Alternatives as one part, which may have to be put in a group."""
    flat = list(dict.fromkeys(_flat(rows)))
    branches: list[_Branch] = []
    for row in flat:
        char, heads = row[0].char if row else "", _heads(row)
        for known in reversed(branches):
            if char and known.char == char:
                known.rows.append(row[1:])
                break
            if _meet(known.heads, heads):
                branches.append(_Branch(char, heads, [row[bool(char) :]]))
                break
        else:
            branches.append(_Branch(char, heads, [row[bool(char) :]]))
    heads = anything_of(branch.heads for branch in branches)
    return Item(_written(_twigs(branches), heads), heads)


def _twigs(branches: list[_Branch]) -> list[_Twig]:
    """These branches, together where they differ in their first character alone."""
    twigs: list[_Twig] = []
    for branch in branches:
        twig = _Twig([branch.char] if branch.char else [], branch.heads, branch.rest())
        for at in reversed(range(len(twigs))):
            known = twigs[at]
            if known.chars and twig.chars and known.rest == twig.rest:
                twigs[at] = _Twig(known.chars + twig.chars, anything_of((known.heads, twig.heads)), twig.rest)
                break
            if _meet(known.heads, twig.heads):
                twigs.append(twig)
                break
        else:
            twigs.append(twig)
    return twigs


def _written(twigs: list[_Twig], heads: Chars) -> str:
    """The text of alternatives, with a look at the next character before many."""
    text = "|".join(twig.text() for twig in twigs)
    if len(twigs) < _LONG or heads is None or "" in heads:
        return text
    digits = DIGIT if DIGIT in heads else ""
    listed = heads - _DIGITS - {DIGIT} if digits else heads
    return f"(?=[{digits}{re.escape(''.join(sorted(listed)))}])(?:{text})"
