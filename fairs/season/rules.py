"""What the figures of a programme count (S15, S25, S118): each has one meaning, and none is mixed with another."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Figures:
    """Counts over the events of a programme.

    ``events`` 场: led by the university and not cancelled. ``employers`` 家: each legal entity once.
    ``appearances`` 家次: an employer once per event. ``on_platform`` 家: of the
    employers, those registered with the national platform (S47). ``postings``: postings brought, each once.
    ``headcount`` 岗位需求人数: how many people they look for. ``registered``: places of own students (a person on
    a day).
    ``persons`` 人: own students who came, each once. ``attendances`` 人次: once for each day.
    ``live_sessions`` 场: streams held, of events led. ``live_persons`` 人 and ``live_attendances`` 人次: own students
    who went on to them through the system, apart from those who came (S22).
    """

    events: int = 0
    employers: int = 0
    appearances: int = 0
    on_platform: int = 0
    postings: int = 0
    headcount: int = 0
    registered: int = 0
    persons: int = 0
    attendances: int = 0
    live_sessions: int = 0
    live_persons: int = 0
    live_attendances: int = 0


FIGURE_LABELS = {
    "events": "活动",
    "employers": "参会单位",
    "appearances": "单位参会",
    "on_platform": "其中已注册国家平台",
    "postings": "招聘岗位",
    "headcount": "岗位需求",
    "registered": "已预约",
    "persons": "到场学生",
    "attendances": "学生到场",
    "live_sessions": "直播场次",
    "live_persons": "看直播的学生",
    "live_attendances": "学生看直播",
}

UNITS = {
    "events": "场",
    "employers": "家",
    "appearances": "家次",
    "on_platform": "家",
    "postings": "个",
    "headcount": "人",
    "registered": "人次",
    "persons": "人",
    "attendances": "人次",
    "live_sessions": "场",
    "live_persons": "人",
    "live_attendances": "人次",
}
assert list(FIGURE_LABELS) == list(UNITS) == [field.name for field in fields(Figures)]


def share(part: int, whole: int) -> int | None:
    """``part`` in hundredths of ``whole``; None where there is nothing to divide by."""
    return round(part * 100 / whole) if whole else None


def change(now: int, before: int) -> int | None:
    """By how many hundredths a figure rose against the year before; None where there was nothing to compare."""
    return round((now - before) * 100 / before) if before else None
