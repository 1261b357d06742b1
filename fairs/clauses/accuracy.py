"""How well findings agree with labelled texts: per text, per category and per span. Pure arithmetic.

A finding is right when it overlaps a marked span of its category. Advice on a tolerated span (a lawful exception)
is neither right nor wrong. "Strong" is what asks an officer to act: block or review.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fairs.clauses.rules import Category, Finding, Severity


@dataclass(frozen=True)
class Mark:
    """One span that a person marked, in code points; for a tolerated span ``severity`` is the most allowed."""

    category: str
    severity: str
    start: int
    end: int

    def meets(self, finding: Finding) -> bool:
        """Whether ``finding`` is of this category and shares a code point with this span."""
        return finding.category == self.category and finding.start < self.end and self.start < finding.end


@dataclass(frozen=True)
class Labelled:
    """One text with the spans that a person marked and those that may be found as advice."""

    text: str
    marks: Sequence[Mark]
    tolerated: Sequence[Mark] = ()
    name: str = ""
    field: str = "description"
    employer_type: str | None = None


@dataclass
class Score:
    """Counts behind precision and recall: what was found and how much of it is right, marked and reached."""

    found: int = 0
    right: int = 0
    marked: int = 0
    reached: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right, 1.0 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was marked that was reached, 1.0 when nothing was marked."""
        return self.reached / self.marked if self.marked else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def count(self, *, found: bool, marked: bool) -> None:
        """Add one thing that either was or was not found and marked."""
        self.found += found
        self.marked += marked
        self.right += found and marked
        self.reached += found and marked


@dataclass
class Report:
    """The figures over all texts, and in words what was missed (-), invented (+) or weighed otherwise (~)."""

    items: Score = field(default_factory=Score)
    spans: Score = field(default_factory=Score)
    by_category: dict[str, Score] = field(default_factory=dict)
    spans_by_category: dict[str, Score] = field(default_factory=dict)
    same_severity: int = 0
    matched: int = 0
    clean: int = 0
    alarms: int = 0
    advice_only: int = 0
    remarks: list[str] = field(default_factory=list)


def labelled(raw: dict[str, Any]) -> Labelled:
    """A text of a labelled corpus; raises KeyError or TypeError when it is not one."""
    return Labelled(
        raw["text"],
        [_mark(one) for one in raw.get("labels", [])],
        [_mark(one) for one in raw.get("exceptions", [])],
        str(raw.get("id", "")),
        raw.get("field") or "description",
        raw.get("employer_type"),
    )


def _mark(raw: dict[str, Any]) -> Mark:
    return Mark(raw["category"], raw.get("severity", "advise"), raw["start"], raw["end"])


def evaluate(results: Iterable[tuple[Labelled, tuple[Finding, ...]]]) -> Report:
    """The report on findings of labelled texts."""
    report = Report()
    for item, findings in results:
        _count_item(report, item, findings)
        for mark in item.marks:
            _count_mark(report, item, mark, findings)
        for finding in findings:
            _count_finding(report, item, finding)
    return report


def _strong(finding: Finding) -> bool:
    return finding.severity is not Severity.ADVISE


def _count_item(report: Report, item: Labelled, findings: tuple[Finding, ...]) -> None:
    """Add one text as a whole, and each category in it."""
    wanted = {mark.category for mark in item.marks if mark.severity != Severity.ADVISE}
    found = {one.category for one in findings if _strong(one)}
    report.items.count(found=bool(found), marked=bool(wanted))
    for category in wanted | found:
        score = report.by_category.setdefault(category, Score())
        score.count(found=category in found, marked=category in wanted)
    if item.marks:
        return
    report.clean += 1
    report.alarms += bool(found)
    advice = [one for one in findings if not _tolerated(item, one)]
    report.advice_only += bool(advice) and not found


def _count_mark(report: Report, item: Labelled, mark: Mark, findings: tuple[Finding, ...]) -> None:
    """Add one marked span."""
    hits = [one for one in findings if mark.meets(one)]
    for score in (report.spans, report.spans_by_category.setdefault(mark.category, Score())):
        score.marked += 1
        score.reached += bool(hits)
    quote = item.text[mark.start : mark.end]
    if not hits:
        report.remarks.append(f"- {item.name} {mark.category} {mark.severity} {quote!r}")
        return
    report.matched += 1
    if mark.severity in {one.severity.value for one in hits}:
        report.same_severity += 1
    else:
        report.remarks.append(
            f"~ {item.name} {hits[0].rule} {mark.severity}, not {hits[0].severity} {quote!r}"
        )


def _count_finding(report: Report, item: Labelled, finding: Finding) -> None:
    """Add one finding."""
    right = any(mark.meets(finding) for mark in item.marks)
    if not right and _tolerated(item, finding):
        return
    for score in (report.spans, report.spans_by_category.setdefault(finding.category, Score())):
        score.found += 1
        score.right += right
    if not right:
        report.remarks.append(f"+ {item.name} {finding.rule} {finding.severity} {finding.quote!r}")


def _tolerated(item: Labelled, finding: Finding) -> bool:
    """Whether this is advice on a lawful exception."""
    return not _strong(finding) and any(mark.meets(finding) for mark in item.tolerated)


def lines_of(report: Report) -> Iterable[str]:
    """The report as lines for a terminal."""
    yield from report.remarks
    yield _line("texts with block or review", report.items)
    yield _line("spans of any severity", report.spans) + f"  F1 {report.spans.f1:.3f}"
    yield f"severity as marked: {report.same_severity} of {report.matched} matched spans"
    yield f"clean texts: {report.clean}, with false alarm {report.alarms}, with advice only {report.advice_only}"
    for category in Category:
        texts = report.by_category.get(category.value, Score())
        spans = report.spans_by_category.get(category.value, Score())
        if spans.found or spans.marked:
            yield _line(f"{category.value:24} texts", texts) + _line("   spans", spans)


def _line(name: str, score: Score) -> str:
    return (
        f"{name}: precision {score.precision:.3f} ({score.right}/{score.found})"
        f" recall {score.recall:.3f} ({score.reached}/{score.marked})"
    )
