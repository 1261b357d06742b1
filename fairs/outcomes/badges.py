"""The states of a closing as people see them."""

from fairs.outcomes.models import Closing
from fairs.outcomes.rules import CLOSING_LABELS, ClosingState
from fairs.web.badges import Badge

_TONES = {ClosingState.OPEN: "mine", ClosingState.CONFIRMED: "waiting", ClosingState.PUBLISHED: "done"}


def badge_of(closing: Closing | None) -> Badge:
    """A closing's state; one that was not begun waits like an open one."""
    state = closing.state if closing else ClosingState.OPEN
    return Badge(CLOSING_LABELS[state], _TONES[state])
