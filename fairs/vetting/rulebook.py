"""The rulebook as people read it, and each rule's record: how often it was right in the eyes of officers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.clauses import catalogue
from fairs.clauses.rules import CATEGORY_NAMES, Rule, Severity
from fairs.database import db
from fairs.vetting.models import Finding, VettingCase

RECORD = timedelta(days=365)
"""How far back the record of a rule looks."""
EXAMPLES = 3


@dataclass(frozen=True)
class Record:
    """How often a rule found something, how often an officer let it stand or overruled it."""

    hits: int = 0
    overruled: int = 0

    @property
    def rate(self) -> int | None:
        """Overruled in percent of what was found; None without findings."""
        return round(100 * self.overruled / self.hits) if self.hits else None


@dataclass(frozen=True)
class Entry:
    """One rule, with examples that it finds and that it leaves alone."""

    rule: Rule
    found: tuple[str, ...]
    clean: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """The rules of one category."""

    category: str
    label: str
    entries: tuple[Entry, ...]


def _entry(rule: Rule) -> Entry:
    found = tuple(one.text for one in rule.examples if one.must_match)
    clean = tuple(one.text for one in rule.examples if not one.must_match)
    return Entry(rule, found[:EXAMPLES], clean[:EXAMPLES])


_SEVERE = [Severity.BLOCK, Severity.REVIEW, Severity.ADVISE]


def sections() -> list[Section]:
    """All rules by category, the severe ones first."""
    rules = sorted(catalogue.catalogue().rules, key=lambda rule: _SEVERE.index(rule.severity))
    made = []
    for category, label in CATEGORY_NAMES.items():
        own = tuple(_entry(rule) for rule in rules if rule.category.value == category)
        made += [Section(category, label, own)] if own else []
    return made


def records(university_id: int, now: datetime) -> Mapping[str, Record]:
    """Each rule's record at a university over the last year, by rule; one query."""
    overruled = sa.func.count(Finding.id).filter(Finding.overruled_by.is_not(None))
    chosen = (
        sa.select(Finding.rule, sa.func.count(Finding.id), overruled)
        .join(VettingCase, VettingCase.id == Finding.case_id)
        .where(VettingCase.university_id == university_id, VettingCase.submitted_at >= now - RECORD)
        .group_by(Finding.rule)
    )
    return {rule: Record(hits, gone) for rule, hits, gone in db.session.execute(chosen)}


OverruledRow = sa.Select[Finding, VettingCase]


def overruled(university_id: int, rule: str) -> OverruledRow:
    """Rows (finding, case) in which officers of a university overruled a rule, newest first."""
    return (
        sa.select(Finding, VettingCase)
        .join(VettingCase, VettingCase.id == Finding.case_id)
        .where(
            VettingCase.university_id == university_id,
            Finding.rule == rule,
            Finding.overruled_by.is_not(None),
        )
        .order_by(Finding.id.desc())
    )
