"""How incidents and halls look."""

from fairs.onsite.models import Incident
from fairs.onsite.rules import (
    CHECK_LABELS,
    INCIDENT_LABELS,
    SEVERITY_LABELS,
    CheckState,
    IncidentState,
    Severity,
)
from fairs.web.badges import Badge

_CHECKS = {CheckState.WAITING: "mine", CheckState.FAULTS: "stopped", CheckState.CLEAR: "done"}


def incident_badge(one: Incident) -> Badge:
    """An incident's state; while it is open, how bad it is."""
    if one.state is IncidentState.SETTLED:
        return Badge(INCIDENT_LABELS[one.state], "done")
    serious = one.severity is Severity.SERIOUS
    label = SEVERITY_LABELS[one.severity] if serious else INCIDENT_LABELS[one.state]
    return Badge(label, "stopped" if serious else "mine")


def check_badge(state: CheckState) -> Badge:
    """How a hall was left."""
    return Badge(CHECK_LABELS[state], _CHECKS[state])
