"""Regular expressions that are compiled when they are first used. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from fairs.clauses.factoring import quicker

Find = Callable[[str, int, int], re.Match[str] | None]  # in a text, from a place up to another
SPAN = "span"  # the group that marks a part of the match as the finding


@dataclass(frozen=True)
class Pattern:
    """A regular expression by its text; equal texts are equal patterns.

    Compiling the whole rulebook takes seconds and one text needs little of it, so each pattern waits for its turn.
    """

    pattern: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Ready to use; raises re.error."""
        return re.compile(self.pattern)

    @cached_property
    def match(self) -> Find:
        """Matches at the beginning of a stretch of a text."""
        return self.compiled.match

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """Finds the first match in a text, or in it from a place up to another."""
        return self.compiled.search

    @property
    def group(self) -> str | int:
        """The part of the match that is the finding: a group, or 0 for all of it."""
        return SPAN if f"(?P<{SPAN}>" in self.pattern else 0


@dataclass(frozen=True)
class Quick(Pattern):
    """A pattern that is tried at single places, in its quicker form."""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Ready to use; raises re.error."""
        return re.compile(quicker(self.pattern))
