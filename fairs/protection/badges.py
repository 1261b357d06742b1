"""How the states of cases and alerts look."""

from fairs.protection.alerts import (
    ALERT_LABELS,
    SEVERITY_LABELS,
    SEVERITY_TONES,
    AlertState,
    Severity,
)
from fairs.protection.inspecting import Point
from fairs.protection.models import Inspection
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


SEEN_LABELS = {"draft": "未巡查", "done": "正常", "stopped": "有问题"}


def seen_badge(last: Inspection | None) -> Badge:
    """What the newest look at a booth found."""
    fine = last is not None and all(getattr(last, point.value) for point in Point)
    tone = "draft" if last is None else "done" if fine else "stopped"
    return Badge(SEEN_LABELS[tone], tone)
