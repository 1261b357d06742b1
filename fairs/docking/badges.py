"""The state of a docking meeting as people see it; amber where it waits for whoever looks."""

from fairs.docking.models import TableMeeting
from fairs.docking.rules import MEETING_LABELS, MeetingState, Side
from fairs.web.badges import Badge

_TONES = {MeetingState.ASKED: "waiting", MeetingState.AGREED: "done", MeetingState.HELD: "draft"}


def badge_of(row: TableMeeting, side: Side) -> Badge:
    """The badge of a meeting for one side."""
    mine = row.state is MeetingState.ASKED and row.asked_side is not side
    return Badge(MEETING_LABELS[row.state], "mine" if mine else _TONES.get(row.state, "stopped"))
