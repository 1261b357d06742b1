"""Named campaigns as a code list (data file); activities that others run (S18, S19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import yaml

from fairs.errors import Invalid, Refusal


@dataclass(frozen=True)
class Listed:
    """An entry of a code list: what is stored, what is written out, what a tag says."""

    code: str
    name: str
    short: str
    ended: bool = False


@cache
def _lists() -> dict[str, dict[str, Listed]]:
    content = yaml.safe_load(files("fairs.programmes").joinpath("campaigns.yaml").read_text("utf-8"))
    return {
        kind: {
            line["code"]: Listed(line["code"], line["name"], line["short"], bool(line.get("ended")))
            for line in lines
        }
        for kind, lines in content.items()
    }


def campaigns() -> Mapping[str, Listed]:
    """The named campaigns by code, in the order of the file (S18, S19)."""
    return _lists()["campaigns"]


CAMPAIGN_LABELS = {code: one.short for code, one in campaigns().items()}
CAMPAIGN_TITLE_LABELS = {code: one.name for code, one in campaigns().items()}
"""The lists as tables of words, so that the translations know them."""


class ActivityState(StrEnum):
    """An activity that others run: in preparation, in our calendar, called off."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


ACTIVITY_STATE_LABELS: Mapping[ActivityState, str] = {
    ActivityState.DRAFT: "草稿",
    ActivityState.PUBLISHED: "已公布",
    ActivityState.CANCELLED: "已取消",
}

TRANSITIONS: Mapping[ActivityState, frozenset[ActivityState]] = {
    ActivityState.DRAFT: frozenset({ActivityState.PUBLISHED, ActivityState.CANCELLED}),
    # a published one stays in calendars, marked as cancelled (1c)
    ActivityState.PUBLISHED: frozenset({ActivityState.CANCELLED}),
    ActivityState.CANCELLED: frozenset(),
}


class WrongActivityState(Refusal):
    """The activity cannot go from its present state to the wished one."""

    code = "wrong_activity_state"
    sentence = "这项外部活动目前是“%(state)s”，不能进行这项操作。"


class LinkUnusable(Invalid):
    """A link that a browser cannot follow safely."""

    code = "link_unusable"
    sentence = "请填写以 https:// 或 http:// 开头的网址。"
    field = "url"


class NotYetBegun(Refusal):
    """Nobody can have taken part in what has not begun."""

    code = "not_yet_begun"
    sentence = "活动还没有开始，参加后再来记录。"


class DeadlineOutside(Invalid):
    """One can join only until the activity ends."""

    code = "deadline_outside"
    sentence = "报名截止时间不能晚于活动结束时间。"
    field = "deadline_on"


def move(state: ActivityState, to: ActivityState) -> ActivityState:
    """``to``, if an activity may go there. Raises WrongActivityState."""
    if to not in TRANSITIONS[state]:
        raise WrongActivityState(state=ACTIVITY_STATE_LABELS[state])
    return to


def check_link(url: str) -> None:
    """Raises LinkUnusable unless ``url`` is a web address: it stands in public pages and calendars."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise LinkUnusable


def check_deadline(deadline_at: datetime | None, ends_at: datetime) -> None:
    """Raises DeadlineOutside if one could join after the end (S18)."""
    if deadline_at is not None and deadline_at > ends_at:
        raise DeadlineOutside


def check_begun(state: ActivityState, starts_at: datetime, now: datetime) -> None:
    """Raises WrongActivityState, NotYetBegun where nobody can have taken part (S18)."""
    if state is not ActivityState.PUBLISHED:
        raise WrongActivityState(state=ACTIVITY_STATE_LABELS[state])
    if now < starts_at:
        raise NotYetBegun
