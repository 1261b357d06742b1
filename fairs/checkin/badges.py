"""How a verdict is shown in lists: a word where the scanner shows a sentence."""

from fairs.checkin.rules import SHOWINGS, Tone, Verdict
from fairs.web.badges import Badge

VERDICT_LABELS = {
    Verdict.IN_OK: "已放行",
    Verdict.IN_CHECK_ID: "核对证件后放行",
    Verdict.REPEAT: "连续扫码",
    Verdict.OUT_OK: "已离场",
    Verdict.ALREADY_IN: "重复入场",
    Verdict.NOT_INSIDE: "无入场记录",
    Verdict.TOO_EARLY: "早于时段",
    Verdict.WRONG_SLOT: "晚于时段",
    Verdict.WAITING: "候补未成功",
    Verdict.STALE_CODE: "过期二维码",
    Verdict.FORGED_CODE: "伪造二维码",
    Verdict.UNKNOWN: "无此票",
    Verdict.WRONG_EVENT: "其他活动的票",
    Verdict.WRONG_DAY: "其他日期的票",
    Verdict.CANCELLED: "已取消的票",
    Verdict.REVOKED: "已作废的票",
    Verdict.EXPIRED: "已过期的证件",
    Verdict.EVENT_CLOSED: "活动未开放",
    Verdict.STOP_ENTRY: "暂停入场",
    Verdict.UNDONE: "撤销",
}

_TONES = {Tone.GREEN: "done", Tone.AMBER: "mine", Tone.RED: "stopped"}


def badge_of(verdict: Verdict) -> Badge:
    """The badge of a scan with this verdict."""
    return Badge(VERDICT_LABELS[verdict], _TONES[SHOWINGS[verdict].tone])
