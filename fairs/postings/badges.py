"""How the states of a posting look to its employer."""

from fairs.postings.rules import POSTING_STATE_LABELS, PostingState
from fairs.web.badges import Badge

_TONES = {
    PostingState.DRAFT: "draft",
    PostingState.IN_REVIEW: "waiting",
    PostingState.RETURNED: "mine",
    PostingState.REJECTED: "stopped",
    PostingState.PUBLISHED: "done",
    PostingState.SCHEDULED: "waiting",
    PostingState.EXPIRED: "draft",
    PostingState.WITHDRAWN: "draft",
}


def badge_of(state: PostingState) -> Badge:
    """A posting's state as its employer sees it."""
    return Badge(POSTING_STATE_LABELS[state], _TONES[state])
