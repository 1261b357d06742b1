"""The state of a place at a fair as people see it; whose turn it is depends on who looks."""

from fairs.exhibitors.rules import EXHIBITOR_LABELS, ExhibitorState
from fairs.web.badges import Badge

_X = ExhibitorState
_TONES = {
    _X.DRAFT: "draft",
    _X.REQUESTED: "waiting",
    _X.WAITLISTED: "waiting",
    _X.ALLOCATED: "mine",
    _X.CONFIRMED: "done",
    _X.CHECKED_IN: "done",
    _X.DEPARTED: "done",
    _X.LAPSED: "mine",
    _X.CANCELLED_IN_TIME: "draft",
    _X.DECLINED: "draft",
}


def badge_of(state: ExhibitorState, *, office: bool = False) -> Badge:
    """The badge for the employer, or for the ``office``: there the amber one is the request to be placed."""
    tone = _TONES.get(state, "stopped")
    if office:
        tone = {_X.REQUESTED: "mine", _X.ALLOCATED: "waiting", _X.LAPSED: "stopped"}.get(state, tone)
    return Badge(EXHIBITOR_LABELS[state], tone)
