"""Clauses in a posting that is still being written; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairs.clauses.engine import check
from fairs.clauses.rules import Profile, Severity


@dataclass(frozen=True)
class Hint:
    """A finding (see ``fairs.clauses.rules.Finding``) in one field of a posting."""

    field: str
    category: str
    severity: Severity
    start: int
    end: int
    quote: str
    rule: str
    basis: str
    rewrite: str
    # the whole field: what takes the clause's place depends on the words around it
    text: str = ""

    @property
    def said(self) -> tuple[object, ...]:
        """All that it says: equal ones are shown as one."""
        return self.rule, self.severity, self.quote, self.basis, self.rewrite


def strictest(profiles: Iterable[str | None]) -> Profile:
    """How the strictest of several universities reads."""
    return Profile.CAMPUS_STRICT if Profile.CAMPUS_STRICT in set(profiles) else Profile.DEFAULT


def hints(texts: Mapping[str, str], employer_type: str | None, profile: Profile) -> list[Hint]:
    """What an officer would be shown in these texts ({field: text}), field by field."""
    return [
        Hint(name, *finding, text=text)
        for name, text in texts.items()
        if text.strip()  # an empty form does not wait until the rulebook is read
        for finding in check(text, name, employer_type, profile)
    ]
