"""How a university vets: how strictly, how fast, how much is looked at again; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from fairs.clauses.rules import Profile
from fairs.institutions import duties


@dataclass(frozen=True)
class VettingPolicy:
    """How a university vets.

    ``workdays`` within which a case or an appeal is decided, the day of receipt not counted; ``profile`` of the
    clause engine (S36); ``share`` of a week's decisions looked at again, in percent (S114).
    """

    workdays: int = 2
    profile: Profile = Profile.DEFAULT
    share: int = 5

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> Self:
        """The policy in a university's settings, by the duty table."""
        return cls(
            duties.whole(settings, "vetting_workdays"),
            Profile(duties.chosen(settings, "clause_profile")),
            duties.whole(settings, "vetting_sample_share"),
        )
