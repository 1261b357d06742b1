"""How well findings agree with labelled texts: precision and recall per category. Pure arithmetic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairs.clauses.rules import Finding, Severity

Span = tuple[int, int]


@dataclass(frozen=True)
class Labelled:
    """One text with the spans that a person marked, by category, and those that may be found as advice."""

    expected: Mapping[str, tuple[Span, ...]]
    tolerated: Mapping[str, tuple[Span, ...]]


@dataclass
class Score:
    """Counts of one category: a finding counts as right when it overlaps a marked span of its category."""

    found: int = 0
    right: int = 0
    marked: int = 0
    reached: int = 0

    @property
    def precision(self) -> float:
        """Share of findings that are right, 1.0 when there are none."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of marked spans that were reached, 1.0 when there are none."""
        return self.reached / self.marked if self.marked else 1.0


def evaluate(
    results: Iterable[tuple[Labelled, tuple[Finding, ...]]], categories: Iterable[str]
) -> dict[str, Score]:
    """Scores per category. Advice on a tolerated span is left out of the count, neither right nor wrong."""
    scores = {category: Score() for category in categories}
    for labelled, findings in results:
        for category, score in scores.items():
            own = [finding for finding in findings if finding.category == category]
            _count(score, own, labelled.expected.get(category, ()), labelled.tolerated.get(category, ()))
    return scores


def _count(
    score: Score, findings: list[Finding], expected: tuple[Span, ...], tolerated: tuple[Span, ...]
) -> None:
    """Add one text's findings of one category to its score."""
    for finding in findings:
        if any(_overlap(finding, span) for span in expected):
            score.right += 1
        elif finding.severity is Severity.ADVISE and any(_overlap(finding, span) for span in tolerated):
            continue
        score.found += 1
    score.marked += len(expected)
    score.reached += sum(any(_overlap(finding, span) for finding in findings) for span in expected)


def _overlap(finding: Finding, span: Span) -> bool:
    """Whether a finding and a marked span share a code point."""
    return finding.start < span[1] and span[0] < finding.end
