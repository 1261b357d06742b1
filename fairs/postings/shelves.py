"""What is published and can be read again: each feature that shows vetted texts adds its shelf (S35, S36).

A shelf knows which texts it shows, how to stop showing one, and whom to tell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fairs.database import PublicRow
from fairs.postings.models import RuleChange
from fairs.postings.reading import Reading
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import SubjectKind


@dataclass(frozen=True)
class Text:
    """A text that is shown; ``key`` is its place in the order of its shelf, ``case_id`` by which case it is shown.

    Words of an event in which nothing was found have no case.
    """

    key: int
    subject_id: int
    case_id: int | None
    reading: Reading
    publication_id: int | None = None


class Shelf(Protocol):
    """The published texts of one kind."""

    @property
    def kind(self) -> SubjectKind:
        """Of which kind."""

    def waiting(self, university_id: int, now: datetime) -> int:
        """How many shown texts the rules in force have not read yet."""

    def page(self, university_id: int, after: int, limit: int, now: datetime) -> list[Text]:
        """The next of those texts by key, at most ``limit``."""

    def mark(self, texts: Sequence[Text]) -> None:
        """Remember that the rules in force have read these. Inside an action."""

    def held(self, text: Text) -> PublicRow | None:
        """Lock what the text belongs to; None if the text is not shown any more. Inside an action."""

    def case_of(self, text: Text, now: datetime) -> VettingCase:
        """The case by which the text is shown, or a new one for a text without. Inside an action."""

    def stop_showing(self, change: RuleChange, case: VettingCase, now: datetime) -> PublicRow:
        """Show the text no longer and tell whose it is; ``case`` now waits for officers. Inside an action."""


_SHELVES: dict[SubjectKind, Shelf] = {}


def register(shelf: Shelf) -> None:
    """Add the shelf of a feature."""
    _SHELVES[shelf.kind] = shelf


def of(kind: SubjectKind) -> Shelf:
    """The shelf of a kind of text."""
    return _SHELVES[kind]


def from_on(kind: str) -> Iterable[Shelf]:
    """The shelves in the order in which they are read, beginning with the one named ``kind``."""
    return [_SHELVES[one] for one in sorted(_SHELVES) if one >= kind]


def waiting(university_id: int, now: datetime) -> int:
    """How many shown texts of a university the rules in force have not read yet."""
    return sum(shelf.waiting(university_id, now) for shelf in _SHELVES.values())


def reading_of(case: VettingCase) -> Reading:
    """A case's text, as it was read."""
    return Reading(tuple(sorted(case.text.items())), case.employer_type, case.profile)


def text_of(change: RuleChange, case: VettingCase) -> Text:
    """The text that a change is about."""
    return Text(0, case.subject_id, case.id, reading_of(case), change.publication_id)


def quotes_of(change: RuleChange, most: int = 10) -> list[str]:
    """The words that a change objects to."""
    return [mark["quote"] for mark in change.findings["marks"]][:most]
