"""Clauses in a posting that is still being written; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairs.clauses.engine import check
from fairs.clauses.rules import Finding, Profile


@dataclass(frozen=True)
class Hint(Finding):
    """A finding in one field of a posting."""

    field: str = ""


def strictest(profiles: Iterable[str | None]) -> Profile:
    """How the strictest of several universities reads."""
    return Profile.CAMPUS_STRICT if Profile.CAMPUS_STRICT in set(profiles) else Profile.DEFAULT


def hints(texts: Mapping[str, str], employer_type: str, profile: Profile) -> list[Hint]:
    """What an officer would be shown in these texts ({field: text}), field by field."""
    return [
        Hint(**vars(finding), field=field)
        for field, text in texts.items()
        for finding in check(text, field, employer_type, profile)
    ]
