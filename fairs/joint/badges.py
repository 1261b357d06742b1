"""The state of a university's part as each side sees it."""

from fairs.programmes.participation import PARTICIPATION_LABELS, ParticipationState
from fairs.web.badges import Badge

_TONES = {
    ParticipationState.INVITED: "waiting",
    ParticipationState.ACCEPTED: "done",
    ParticipationState.DECLINED: "stopped",
    ParticipationState.WITHDRAWN: "stopped",
}
MINE_LABELS = {"invited": "待本校答复"}


def badge_of(state: ParticipationState) -> Badge:
    """For the lead."""
    return Badge(PARTICIPATION_LABELS[state], _TONES[state])


def own_badge_of(state: ParticipationState) -> Badge:
    """For the university itself: an invitation waits for it."""
    if state is ParticipationState.INVITED:
        return Badge(MINE_LABELS["invited"], "mine")
    return badge_of(state)
