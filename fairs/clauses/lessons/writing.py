"""Clauses drawn from patterns: ``(a|b)`` is one of two, ``x?`` may be left out, ``{name}`` one of a word list.

A draw deals the words of every choice like a pack of cards, so each of them comes before any comes again, and
the same file always gives the same clauses.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_NAMED = re.compile(r"([a-z_]+) = (.+)")


class FaultyLesson(ValueError):
    """A line of a file with written clauses cannot be read; the message says which and why."""


@dataclass(frozen=True)
class Clause:
    """One written clause and the category that it breaks, None for a lawful one."""

    text: str
    category: str | None


@dataclass
class _Choice:
    """Some alternatives, dealt in random order; each is a row of texts and choices."""

    options: list[list["str | _Choice"]]
    pack: list[list["str | _Choice"]] = field(default_factory=list)

    def deal(self, dice: random.Random) -> str:
        """One alternative, its own choices dealt."""
        if not self.pack:
            self.pack = dice.sample(self.options, len(self.options))
        return "".join(part if isinstance(part, str) else part.deal(dice) for part in self.pack.pop())

    def widest(self) -> int:
        """The number of alternatives of the widest choice in it."""
        inner = [part.widest() for row in self.options for part in row if isinstance(part, _Choice)]
        return max(len(self.options), *inner, 1)


def written(lines: Sequence[str]) -> Iterator[Clause]:
    """The clauses of a file; raises FaultyLesson. Equal clauses come once a line."""
    words: dict[str, list[str]] = {}
    category: str | None = None
    least = 1
    for number, line in enumerate(lines, 1):
        named = _NAMED.fullmatch(line)
        if not line.strip() or line.startswith("#"):
            continue
        if named:
            words[named[1]] = named[2].split("|")
        elif line == "-" or line.startswith("+ "):
            category = line[2:] or None
        elif line.startswith("* "):
            least = int(line[2:])
        else:
            yield from (Clause(text, category) for text in _drawn(line, words, least, number))


def _drawn(line: str, words: dict[str, list[str]], least: int, number: int) -> list[str]:
    """Different texts of one pattern, enough for every alternative of its widest choice."""
    try:
        choice = _Choice([_Pattern(line, words).row()])
    except (KeyError, IndexError, ValueError) as fault:
        raise FaultyLesson(f"line {number}: {line!r}: {fault!r}") from fault
    dice = random.Random(line)  # noqa: S311  no secret: the same line must always give the same clauses
    texts = [choice.deal(dice) for _ in range(max(least, choice.widest()))]
    return sorted(set(texts))


class _Pattern:
    """Reads one pattern from left to right."""

    def __init__(self, line: str, words: dict[str, list[str]]) -> None:
        self._line = line
        self._words = words
        self._at = 0

    def row(self) -> list[str | _Choice]:
        """Everything up to the end, to ``|`` or to ``)``."""
        parts: list[str | _Choice] = []
        while self._at < len(self._line) and self._line[self._at] not in "|)":
            part = self._part(self._line[self._at])
            if self._line[self._at : self._at + 1] == "?":
                self._at += 1
                part = _Choice([[part], [""]])
            parts.append(part)
        return parts

    def _part(self, first: str) -> str | _Choice:
        self._at += 1
        if first == "{":
            end = self._line.index("}", self._at)
            name, self._at = self._line[self._at : end], end + 1
            return _Choice([[word] for word in self._words[name]])
        if first != "(":
            return first
        options = [self.row()]
        while self._line[self._at] == "|":
            self._at += 1
            options.append(self.row())
        self._at += 1
        return _Choice(options)
