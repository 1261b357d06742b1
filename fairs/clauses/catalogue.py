"""The rulebook: reads the YAML files once, refuses a faulty one with place and reason, indexes literals.

Patterns are written against the normalised text and may name shared or own terms as ``«term»``. A basis names
an entry of ``sources.yaml``; only sources that were read (V) or confirmed by reprints (N) are accepted.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, reduce
from importlib.resources import files
from operator import add, attrgetter, or_
from typing import Any

import yaml

from fairs.clauses.anchors import Analyst, Approach, Unreadable
from fairs.clauses.choices import forget
from fairs.clauses.clues import Clues
from fairs.clauses.compiled import COMPILED
from fairs.clauses.grammar import (
    FaultyRulebook,
    Vocabulary,
    complete,
    member,
    refuse_unknown,
    shared_vocabulary,
    with_terms,
)
from fairs.clauses.loading import read_once
from fairs.clauses.machine import Machine
from fairs.clauses.matcher import Matcher
from fairs.clauses.normalise import normalise
from fairs.clauses.patterns import Pattern, Quick
from fairs.clauses.programs import Unwritable
from fairs.clauses.rules import Category, Context, Contexts, Example, Lawful, Rule, Severity
from fairs.clauses.shapes import Weigh

EDITION = "2026.11"
DENSE = 0.3  # how much the examples, which are full of clauses, count beside ordinary postings
UNSEEN = 3e-6  # how often, per code point, a one-character literal is supposed to occur that was never seen
# How far a pattern may reach around its anchors, in code points; keeps time linear in the text.
WIDEST = 1_500

_STRENGTH = {Severity.BLOCK: 0, Severity.REVIEW: 1, Severity.ADVISE: 2}
_WISHES = ("preference", "question")  # how the ids of rules end that weigh a wish or a question
_SHARED = ("contexts.yaml", "sources.yaml")
_REQUIRED = ("id", "severity", "basis", "rewrite", "match", "clean")
_RULE_KEYS = frozenset(
    {*_REQUIRED, "patterns", "ground", "constructions"}
    | {"unless", "lawful", "state_sector", "campus_strict", "fields"}
)
_FILE_KEYS = frozenset({"category", "terms", "contexts", "rules"})


class Catalogue:
    """All rules and the matcher over all their patterns; the number of a pattern leads to its rule.

    Raises FaultyRulebook for a pattern that the matcher cannot read.
    """

    def __init__(self, rules: tuple[Rule, ...], version: str, *, compiled: bool = COMPILED) -> None:
        analyst = Analyst(frequency(rules))
        self.clues = Clues(_contexts(rules), analyst)
        self.rules = rules = tuple(_marked(rule, self.clues) for rule in rules)
        self.version = version
        self._speaking = {
            (category, wish): _speaking([rule for rule in rules if rule.category is category], wish=wish)
            for category in {rule.category for rule in rules}
            for wish in (False, True)
        }
        self._by_id = sorted(rules, key=attrgetter("id"))
        ranks = {rule.id: rank for rank, rule in enumerate(self._by_id)}
        self._owners = [
            (ranks[rule.id], _STRENGTH[rule.severity], rule.fields) for rule in rules for _ in rule.patterns
        ]
        known = []
        for rule in rules:
            for pattern in rule.patterns:
                approach = _anchored(rule.id, pattern, analyst)
                known.append((Quick(pattern.pattern), approach))
        try:
            self._matcher = (Machine if compiled else Matcher)(known, analyst.weigh)
        except Unwritable as fault:
            owner = next(rule.id for rule in rules if Pattern(fault.pattern) in rule.patterns)
            raise FaultyRulebook(f"{owner}: {fault.pattern[:80]!r}: {fault}") from fault
        forget()

    def resembled(self, category: Category, *, wish: bool) -> Rule:
        """The rule whose law and wording speak for a category: the one for a ``wish``, or the strictest."""
        return self._speaking[category, wish]

    def places(self, text: str, field: str) -> list[tuple[int, int, Rule]]:
        """Where in the normalised ``text`` rules that read ``field`` hold, as start, end, rule.

        The longest come first, then the strongest: of places that overlap the first counts.
        """
        places = set()
        for number, start, end in self._matcher.matches(text):
            rank, strength, fields = self._owners[number]
            if start < end and (not fields or field in fields):
                places.add((start - end, strength, start, end, rank))
        return [(start, end, self._by_id[rank]) for _, _, start, end, rank in sorted(places)]


def _contexts(rules: tuple[Rule, ...]) -> Iterator[Context]:
    """Every context that a rule asks for."""
    for rule in rules:
        yield from rule.unless.alternatives
        for lawful in rule.lawful:
            yield from lawful.contexts.alternatives


def _marked(rule: Rule, clues: Clues) -> Rule:
    """``rule`` with the bits of its contexts."""
    unless = clues.marked(rule.unless.alternatives)
    lawful = tuple(replace(one, contexts=clues.marked(one.contexts.alternatives)) for one in rule.lawful)
    bits = reduce(or_, (one.contexts.clues for one in lawful), unless.clues)
    return replace(rule, unless=unless, lawful=lawful, clues=bits)


def _speaking(rules: list[Rule], *, wish: bool) -> Rule:
    """The first rule for a preference or question where one is weaker, else the first of the strictest."""
    soft = [rule for rule in rules if rule.severity is Severity.REVIEW and rule.id.endswith(_WISHES)]
    strict = list(Severity)
    return soft[0] if wish and soft else min(rules, key=lambda rule: strict.index(rule.severity))


def frequency(rules: tuple[Rule, ...]) -> Weigh:
    """How often a literal occurs: in ordinary postings (``ordinary.txt``) and, counting less, in the examples."""
    sample = files("fairs.clauses").joinpath("ordinary.txt").read_text("utf-8")
    ordinary = normalise(sample).text
    examples = "\n".join(normalise(one.text).text for rule in rules for one in rule.examples) or "\n"
    pairs = {one[at : at + 2] for one in (ordinary, examples) for at in range(len(one))}

    @cache
    def weigh(literal: str) -> float:
        unseen = UNSEEN / len(literal) ** 2
        if not pairs.issuperset(map(add, literal, literal[1:])):
            return unseen
        return (
            unseen + ordinary.count(literal) / len(ordinary) + DENSE * examples.count(literal) / len(examples)
        )

    return weigh


def _anchored(rule: str, pattern: Pattern, analyst: Analyst) -> Approach:
    """How one pattern of a rule can be come by; raises FaultyRulebook."""
    where = f"{rule}: {pattern.pattern[:80]!r}"
    try:
        approach = analyst.anchored(pattern.pattern)
    except Unreadable as fault:
        raise FaultyRulebook(f"{where}: {fault}") from fault
    if any(reach.before + reach.after + approach.ahead > WIDEST for reach in approach.anchors.values()):
        raise FaultyRulebook(f"{where}: reaches further than {WIDEST} characters")
    return approach


@read_once
def catalogue() -> Catalogue:
    """The rulebook of this package, read and checked when first asked for; raises FaultyRulebook.

    That takes three seconds, so only processes that check texts pay for it.
    """
    return build(_texts())


@cache
def version() -> str:
    """The version of the rulebook of this package, without reading its rules."""
    return _version(_texts())


def _texts() -> dict[str, str]:
    folder = files("fairs.clauses").joinpath("rulebook")
    return {
        entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".yaml")
    }


def _version(texts: Mapping[str, str]) -> str:
    """The edition and a digest of the rules and of the second reader's weights: both decide what is found."""
    weights = files("fairs.clauses").joinpath("weights.tsv").read_text("utf-8")
    digest = hashlib.sha256(
        "\0".join([*(texts[name] for name in sorted(texts)), weights]).encode()
    ).hexdigest()
    return f"{EDITION}+{digest[:8]}"


def build(texts: Mapping[str, str]) -> Catalogue:
    """The catalogue of the YAML ``texts`` by file name; raises FaultyRulebook with file, rule and reason."""
    shared = shared_vocabulary(_parsed("contexts.yaml", texts), _parsed("sources.yaml", texts))
    rules: list[Rule] = []
    for name in sorted(set(texts) - set(_SHARED)):
        rules.extend(_category_rules(name, _parsed(name, texts), shared))
    doubles = {rule.id for rule in rules if sum(other.id == rule.id for other in rules) > 1}
    if doubles:
        raise FaultyRulebook(f"rule ids used twice: {', '.join(sorted(doubles))}")
    return Catalogue(tuple(rules), _version(texts))


def _parsed(name: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """One file as a mapping."""
    try:
        content = yaml.load(texts[name], Loader=yaml.CSafeLoader)
    except (KeyError, yaml.YAMLError) as fault:
        raise FaultyRulebook(f"{name}: cannot be read: {fault}") from fault
    if not isinstance(content, dict):
        raise FaultyRulebook(f"{name}: must be a mapping")
    return content


def _category_rules(name: str, raw: Mapping[str, Any], shared: Vocabulary) -> list[Rule]:
    """The rules of one category file."""
    refuse_unknown(name, raw, _FILE_KEYS)
    category = member(name, Category, raw.get("category"))
    words = shared.extended(name, raw.get("terms", {}), raw.get("contexts", {}))
    return [_rule(name, category, one, words) for one in raw.get("rules", [])]


def _rule(name: str, category: Category, raw: Mapping[str, Any], words: Vocabulary) -> Rule:
    """One rule of a category file, complete and with examples of both kinds."""
    where = f"{name}: {raw.get('id', 'a rule without id')}"
    refuse_unknown(where, raw, _RULE_KEYS)
    for key in _REQUIRED:
        if not raw.get(key):
            raise FaultyRulebook(f"{where}: {key} is missing")
    return Rule(
        id=raw["id"],
        category=category,
        severity=member(where, Severity, raw["severity"]),
        patterns=_patterns(where, raw, words),
        unless=Contexts(_named(where, raw.get("unless", []), words)),
        lawful=tuple(_lawful(where, one, words) for one in raw.get("lawful", [])),
        basis=_basis(where, raw["basis"], words),
        rewrite=raw["rewrite"],
        state_sector=_replacement(where, raw, "state_sector"),
        campus_strict=_replacement(where, raw, "campus_strict"),
        fields=frozenset(raw.get("fields", [])),
        examples=tuple(_example(one, must=True) for one in raw["match"])
        + tuple(_example(one, must=False) for one in raw["clean"]),
    )


def _patterns(where: str, raw: Mapping[str, Any], words: Vocabulary) -> tuple[Pattern, ...]:
    """The rule's own patterns, then every construction that it names with its ground put in."""
    patterns = [complete(where, pattern, words.terms) for pattern in raw.get("patterns", [])]
    terms = with_terms(where, words.terms, {"ground": raw["ground"]} if "ground" in raw else {})
    for name in raw.get("constructions", []):
        if name not in words.constructions:
            raise FaultyRulebook(f"{where}: unknown construction {name}")
        patterns.extend(complete(where, pattern, terms) for pattern in words.constructions[name])
    if not patterns:
        raise FaultyRulebook(f"{where}: patterns or constructions are missing")
    return tuple(patterns)


def _named(where: str, names: list[str], words: Vocabulary) -> tuple[Context, ...]:
    """The contexts of these names, in one row."""
    if unknown := [name for name in names if name not in words.contexts]:
        raise FaultyRulebook(f"{where}: unknown context {', '.join(unknown)}")
    return tuple(context for name in names for context in words.contexts[name])


def _basis(where: str, names: list[str], words: Vocabulary) -> str:
    """The sources of these names as one citation."""
    if unknown := [name for name in names if name not in words.sources]:
        raise FaultyRulebook(f"{where}: unknown source {', '.join(unknown)}")
    return "；".join(words.sources[name] for name in names)


def _lawful(where: str, raw: Mapping[str, Any], words: Vocabulary) -> Lawful:
    """One lawful exception."""
    refuse_unknown(where, raw, frozenset({"when", "basis", "rewrite"}))
    return Lawful(
        Contexts(_named(where, raw["when"], words)),
        _basis(where, raw["basis"], words),
        raw["rewrite"],
    )


def _replacement(where: str, raw: Mapping[str, Any], key: str) -> Severity | None:
    """The severity that replaces the ordinary one, if the rule names one."""
    return member(where, Severity, raw[key]) if key in raw else None


def _example(raw: str | Mapping[str, Any], *, must: bool) -> Example:
    """An example: a plain sentence, or one with the exact quote and severity that are expected."""
    if isinstance(raw, str):
        return Example(raw, must)
    severity = Severity(raw["severity"]) if "severity" in raw else None
    return Example(raw["text"], must, raw.get("quote"), severity, raw.get("field", "description"))
