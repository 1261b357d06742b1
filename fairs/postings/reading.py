"""What the clause engine marks in a whole text; pure, so that other processes may do it."""

from dataclasses import dataclass

from fairs.clauses.engine import check
from fairs.clauses.rules import Severity
from fairs.postings.changes import Mark


@dataclass(frozen=True)
class Reading:
    """A text ((field, words) …), for what kind of employer and how strictly it is read."""

    text: tuple[tuple[str, str], ...]
    employer_type: str | None
    profile: str


def marks_of(reading: Reading) -> tuple[Mark, ...]:
    """Every place that has to be judged."""
    return tuple(
        Mark(field, one.start, one.end, one.category, one.severity.value, one.rule, one.quote)
        for field, words in reading.text
        for one in check(words, field, reading.employer_type, reading.profile)
        if one.severity is not Severity.ADVISE
    )
