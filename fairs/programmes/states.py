"""The states of events and gates as people see them."""

from fairs.programmes.campaigns import ACTIVITY_STATE_LABELS, ActivityState
from fairs.programmes.gates import GATE_STATE_LABELS, GateState
from fairs.programmes.rules import EVENT_STATE_LABELS, EventState
from fairs.programmes.seasons import PROGRAMME_STATE_LABELS, ProgrammeState
from fairs.web.badges import Badge

_EVENT_TONES = {
    EventState.DRAFT: "draft",
    EventState.PLANNED: "draft",
    EventState.SAFETY_REVIEW: "waiting",
    EventState.RETURNED: "mine",
    EventState.APPROVED: "mine",
    EventState.OPEN: "done",
    EventState.LOCKED: "waiting",
    EventState.RUNNING: "done",
    EventState.PAUSED: "mine",
    EventState.EVACUATED: "stopped",
    EventState.CLOSED: "draft",
    EventState.REPORTED: "draft",
    EventState.POSTPONED: "mine",
    EventState.CANCELLED: "stopped",
}
_GATE_TONES = {
    GateState.NOT_NEEDED: "draft",
    GateState.DRAFTING: "waiting",
    GateState.SUBMITTED: "waiting",
    GateState.ACCEPTED: "done",
    GateState.GRANTED: "done",
    GateState.REFUSED: "stopped",
    GateState.SURRENDERED: "stopped",
}
_SEASON_TONES = {
    ProgrammeState.DRAFT: "mine",
    ProgrammeState.PUBLISHED: "done",
    ProgrammeState.ENDED: "draft",
}
_ACTIVITY_TONES = {
    ActivityState.DRAFT: "draft",
    ActivityState.PUBLISHED: "done",
    ActivityState.CANCELLED: "stopped",
}
_PUBLIC_LABELS = {
    EventState.APPROVED: "即将开放报名",
    EventState.PLANNED: "正在调整安排",
    EventState.SAFETY_REVIEW: "正在调整安排",
    EventState.RETURNED: "正在调整安排",
    EventState.REPORTED: "已结束",
}
PUBLIC_STATE_LABELS = {
    EventState.PLANNED: "活动安排正在调整，确定后会在这里公布。",
    EventState.SAFETY_REVIEW: "活动安排正在调整，确定后会在这里公布。",
    EventState.RETURNED: "活动安排正在调整，确定后会在这里公布。",
    EventState.APPROVED: "活动已确定，即将开放报名。",
    EventState.OPEN: "正在接受报名。",
    EventState.LOCKED: "报名已截止，已报名的同学请按时参加。",
    EventState.RUNNING: "活动正在进行。",
    EventState.PAUSED: "现场人多，暂停入场，请等候通知。",
    EventState.EVACUATED: "现场已疏散，请勿前往。",
    EventState.CLOSED: "活动已结束。",
    EventState.REPORTED: "活动已结束。",
    EventState.POSTPONED: "活动已延期，新的时间确定后会在这里公布。",
    EventState.CANCELLED: "活动已取消。",
}


def badge_of(state: EventState) -> Badge:
    """An event's state for its staff: amber where the organisers have to act."""
    return Badge(EVENT_STATE_LABELS[state], _EVENT_TONES[state])


def public_badge_of(state: EventState) -> Badge:
    """An event's state for visitors: nothing there waits for them."""
    tone = _EVENT_TONES[state]
    return Badge(_PUBLIC_LABELS.get(state, EVENT_STATE_LABELS[state]), "waiting" if tone == "mine" else tone)


def season_badge_of(state: ProgrammeState) -> Badge:
    """A programme's state for its staff: amber while it is not published."""
    return Badge(PROGRAMME_STATE_LABELS[state], _SEASON_TONES[state])


def activity_badge_of(state: ActivityState) -> Badge:
    """The state of an activity that others run."""
    return Badge(ACTIVITY_STATE_LABELS[state], _ACTIVITY_TONES[state])


def gate_badge_of(state: GateState, *, mine: bool = False) -> Badge:
    """A gate's state; amber where it waits for whoever looks (``mine``)."""
    return Badge(GATE_STATE_LABELS[state], "mine" if mine else _GATE_TONES[state])
