"""Kinds of spaces and booths, states of plans and of a space's use."""

import math
from enum import StrEnum

from fairs.errors import Refusal


class SpaceKind(StrEnum):
    """What a space is for."""

    HALL = "hall"
    ROOM = "room"
    ZONE = "zone"
    EMPLOYMENT_HOME = "employment_home"


SPACE_LABELS = {
    SpaceKind.HALL: "场馆",
    SpaceKind.ROOM: "教室/会议室",
    SpaceKind.ZONE: "分区",
    SpaceKind.EMPLOYMENT_HOME: "就业之家",
}


class UseState(StrEnum):
    """Whether a space is firmly taken; firm uses never overlap."""

    TENTATIVE = "tentative"
    FIRM = "firm"
    RELEASED = "released"


class PlanState(StrEnum):
    """draft → published → frozen; a frozen plan is followed by a new version."""

    DRAFT = "draft"
    PUBLISHED = "published"
    FROZEN = "frozen"


class BoothSize(StrEnum):
    """Sizes of booths, smallest first."""

    SMALL = "small"
    STANDARD = "standard"
    LARGE = "large"


BOOTH_SIZE_LABELS = {BoothSize.SMALL: "小展位", BoothSize.STANDARD: "标准展位", BoothSize.LARGE: "大展位"}

PERSONS_PER_SQUARE_METRE = 0.75


class SpaceTaken(Refusal):
    """Another firm use overlaps."""

    code = "space_taken"
    sentence = "该场地在这段时间已被占用，请换一个时间或场地。"


def safe_capacity(net_area: float) -> int:
    """Persons who may be in a hall of ``net_area`` square metres at once (P25)."""
    return math.floor(net_area * PERSONS_PER_SQUARE_METRE)


COMPLAINT_DESK = "complaint_desk"
"""The kind of zone that every booth plan must have (P24)."""

PLAN_LABELS = {PlanState.DRAFT: "草稿", PlanState.PUBLISHED: "已发布", PlanState.FROZEN: "已定稿"}
USE_LABELS = {UseState.TENTATIVE: "暂定", UseState.FIRM: "已确认", UseState.RELEASED: "已释放"}


class WrongPlanState(Refusal):
    """The plan cannot go from its present state to the wished one."""

    code = "wrong_plan_state"
    sentence = "展位图目前是“%(state)s”，不能进行这项操作。"


def check_publish(state: PlanState) -> None:
    """Raises WrongPlanState unless the plan is a draft."""
    if state is not PlanState.DRAFT:
        raise WrongPlanState(state=PLAN_LABELS[state])


def check_freeze(state: PlanState) -> None:
    """Raises WrongPlanState unless the plan is published."""
    if state is not PlanState.PUBLISHED:
        raise WrongPlanState(state=PLAN_LABELS[state])
