"""The clause check: what in a posting limits, prefers or charges people against the rules (S35, S36, P1, P4).

Anchors decide where patterns are tried, patterns find places, contexts judge negation, quotation and object.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from fairs.clauses.catalogue import CATALOGUE
from fairs.clauses.contexts import Place
from fairs.clauses.normalise import Normalised, normalise
from fairs.clauses.rules import Finding, Profile, Rule, Severity

RULEBOOK_VERSION = CATALOGUE.version

STATE_SECTOR = frozenset(
    {"state", "government", "public_institution", "state_owned", "机关", "事业单位", "国企"}
)
_STATE_WORDS = re.compile(
    "国有(?:企业|控股|独资|全资)|国企|央企|中央企业|事业(?:单位|编)|公立医院|公务员|机关单位|党政机关"
    "|(?:城市建设|交通|国有资产|产业|城建)投资集团|人民(?:医院|政府)"
)
_STRENGTH = {Severity.BLOCK: 0, Severity.REVIEW: 1, Severity.ADVISE: 2}


@dataclass(frozen=True)
class _Reading:
    """One text as it is read: for whom, how strictly, in both forms."""

    text: str
    plain: Normalised
    employer_type: str | None
    strict: bool

    @cached_property
    def state(self) -> bool:
        """Whether the employer is held to the rules for state bodies (P4)."""
        if self.employer_type:
            return self.employer_type in STATE_SECTOR
        return bool(_STATE_WORDS.search(self.plain.text))


def check(
    text: str, field: str = "description", employer_type: str | None = None, profile: str = "default"
) -> tuple[Finding, ...]:
    """The findings of ``text``, sorted by place, never overlapping.

    ``field`` says which part of a posting it is (title, requirements, benefits, description, announcement).
    ``employer_type`` in ``STATE_SECTOR`` holds the employer to the rules for state bodies (P4); None infers
    that from the text. ``profile`` "campus_strict" escalates age and school preference to block; raises
    ValueError for an unknown profile.
    """
    strict = Profile(profile) is Profile.CAMPUS_STRICT
    reading = _Reading(text, normalise(text), employer_type, strict)
    found = [
        finding
        for rule, match in CATALOGUE.matches(reading.plain.text, field)
        if (finding := _finding(rule, match, reading))
    ]
    return _without_overlaps(found)


def _finding(rule: Rule, match: re.Match[str], reading: _Reading) -> Finding | None:
    """What ``rule`` says of this place, unless a context silences it."""
    start, end = match.span("span" if "span" in match.re.groupindex else 0)
    place = Place(reading.plain.text, start, end)
    if start == end or any(place.has(context) for context in rule.unless):
        return None
    severity, basis, rewrite = _judgement(rule, place, reading)
    first, last = reading.plain.original(start, end)
    return Finding(
        rule.category.value, severity, first, last, reading.text[first:last], rule.id, basis, rewrite
    )


def _judgement(rule: Rule, place: Place, reading: _Reading) -> tuple[Severity, str, str]:
    """Severity, basis and rewrite: a lawful exception first, then state sector and strict profile."""
    for lawful in rule.lawful:
        if any(place.has(context) for context in lawful.contexts):
            return Severity.ADVISE, lawful.basis, lawful.rewrite
    severity = rule.severity
    if rule.state_sector and reading.state:
        severity = rule.state_sector
    if rule.campus_strict and reading.strict:
        severity = rule.campus_strict
    return severity, rule.basis, rule.rewrite


def _without_overlaps(found: list[Finding]) -> tuple[Finding, ...]:
    """Of findings that overlap keep the longest, then the strongest; the rest sorted by place."""
    found.sort(key=lambda one: (one.start - one.end, _STRENGTH[one.severity], one.start, one.rule))
    taken: set[int] = set()
    kept: list[Finding] = []
    for one in found:
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))
