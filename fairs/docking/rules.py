"""Rules of docking meetings: how the day is cut into sittings, and what becomes of a meeting (S94). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fairs.errors import Conflict, Forbidden, Invalid, Refusal
from fairs.programmes.rules import EventState


class MeetingState(StrEnum):
    """State machine of one meeting at a table."""

    ASKED = "asked"
    AGREED = "agreed"
    HELD = "held"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Side(StrEnum):
    """Who asked for a meeting; the other side answers."""

    EMPLOYER = "employer"
    DEPARTMENT = "department"


M = MeetingState
MEETING_LABELS: Mapping[MeetingState, str] = {
    M.ASKED: "等待答复",
    M.AGREED: "已约定",
    M.HELD: "已对接",
    M.DECLINED: "已谢绝",
    M.CANCELLED: "已取消",
}
TRANSITIONS: Mapping[MeetingState, frozenset[MeetingState]] = {
    M.ASKED: frozenset({M.AGREED, M.DECLINED, M.CANCELLED}),
    # at another time it waits for the other side again
    M.AGREED: frozenset({M.HELD, M.ASKED, M.CANCELLED}),
    M.HELD: frozenset(),
    M.DECLINED: frozenset(),
    M.CANCELLED: frozenset(),
}
CHANGEABLE = frozenset({M.ASKED, M.AGREED})
"""States in which time and topic may still be changed."""

ENDED = frozenset({M.DECLINED, M.CANCELLED})
"""States in which table, employer and department are free again."""

BOOKABLE = frozenset({EventState.APPROVED, EventState.OPEN, EventState.LOCKED, EventState.RUNNING})
"""States of the event in which meetings are booked."""

MINUTED = frozenset({EventState.RUNNING, EventState.CLOSED, EventState.REPORTED})
"""States of the event in which minutes are written."""

MOST_TABLES, SHORTEST, LONGEST = 100, 10, 180


class WrongMeetingState(Conflict):
    """The meeting does not allow that any more."""

    code = "wrong_meeting_state"
    sentence = "这次对接现在是“%(state)s”，不能这样操作。"


class NotBookable(Refusal):
    """The event does not take bookings now."""

    code = "docking_not_bookable"
    sentence = "这场对接会现在不能预约桌位。活动批准之后、结束之前可以预约。"


class OwnQuestion(Forbidden):
    """Who asked for a meeting cannot agree to it for the other side."""

    code = "docking_own_question"
    sentence = "这次对接由贵方提出，请等待对方答复；不需要了可以取消。"


class NotYetMinuted(Refusal):
    """Minutes are written from the day on."""

    code = "docking_not_held"
    sentence = "对接会开始以后才能填写纪要。"


class NoTables(Refusal):
    """The organisers have not said yet how many tables there are."""

    code = "docking_no_tables"
    sentence = "还没有设置桌位，请先填写桌数和每次对接的时长。"


class NoSuchSitting(Invalid):
    """The time or the table is none of the plan's."""

    code = "docking_no_sitting"
    sentence = "没有这个时段或桌号，请重新选择。"
    field = "sitting"


class NotVerified(Invalid):
    """Only an employer that the university has verified is met."""

    code = "docking_not_verified"
    sentence = "没有找到通过本校资质审核的这家单位，请核对名称，或先完成审核。"
    field = "employer"


class AllTaken(Conflict):
    """Every table is taken at that time."""

    code = "docking_all_taken"
    sentence = "这个时段的桌位已约满。请换一个时段。"


class NotOneTable(Invalid):
    """The numbers of the plan are out of range."""

    code = "docking_tables"
    sentence = (
        "桌数须在 1 到 %(most)s 之间，每次对接须在 %(shortest)s 到 %(longest)s 分钟之间，且不超过活动时长。"
    )
    field = "tables"


class PlanInUse(Refusal):
    """Meetings are booked by this plan."""

    code = "docking_plan_in_use"
    sentence = "已有 %(count)s 次预约，时长不能再改，桌数不能少于已使用的 %(tables)s 桌。请先取消预约。"
    field = "tables"


@dataclass(frozen=True)
class Sitting:
    """One time at which all tables are used: the ``no``-th of the day."""

    no: int
    starts_at: datetime
    ends_at: datetime


def sittings(starts_at: datetime, ends_at: datetime, minutes: int) -> tuple[Sitting, ...]:
    """The whole sittings of ``minutes`` that fit into a day; what is left over stays free."""
    length = timedelta(minutes=minutes)
    count = (ends_at - starts_at) // length
    return tuple(sitting_at(starts_at, minutes, no) for no in range(count))


def sitting_at(starts_at: datetime, minutes: int, no: int) -> Sitting:
    """The ``no``-th sitting of a day, also where the day has become too short for it since it was booked."""
    length = timedelta(minutes=minutes)
    return Sitting(no, starts_at + no * length, starts_at + (no + 1) * length)


def check_plan(tables: int, minutes: int, day: timedelta) -> None:
    """Raises NotOneTable."""
    fits = 1 <= tables <= MOST_TABLES and SHORTEST <= minutes <= LONGEST
    if not fits or timedelta(minutes=minutes) > day:
        raise NotOneTable(most=MOST_TABLES, shortest=SHORTEST, longest=LONGEST)


def check_change(booked: Iterable[int], *, minutes_changed: bool, tables: int) -> None:
    """Whether a plan with meetings at the tables ``booked`` may change. Raises PlanInUse."""
    used = list(booked)
    if used and (minutes_changed or tables < max(used)):
        raise PlanInUse(count=len(used), tables=max(used))


def free_table(tables: int, taken: Iterable[int]) -> int:
    """The first free table, counted from 1. Raises AllTaken."""
    held = set(taken)
    free = next((number for number in range(1, tables + 1) if number not in held), None)
    if free is None:
        raise AllTaken
    return free


def check_move(state: MeetingState, to: MeetingState) -> None:
    """Raises WrongMeetingState."""
    if to not in TRANSITIONS[state]:
        raise WrongMeetingState(state=MEETING_LABELS[state])


def check_changeable(state: MeetingState) -> None:
    """Raises WrongMeetingState."""
    if state not in CHANGEABLE:
        raise WrongMeetingState(state=MEETING_LABELS[state])


def check_answers(asked: Side, answering: Side) -> None:
    """Raises OwnQuestion if the side that asked were to answer."""
    if asked is answering:
        raise OwnQuestion


def check_bookable(state: EventState) -> None:
    """Raises NotBookable."""
    if state not in BOOKABLE:
        raise NotBookable


def check_minuted(state: EventState) -> None:
    """Raises NotYetMinuted."""
    if state not in MINUTED:
        raise NotYetMinuted
