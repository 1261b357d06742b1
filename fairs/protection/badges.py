"""How the states of cases and alerts look."""

from fairs.protection.alerts import (
    ALERT_LABELS,
    SEVERITY_LABELS,
    SEVERITY_TONES,
    AlertState,
    Severity,
)
from fairs.protection.rules import COMPLAINT_LABELS, ComplaintState
from fairs.web.badges import Badge

_COMPLAINTS = {
    ComplaintState.RECEIVED: "mine",
    ComplaintState.ACCEPTED: "mine",
    ComplaintState.INVESTIGATING: "mine",
    ComplaintState.UPHELD: "stopped",
    ComplaintState.UNFOUNDED: "done",
    ComplaintState.CLOSED: "draft",
}
_ALERTS = {
    AlertState.DRAFT: "mine",
    AlertState.APPROVED: "waiting",
    AlertState.PUBLISHED: "done",
    AlertState.EXPIRED: "draft",
}


def badge_of(state: ComplaintState) -> Badge:
    """A case's state as officers see it."""
    return Badge(COMPLAINT_LABELS[state], _COMPLAINTS[state])


def alert_badge(state: AlertState) -> Badge:
    """An alert's state as officers see it."""
    return Badge(ALERT_LABELS[state], _ALERTS[state])


def severity_badge_of(severity: Severity) -> Badge:
    """How urgent an alert is."""
    return Badge(SEVERITY_LABELS[severity], SEVERITY_TONES[severity])
