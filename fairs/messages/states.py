"""The states of a message as people see them."""

from fairs.messages.rules import MESSAGE_LABELS, MessageState
from fairs.web.badges import Badge

_TONES = {
    MessageState.SCHEDULED: "waiting",
    MessageState.SENDING: "waiting",
    MessageState.SENT: "done",
    MessageState.SUPPRESSED: "draft",
    MessageState.DEAD: "stopped",
}


def badge_of(state: MessageState) -> Badge:
    """A message's state: red where it was given up."""
    return Badge(MESSAGE_LABELS[state], _TONES[state])
