"""States of plans and licences as badges."""

from fairs.programmes.gates import GateState
from fairs.safety.licensing import LICENCE_LABELS, LicenceState
from fairs.safety.rules import PLAN_LABELS
from fairs.web.badges import Badge

_PLAN_TONES = {
    GateState.NOT_NEEDED: "draft",
    GateState.DRAFTING: "draft",
    GateState.SUBMITTED: "waiting",
    GateState.ACCEPTED: "done",
    GateState.REFUSED: "mine",
}
_LICENCE_TONES = {
    LicenceState.NOT_NEEDED: "draft",
    LicenceState.DRAFTING: "mine",
    LicenceState.SUBMITTED: "waiting",
    LicenceState.ACCEPTED: "waiting",
    LicenceState.GRANTED: "done",
    LicenceState.REFUSED: "stopped",
    LicenceState.CHANGED: "mine",
    LicenceState.RESUBMITTED: "waiting",
    LicenceState.SURRENDERED: "stopped",
}


def plan_badge(state: GateState, *, mine: bool = False) -> Badge:
    """The state of a safety plan; amber where it waits for whoever looks (``mine``)."""
    return Badge(
        PLAN_LABELS.get(state, PLAN_LABELS[GateState.DRAFTING]),
        "mine" if mine else _PLAN_TONES.get(state, "draft"),
    )


def licence_badge(state: LicenceState) -> Badge:
    """The state of a licence."""
    return Badge(LICENCE_LABELS[state], _LICENCE_TONES[state])
