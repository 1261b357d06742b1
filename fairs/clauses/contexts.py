"""Where a match stands in its sentence: negated, quoted, about an object instead of an applicant."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from fairs.clauses.rules import Context, Scope

REACH = 120  # code points on either side that a context may look at; keeps the cost of one match constant

_BOUNDARY = re.compile(
    r"(?P<phrase>[,():])|(?P<clause>;|但是?|不过|然而|可是|只是|同等条件下|but |however)|(?P<sentence>[。!?\n]|\. )"
)
_LEVELS = {Scope.PHRASE: 1, Scope.CLAUSE: 2, Scope.SENTENCE: 3}  # numbers of the groups above
_QUOTES = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "】": "【"}
_MARKS = "".join(_QUOTES) + "".join(_QUOTES.values())


class Sentences:
    """A normalised text with the places where its phrases, clauses and sentences end."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [(mark.start(), mark.end(), mark.lastindex or 0) for mark in _BOUNDARY.finditer(text)]
        self._found = found
        self._starts = [start for start, _, _ in found]

    def around(self, scope: Scope, start: int, end: int) -> tuple[str, str, str]:
        """The text before ``start``, after ``end``, and all of it, inside ``scope`` and REACH."""
        first, last = max(0, start - REACH), end + REACH
        level = _LEVELS.get(scope)
        if level:
            found = self._found
            at = bisect_left(self._starts, start) - 1
            while at >= 0 and found[at][0] >= first:
                if found[at][2] >= level and found[at][1] <= start:
                    first = found[at][1]
                at -= 1
            at = bisect_left(self._starts, end)
            while at < len(found) and found[at][0] < last:
                if found[at][2] >= level:
                    last = found[at][0]
                at += 1
        text = self.text
        return text[first:start], text[end:last], text[first:last]


class Place:
    """A match ``text[start:end]``, and what stands around it."""

    __slots__ = ("_around", "_end", "_sentences", "_start")

    def __init__(self, sentences: Sentences, start: int, end: int) -> None:
        self._sentences = sentences
        self._start = start
        self._end = end
        self._around: dict[Scope, tuple[str, str, str]] = {}

    def in_any(self, contexts: Sequence[Context]) -> bool:
        """Whether one of ``contexts`` holds here: every part that it names."""
        known = self._around
        for context in contexts:
            around = known.get(context.scope)
            if around is None:
                around = known[context.scope] = self._sentences.around(context.scope, self._start, self._end)
            left, right, whole = around
            if (
                (context.before is None or context.before.search(left))
                and (context.after is None or context.after.search(right))
                and (context.within is None or context.within.search(whole))
                and (not context.quoted or self._in_quotes(left, right))
            ):
                return True
        return False

    def _in_quotes(self, left: str, right: str) -> bool:
        """Whether the match lies between an opening and its closing quotation mark, which may be part of it."""
        match = self._sentences.text[self._start : self._end]
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
    together = re.compile("|".join(f"(?:{one})" for one in patterns))
    return Context(
        scope,
        before=together if part == "before" else None,
        after=together if part == "after" else None,
        within=together if part == "within" else None,
    )
