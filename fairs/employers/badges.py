"""The state of an employer as people see it: whose turn it is depends on who looks."""

from fairs.employers.rules import STANDING_LABELS, StandingState
from fairs.web.badges import Badge

S = StandingState
_TONES = {
    S.DRAFT: "draft",
    S.SUBMITTED: "waiting",
    S.UNDER_REVIEW: "waiting",
    S.VERIFIED: "done",
    S.RETURNED: "mine",
    S.REJECTED: "stopped",
    S.SUSPENDED: "stopped",
    S.BLACKLISTED: "stopped",
    S.REINSTATEMENT_REQUESTED: "waiting",
    S.EXPIRED: "mine",
}
_OFFICE_TONES = _TONES | {
    S.SUBMITTED: "mine",
    S.UNDER_REVIEW: "mine",
    S.RETURNED: "waiting",
    S.REINSTATEMENT_REQUESTED: "mine",
    S.EXPIRED: "waiting",
}


def badge_of(state: StandingState, *, office: bool = False) -> Badge:
    """The badge of a standing; for the ``office`` what waits for a review is amber."""
    return Badge(STANDING_LABELS[state], (_OFFICE_TONES if office else _TONES)[state])
