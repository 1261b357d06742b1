"""How a request's state is shown."""

from fairs.privacy.rules import REQUEST_STATE_LABELS, RequestState
from fairs.web.badges import Badge

_TONES = {
    RequestState.OPEN: "waiting",
    RequestState.DONE: "done",
    RequestState.DECLINED: "stopped",
    RequestState.WITHDRAWN: "draft",
}


def badge_of(state: RequestState) -> Badge:
    """The badge of a request in ``state``."""
    return Badge(REQUEST_STATE_LABELS[state], _TONES[state])
