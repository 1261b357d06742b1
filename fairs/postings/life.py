"""What a posting is before one university, derived from its cases and publications; pure (JobPosting)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairs.postings.rules import PostingState


class CaseOutcome(StrEnum):
    """What became of the newest version before a university, as far as a posting cares."""

    WAITING = "waiting"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPROVED = "approved"


@dataclass(frozen=True)
class Shown:
    """From when until when a university shows a posting."""

    from_at: datetime
    until_at: datetime


@dataclass(frozen=True)
class Standing:
    """A posting before one university: its state, and what became of a newer version beside a public one."""

    state: PostingState
    change: PostingState | None = None


_OF_CASE = {
    CaseOutcome.WAITING: PostingState.IN_REVIEW,
    CaseOutcome.RETURNED: PostingState.RETURNED,
    CaseOutcome.REJECTED: PostingState.REJECTED,
}


def standing_of(*, ended: bool, outcome: CaseOutcome | None, shown: Shown | None, now: datetime) -> Standing:
    """What a posting is before one university (state machine JobPosting).

    ``outcome`` is that of the newest case that was not withdrawn, ``shown`` the publication not taken down.
    """
    if ended:
        return Standing(PostingState.WITHDRAWN)
    pending = _OF_CASE.get(outcome) if outcome else None
    if shown is not None and shown.from_at <= now < shown.until_at:
        return Standing(PostingState.PUBLISHED, pending)
    if pending is not None:
        return Standing(pending)
    if shown is not None and now < shown.from_at:
        return Standing(PostingState.SCHEDULED)
    if shown is None and outcome is CaseOutcome.APPROVED:  # the university has taken it down
        return Standing(PostingState.WITHDRAWN)
    return Standing(PostingState.EXPIRED if shown is not None else PostingState.DRAFT)
