"""The language of the rulebook: terms inside patterns, named contexts, citable sources."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from fairs.clauses.patterns import Pattern
from fairs.clauses.rules import Context, Scope

_TERM = re.compile("«([a-z_]+)»")
_CONTEXT_KEYS = frozenset({"scope", "before", "after", "within", "quoted"})

Kind = TypeVar("Kind", bound=StrEnum)


class FaultyRulebook(ValueError):
    """A rulebook file cannot be used; the message says where and why."""


@dataclass(frozen=True)
class Vocabulary:
    """What rules may refer to: pattern terms, named contexts, citable sources, constructions over a ground."""

    terms: Mapping[str, str]
    contexts: Mapping[str, tuple[Context, ...]]
    sources: Mapping[str, str]
    constructions: Mapping[str, tuple[str, ...]]

    def extended(self, where: str, terms: Mapping[str, str], contexts: Mapping[str, Any]) -> "Vocabulary":
        """This vocabulary with the own terms and contexts of one category."""
        more = with_terms(where, self.terms, terms)
        own = named_contexts(where, contexts, more)
        return Vocabulary(more, {**self.contexts, **own}, self.sources, self.constructions)


def shared_vocabulary(contexts: Mapping[str, Any], sources: Mapping[str, Any]) -> Vocabulary:
    """Terms, contexts and sources that every category may use."""
    for name, source in sources.items():
        if source.get("mark") not in ("V", "N"):
            raise FaultyRulebook(f"sources.yaml: {name}: only sources marked V or N may be cited")
    terms = with_terms("contexts.yaml", {}, contexts.get("terms", {}))
    return Vocabulary(
        terms,
        named_contexts("contexts.yaml", contexts.get("contexts", {}), terms),
        {name: source["cite"] for name, source in sources.items()},
        {name: tuple(patterns) for name, patterns in contexts.get("constructions", {}).items()},
    )


def with_terms(where: str, known: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """``known`` terms and ``own`` ones, each expanded with those before it."""
    terms = dict(known)
    for name, pattern in own.items():
        terms[name] = _expanded(f"{where}: term {name}", pattern, terms)
    return terms


def _expanded(where: str, pattern: str, terms: Mapping[str, str]) -> str:
    """``pattern`` with every «term» put in as a group."""

    def term(match: re.Match[str]) -> str:
        if match[1] not in terms:
            raise FaultyRulebook(f"{where}: unknown term «{match[1]}»")
        return f"(?:{terms[match[1]]})"

    return _TERM.sub(term, pattern)


def complete(where: str, pattern: str, terms: Mapping[str, str]) -> Pattern:
    """A pattern with its terms put in; raises FaultyRulebook for a term that nobody defined."""
    return Pattern(_expanded(where, pattern, terms))


def named_contexts(
    where: str, raw: Mapping[str, Any], terms: Mapping[str, str]
) -> dict[str, tuple[Context, ...]]:
    """Named contexts; a name stands for its alternatives."""
    return {
        name: tuple(_context(f"{where}: context {name}", one, terms) for one in alternatives)
        for name, alternatives in raw.items()
    }


def _context(where: str, raw: Mapping[str, Any], terms: Mapping[str, str]) -> Context:
    """One context of a rulebook file."""
    refuse_unknown(where, raw, _CONTEXT_KEYS)
    before, after, within = (
        complete(where, raw[key], terms) if key in raw else None for key in ("before", "after", "within")
    )
    if before is after is within is None:
        raise FaultyRulebook(f"{where}: needs before, after or within")
    scope = member(where, Scope, raw.get("scope"))
    return Context(scope, before, after, within, quoted=bool(raw.get("quoted", False)))


def refuse_unknown(where: str, raw: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse keys that mean nothing, which are misspelt ones."""
    if unknown := set(raw) - known:
        raise FaultyRulebook(f"{where}: unknown keys {', '.join(sorted(unknown))}")


def member(where: str, kind: type[Kind], value: Any) -> Kind:
    """``value`` as a member of ``kind``."""
    try:
        return kind(value)
    except ValueError as fault:
        raise FaultyRulebook(f"{where}: {fault}") from fault
