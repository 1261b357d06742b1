"""One plain form of a text for matching, with the way back to every original code point.

Folded are width and style of characters, case, Traditional characters, invisible characters, symbols for the
sexes, and separators that somebody put between single characters (``限/男/生``, ``9 8 5``).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# Traditional and Simplified, one for one: what occurs in rules; other Traditional text is left as it is.
_TRADITIONAL = (
    "僅仅 衹只 無无 歲岁 齡龄 學学 歷历 歴历 業业 畢毕 質质 證证 戶户 戸户 婦妇 產产 關关 於于 處处 單单 "
    "離离 異异 願愿 應应 徵征 須须 當当 認认 為为 務务 員员 優优 選选 線线 擇择 絕绝 謝谢 請请 費费 繳缴 "
    "納纳 錄录 録录 條条 與与 雙双 國国 統统 專专 獨独 護护 實实 習习 題题 錢钱 貸贷 訓训 銷销 報报 領领 "
    "壓压 櫃柜 貨货 種种 類类 電电 話话 續续 簽签 約约 還还 從从 資资 書书 時时 間间 歡欢 個个 對对 開开 "
    "門门 術术 醫医 價价 額额 購购 買买 貴贵 車车 檢检 測测 計计 劃划 結结 後后 擔担 兒儿 樣样 適适 這这 "
    "會会 說说 來来 頭头 帥帅 氣气 顏颜 過过 際际 體体 課课 標标 準准 據据 鄉乡 鎮镇 農农 縣县 區区 廠厂 "
    "長长 陝陕 慮虑 齊齐 髙高 擬拟 慣惯 龍龙 號号 碼码 兩两 萬万 億亿 點点 發发 職职 進进 轉转 檔档 註注 "
    "冊册 導导 師师 團团 隊队 雜杂 講讲 設设 備备 審审 幾几 歸归 級级 達达 擁拥 滿满 記记 遞递 擾扰 絡络 "
    "詐诈 騙骗 嚴严 視视 識识 華华 聯联 勞劳 動动 懷怀 繼继 嬰婴 親亲 遠远 遷迁 積积 傭佣 險险 負负 責责 "
    "補补 貼贴 淨净 項项 繫系 係系 範范 圍围 屬属 臺台 灣湾 東东 廣广 蘇苏 陽阳 慶庆 漢汉 黨党 讓让 謹谨 "
    "該该 詢询 問问 壽寿 濟济 維维 權权 違违 規规 舉举 誠诚 連连 週周 內内 幹干 遊游 飛飞 機机 軍军 並并 "
    "樂乐 寶宝 媽妈 歳岁 劵券 籤签 經经 營营 減减 環环 壯壮 醜丑 歐欧 較较 輕轻 則则 儘尽 盡尽 "
)
_LOOKALIKES = {"侽": "男", "娚": "男", "♂": "男", "👨": "男", "🚹": "男", "♀": "女", "👩": "女", "🚺": "女"}
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
_PLAIN |= {ord(pair[0]): pair[1] for pair in _TRADITIONAL.split()}
_PLAIN |= {ord(old): _LOOKALIKES[old] for old in "侽娚"}
_TABLE = str.maketrans({chr(old): new for old, new in _PLAIN.items() if chr(old) != new})
_ODD = re.compile(
    "[^\t\n\x20-\x7e\u4e00-\u9fff\uff01-\uff5e\u3000\xa0、。《》「」『』【】〈〉“”‘’…·≤≥√¥×" + _DASHES + "]"
)

_SEPARATORS = " _./·*|+-"
_LONG_NUMBER = re.compile(r"\d\d")
_SEPARATED = re.compile(rf"(?<=[0-9\u4e00-\u9fff])[{re.escape(_SEPARATORS)}](?=[0-9\u4e00-\u9fff])")


@dataclass(frozen=True)
class Normalised:
    """The plain text; character ``i`` of it came from the original code points ``starts[i]:ends[i]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original code point range of a non-empty range of the plain text."""
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Normalised:
    """Fold ``text``. Time is linear in its length; ordinary postings take the fast way of one table."""
    if _ODD.search(text):
        plain = _fold(text)
    else:
        plain = Normalised(text.translate(_TABLE), range(len(text)), range(1, len(text) + 1))
    return _join_separated(plain)


def _fold(text: str) -> Normalised:
    """Fold character by character, dropping invisible ones and keeping the way back."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        folded = _PLAIN.get(ord(char))
        if folded is None:
            folded = _fold_odd(char, text[at - 1 : at], text[at + 1 : at + 2])
            if not folded and ends and _belongs_to_previous(char):
                ends[-1] = at + 1
        for piece in folded:
            out.append(piece)
            starts.append(at)
            ends.append(at + 1)
    return Normalised("".join(out), starts, ends)


def _fold_odd(char: str, previous: str, following: str) -> str:
    """Fold one uncommon character, given its two neighbours."""
    if char in _LOOKALIKES:
        # 👨‍💻 and 🙋‍♂️ picture a profession or a gesture, not a wanted sex.
        return char if _JOINER in (previous, following) else _LOOKALIKES[char]
    if _is_circled(char) and not (_is_circled(previous) or _is_circled(following)):
        return ";"  # ① alone numbers the items of a list; ⑨⑧⑤ together are a number.
    return _compatible(char)


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
    if unicodedata.category(char) in {"Cf", "Cc", "Mn", "Me"}:
        return ""
    if "\u2776" <= char <= "\u2793":
        return str((ord(char) - 0x2776) % 10 + 1)
    return "".join(_PLAIN.get(ord(piece), piece) for piece in unicodedata.normalize("NFKC", char).lower())


def _belongs_to_previous(char: str) -> bool:
    """Whether a dropped character (accent, keycap, variation selector) is part of the one before it."""
    return unicodedata.category(char) in {"Mn", "Me"}


def _join_separated(plain: Normalised) -> Normalised:
    """Take out separators that stand between single characters."""
    text = plain.text
    dropped = {match.start() for match in _SEPARATED.finditer(text) if _splits_a_word(text, match.start())}
    if not dropped:
        return plain
    kept = [at for at in range(len(text)) if at not in dropped]
    return Normalised(
        "".join([text[at] for at in kept]),
        [plain.starts[at] for at in kept],
        [plain.ends[at] for at in kept],
    )


def _splits_a_word(text: str, at: int) -> bool:
    """Whether the separator at ``at`` splits one word: 3 5 岁, 限/男/生, 9.8.5, but not 3-5年 or 1.女."""
    separator, left, right = text[at], text[at - 1], text[at + 1]
    before, after = text[at - 2 : at - 1] if at > 1 else "", text[at + 2 : at + 3]
    left_single, right_single = not before.isalnum(), not after.isalnum()
    if before == separator == after:
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
