"""Where a match stands in its sentence: negated, quoted, about an object instead of an applicant."""

import re

from fairs.clauses.rules import Context, Scope

REACH = 120  # code points on either side that a context may look at; keeps the cost of one match constant

_CONTRAST = "但是?|不过|然而|可是|只是|同等条件下|but |however"
_BOUNDARIES = {
    Scope.PHRASE: re.compile(rf"[,。;!?\n():]|[.,] |{_CONTRAST}"),
    Scope.CLAUSE: re.compile(rf"[。;!?\n]|\. |{_CONTRAST}"),
    Scope.SENTENCE: re.compile(r"[。!?\n]|\. "),
}
_QUOTES = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "】": "【"}
_MARKS = "".join(_QUOTES) + "".join(_QUOTES.values())


class Place:
    """A match ``text[start:end]`` in the normalised text, and what stands around it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._match = text[start:end]
        self._left = text[max(0, start - REACH) : start]
        self._right = text[end : end + REACH]
        self._around: dict[Scope, tuple[str, str]] = {Scope.NEIGHBOURHOOD: (self._left, self._right)}

    def has(self, context: Context) -> bool:
        """Whether every part that ``context`` names holds here."""
        left, right = self._around.get(context.scope) or self._cut(context.scope)
        if context.before and not context.before.search(left):
            return False
        if context.after and not context.after.search(right):
            return False
        if context.within and not context.within.search(left + self._match + right):
            return False
        return not context.quoted or self._in_quotes()

    def _cut(self, scope: Scope) -> tuple[str, str]:
        """The text before and after the match up to the boundaries of ``scope``."""
        boundary = _BOUNDARIES[scope]
        begin = 0
        for found in boundary.finditer(self._left):
            begin = found.end()
        stop = boundary.search(self._right)
        self._around[scope] = self._left[begin:], self._right[: stop.start()] if stop else self._right
        return self._around[scope]

    def _in_quotes(self) -> bool:
        """Whether the match lies between an opening and its closing quotation mark, which may be part of it."""
        inner = self._match.strip(_MARKS)
        at = self._match.index(inner)
        left = self._left + self._match[:at]
        right = self._match[at + len(inner) :] + self._right
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
