"""Kinds and states of programmes and events, and the checks on their dates."""

import itertools
from datetime import datetime
from enum import StrEnum

from fairs.errors import Invalid, Refusal


class ProgrammeKind(StrEnum):
    """Seasons of the notices (S1, S15, S16, S17)."""

    RECRUITMENT_MONTH = "recruitment_month"
    ENTERPRISES_ON_CAMPUS = "enterprises_on_campus"
    EMPLOYMENT_PROMOTION_WEEK = "employment_promotion_week"
    HUNDRED_SCHOOL_JOINT = "hundred_school_joint"
    CAMPAIGN = "campaign"
    OTHER = "other"


PROGRAMME_LABELS = {
    ProgrammeKind.RECRUITMENT_MONTH: "校园招聘月",
    ProgrammeKind.ENTERPRISES_ON_CAMPUS: "万企进校园计划",
    ProgrammeKind.EMPLOYMENT_PROMOTION_WEEK: "就业促进周",
    ProgrammeKind.HUNDRED_SCHOOL_JOINT: "百校联动",
    ProgrammeKind.CAMPAIGN: "专项行动",
    ProgrammeKind.OTHER: "其他系列活动",
}


class EventKind(StrEnum):
    """Kinds of events (S5, S6, S13, S27, S28, S94, S107, S159, S160)."""

    JOB_FAIR = "job_fair"
    SPECIALTY_FAIR = "specialty_fair"
    INFO_SESSION = "info_session"
    GROUP_RECRUITMENT = "group_recruitment"
    TEST_SESSION = "test_session"
    DOCKING_MEETING = "docking_meeting"
    WORKSHOP = "workshop"
    MEETING = "meeting"
    PUBLIC_SERVICE_DAY = "public_service_day"
    POLICY_ROADSHOW = "policy_roadshow"
    THEMED_EDUCATION = "themed_education"


EVENT_KIND_LABELS = {
    EventKind.JOB_FAIR: "双选会",
    EventKind.SPECIALTY_FAIR: "专场招聘会",
    EventKind.INFO_SESSION: "宣讲会",
    EventKind.GROUP_RECRUITMENT: "组团招聘",
    EventKind.TEST_SESSION: "笔试/面试",
    EventKind.DOCKING_MEETING: "供需对接会",
    EventKind.WORKSHOP: "就业指导活动",
    EventKind.MEETING: "工作会议",
    EventKind.PUBLIC_SERVICE_DAY: "公共就业服务进校园",
    EventKind.POLICY_ROADSHOW: "就业政策宣传",
    EventKind.THEMED_EDUCATION: "就业育人主题教育",
}

WITH_BOOTHS = frozenset({EventKind.JOB_FAIR, EventKind.SPECIALTY_FAIR, EventKind.GROUP_RECRUITMENT})
"""Kinds of events that have booths, and so a ``fair`` row."""


class EventScope(StrEnum):
    """Reach of an event (S8)."""

    SCHOOL = "school"
    DEPARTMENT = "department"
    REGIONAL = "regional"
    INDUSTRY = "industry"
    ALLIANCE = "alliance"


SCOPE_LABELS = {
    EventScope.SCHOOL: "校级",
    EventScope.DEPARTMENT: "院系",
    EventScope.REGIONAL: "区域性",
    EventScope.INDUSTRY: "行业性",
    EventScope.ALLIANCE: "联盟性",
}


class EventLevel(StrEnum):
    """Level of the organiser (S23)."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    SCHOOL = "school"
    DEPARTMENT = "department"


LEVEL_LABELS = {
    EventLevel.NATIONAL: "国家级",
    EventLevel.PROVINCIAL: "省级",
    EventLevel.MUNICIPAL: "市级",
    EventLevel.SCHOOL: "校级",
    EventLevel.DEPARTMENT: "院系级",
}


class EventMode(StrEnum):
    """Where it happens (S8)."""

    ONSITE = "onsite"
    ONLINE = "online"
    HYBRID = "hybrid"


MODE_LABELS = {EventMode.ONSITE: "线下", EventMode.ONLINE: "线上", EventMode.HYBRID: "线上线下结合"}


class EventState(StrEnum):
    """State machine Fair (REQUIREMENTS 2); events without booths use the same."""

    DRAFT = "draft"
    PLANNED = "planned"
    SAFETY_REVIEW = "safety_review"
    RETURNED = "returned"
    APPROVED = "approved"
    OPEN = "open"
    LOCKED = "locked"
    RUNNING = "running"
    PAUSED = "paused"
    EVACUATED = "evacuated"
    CLOSED = "closed"
    REPORTED = "reported"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


EVENT_STATE_LABELS = {
    EventState.DRAFT: "草稿",
    EventState.PLANNED: "已计划",
    EventState.SAFETY_REVIEW: "安全审核中",
    EventState.RETURNED: "已退回",
    EventState.APPROVED: "已批准",
    EventState.OPEN: "报名中",
    EventState.LOCKED: "报名截止",
    EventState.RUNNING: "进行中",
    EventState.PAUSED: "暂停入场",
    EventState.EVACUATED: "已疏散",
    EventState.CLOSED: "已结束",
    EventState.REPORTED: "已总结",
    EventState.POSTPONED: "已延期",
    EventState.CANCELLED: "已取消",
}

E = EventState
_STOPPABLE = frozenset({E.POSTPONED, E.CANCELLED})
EVENT_MOVES: dict[EventState, frozenset[EventState]] = {
    E.DRAFT: frozenset({E.PLANNED, E.CANCELLED}),
    E.PLANNED: frozenset({E.SAFETY_REVIEW, E.APPROVED}) | _STOPPABLE,
    E.SAFETY_REVIEW: frozenset({E.APPROVED, E.RETURNED}) | _STOPPABLE,
    E.RETURNED: frozenset({E.PLANNED, E.SAFETY_REVIEW}) | _STOPPABLE,
    E.APPROVED: frozenset({E.OPEN, E.RETURNED}) | _STOPPABLE,
    E.OPEN: frozenset({E.LOCKED, E.RUNNING}) | _STOPPABLE,
    E.LOCKED: frozenset({E.RUNNING, E.OPEN}) | _STOPPABLE,
    E.RUNNING: frozenset({E.PAUSED, E.CLOSED, E.EVACUATED}),
    E.PAUSED: frozenset({E.RUNNING, E.EVACUATED, E.CLOSED}),
    E.EVACUATED: frozenset({E.CLOSED}),
    E.CLOSED: frozenset({E.REPORTED}),
    E.REPORTED: frozenset(),
    E.POSTPONED: frozenset({E.PLANNED, E.CANCELLED}),
    E.CANCELLED: frozenset(),
}

PUBLIC_STATES = frozenset(
    {E.APPROVED, E.OPEN, E.LOCKED, E.RUNNING, E.PAUSED, E.EVACUATED, E.CLOSED, E.REPORTED}
    | {E.POSTPONED, E.CANCELLED}
)
"""States in which everybody may see an event (a cancelled draft stays hidden: it has no ``published_at``)."""


class OccurrenceState(StrEnum):
    """One day of an event."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class OrganiserRole(StrEnum):
    """Printed roles of organisations (S4)."""

    HOST = "host"
    ORGANISER = "organiser"
    CO_ORGANISER = "co_organiser"
    PARTNER = "partner"


ORGANISER_LABELS = {
    OrganiserRole.HOST: "主办",
    OrganiserRole.ORGANISER: "承办",
    OrganiserRole.CO_ORGANISER: "协办",
    OrganiserRole.PARTNER: "支持",
}


class TargetDimension(StrEnum):
    """Whom an event is meant for (S7, S24). A support group is never shown to the public."""

    MAJOR = "major"
    DEPARTMENT = "department"
    DEGREE = "degree"
    COHORT = "cohort"
    INDUSTRY = "industry"
    REGION = "region"
    CAMPAIGN = "campaign"
    COMMITTEE = "committee"
    CHAIN = "chain"
    GROUP = "group"


TAGS = frozenset({TargetDimension.CAMPAIGN, TargetDimension.COMMITTEE, TargetDimension.CHAIN})
"""Dimensions that say to what an event belongs, not for whom it is; they are set apart from the others."""


class WrongEventState(Refusal):
    """The event cannot go from its present state to the wished one."""

    code = "wrong_event_state"
    sentence = "活动目前是“%(state)s”，不能进行这项操作。"


class PeriodInvalid(Invalid):
    """An end is not after its start."""

    code = "period_invalid"
    sentence = "结束时间必须晚于开始时间。"
    field = "ends"


class SlotOutside(Invalid):
    """An entry slot leaves its occurrence."""

    code = "slot_outside"
    sentence = "入场时段必须在活动时间之内。"


def check_move(state: EventState, to: EventState) -> None:
    """Raises WrongEventState unless the state machine Fair allows the step."""
    if to not in EVENT_MOVES[state]:
        raise WrongEventState(state=EVENT_STATE_LABELS[state])


class DatePassed(Invalid):
    """Nobody can be invited to a day that is over."""

    code = "date_passed"
    sentence = "这个日期已经过去，请选择今天或以后的日期。"
    field = "starts_on"


def check_ahead(last_end: datetime, now: datetime) -> None:
    """Raises DatePassed if an event that is to be planned would be over already."""
    if last_end <= now:
        raise DatePassed


def check_period(starts_at: datetime, ends_at: datetime) -> None:
    """Raises PeriodInvalid unless the end is after the start."""
    if ends_at <= starts_at:
        raise PeriodInvalid


def cut_slots(starts_at: datetime, ends_at: datetime, count: int) -> tuple[tuple[datetime, datetime], ...]:
    """``count`` equal entry slots that fill a period, to the minute."""
    check_period(starts_at, ends_at)
    step = (ends_at - starts_at) / count
    edges = [(starts_at + step * i).replace(second=0, microsecond=0) for i in range(count)] + [ends_at]
    return tuple(itertools.pairwise(edges))


OVER = frozenset({E.CLOSED, E.REPORTED, E.CANCELLED, E.EVACUATED})
"""States in which an event no longer changes its words, days or slots."""


def check_words_open(state: EventState) -> None:
    """Raises WrongEventState once the event is over or cancelled."""
    if state in OVER:
        raise WrongEventState(state=EVENT_STATE_LABELS[state])
