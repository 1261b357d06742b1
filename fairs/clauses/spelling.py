"""Words that people spell in Latin letters, wholly or in part, put back into characters (押jin, 单qin家庭). Pure."""

import re
from itertools import groupby, product
from operator import itemgetter

from fairs.clauses.origins import Normalised, Rewriting

# Words that people spell in Latin letters, wholly or in part (押jin, canji), and the syllables of their characters.
_SPELLED = """
残can 疾ji 障zhang 押ya 金jin 保bao 证zheng 户hu 口kou 籍ji 贯guan 单dan 亲qin 颜yan 值zhi 下xia 线xian 乙yi 肝gan
抑yi 郁yu 社she 安an 徽hui 河he 南nan 东dong 北bei 新xin 疆jiang 少shao 数shu 民min 族zu 男nan 女nv 生sheng 性xing
已yi 未wei 婚hun 育yu 怀huai 孕yun 党dang 员yuan 统tong 招zhao 星xing 座zuo 属shu 相xiang 案an 底di 前qian 科ke
贷dai 款kuan 刷shua 内nei 推tui 传chuan 销xiao 信xin 教jiao 身shen 高gao 体ti 重zhong 农nong 村cun 外wai 地di
年nian 龄ling 双shuang 一yi 流liu 艾ai 滋zi 培pei 训xun 限xian 汉han 回hui 征zheng 中zhong 介jie
"""
_SYLLABLES = {pair[0]: pair[1:] for pair in _SPELLED.split()}
_SPELLED_WORDS = """
残疾 残障 押金 保证金 户口 户籍 籍贯 单亲 颜值 下线 乙肝 抑郁 社保 安徽 河南 东北 新疆 少数民族 少民 男生 女生 男性
女性 已婚 未婚 已育 未育 怀孕 党员 统招 星座 属相 案底 前科 贷款 刷单 内推 传销 信教 身高 体重 农村 外地 年龄 双一流
艾滋 培训 汉族 回族 限男 限女 征信 中介
"""


def _spellings() -> dict[str, str]:
    """Every way to write one of the words above with some of its characters spelt, and the word it stands for."""
    ways = {}
    for word in _SPELLED_WORDS.split():
        for spelt in product(*((char, _SYLLABLES[char]) for char in word)):
            way = "".join(spelt)
            if way != word and (not way.isascii() or len(way) > 4):
                ways[way] = word
    return ways


_SPELLINGS = _spellings()
_LATIN = re.compile("[a-z][a-z]+")  # found three times as fast as {2,}, for it begins with a set
_LATIN_PARTS = frozenset(part for way in _SPELLINGS for part in _LATIN.findall(way))
# Latin letters alone count only beside a Chinese character: Henan in an English sentence is a place.
# The longest come first; those with the same first character together, so that a text passes over the others at once.
_SPELT_ONES = "".join(sorted(_SYLLABLES))
_WAYS = "|".join(
    f"{first}(?<![a-z@._].)(?=[{_SPELT_ONES}]{{0,3}}[a-z])"
    f"(?:{'|'.join(sorted((way[1:] for way in ways), key=len, reverse=True))})"
    for first, ways in groupby(sorted(_SPELLINGS), key=itemgetter(0))
)
_SPELLING = re.compile(f"({_WAYS})(?![a-z@._])(?: (?=[\u4e00-\u9fff]))?")
_BESIDE = re.compile("[\u4e00-\u9fff] ?$")


def respelt(plain: Normalised) -> Normalised:
    """Put back the characters that somebody spelt in Latin letters (押jin, 单qin家庭)."""
    text = plain.text
    words = _LATIN_PARTS.intersection(_LATIN.findall(text))
    if not any(len(word) > 4 or _touches(text, word) for word in words):
        return plain
    change = Rewriting()
    done = 0
    for match in _SPELLING.finditer(text):
        begun, ended = match.span(1)
        if match[1].isascii() and not _stands_beside(text, begun, ended):
            continue
        change.put(text[done:begun], done)
        change.put(_SPELLINGS[match[1]], begun, ended - begun)
        done = match.end()
    if not done:
        return plain
    change.put(text[done:], done)
    return plain.changed(change)


def _touches(text: str, word: str) -> bool:
    """Whether a Chinese character stands right before or after these letters: not in an English sentence."""
    at = text.find(word)
    while at >= 0:
        beside = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
        if not beside.isascii():
            return True
        at = text.find(word, at + 1)
    return False


def _stands_beside(text: str, begun: int, ended: int) -> bool:
    """Whether a Chinese character stands before or after this place, with at most a space between."""
    before, after = text[max(begun - 2, 0) : begun], text[ended : ended + 2]
    return bool(_BESIDE.search(before) or _BESIDE.search(after[::-1]))
