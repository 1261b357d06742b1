"""What changed rules mark in a text that is shown, with law and wording, as an officer reads it before answering."""

from collections.abc import Iterator
from dataclasses import dataclass

from fairs.clauses import catalogue
from fairs.clauses.engine import check
from fairs.clauses.rules import Severity
from fairs.postings.models import RuleChange
from fairs.vetting import queries as vetting
from fairs.vetting.models import VettingCase

Place = tuple[str, int, int, str]
"""Field, start, end and rule."""


@dataclass(frozen=True)
class Noticed:
    """A place of a text with all that its hint says."""

    field: str
    start: int
    end: int
    rule: str
    category: str
    severity: Severity
    quote: str
    basis: str
    rewrite: str

    @property
    def said(self) -> tuple[str, ...]:
        """All that its hint says: equal ones are shown as one."""
        return (self.rule, self.severity, self.quote, self.basis, self.rewrite)


def noticed(change: RuleChange, case: VettingCase) -> list[Noticed]:
    """The places that a change is about: new ones, or in a text that has become clean those that are gone."""
    words, rules = dict(_words(case)), {rule.id: rule for rule in catalogue.catalogue().rules}
    places = []
    for mark in change.findings["marks"]:
        severity = Severity(mark["severity"])
        place = (mark["field"], mark["start"], mark["end"], mark["rule"])
        rule = rules.get(mark["rule"])  # read by other rules since: what this one says now
        basis, rewrite = words.get(place) or ((rule.basis, rule.rewrite) if rule else ("", ""))
        places.append(Noticed(*place, mark["category"], severity, mark["quote"], basis, rewrite))
    return places


def _words(case: VettingCase) -> Iterator[tuple[Place, tuple[str, str]]]:
    """Law and wording of everything that was, and is, found in a case's text."""
    for kept in vetting.findings(case.id):
        yield (kept.field, kept.start, kept.end, kept.rule), (kept.basis, kept.rewrite)
    for field, text in case.text.items():
        for one in check(text, field, case.employer_type, case.profile):
            yield (field, one.start, one.end, one.rule), (one.basis, one.rewrite)
