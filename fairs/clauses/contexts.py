"""Where a match stands in its sentence: negated, quoted, about an object instead of an applicant."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, reduce
from itertools import accumulate
from operator import or_

import ahocorasick_rs

from fairs.clauses.clues import Clues
from fairs.clauses.patterns import Pattern
from fairs.clauses.rules import Context, Contexts, Scope

REACH = 120  # code points on either side that a context may look at; keeps the cost of one match constant

# What ends a phrase, a clause, a sentence, in the order of ``Scope``; an automaton finds the longest of them four
# times as fast as ``re``.
_ENDS = [
    [",", "(", ")", ":"],
    [";", "但", "但是", "不过", "然而", "可是", "只是", "同等条件下", "but ", "however"],
    ["。", "!", "?", "\n", ". "],
]
_BOUNDARIES = ahocorasick_rs.AhoCorasick(
    [literal for literals in _ENDS for literal in literals],
    matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
)
_LEAST = list(accumulate(map(len, _ENDS), initial=0))  # number of the first end of each
_SENTENCE = 2
Edges = tuple[list[int], list[int]]  # where boundaries begin, where they end
Around = tuple[str, str, str]  # the text before a match, after it, and all of it with the match
_QUOTES = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "】": "【"}
_MARKS = "".join(_QUOTES) + "".join(_QUOTES.values())


class Sentences:
    """A normalised text with the places where its phrases, clauses and sentences end."""

    def __init__(self, text: str, clues: Clues) -> None:
        self.text = text
        self._found = _BOUNDARIES.find_matches_as_indexes(text)
        self._edges: dict[int, Edges] = {}
        self._starts, self._ends = self._edges_of(_SENTENCE)
        self._possible = clues.by_stretch(text, self._ends)
        self._wide = clues.wide & reduce(or_, self._possible)

    def _edges_of(self, scope: int) -> Edges:
        """Where the boundaries of such stretches (numbers as in ``_ENDS``) begin and end."""
        edges = self._edges.get(scope)
        if edges is None:
            least = _LEAST[scope]
            chosen = [(start, end) for number, start, end in self._found if number >= least]
            edges = self._edges[scope] = [start for start, _ in chosen], [end for _, end in chosen]
        return edges

    def possible(self, start: int, end: int) -> int:
        """The contexts (as bits) whose clues stand in the sentence of ``start:end``; wide ones: in the text."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        if first == last:
            return self._wide | self._possible[first]
        return reduce(or_, self._possible[first : last + 1], self._wide)

    def around(self, scope: int, start: int, end: int) -> Around:
        """What stands around ``start:end`` inside its phrase, clause or sentence (0, 1, 2), but within REACH."""
        left, right = start - REACH if start > REACH else 0, end + REACH
        if scope <= _SENTENCE:
            starts, ends = self._edges_of(scope)
            at = bisect_right(ends, start) - 1
            if at >= 0 and starts[at] >= left:
                left = ends[at]
            at = bisect_left(starts, end)
            if at < len(starts) and starts[at] < right:
                right = starts[at]
        text = self.text
        return text[left:start], text[end:right], text[left:right]


class Place:
    """A match ``text[start:end]``, what stands around it, and which contexts (as bits) are possible there."""

    __slots__ = ("_around", "_end", "_possible", "_sentences", "_start")

    def __init__(self, sentences: Sentences, start: int, end: int, possible: int) -> None:
        self._sentences = sentences
        self._start = start
        self._end = end
        self._around: dict[int, Around] = {}
        self._possible = possible

    def in_any(self, contexts: Contexts) -> bool:
        """Whether one of ``contexts`` holds here: every part that it names."""
        possible = contexts.clues & self._possible
        if not possible:
            return False
        known = self._around
        for scope, before, after, within, quoted in contexts.live[possible]:
            around = known.get(scope)
            if around is None:
                around = known[scope] = self._sentences.around(scope, self._start, self._end)
            if (
                (before is None or before(around[0]))
                and (after is None or after(around[1]))
                and (within is None or within(around[2]))
                and (not quoted or self._in_quotes(around[0], around[1]))
            ):
                return True
        return False

    def _in_quotes(self, left: str, right: str) -> bool:
        """Whether the match lies between an opening and its closing quotation mark, which may be part of it."""
        match = _up_to_quote(self._sentences.text[self._start : self._end])
        right = self._sentences.text[self._start + len(match) : self._end] + right
        inner = match.strip(_MARKS)
        at = match.index(inner)
        left += match[:at]
        right = match[at + len(inner) :] + right
        if left.count('"') % 2 == 1 and '"' in right:
            return True
        return any(
            left.rfind(opening) > left.rfind(closing) and 0 <= right.find(closing) < _position(right, opening)
            for closing, opening in _QUOTES.items()
        )


def _up_to_quote(match: str) -> str:
    """The part of a match before a quotation mark that closes what was opened before it."""
    for closing, opening in _QUOTES.items():
        at = match.find(closing, 1)
        if at > 0 and opening not in match[:at]:
            return match[: at + 1]
    return match


def _position(text: str, mark: str) -> int:
    """Where ``mark`` first stands in ``text``, or past its end."""
    at = text.find(mark)
    return at if at >= 0 else len(text) + 1


def merged(contexts: Sequence[Context]) -> tuple[Context, ...]:
    """Fewer contexts that hold at the same places: those with one part each become one per scope and part."""
    simple: dict[tuple[Scope, str], list[str]] = {}
    rest: list[Context] = []
    for context in contexts:
        parts = [part for part in ("before", "after", "within") if getattr(context, part)]
        if len(parts) == 1 and not context.quoted:
            simple.setdefault((context.scope, parts[0]), []).append(getattr(context, parts[0]).pattern)
        else:
            rest.append(context)
    return (
        *(_alternatives(scope, part, tuple(patterns)) for (scope, part), patterns in simple.items()),
        *rest,
    )


@cache
def _alternatives(scope: Scope, part: str, patterns: tuple[str, ...]) -> Context:
    """One context for several of the same scope and part."""
    together = Pattern("|".join(f"(?:{one})" for one in patterns))
    return Context(
        scope,
        before=together if part == "before" else None,
        after=together if part == "after" else None,
        within=together if part == "within" else None,
    )
