"""What one press puts in place of a clause, so that neither half a sentence nor an empty item is left; pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fairs.vetting.marks import Placed

_RANK = {"、": 0, "，": 1, ",": 1, "；": 2, ";": 2}
"""What separates clauses: the weaker of two goes with what stood between them."""
_ENDS = re.compile(r"[。！？!?]|\.(?=\s|$)")
_CLOSES = {"（": "）", "(": ")", "【": "】", "[": "]"}
_NUMBER = r"(?:\d{1,2}[ \t]*[.、．)）]|[（(]\d{1,2}[)）]|[①-⑳]|[-•·*●])"
_ITEM = re.compile(
    rf"(?:^|(?<=[。；;！？!?]))[ \t　]*(?:{_NUMBER}[ \t　]*)?(?:[\u4e00-\u9fffA-Za-z ]{{1,12}}[：:][ \t　]*)?$"
)
_EMPTY = re.compile(r"(?:^|(?<=[。；;！？!?：:]))[ \t　]*(?:" + _NUMBER + r"[ \t　]*)?$")
_STOPS = re.compile(r"[，。；：！？,;:!?\n]|\.(?=\s|$)")
_FRONT = re.compile(rf"\s*{_NUMBER}?\s*")
_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z]")
_SENTENCES = re.compile("[。！？；\n]")
WHOLE = 10
"""A Chinese wording of so many characters says everything by itself."""
LATIN_SHARE = 3
"""So many Latin letters for each Chinese character make a sentence an English one."""


@dataclass(frozen=True)
class Mend:
    """``words`` take the place of the text from ``start`` to ``end`` (code points)."""

    start: int
    end: int
    quote: str
    words: str


def mended(text: str, places: Iterable[Placed], wording: str, english: str | None = None) -> Mend | None:
    """One change that mends a clause wherever it is said: ``wording`` instead of it, "" to delete it.

    In an English sentence ``english`` is put in, if there is any. None where nothing can be changed.
    """
    now, first, after = text, len(text) + 1, len(text)
    # from the last to the first: what is still to be mended stays where it was found
    for place in sorted(places, key=lambda one: one.start, reverse=True):
        if place.end > min(first, len(text)):
            continue  # a wording for a whole clause has taken this place along
        begin, end, words = _change(now, place.start, place.end, wording, english)
        after = min(after, len(now) - end)
        now, first = now[:begin] + words + now[end:], begin
    if first > len(text):
        return None
    end = len(text) - after
    return Mend(first, end, text[first:end], now[first : len(now) - after])


def in_english(text: str, start: int, end: int) -> bool:
    """Whether a clause stands in an English sentence."""
    begin = max((hit.end() for hit in _SENTENCES.finditer(text, 0, start)), default=0)
    following = _SENTENCES.search(text, end)
    sentence = text[begin : following.start() if following else len(text)]
    foreign, own = len(_LATIN.findall(sentence)), len(_HAN.findall(sentence))
    return not _HAN.search(text[start:end]) and foreign > 0 and foreign >= LATIN_SHARE * own


def _change(text: str, start: int, end: int, wording: str, english: str | None) -> tuple[int, int, str]:
    whole = len(wording) >= WHOLE and bool(_HAN.match(wording))
    if wording and english is not None and in_english(text, start, end):
        wording = english
    if not wording:
        return (*_removed(text, start, end), "")
    if whole:
        start, end = _around(text, start, end)
    return start, end, _cased(text[:start], wording)


def _cased(before: str, words: str) -> str:
    """A wording that goes on in the middle of an English sentence begins with a small letter."""
    goes_on = re.search(r"[A-Za-z0-9,;，；、(（][ \t]*$", before) and not re.search(
        rf"(?:^|\n)\s*{_NUMBER}?\s*$", before
    )
    return words[0].lower() + words[1:] if goes_on else words


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole clause: in the middle of it neither half could be read. A number or dash in front of it stays."""
    begin = max((hit.end() for hit in _STOPS.finditer(text) if hit.end() <= start), default=0)
    following = _STOPS.search(text, end)
    front = _FRONT.match(text, begin, start)
    return front.end() if front else begin, following.start() if following else len(text)


def _removed(text: str, start: int, end: int) -> tuple[int, int]:
    """What goes with a deleted clause: brackets around it, its item if it was all of it, else a separator."""
    while start and _CLOSES.get(text[start - 1]) == text[end : end + 1] != "":
        start, end = start - 1, end + 1
    left, right = _bare_left(text, start), _bare_right(text, end)
    item = _ITEM.search(text[text.rfind("\n", 0, start) + 1 : start])
    follows = text[right : right + 1]
    stops = not follows or follows == "\n" or bool(_ENDS.match(text, right))
    if item and (stops or follows in {"；", ";"}):
        labelled = item.group().rstrip().endswith(("：", ":"))
        if labelled and not _ends_line(text, right + (follows != "\n")):
            return start, _bare_right(text, right + 1)  # the label is for what follows, too
        return _item(text, start - len(item.group()), right)
    before = text[left - 1 : left]
    if follows in _RANK and (_begins(text, start) or before in _CLOSES):
        return start, _bare_right(text, right + 1)
    if before not in _RANK:
        return start, end
    if stops or follows in _CLOSES.values():
        return left - 1, right
    if follows in _RANK:
        weaker_left = _RANK[before] < _RANK[follows]
        return (left - 1, right) if weaker_left else (start, _bare_right(text, right + 1))
    return start, end


def _begins(text: str, start: int) -> bool:
    return bool(_EMPTY.search(text[text.rfind("\n", 0, start) + 1 : start]))


def _item(text: str, begin: int, right: int) -> tuple[int, int]:
    """An item with its end mark: its line too if nothing else is on it; the last of a row leaves the mark."""
    closed = right + 1 if right < len(text) and text[right] != "\n" else right
    ends_line = _ends_line(text, closed)
    opens_line = not text[text.rfind("\n", 0, begin) + 1 : begin].strip()
    if opens_line and ends_line:
        begin, closed = text.rfind("\n", 0, begin) + 1, _bare_right(text, closed)
        return (begin, closed + 1) if closed < len(text) else (max(begin - 1, 0), closed)
    if ends_line and text[begin - 1 : begin] in {"；", ";"}:
        return begin - 1, right if closed > right and text[right] not in _RANK else closed - (closed > right)
    return begin, closed if ends_line else _bare_right(text, closed)


def _ends_line(text: str, at: int) -> bool:
    return text[_bare_right(text, at) : _bare_right(text, at) + 1] in {"", "\n"}


def _bare_left(text: str, at: int) -> int:
    while at and text[at - 1] in " \t　":
        at -= 1
    return at


def _bare_right(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t　":
        at += 1
    return at
