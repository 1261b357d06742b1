"""The clause check: what in a posting limits, prefers or charges people against the rules (S35, S36, P1, P4).

Anchors decide where patterns are tried, patterns find places, contexts judge negation, quotation and object. Where
no pattern found anything, the second reader looks for words that resemble a category.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from fairs.clauses.catalogue import catalogue
from fairs.clauses.contexts import Place, Sentences
from fairs.clauses.normalise import normalise
from fairs.clauses.origins import Normalised
from fairs.clauses.reader import SURE, Doubt, reader
from fairs.clauses.rules import Category, Finding, Profile, Rule, Severity

STATE_SECTOR = frozenset(
    {"state", "government", "public_institution", "state_owned", "机关", "事业单位", "国企"}
)
_STATE_WORDS = re.compile(
    "国有(?:企业|控股|独资|全资)|国企|央企|中央企业|事业(?:单位|编)|公立医院|公务员|机关单位|党政机关"
    "|(?:城市建设|交通|国有资产|产业|城建)投资集团|人民(?:医院|政府)"
    # who may also be somebody's customer: 为某国有大行开发系统
    "|(?:国有(?:大行|银行|商业银行|资本|林场|农场)|(?:省|市|区|县)属(?:国资|国企|国有|重点)|国家电网|南方电网|国网|供电(?:公司|局)"
    "|烟草(?:专卖|公司)|(?:水务|燃气|公交|轨道交通|城投|交投|国投|文旅)集团|(?:[省市州县区旗]|某)(?:中心|中医|妇幼|传染病|精神卫生|第[一二三四五六七八九十]{1,2})(?:医?院|保健院|人民医院)"
    "|疾控中心|疾病预防控制中心|妇幼保健院|卫生院|融媒体中心|街道办|镇政府|(?:中国|省|市)[^,。;:\n]{0,4}科学院"
    "|(?<!私立)(?<!民办)(?:[市县区镇])第[一二三四五六七八九十]{1,2}(?:中学|小学|幼儿园))"
    "(?![^,。;:\n]{0,8}(?:提供|外包|开发|运维|供货|供应|驻场|驻点|客户|项目|渠道|合作|配送|软件公司|[旁对附隔]))"
)
# A text in which the rules find this much already goes to a person: the second reader is spared.
ENOUGH = 3  # findings that count
SPARSE = 140  # code points a finding, in texts that are longer

Found = tuple[int, int, Finding]  # where in the plain text, and what


@dataclass
class _Reading:
    """One text as it is read: for whom, how strictly, in both forms."""

    text: str
    plain: Normalised
    employer_type: str | None
    strict: bool

    @cached_property
    def sentences(self) -> Sentences:
        """The plain text with the ends of its phrases."""
        return Sentences(self.plain.text, catalogue().clues)

    @cached_property
    def state(self) -> bool:
        """Whether the employer is held to the rules for state bodies (P4)."""
        if self.employer_type:
            return self.employer_type in STATE_SECTOR
        return bool(_STATE_WORDS.search(self.plain.text))


def check(
    text: str,
    field: str = "description",
    employer_type: str | None = None,
    profile: str = "default",
    *,
    rules_only: bool = False,
) -> tuple[Finding, ...]:
    """The findings of ``text``, sorted by place, never overlapping.

    ``field`` says which part of a posting it is (title, requirements, benefits, description, announcement).
    ``employer_type`` in ``STATE_SECTOR`` holds the employer to the rules for state bodies (P4); None infers
    that from the text. ``profile`` "campus_strict" escalates age and school preference to block; raises
    ValueError for an unknown profile. ``rules_only`` leaves the second reader out, to measure what it adds.
    """
    strict = Profile(profile) is Profile.CAMPUS_STRICT
    reading = _Reading(text, normalise(text), employer_type, strict)
    kept: list[Found] = []
    taken = bytearray(len(reading.plain.text))
    places = catalogue().places(reading.plain.text, field)
    for start, end, rule in places:
        if taken.find(1, start, end) < 0:
            finding = _finding(rule, start, end, reading)
            if finding:
                kept.append((start, end, finding))
                taken[start:end] = b"\1" * (end - start)
    if not (rules_only or _enough(kept, text)):
        kept = [(start, end, _weighed(finding, start, end, reading)) for start, end, finding in kept]
        if not _enough(kept, text):
            kept.extend(_doubtful(reading, [(start, end) for start, end, _ in places]))
    return tuple(finding for _, _, finding in sorted(kept, key=itemgetter(0)))


def _finding(rule: Rule, start: int, end: int, reading: _Reading) -> Finding | None:
    """What ``rule`` says of this place of the plain text, unless a context silences it."""
    sentences = reading.sentences
    possible = sentences.possible(start, end, rule.clues)
    place = None
    if possible:
        place = Place(sentences, start, end, possible)
        if place.in_any(rule.unless.clues):
            return None
    severity, basis, rewrite = _judgement(rule, place, reading)
    first, last = reading.plain.original(start, end)
    return Finding(
        rule.category_name, severity, first, last, reading.text[first:last], rule.id, basis, rewrite
    )


def _enough(found: Sequence[Found], text: str) -> bool:
    """Whether so much that counts was found in ``text`` that a person reads it anyway."""
    counting = sum(finding.severity is not Severity.ADVISE for _, _, finding in found)
    return counting * SPARSE >= max(len(text), ENOUGH * SPARSE)


def _weighed(finding: Finding, start: int, end: int, reading: _Reading) -> Finding:
    """What a rule found here in the plain text: only advice where the second reader sees a mere mention in it."""
    if finding.severity is Severity.ADVISE or reader().means(
        reading.plain.text, (start, end), Category(finding.category)
    ):
        return finding
    return finding._replace(severity=Severity.ADVISE, basis=f"{finding.basis}（看来只是提及，请核对）")


def _doubtful(reading: _Reading, read: list[tuple[int, int]]) -> Iterator[Found]:
    """What the second reader finds outside the places that rules have ``read``, with its place."""
    for doubt in reader().read(reading.plain.text, read):
        finding = _doubted(doubt, reading)
        if finding:
            yield doubt.start, doubt.end, finding


def _doubted(doubt: Doubt, reading: _Reading) -> Finding | None:
    """What the second reader finds, under the rule that it resembles; that rule's contexts and exceptions hold too.

    The basis ends with the words that moved it. A score that is not sure asks for a person instead of blocking.
    """
    rule = catalogue().resembled(doubt.category, wish=doubt.wish)
    finding = _finding(rule, doubt.start, doubt.end, reading)
    if finding is None:
        return None
    unsure = finding.severity is Severity.BLOCK and doubt.score < SURE
    words = "".join(f"“{one}”" for one in doubt.moved or (finding.quote,))
    return finding._replace(
        severity=Severity.REVIEW if unsure else finding.severity,
        rule=f"reader.{doubt.category.value}",
        basis=f"{finding.basis}（与已知表述相近，请核对：{words}）",
    )


def _judgement(rule: Rule, place: Place | None, reading: _Reading) -> tuple[Severity, str, str]:
    """Severity, basis and rewrite: a lawful exception first, then state sector and strict profile."""
    if place:
        for lawful in rule.lawful:
            if place.in_any(lawful.contexts.clues):
                return Severity.ADVISE, lawful.basis, lawful.rewrite
    severity = rule.severity
    if rule.state_sector and reading.state:
        severity = rule.state_sector
    if rule.campus_strict and reading.strict:
        severity = rule.campus_strict
    return severity, rule.basis, rule.rewrite
