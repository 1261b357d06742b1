"""Where a match stands in its sentence: negated, quoted, about an object instead of an applicant."""

import re
from bisect import bisect_left, bisect_right
from functools import reduce
from operator import or_

from fairs.clauses.clues import END, REACH, STOPS, Clues

_LONG = "但是"  # the only end that begins with another one

_ROW = 32  # literals of a sentence from which on it is worth to leave out those beyond REACH
# What ends a phrase, a clause, a sentence.
_ENDS = [
    [",", "(", ")", ":"],
    [";", _LONG, "但", "不过", "然而", "可是", "只是", "同等条件下", "but ", "however"],
    [*STOPS, ". "],
]
_LONGEST = max(len(end) for ends in _ENDS for end in ends)
_ANY = ["|".join(re.escape(end) for ends in _ENDS[scope:] for end in ends) for scope in range(len(_ENDS))]
_FIRST = [re.compile(ends) for ends in _ANY]
_LAST = [re.compile(f"(?s:.*)(?:{ends})") for ends in _ANY]  # goes back from the end of what it is given
Around = tuple[str, str, str]  # the text before a match, after it, and all of it with the match
_QUOTES = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "】": "【"}
_MARKS = "".join(_QUOTES) + "".join(_QUOTES.values())


class Sentences:
    """A normalised text with the ends of its phrases, clauses and sentences and the literals of contexts."""

    def __init__(self, text: str, clues: Clues) -> None:
        self.text = text
        self.clues = clues
        self._row, self._over, self._stops, self._distant = clues.read(text)
        self._sentences = self._row.split(END)
        self._known: dict[int, int] = {}  # the contexts that the literals of each make possible
        self._always = reduce(or_, [left | right for _, left, right in self._distant], clues.free)

    def possible(self, start: int, end: int, wanted: int) -> int:
        """Those of the contexts ``wanted`` (as bits) that lack nothing around ``start:end``."""
        clues, text = self.clues, self.text
        wanted &= clues.before.beside.get(text[start - 1 : start], clues.before.others)
        wanted &= clues.after.beside.get(text[end : end + 1], clues.after.others)
        at, stops = bisect_right(self._stops, start), self._stops
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = clues.anys[self._sentences[at]] | self._always
        while at < len(stops) and stops[at] <= end:
            at += 1
            known |= clues.anys[self._sentences[at]]
        wanted &= known
        return wanted and self._on_each_side(start, end, wanted)

    def _on_each_side(self, start: int, end: int, wanted: int) -> int:
        """Those of ``wanted`` whose literals stand on the side of ``start:end`` where they look for them."""
        clues, row, over = self.clues, self._row, self._over
        first, last = bisect_right(over, start), bisect_right(over, end)
        low = first - clues.most if first > clues.most else 0
        begun, ended = row.rfind(END, low, first) + 1 or low, row.find(END, last, last + clues.most)
        if ended < 0:
            ended = last + clues.most
        if ended - begun > _ROW:
            begun = bisect_right(over, start - REACH, begun, first)
            ended = bisect_right(over, end + REACH, last, min(ended, len(over)))
        before, after = clues.lefts[row[begun:first]], clues.rights[row[last:ended]]
        if wanted & clues.wide:
            at, until = (
                bisect_left(self._distant, (start - REACH,)),
                bisect_left(self._distant, (end + REACH + 1,)),
            )
            for stood, left, right in self._distant[at:until]:
                before |= left if stood <= start else 0
                after |= right if stood > start else 0
        wanted &= (before | clues.before.free) & (after | clues.after.free)
        return wanted & (before | after | clues.inners[row[first:last]] | clues.within.free)

    def around(self, scope: int, start: int, end: int) -> Around:
        """What stands around ``start:end`` inside its phrase, clause or sentence (0, 1, 2), but within REACH."""
        text = self.text
        left, right = start - REACH if start > REACH else 0, end + REACH
        if scope < len(_FIRST):
            found = _LAST[scope].match(text, left, start - text.startswith(_LONG, start - 1))
            if found:
                left = found.end()
            found = _FIRST[scope].search(text, end, right + _LONGEST)
            if found and found.start() < right:
                right = found.start()
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

    def in_any(self, contexts: int) -> bool:
        """Whether one of ``contexts`` (as bits) holds here: every part that it names."""
        tries, known = self._sentences.clues.tries, self._around
        left = contexts & self._possible
        while left:
            bit = left & -left
            left ^= bit
            scope, before, after, within, quoted = tries[bit]
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
