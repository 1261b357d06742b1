"""How many of those invited will stand at the fair, and why an employer is suggested; pure (S14, D3)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PRIOR = 10
"""Weight of what is usual, in invitations: a school without history begins with it."""

USUAL_ACCEPTANCE = 0.5
USUAL_SHOW = 0.9


@dataclass(frozen=True)
class Rates:
    """Of those invited so many accept; of those with a place so many come (shares)."""

    acceptance: float = USUAL_ACCEPTANCE
    show: float = USUAL_SHOW


@dataclass(frozen=True)
class Expected:
    """How many employers are expected at a fair: likely between ``low`` and ``high``; ``mean`` on average."""

    mean: float
    low: int
    high: int

    def exceeds(self, booths: int) -> bool:
        """Whether more are expected than there are booths."""
        return self.mean > booths

    def ratio(self, invited: int, booths: int) -> float | None:
        """Invited employers for each booth; None without booths."""
        return invited / booths if booths else None


def rates(invited: int, accepted: int, placed: int, came: int) -> Rates:
    """The shares seen so far, leaning on what is usual while there is little to see."""
    return Rates(
        acceptance=(accepted + PRIOR * USUAL_ACCEPTANCE) / (invited + PRIOR),
        show=(came + PRIOR * USUAL_SHOW) / (placed + PRIOR),
    )


def expected(open_invitations: int, coming: int, of: Rates) -> Expected:
    """Who will come of ``open_invitations`` not yet answered and ``coming`` who accepted or asked themselves.

    Each comes or not by itself, so the range is one standard deviation to either side.
    """
    chances = ((open_invitations, of.acceptance * of.show), (coming, of.show))
    mean = sum(count * chance for count, chance in chances)
    spread = math.sqrt(sum(count * chance * (1 - chance) for count, chance in chances))
    most = open_invitations + coming
    return Expected(mean, max(0, math.floor(mean - spread)), min(most, math.ceil(mean + spread)))


@dataclass(frozen=True, kw_only=True)
class History:
    """An employer at one university: how often it came, failed to come, when last, and what fits this fair."""

    came: int = 0
    missed: int = 0
    last_on: date | None = None
    fits: bool = False
    contacted: bool = False


class Why(StrEnum):
    """Why an employer is suggested, or what speaks against it."""

    FITS = "fits"
    CAME = "came"
    RELIABLE = "reliable"
    FRESH = "fresh"
    NEW = "new"
    MISSED = "missed"


WHY_LABELS = {
    Why.FITS: "招过本场面向的专业",
    Why.CAME: "来过 %(count)s 次",
    Why.RELIABLE: "从未失约",
    Why.FRESH: "近半年没有联系过",
    Why.NEW: "还没有来过",
    Why.MISSED: "失约 %(count)s 次",
}

WEIGHTS = {Why.FITS: 4, Why.CAME: 1, Why.RELIABLE: 1, Why.FRESH: 1, Why.MISSED: -2}
"""How much each speaks for an employer; coming and failing count up to three times."""

COUNTED = 3


def reasons(of: History) -> Sequence[tuple[Why, int]]:
    """Why this employer is suggested, the strongest first, each with its count (S14)."""
    told = (
        (Why.FITS, 1, of.fits),
        (Why.CAME, of.came, of.came > 0),
        (Why.RELIABLE, 1, of.came > 1 and not of.missed),
        (Why.NEW, 1, not of.came and not of.missed),
        (Why.FRESH, 1, not of.contacted),
        (Why.MISSED, of.missed, of.missed > 0),
    )
    return [(why, count) for why, count, true in told if true]


def score(of: History) -> int:
    """By how much an employer is suggested; ``queries.candidates`` sorts by the same sum."""
    points = WEIGHTS[Why.FITS] * of.fits + WEIGHTS[Why.FRESH] * (not of.contacted)
    points += WEIGHTS[Why.CAME] * min(of.came, COUNTED) + WEIGHTS[Why.MISSED] * min(of.missed, COUNTED)
    return points + WEIGHTS[Why.RELIABLE] * (of.came > 1 and not of.missed)
