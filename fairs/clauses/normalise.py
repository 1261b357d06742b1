"""One plain form of a text for matching, with the way back to every original code point.

Folded are width and style of characters, case, Traditional characters, invisible characters, symbols for the
sexes, and separators that somebody put between single characters (``限/男/生``, ``9 8 5``).
"""

import re
import unicodedata
from array import array
from collections.abc import Sequence
from functools import lru_cache, partial
from importlib.resources import files
from operator import methodcaller

from fairs.clauses.compiled import COMPILED
from fairs.clauses.origins import Normalised, Rewriting
from fairs.clauses.spelling import respelt

if COMPILED:
    from fairs.clauses.compiled.folder import folded

# Traditional and Simplified characters, one for one, made from the character tables of OpenCC 1.1 (Apache-2.0).
TRADITIONAL = files("fairs.clauses").joinpath("traditional.txt").read_text("utf-8")
_LOOKALIKES = {"侽": "男", "娚": "男", "♂": "男", "👨": "男", "🚹": "男", "♀": "女", "👩": "女", "🚺": "女"}
_LOOKALIKES |= dict(zip("ロニハエカタト", "口二八工力夕卜", strict=True))  # katakana that pass for characters
_DASHES = "‐‑‒–—―−－〜～∼"
_JOINER = "\u200d"

# Characters whose plain form is one character, found in one table; everything else takes the careful way.
_PLAIN: dict[int, str] = {
    code: chr(code) for code in [0x09, 0x0A, *range(0x20, 0x7F), *range(0x4E00, 0xA000)]
}
_PLAIN |= {ord(char): char for char in "、。《》「」『』【】〈〉“”‘’…·≤≥√¥×"}
_PLAIN |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN |= {code: chr(code).lower() for code in range(0x41, 0x5B)}
_PLAIN |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF21, 0xFF3B)}
_PLAIN |= {0x3000: " ", 0xA0: " "} | {ord(char): "-" for char in _DASHES}
_PLAIN |= {ord(pair[0]): pair[1] for pair in TRADITIONAL.split()}
_PLAIN |= {ord(old): _LOOKALIKES[old] for old in "侽娚"}
_MANY = 16  # different characters from which one pass over a text is faster than replacing them one by one
_TABLE = str.maketrans({chr(old): new for old, new in _PLAIN.items() if chr(old) != new})
_ORDINARY = "\t\n\x20-\x7e\xa0\u3000\u4e00-\u9fff\uff01-\uff5e、。《》「」『』【】〈〉“”‘’…·≤≥√¥×" + _DASHES
_ODD = re.compile(f"[^{_ORDINARY}]")
# Most texts hold nothing but these foldable signs and capitals: replacing them one by one is ten times faster.
_FREQUENT = {full: chr(ord(full) - 0xFEE0) for full in "，：；（）！？"}
_FOLDED = "".join(re.escape(chr(old)) for old in _TABLE if chr(old) not in _FREQUENT and old > 0x7F)
_USUAL = re.sub(f"[^{_ORDINARY}]|[{_FOLDED}]", "", "".join(map(chr, range(0x10000))))
_UNUSUAL = re.compile(
    f"[^{re.escape(_USUAL)}]"
)  # one set of characters is found several times as fast as two

_SEPARATORS = " _./·*|+-^~#=•★☆●◆■▲"
_SEPARATOR = re.compile(f"[{re.escape(_SEPARATORS)}]")
_LONG_NUMBER = re.compile(r"\d\d")
_SEPARATED = re.compile(rf"[{re.escape(_SEPARATORS)}](?=[0-9\u4e00-\u9fff])(?<=[0-9\u4e00-\u9fff].)")
_START = methodcaller("start")
_SPELT = re.compile(r"[a-z](?<![a-z].) (?:[a-z] ){2,}[a-z](?![a-z])")
_LETTERS = re.compile(" [a-z] [a-z] ")  # in all of these, and found at once
_GAP = re.compile("  +")
# Words that people hide by one separator in their middle; elsewhere a dot between two words is a list.
_HIDDEN_WORDS = (
    "押金 压金 社保 刷单 男生 女生 男性 女性 限男 限女 乙肝 未婚 已婚 未育 已育 户籍 户口 年龄 统招 贷款 内推"
    " 传销 下线 党员 残疾 信教 怀孕 籍贯 属相 星座 血型 单亲 政审 案底 前科 抵押 中介"
)
_HIDDEN = frozenset(_HIDDEN_WORDS.split())
_SPACED_OUT = 0.4  # the share of one separator from which a whole text counts as written with gaps


# One word of a list (主管·男·包住), not the middle of a hidden one (限·男·生).
_SEX_IN_A_LIST = re.compile("(?<=[^限招仅只要收非。,;])([·•/|◆])[男女]\\1(?![生性士孩男女])")


def normalise(text: str) -> Normalised:
    """Fold ``text``. Time is linear in its length; ordinary postings take the fast way of a few replacements."""
    plain = common_form(text)
    return _join_separated(_fold(text) if plain is None else Normalised(plain))


def _common_form(text: str) -> str | None:
    """The plain form of a text that holds nothing but common characters."""
    unusual = set(_UNUSUAL.findall(text))
    return _folded(text, unusual) if all(ord(char) in _PLAIN for char in unusual) else None


def _codes() -> "array[int]":
    """The code of the plain form by code; -1 where that is not one character."""
    codes = array("i", [-1]) * 0x10000
    for code, char in _PLAIN.items():
        codes[code] = ord(char)
    return codes


common_form = partial(folded, table=_codes()) if COMPILED else _common_form


def _folded(text: str, unusual: set[str]) -> str:
    """The plain form of common characters, one for one."""
    if len(unusual) > _MANY:
        return text.translate(_TABLE)
    for char in unusual:
        text = text.replace(char, _TABLE.get(ord(char), char))
    text = text.lower()
    for full, half in _FREQUENT.items():
        text = text.replace(full, half)
    return text


def _fold(text: str) -> Normalised:
    """Fold uncommon characters one by one, dropping invisible ones, and what stands between them at once."""
    common = _ODD.sub("\0", text)
    common = _folded(common, set(_UNUSUAL.findall(common)))
    change = Rewriting()
    before = ""  # the last character that can be seen and is no space
    done = 0
    for found in _ODD.finditer(text):
        at, char = found.start(), found[0]
        if done < at:
            change.put(common[done:at], done)
            before = text[done : done + len(common[done:at].rstrip())][-1:] or before
        folded = _fold_odd(text, at, before)
        if not folded and _belongs_to_previous(char):
            change.widen(at + 1)
        before = char if folded.strip() else before
        change.put(folded, at, 0 if len(folded) == 1 else 1)
        done = at + 1
    change.put(common[done:], done)
    return Normalised(text).changed(change)


def _fold_odd(text: str, at: int, before: str) -> str:
    """Fold one uncommon character, given the visible one before it."""
    char = text[at]
    if char in _LOOKALIKES:
        # 👨‍💻 and 🙋‍♂️ picture a profession or a gesture, not a wanted sex.
        pictured = _is_pictured(text[at + 1 : at + 3]) or _is_pictured(text[max(at - 2, 0) : at][::-1])
        return char if pictured else _LOOKALIKES[char]
    if _is_circled(char) and not (_is_circled(before) or _is_circled(_next_visible(text, at))):
        return ";"  # ① alone numbers the items of a list; ⑨⑧⑤ together are a number.
    return _compatible(char)


def _is_pictured(neighbours: str) -> bool:
    """Whether a joiner and then another picture stand next to a character."""
    return neighbours[:1] == _JOINER and unicodedata.category(neighbours[1:2] or "x") == "So"


def _next_visible(text: str, at: int) -> str:
    """The next character that can be seen, among the few that follow."""
    return next(
        (char for char in text[at + 1 : at + 5] if unicodedata.category(char) not in {"Cf", "Zs"}), ""
    )


def _is_circled(char: str) -> bool:
    """Whether the character is a number in a circle or in brackets (① to ⒛, ⓪, ❶ to ➓)."""
    return char != "" and (
        "\u2460" <= char <= "\u249b" or "\u24ea" <= char <= "\u24ff" or "\u2776" <= char <= "\u2793"
    )


@lru_cache(maxsize=4096)
def _compatible(char: str) -> str:
    """The compatibility form in small letters and Simplified characters; empty for what cannot be seen."""
    if char in "\r\v\f\x85\u2028\u2029":
        return "\n"
    if unicodedata.category(char) in {"Cf", "Cc", "Cs", "Mn", "Me"}:
        return ""
    if "\u2776" <= char <= "\u2793":
        return str((ord(char) - 0x2776) % 10 + 1)
    return "".join(_PLAIN.get(ord(piece), piece) for piece in unicodedata.normalize("NFKC", char).lower())


def _belongs_to_previous(char: str) -> bool:
    """Whether a dropped character (accent, keycap, variation selector) is part of the one before it."""
    return unicodedata.category(char) in {"Mn", "Me"}


def _join_separated(plain: Normalised) -> Normalised:
    """Take out separators that stand between single characters, and all but one of several spaces."""
    separators = set(_SEPARATOR.findall(plain.text))
    if separators:
        plain = _without(plain, _gaps(plain.text, separators))
        text = plain.text
        dropped = [at for at in map(_START, _SEPARATED.finditer(text)) if _splits_a_word(text, at)]
        if " " in separators:
            if _LETTERS.search(text):
                dropped += [
                    at for match in _SPELT.finditer(text) for at in range(match.start() + 1, match.end(), 2)
                ]
            dropped += [at for match in _GAP.finditer(text) for at in range(match.start() + 1, match.end())]
        plain = _without(plain, sorted(dropped))
    return respelt(plain)


def _without(plain: Normalised, dropped: Sequence[int]) -> Normalised:
    """The text without the characters at these places, which come in order."""
    if not dropped:
        return plain
    change = Rewriting()
    kept = 0
    for at in dropped:
        change.put(plain.text[kept:at], kept)
        kept = at + 1
    change.put(plain.text[kept:], kept)
    return plain.changed(change)


def _gaps(text: str, separators: set[str]) -> Sequence[int]:
    """Where a text that is spaced out as a whole (``限 男 生 ， 本 科``) has its separators."""
    many = max(_SPACED_OUT * len(text), 5)
    for separator in _SEPARATORS:
        if separator in separators and text.count(separator) > many:
            runs = re.finditer(re.escape(separator) + "+", text)
            return array(
                "i", (at for run in runs for at in range(run.start() + (len(run[0]) > 2), run.end()))
            )
    return ()


def _splits_a_word(text: str, at: int) -> bool:
    """Whether the separator at ``at`` splits one word: 3 5 岁, 限/男/生, 9.8.5, but not 3-5年 or 1.女."""
    separator, left, right = text[at], text[at - 1], text[at + 1]
    before, after = text[at - 2 : at - 1] if at > 1 else "", text[at + 2 : at + 3]
    if _SEX_IN_A_LIST.match(text, at) or (at > 1 and _SEX_IN_A_LIST.match(text, at - 2)):
        return False
    left_single, right_single = not before.isalnum(), not after.isalnum()
    if before == separator == after or left + right in _HIDDEN:
        return True
    if left.isdigit() and right.isdigit():
        chain = before == separator or after == separator or separator in " _*"
        long_number = _LONG_NUMBER.search(text, max(at - 4, 0), at) or _LONG_NUMBER.match(text, at + 3)
        return chain and not (before.isdigit() or after.isdigit() or long_number)
    if left.isdigit() != right.isdigit() and separator not in " _*":
        return False
    if left_single and right_single:
        return True
    return (left_single and before == separator) or (right_single and after == separator)
