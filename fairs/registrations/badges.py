"""How a registration's state is shown."""

from fairs.registrations.rules import REGISTRATION_STATE_LABELS, RegistrationState
from fairs.web.badges import Badge

_TONES = {
    RegistrationState.WAITING: "waiting",
    RegistrationState.TICKETED: "done",
    RegistrationState.CHECKED_IN: "done",
    RegistrationState.CHECKED_OUT: "draft",
    RegistrationState.CANCELLED: "stopped",
    RegistrationState.NO_SHOW: "stopped",
}


def badge_of(state: RegistrationState) -> Badge:
    """The badge of a registration in ``state``."""
    return Badge(REGISTRATION_STATE_LABELS[state], _TONES[state])
