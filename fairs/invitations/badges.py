"""How the states of an invitation look to the office; to the employer an open one is its turn."""

from fairs.invitations.rules import INVITATION_LABELS, OPEN, InvitationState
from fairs.web.badges import Badge

_TONES = {
    InvitationState.SENT: "waiting",
    InvitationState.OPENED: "waiting",
    InvitationState.ACCEPTED: "done",
    InvitationState.DECLINED: "stopped",
    InvitationState.EXPIRED: "draft",
    InvitationState.REVOKED: "draft",
}


def badge_of(state: InvitationState, *, office: bool = False) -> Badge:
    """The badge for the ``office``, or for the employer."""
    if not office and state in OPEN:
        return Badge("等您答复", "mine")
    return Badge(INVITATION_LABELS[state], _TONES[state])
