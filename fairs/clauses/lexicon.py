"""Which terms of the rulebook the words of a phrase belong to: words of one meaning are one trait. Pure.

``外县户籍`` and ``集体户口`` are different characters but words of one term. What the second reader learns
about one it then knows about the other. A word is a literal without which a term cannot hold.
"""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

import ahocorasick_rs
import yaml

from fairs.clauses.anchors import Analyst, Unreadable
from fairs.clauses.catalogue import catalogue, frequency
from fairs.clauses.grammar import with_terms

Hit = tuple[str, int, int]  # a term and where a word of it stands


class Lexicon:
    """Words, each with the terms that it belongs to."""

    def __init__(self, terms: Mapping[str, tuple[str, ...]]) -> None:
        self.terms = terms
        self._terms = list(terms.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(terms) or ["\0"], implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def hits(self, words: str) -> list[Hit]:
        """The terms that words of ``words`` belong to; part of a Latin word is none."""
        return [
            (term, start, end)
            for literal, start, end in self._automaton.find_matches_as_indexes(words, overlapping=True)
            if not (_inside(words, start) or _inside(words, end))
            for term in self._terms[literal]
        ]


def _inside(words: str, at: int) -> bool:
    """Whether this place lies between two Latin letters."""
    return words[at - 1 : at + 1].isascii() and words[at - 1 : at].isalpha() and words[at : at + 1].isalpha()


def lines_of(terms: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """A line for every word: the word, a tab, its terms."""
    for word, names in sorted(terms.items()):
        yield f"{word}\t{' '.join(names)}"


def read(lines: Iterable[str]) -> Lexicon:
    """The lexicon that ``lines_of`` wrote."""
    pairs = (line.split("\t") for line in lines)
    return Lexicon({word: tuple(names.split(" ")) for word, names in pairs})


def of_rulebook() -> dict[str, tuple[str, ...]]:
    """The words of all terms of this package's rulebook, each with the terms that it belongs to."""
    folder = files("fairs.clauses").joinpath("rulebook")
    books = {
        entry.name: yaml.load(entry.read_text("utf-8"), Loader=yaml.CSafeLoader)
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    }
    shared = with_terms("contexts.yaml", {}, books.pop("contexts.yaml")["terms"])
    named = dict(shared)
    for name, book in books.items():
        own = book.get("terms") or {}
        expanded = with_terms(name, shared, own)
        named |= {f"{book['category']}.{term}": expanded[term] for term in own}
    return _words(named)


def _words(terms: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The literals of terms; a term that can hold without any is left out."""
    analyst = Analyst(frequency(catalogue().rules))
    found: dict[str, set[str]] = {}
    for name, pattern in terms.items():
        try:
            literals = analyst.anchored(pattern).anchors
        except Unreadable:  # anything at all could stand there: no word tells this term
            continue
        for literal in literals:
            if literal.isprintable() and "\t" not in literal:
                found.setdefault(literal, set()).add(name)
    return {literal: tuple(sorted(names)) for literal, names in sorted(found.items())}
