"""What each kind of event asks for: its form has these fields and no others (S6, S13, S27, S28)."""

from collections.abc import Mapping
from enum import StrEnum

from fairs.accounts.rules import RoleKind
from fairs.programmes.rules import EventKind


class PlaceKind(StrEnum):
    """Where a policy roadshow goes (S28)."""

    UNIVERSITY = "university"
    ENTERPRISE = "enterprise"
    PARK = "park"
    COMMUNITY = "community"


PLACE_KIND_LABELS = {
    PlaceKind.UNIVERSITY: "进高校",
    PlaceKind.ENTERPRISE: "进企业",
    PlaceKind.PARK: "进园区",
    PlaceKind.COMMUNITY: "进社区",
}


class ItemKind(StrEnum):
    """Lists that some kinds of events have of their own (S6, S27)."""

    SUB_VENUE = "sub_venue"
    ATTENDEE_ROLE = "attendee_role"
    ATTENDEE = "attendee"
    SERVICE_DESK = "service_desk"


ITEM_LABELS = {
    ItemKind.SUB_VENUE: "分会场",
    ItemKind.ATTENDEE_ROLE: "须参会的角色",
    ItemKind.ATTENDEE: "其他须参会人员",
    ItemKind.SERVICE_DESK: "服务台",
}

GROUP_LABELS = {
    "hardship": "困难家庭毕业生",
    "disabled": "残疾毕业生",
    "veteran": "退役大学生士兵",
    "unplaced": "离校未就业毕业生",
}
"""Groups for which an event can be meant (S7, S12); the public never reads who is in one."""

HOSTED = frozenset({EventKind.INFO_SESSION, EventKind.TEST_SESSION})
"""Kinds that one employer holds."""

INTERNAL = frozenset({EventKind.MEETING})
"""Kinds that only staff hear of (S6)."""

CALLED = (
    RoleKind.SCHOOL_LEADER,
    RoleKind.CAREER_DIRECTOR,
    RoleKind.CAREER_OFFICER,
    RoleKind.DEPT_HEAD,
    RoleKind.DEPT_COORDINATOR,
    RoleKind.COUNSELLOR,
    RoleKind.CAMPUS_SECURITY,
)
"""Roles that a meeting can call as a whole; a line of such a list names the role (S6)."""

_BOOTHS = frozenset(
    {"days", "slots", "capacity", "walk_in", "expected", "open_to_public", "requests_until", "max_reps"}
)
_JOINT = frozenset({"partners", "booth_quota", "ticket_quota"})
_AIM = frozenset({"majors", "degrees", "industries", "regions", "groups"})
_ROOM = frozenset({"capacity"})
FIELDS: Mapping[EventKind, frozenset[str]] = {
    EventKind.JOB_FAIR: _BOOTHS | _JOINT | _AIM | {"service_desks"},
    EventKind.SPECIALTY_FAIR: _BOOTHS | _JOINT | _AIM,
    EventKind.GROUP_RECRUITMENT: _BOOTHS | _JOINT | _AIM,
    EventKind.INFO_SESSION: _ROOM | _AIM | {"host", "late_reason"},
    EventKind.TEST_SESSION: _ROOM | _AIM | {"host", "talk"},
    EventKind.DOCKING_MEETING: _ROOM | _AIM | {"slots"},
    EventKind.WORKSHOP: _ROOM | _AIM,
    EventKind.MEETING: frozenset({"sub_venues", "attendee_roles", "attendees"}),
    EventKind.PUBLIC_SERVICE_DAY: _ROOM | {"days", "open_to_public", "service_desks"},
    EventKind.POLICY_ROADSHOW: _ROOM | _AIM | {"place_kind"},
    EventKind.THEMED_EDUCATION: _ROOM | _AIM | {"days"},
}
"""The fields of each kind beside what every event has: words, date, place, organisers, programme, series."""

SOME_KINDS = frozenset[str]().union(*FIELDS.values())
"""Fields that not every kind has."""

KIND_HINTS: Mapping[EventKind, str] = {
    EventKind.JOB_FAIR: "很多单位、很多展位，学生分时段入场，可与其他学校联合。",
    EventKind.SPECIALTY_FAIR: "院系或行业的小型招聘会，面向指定专业。",
    EventKind.GROUP_RECRUITMENT: "一个地区或园区带队，多家单位一起来校招聘。",
    EventKind.INFO_SESSION: "一家单位介绍情况，需要一间教室。",
    EventKind.TEST_SESSION: "一家单位的笔试或面试，可与它的宣讲会成套。",
    EventKind.DOCKING_MEETING: "单位与院系按时段对接。",
    EventKind.WORKSHOP: "简历、面试等指导，按名额预约。",
    EventKind.MEETING: "主会场和分会场，只通知须参会人员，不对外公布。",
    EventKind.PUBLIC_SERVICE_DAY: "人社部门等进校，设政策咨询、登记等服务台。",
    EventKind.POLICY_ROADSHOW: "就业政策进高校、企业、园区、社区。",
    EventKind.THEMED_EDUCATION: "就业育人主题活动。",
}
