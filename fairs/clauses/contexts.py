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
_LEVELS = {Scope.PHRASE: 0, Scope.CLAUSE: 1, Scope.SENTENCE: 2, Scope.NEIGHBOURHOOD: 3}
Around = tuple[str, str, str]  # the text before a match, after it, and all of it with the match
_QUOTES = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "】": "【"}
_MARKS = "".join(_QUOTES) + "".join(_QUOTES.values())


class Sentences:
    """A normalised text with the places where its phrases, clauses and sentences end."""

    def __init__(self, text: str) -> None:
        self.text = text
        # from the boundary of a phrase (1) to that of a sentence (3), numbers of the groups above
        self._found = [(mark.start(), mark.end(), mark.lastindex or 0) for mark in _BOUNDARY.finditer(text)]
        self._starts = [start for start, _, _ in self._found]

    def around(self, start: int, end: int) -> list[Around]:
        """What stands around ``start:end`` inside its phrase, clause, sentence, and inside REACH."""
        text, found = self.text, self._found
        first, last = max(0, start - REACH), end + REACH
        lefts, rights = [first] * 4, [last] * 4
        level, at = 0, bisect_left(self._starts, start) - 1
        while at >= 0 and level < 3 and found[at][0] >= first:
            _, ended, rank = found[at]
            if ended <= start:
                while level < rank:
                    lefts[level] = ended
                    level += 1
            at -= 1
        level, at = 0, bisect_left(self._starts, end)
        while at < len(found) and level < 3 and found[at][0] < last:
            begun, _, rank = found[at]
            while level < rank:
                rights[level] = begun
                level += 1
            at += 1
        return [
            (text[left:start], text[end:right], text[left:right])
            for left, right in zip(lefts, rights, strict=True)
        ]


class Place:
    """A match ``text[start:end]``, and what stands around it."""

    __slots__ = ("_around", "_end", "_sentences", "_start")

    def __init__(self, sentences: Sentences, start: int, end: int) -> None:
        self._sentences = sentences
        self._start = start
        self._end = end
        self._around = sentences.around(start, end)

    def in_any(self, contexts: Sequence[Context]) -> bool:
        """Whether one of ``contexts`` holds here: every part that it names."""
        for context in contexts:
            left, right, whole = self._around[_LEVELS[context.scope]]
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
