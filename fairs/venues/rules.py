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
