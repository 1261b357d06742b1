"""How the states of a case and the severities of findings look."""

from fairs.clauses.rules import SEVERITY_NAMES, Severity
from fairs.vetting.rules import CASE_LABELS, CaseState
from fairs.web.badges import Badge

_TONES = {
    CaseState.IN_REVIEW: "mine",
    CaseState.APPEALED: "mine",
    CaseState.LIFTING: "mine",
    CaseState.APPROVED: "done",
    CaseState.RETURNED: "waiting",
    CaseState.REJECTED: "stopped",
    CaseState.WITHDRAWN: "draft",
}
_SEVERITY_TONES = {Severity.BLOCK: "stopped", Severity.REVIEW: "mine", Severity.ADVISE: "waiting"}


def badge_of(state: CaseState) -> Badge:
    """A case's state as officers see it."""
    return Badge(CASE_LABELS[state], _TONES[state])


def severity_badge(severity: Severity) -> Badge:
    """How much a finding stands in the way."""
    return Badge(SEVERITY_NAMES[severity], _SEVERITY_TONES[severity])
