"""What an employer's own page must say, and when it may be shown."""

from collections.abc import Mapping

from fairs.employers.rules import StandingState
from fairs.errors import Invalid, Refusal
from fairs.vetting.rules import SubjectKind, VerdictKind

SHORTEST = 20
LONGEST = 3000

SHOWN_IN = frozenset({StandingState.VERIFIED, StandingState.EXPIRED})
"""Standings in which a university shows an employer's page; of all others it shows nothing at all."""

MAILS: Mapping[SubjectKind, Mapping[VerdictKind, str]] = {
    SubjectKind.EMPLOYER_PROFILE: {
        VerdictKind.APPROVE: "profiles/approved",
        VerdictKind.RETURN: "profiles/returned",
        VerdictKind.REJECT: "profiles/returned",
    },
    SubjectKind.BROCHURE: {
        VerdictKind.APPROVE: "profiles/brochure_approved",
        VerdictKind.RETURN: "profiles/brochure_returned",
        VerdictKind.REJECT: "profiles/brochure_returned",
    },
}
"""The letter about a decision; lifting a block decides nothing yet, so it tells nothing."""


class IntroductionShort(Invalid):
    """A page with nothing on it helps nobody."""

    code = "introduction_short"
    sentence = "请用至少 20 个字介绍单位，最多 3000 字。"
    field = "introduction"


class NowhereVerified(Refusal):
    """The page lies before the universities that have verified the employer."""

    code = "nowhere_verified"
    sentence = "资质通过至少一所学校的审核后，才能提交单位介绍。"


def check_introduction(text: str) -> str:
    """The text without margins. Raises IntroductionShort."""
    clean = text.replace("\r\n", "\n").strip()
    if not SHORTEST <= len(clean) <= LONGEST:
        raise IntroductionShort
    return clean
