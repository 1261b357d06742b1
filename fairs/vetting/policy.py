"""How a university vets: how strictly, how fast, how much is looked at again; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from fairs.clauses.rules import Profile

PROFILE_LABELS = {Profile.DEFAULT: "一般要求", Profile.CAMPUS_STRICT: "校园从严"}

WORKDAYS_TO_DECIDE = 2
MOST_WORKDAYS = 3
SAMPLE_SHARE = 5
"""Percent of a week's decisions that a second reviewer looks at (S114)."""


@dataclass(frozen=True)
class VettingPolicy:
    """How a university vets.

    ``workdays`` (1 to 3) within which a case or an appeal is decided, the day of receipt not counted;
    ``profile`` of the clause engine; ``share`` of decisions looked at again, in percent.
    """

    workdays: int = WORKDAYS_TO_DECIDE
    profile: Profile = Profile.DEFAULT
    share: int = SAMPLE_SHARE

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> Self:
        """The policy in a university's settings; what is out of range counts as its nearest limit."""
        workdays = int(settings.get("vetting_workdays", WORKDAYS_TO_DECIDE))
        share = int(settings.get("vetting_sample_share", SAMPLE_SHARE))
        profile = Profile(settings.get("clause_profile", Profile.DEFAULT))
        return cls(min(max(workdays, 1), MOST_WORKDAYS), profile, min(max(share, 0), 100))

    def settings(self) -> dict[str, Any]:
        """The same as a university's settings keep it."""
        return {
            "vetting_workdays": self.workdays,
            "clause_profile": self.profile.value,
            "vetting_sample_share": self.share,
        }
