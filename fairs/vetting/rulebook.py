"""The rulebook as people read it, and each rule's record: how often it was right in the eyes of officers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.clauses import catalogue
from fairs.clauses.rules import CATEGORY_NAMES, Rule, Severity
from fairs.database import db, found
from fairs.errors import NotFound
from fairs.vetting.models import Decision, Finding, VettingCase
from fairs.vetting.rules import CASE_MOVES, WAITING, CaseState, VerdictKind

RECORD = timedelta(days=365)
"""How far back the record of a rule looks."""
EXAMPLES = 3
DECIDED = frozenset(CASE_MOVES) - WAITING - {CaseState.WITHDRAWN}
"""States of cases about whose findings officers have spoken; an appeal asks them again."""


@dataclass(frozen=True)
class Record:
    """In how many texts a rule found something, and in how many of them officers overruled it."""

    hits: int = 0
    overruled: int = 0

    @property
    def rate(self) -> int | None:
        """Overruled in percent of what was found; None without findings."""
        return round(100 * self.overruled / self.hits) if self.hits else None


@dataclass(frozen=True)
class Entry:
    """One rule: its number in its category, and examples that it finds and that it leaves alone.

    ``such_as`` is the wording by which people know it.
    """

    rule: Rule
    no: int
    such_as: str
    found: tuple[str, ...]
    clean: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """The rules of one category."""

    category: str
    label: str
    entries: tuple[Entry, ...]

    @property
    def counts(self) -> list[tuple[Severity, int]]:
        """How many rules there are of each severity, the severe first; none where there is none."""
        found = Counter(one.rule.severity for one in self.entries)
        return [(severity, found[severity]) for severity in _SEVERE if found[severity]]


def _entry(rule: Rule, no: int) -> Entry:
    found = tuple(one.text for one in rule.examples if one.must_match)
    clean = tuple(one.text for one in rule.examples if not one.must_match)
    such_as = next((one.quote or one.text for one in rule.examples if one.must_match), "")
    return Entry(rule, no, such_as, found[:EXAMPLES], clean[:EXAMPLES])


_SEVERE = [Severity.BLOCK, Severity.REVIEW, Severity.ADVISE]


def sections() -> list[Section]:
    """All rules by category, the severe ones first."""
    rules = sorted(catalogue.catalogue().rules, key=lambda rule: _SEVERE.index(rule.severity))
    made = []
    for category, label in CATEGORY_NAMES.items():
        own = [rule for rule in rules if rule.category.value == category]
        entries = tuple(_entry(rule, no) for no, rule in enumerate(own, start=1))
        made += [Section(category, label, entries)] if own else []
    return made


def section(category: str) -> Section:
    """The rules of one category. Raises NotFound."""
    return found(next((one for one in sections() if one.category == category), None))


def place_of(rule: str) -> tuple[Section, int]:
    """Where a rule stands: its category and its number there, 0 for what reads similar sentences. Raises NotFound."""
    for one in sections():
        if rule == reader_of(one):
            return one, 0
        for entry in one.entries:
            if entry.rule.id == rule:
                return one, entry.no
    raise NotFound


def reader_of(section: Section) -> str:
    """The id under which findings of similar sentences of a category are kept."""
    return f"reader.{section.category}"


def record_of(section: Section, records: Mapping[str, Record]) -> Record:
    """The record of all that belongs to a category."""
    own = [
        records.get(rule, Record()) for rule in (*(e.rule.id for e in section.entries), reader_of(section))
    ]
    return Record(sum(one.hits for one in own), sum(one.overruled for one in own))


def records(university_id: int, now: datetime) -> Mapping[str, Record]:
    """Each rule's record at a university over the last year, by rule, every text once; one query."""
    texts = sa.func.count(sa.distinct(Finding.case_id))
    chosen = (
        sa.select(Finding.rule, texts, texts.filter(_given_up()))
        .join(VettingCase, VettingCase.id == Finding.case_id)
        .outerjoin(Decision, Decision.id == Finding.overruled_by)
        .where(VettingCase.university_id == university_id, VettingCase.submitted_at >= now - RECORD)
        .group_by(Finding.rule)
    )
    return {rule: Record(hits, gone) for rule, hits, gone in db.session.execute(chosen)}


def _given_up() -> sa.ColumnElement[bool]:
    """Whether a decided case let a finding stand aside; a lift that was only proposed, or refused, did not."""
    agreed = sa.or_(Decision.verdict != VerdictKind.LIFT, VettingCase.state == CaseState.APPROVED)
    return sa.and_(Decision.id.is_not(None), VettingCase.state.in_(DECIDED), agreed)


OverruledRow = sa.Select[Finding, VettingCase]


def overruled(university_id: int, rule: str) -> OverruledRow:
    """Rows (finding, case) in which officers of a university overruled a rule, newest first.

    A text is one row, whatever number of times it says so: the first place stands for it.
    """
    first = (
        sa.select(sa.func.min(Finding.id))
        .join(VettingCase, VettingCase.id == Finding.case_id)
        .join(Decision, Decision.id == Finding.overruled_by)
        .where(VettingCase.university_id == university_id, Finding.rule == rule, _given_up())
        .group_by(Finding.case_id)
    )
    return (
        sa.select(Finding, VettingCase)
        .join(VettingCase, VettingCase.id == Finding.case_id)
        .where(Finding.id.in_(first))
        .order_by(Finding.id.desc())
    )
