"""Trains the second reader: one line of logistic regression for each category, over the traits of phrases.

``flask --app wsgi vetting train`` reads the lessons and writes ``weights.tsv``; the same lessons give the same file.
Every run of phrases of a labelled text is an example: for the categories whose marked words it holds, against those
it does not touch, and silent about those it holds in part.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

from fairs.clauses import lexicon
from fairs.clauses.accuracy import Labelled, Mark, labelled
from fairs.clauses.catalogue import catalogue
from fairs.clauses.descent import Floats, lowest
from fairs.clauses.engine import check
from fairs.clauses.glance import glimpses
from fairs.clauses.lessons.writing import written
from fairs.clauses.normalise import normalise
from fairs.clauses.rules import Category
from fairs.clauses.traits import ANYTHING, Window, phrases, traits, windows

WEIGHTS = Path(__file__).parent / "weights.tsv"
LESSONS = files("fairs.clauses.lessons")
RARE = 3  # a trait seen less often is not learned
PENALTY = 0.02  # how much large weights cost; found by reading texts of authors who were left out
COVERED = 0.8  # the share of marked words from which a window counts as holding them
STEPS = 120  # iterations at most for one category
SCALE = 20  # weights are kept in twentieths
SLIGHT = 10  # twentieths below which a weight is dropped


@dataclass(frozen=True)
class Lesson:
    """A window of a plain text with the categories that it breaks, and those about which it says nothing."""

    text: str
    window: Window
    breaks: frozenset[str]
    unsaid: frozenset[str] = frozenset()


def lessons() -> list[Lesson]:
    """All lessons of this package."""
    learned = [
        lesson
        for line in LESSONS.joinpath("labelled.jsonl").read_text("utf-8").splitlines()
        for lesson in from_text(labelled(json.loads(line)))
    ]
    lines = LESSONS.joinpath("written.txt").read_text("utf-8").splitlines()
    return [*learned, *from_lines(lines), *from_examples(), *from_ordinary()]


def from_ordinary() -> Iterator[Lesson]:
    """The lessons of ordinary postings, in which nothing is wrong."""
    for postings in (files("fairs.clauses").joinpath("ordinary.txt"), LESSONS.joinpath("ordinary.txt")):
        for posting in postings.read_text("utf-8").split("\n---\n"):
            yield from from_text(Labelled(posting, []))


def from_examples() -> Iterator[Lesson]:
    """The lessons of the rulebook's own examples, marked as their rules find them."""
    for rule in catalogue().rules:
        for example in rule.examples:
            found = check(example.text, example.field, rules_only=True) if example.must_match else ()
            marks = [Mark(one.category, one.severity, one.start, one.end) for one in found]
            yield from from_text(Labelled(example.text, marks))


def from_lines(lines: Sequence[str]) -> Iterator[Lesson]:
    """The lessons of written clauses."""
    for clause in written(lines):
        breaks = frozenset({clause.category} if clause.category else ())
        words = normalise(clause.text).text
        yield Lesson(words, Window(0, len(words)), breaks)


def from_text(item: Labelled) -> Iterator[Lesson]:
    """The lessons of one labelled text, one for every window."""
    plain = normalise(item.text)
    origins = [plain.original(at, at + 1) for at in range(len(plain.text))]
    marks = []
    for mark in item.marks:
        inside = [at for at, (start, end) in enumerate(origins) if start < mark.end and end > mark.start]
        if inside:
            marks.append((mark.category, inside[0], inside[-1] + 1))
    found = phrases(plain.text)
    for first in range(len(found)):
        for window in windows(found, first):
            shares: dict[str, float] = {}
            for category, start, end in marks:
                common = min(window.end, end) - max(window.start, start)
                shares[category] = max(shares.get(category, 0.0), common / (end - start))
            breaks = frozenset(one for one, share in shares.items() if share >= COVERED)
            partly = frozenset(one for one, share in shares.items() if 0 < share < COVERED)
            yield Lesson(plain.text, window, breaks, partly)


@dataclass(frozen=True)
class Learned:
    """Words of terms, and the weights of traits and of what the quick look reads, in ``SCALE`` parts.

    ``weights`` has a row for every name, then what each column begins with; a column for each category, then one for
    whatever is wrong. ``glances`` are by name; the empty name is what they begin with.
    """

    words: Mapping[str, tuple[str, ...]]
    names: Sequence[str]
    weights: np.ndarray[Any, np.dtype[np.int32]]
    glances: Mapping[str, int]


def learn(examples: Sequence[Lesson]) -> Learned:
    """The weights that tell these examples apart."""
    words = lexicon.of_rulebook()
    known = lexicon.Lexicon(words)
    found = (traits(one.text, one.window, known) for one in examples)
    names, matrix = _matrix([(list(one.names()), one.share) for one in found])
    turned = matrix.T.tocsr()
    fitted = [_one(matrix, turned, examples, category.value) for category in Category]
    weights = _parts(np.array([*fitted, _any(matrix, turned, examples)]).T)
    single = _single(examples)
    seen, matrix = _matrix([glimpses(one.text[one.window.start : one.window.end]) for one in single])
    glances = _parts(_any(matrix, matrix.T.tocsr(), single))
    return Learned(words, names, weights, dict(zip([*seen, ""], glances.tolist(), strict=True)))


def _single(examples: Sequence[Lesson]) -> list[Lesson]:
    """The examples of one phrase; what holds a part of marked words is worth a look as well."""
    return [
        Lesson(one.text, one.window, one.breaks | one.unsaid)
        for one in examples
        if len(phrases(one.text[one.window.start : one.window.end])) == 1
    ]


def _parts(weights: Floats) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Weights in whole parts, slight ones dropped; the last row is where they begin and stays."""
    parts = np.rint(weights * SCALE).astype(np.int32)
    parts[:-1][np.abs(parts[:-1]) < SLIGHT] = 0
    return parts


def _matrix(found: Sequence[tuple[Sequence[str], float]]) -> tuple[list[str], Any]:
    """The names that are not rare, and how much each counts in every example; what stands twice counts twice."""
    seen = Counter(name for names, _ in found for name in set(names))
    names = sorted(name for name, times in seen.items() if times >= RARE and name.isprintable())
    number = {name: at for at, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, (own, share) in enumerate(found):
        known = sorted(number[name] for name in own if name in number)
        rows += [row] * len(known)
        columns += known
        values += [share] * len(known)
    return names, sp.csr_matrix((values, (rows, columns)), shape=(len(found), len(names)))


def _one(matrix: Any, turned: Any, examples: Sequence[Lesson], category: str) -> Floats:
    """Weights for one category, and last what it begins with."""
    sign = np.array([1.0 if category in one.breaks else -1.0 for one in examples])
    counts = np.array([0.0 if category in one.unsaid else 1.0 for one in examples])
    return _fit(matrix, turned, sign, counts)


def _any(matrix: Any, turned: Any, examples: Sequence[Lesson]) -> Floats:
    """Weights for "anything at all", and last what it begins with."""
    sign = np.array([1.0 if one.breaks else -1.0 for one in examples])
    counts = np.array([0.0 if one.unsaid and not one.breaks else 1.0 for one in examples])
    return _fit(matrix, turned, sign, counts)


def _fit(matrix: Any, turned: Any, sign: Floats, counts: Floats) -> Floats:
    """Weights that tell +1 from -1 where it counts, and last what it begins with."""

    def loss(at: Floats) -> tuple[float, Floats]:
        weights, begin = at[:-1], at[-1]
        margin = sign * (matrix @ weights + begin)
        pull = -counts * sign / (1 + np.exp(np.clip(margin, -50, 50)))
        cost = float((counts * np.logaddexp(0, -margin)).sum() + PENALTY / 2 * (weights * weights).sum())
        return cost, np.append(turned @ pull + PENALTY * weights, pull.sum())

    return lowest(loss, np.append(np.zeros(matrix.shape[1]), -3.0), STEPS)


def lines_of(learned: Learned) -> Iterator[str]:
    """The file of the weights in three parts with an empty line between: words with their terms, traits with the
    weights that count, and the same for the quick look.
    """
    yield from lexicon.lines_of(learned.words)
    yield ""
    letters = [*(chr(ord("a") + at) for at in range(len(Category))), ANYTHING]
    for name, row in zip([*learned.names, ""], learned.weights.tolist(), strict=True):
        counts = [f"{letter}{weight}" for letter, weight in zip(letters, row, strict=True) if weight]
        if counts:
            yield f"{name}\t{' '.join(counts)}"
    yield ""
    yield from (f"{name}\t{part}" for name, part in learned.glances.items() if part)


def write(learned: Learned, target: Path = WEIGHTS) -> None:
    """Write the file that ``reader`` reads."""
    target.write_text("\n".join(lines_of(learned)) + "\n", "utf-8")
