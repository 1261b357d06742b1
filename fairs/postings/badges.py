"""How the states of a posting look to its employer."""

from fairs.postings.changes import CHANGE_STATE_LABELS, ChangeState
from fairs.postings.queries import AtSchool
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


HIDDEN_LABELS = {"hidden": "单位受限，暂不展示"}
"""What is not shown although it was approved."""


def badge_at(at: AtSchool) -> Badge:
    """How a posting stands at one university."""
    return Badge(HIDDEN_LABELS["hidden"], "stopped") if at.hidden else badge_of(at.standing.state)


_CHANGE_TONES = {
    ChangeState.LISTED: "mine",
    ChangeState.TAKEN_DOWN: "stopped",
    ChangeState.KEPT: "done",
}


def change_badge(state: ChangeState) -> Badge:
    """What became of a posting that changed rules object to."""
    return Badge(CHANGE_STATE_LABELS[state], _CHANGE_TONES[state])
