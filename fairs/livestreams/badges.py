"""The state of a stream as people see it; amber where it waits for the organiser."""

from datetime import datetime

from fairs.livestreams.queries import Line
from fairs.livestreams.rules import CALLED_OFF, DOORS, LIVE_LABELS, LiveState
from fairs.web.badges import Badge

STAND_LABELS = {
    "off": "随活动停办",
    "left": "主办单位已退出",
    "waiting": "文字待审核",
    "changes": "文字需修改",
    "ready": "可以公布",
    "now": "正在直播",
    "over": "待登记",
    "soon": "即将开始",
}
_TONES = {LiveState.HELD: "draft", LiveState.ANNOUNCED: "done", LiveState.CANCELLED: "stopped"}


def badge_of(line: Line, now: datetime) -> Badge:
    """How a stream stands for those who organise or hold it."""
    row = line.session
    if line.host_left:
        return Badge(STAND_LABELS["left"], "stopped")
    if row.state is LiveState.DRAFT and row.event.state not in CALLED_OFF:
        return _draft(line)
    if row.state is LiveState.ANNOUNCED and row.event.state not in CALLED_OFF and now >= row.ends_at:
        return Badge(STAND_LABELS["over"], "mine")
    return _badge(line, now)


def _draft(line: Line) -> Badge:
    if line.standing.passed:
        return Badge(STAND_LABELS["ready"], "mine")
    case = line.standing.case
    returned = case is not None and case.state.value in {"returned", "rejected"}
    return (
        Badge(STAND_LABELS["changes"], "stopped") if returned else Badge(STAND_LABELS["waiting"], "waiting")
    )


def public_badge(line: Line, now: datetime) -> Badge | None:
    """How a stream stands for everybody; one that lies ahead needs no word beside its time."""
    row = line.session
    ahead = row.state is LiveState.ANNOUNCED and now < row.starts_at - DOORS
    return None if ahead and row.event.state not in CALLED_OFF else _badge(line, now)


def _badge(line: Line, now: datetime) -> Badge:
    row = line.session
    if row.state in {LiveState.DRAFT, LiveState.ANNOUNCED} and row.event.state in CALLED_OFF:
        return Badge(STAND_LABELS["off"], "stopped")
    if row.state is LiveState.ANNOUNCED and row.starts_at <= now < row.ends_at:
        return Badge(STAND_LABELS["now"], "done")
    if row.state is LiveState.ANNOUNCED and row.starts_at - DOORS <= now < row.starts_at:
        return Badge(STAND_LABELS["soon"], "waiting")
    if row.state is LiveState.ANNOUNCED and now >= row.ends_at:
        return Badge(LIVE_LABELS[LiveState.HELD], "draft")
    return Badge(LIVE_LABELS[row.state], _TONES.get(row.state, "draft"))
