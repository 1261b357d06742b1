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


def holds(context: Context, text: str, start: int, end: int) -> bool:
    """Whether ``context`` holds for the match ``text[start:end]`` of the normalised text."""
    left, right = _around(text, start, end, context.scope)
    if context.before and not context.before.search(left):
        return False
    if context.after and not context.after.search(right):
        return False
    if context.within and not context.within.search(left + text[start:end] + right):
        return False
    return not context.quoted or _in_quotes(text, start, end)


def _around(text: str, start: int, end: int, scope: Scope) -> tuple[str, str]:
    """The text before and after a match up to the boundaries of ``scope``, at most ``REACH`` on each side."""
    left, right = text[max(0, start - REACH) : start], text[end : end + REACH]
    boundary = _BOUNDARIES.get(scope)
    if boundary is None:
        return left, right
    cut = 0
    for found in boundary.finditer(left):
        cut = found.end()
    stop = boundary.search(right)
    return left[cut:], right[: stop.start()] if stop else right


def _in_quotes(text: str, start: int, end: int) -> bool:
    """Whether the match lies between an opening and its closing quotation mark, which may be part of it."""
    inner = text[start:end].strip("".join(_QUOTES) + "".join(_QUOTES.values()))
    start = text.index(inner, start, end)
    end = start + len(inner)
    left, right = text[max(0, start - REACH) : start], text[end : end + REACH]
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
