"""Live streams: states, when one may take place, who may enter and when (S22). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from fairs.clock import campus_day
from fairs.errors import Invalid, Refusal
from fairs.livestreams.times import Period, words_of
from fairs.programmes.rules import EventState, check_period

NEAR = timedelta(days=7)
"""A stream lies at most so long before the first or after the last day of its event."""
SHORTEST, LONGEST = timedelta(minutes=10), timedelta(hours=12)
DOORS = timedelta(minutes=30)
"""How long before its start one may enter: whoever presses earlier would count without having seen anything."""
MOST_VIEWERS = 100_000_000


class LiveState(StrEnum):
    """draft → announced → held | cancelled."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    HELD = "held"
    CANCELLED = "cancelled"


LIVE_LABELS = {
    LiveState.DRAFT: "筹备中",
    LiveState.ANNOUNCED: "已公布",
    LiveState.HELD: "已举行",
    LiveState.CANCELLED: "已取消",
}

TRANSITIONS: dict[LiveState, frozenset[LiveState]] = {
    LiveState.DRAFT: frozenset({LiveState.ANNOUNCED, LiveState.CANCELLED}),
    LiveState.ANNOUNCED: frozenset({LiveState.HELD, LiveState.CANCELLED}),
    LiveState.HELD: frozenset(),
    LiveState.CANCELLED: frozenset(),
}
OPEN = frozenset({LiveState.DRAFT, LiveState.ANNOUNCED})
"""States in which a stream is still to come: it can be changed, keeps its host busy, follows its event."""
CALLED_OFF = frozenset({EventState.CANCELLED, EventState.POSTPONED})
"""States of an event in which its streams are off too, without a word of their own."""


class Side(StrEnum):
    """Who speaks: those who organise the event, or the employer that holds the stream."""

    ORGANISER = "organiser"
    EMPLOYER = "employer"


@dataclass(frozen=True, kw_only=True)
class LiveDraft:
    """A stream as it was typed. ``employer_id`` None: the organiser holds it and ``presents`` these employers.

    ``postings``: ids of postings that are spoken of. Times are instants; ``url`` may follow later.
    """

    title: str
    description: str = ""
    platform: str
    url: str = ""
    starts_at: datetime
    ends_at: datetime
    employer_id: int | None = None
    presents: tuple[int, ...] = ()
    postings: tuple[int, ...] = ()


class WrongLiveState(Refusal):
    """The stream cannot go from its present state to the wished one."""

    code = "wrong_live_state"
    sentence = "这场直播目前是“%(state)s”，不能进行这项操作。"


class LiveLength(Invalid):
    """A slip of the keyboard more likely than a stream of that length."""

    code = "live_length"
    sentence = "一场直播应在 10 分钟到 12 小时之间，请检查开始和结束时间。"
    field = "ends"


class FarFromEvent(Invalid):
    """The stream belongs to its event: it lies within a week of its days."""

    code = "far_from_event"
    sentence = "直播应安排在活动前后 7 天之内（%(first)s 至 %(last)s）。"
    field = "on"


class HostBusy(Refusal):
    """Nobody holds two streams at the same time."""

    code = "host_busy"
    sentence = "“%(host)s”在这段时间已有直播“%(title)s”（%(when)s）。请换一个时间，或先取消那一场。"
    field = "starts"


class HostNotThere(Invalid):
    """Only employers that take part in the event speak in its streams."""

    code = "host_not_there"
    sentence = "“%(name)s”没有参加这场活动。请先邀请或登记参会，再安排直播。"
    field = "employer"


class HostUnconfirmed(Refusal):
    """A stream is announced once the place of its host is firm."""

    code = "host_unconfirmed"
    sentence = "“%(name)s”还没有确认参会，确认后才能公布直播。"


class HostPresentsItself(Invalid):
    """An employer's stream presents nobody else; what was typed is not dropped without a word."""

    code = "host_presents_itself"
    sentence = "由单位主办的直播只介绍主办单位自己。请清空“介绍的单位”，或改由学校主办。"
    field = "presents"


class PostingNotBrought(Invalid):
    """Streams speak of postings that the employer brings to the event."""

    code = "posting_not_brought"
    sentence = "只能选择主办单位带到这场活动的岗位。请刷新页面后重新勾选。"
    field = "postings"


class LiveLink(Invalid):
    """A link that a browser cannot follow safely."""

    code = "live_link"
    sentence = "请填写以 https:// 开头的直播链接。"
    field = "url"


class LinkUnvetted(Invalid):
    """A link is read as words too: some name the stream (S35)."""

    code = "live_link_unvetted"
    sentence = "直播链接里有需要判断的内容：%(quotes)s。请换一个链接。"
    field = "url"


class WordsWaiting(Refusal):
    """What everybody will read is vetted first (S35)."""

    code = "live_words_waiting"
    sentence = "直播的标题和介绍还没有通过审核，通过后才能公布。"


class EventIsOff(Refusal):
    """Streams are planned and announced for events that take place."""

    code = "live_event_off"
    sentence = "活动已取消或延期，不能安排直播。"


class NotYetBegun(Refusal):
    """What has not begun was not held."""

    code = "live_not_begun"
    sentence = "直播还没有开始，开始以后才能登记为已举行。"


class LiveReasonMissing(Invalid):
    """Those concerned read why."""

    code = "live_reason_missing"
    sentence = "请写明原因，相关的人会看到。"
    field = "reason"


class ViewersUnlikely(Invalid):
    """Not a number of viewers."""

    code = "viewers_unlikely"
    sentence = "请填写 0 到 1 亿之间的整数；平台没有提供就不填。"
    field = "viewers"


class AskOrganiser(Refusal):
    """What is announced changes only by those who announced it."""

    code = "ask_organiser"
    sentence = "直播已公布。需要修改或取消，请联系就业中心。"


class NotRegistered(Refusal):
    """The one registration for the event opens its streams."""

    code = "live_not_registered"
    sentence = "预约这场活动后就能看直播：一次预约，现场、网上、直播都有效。"


class NotOnAir(Refusal):
    """Too early, too late, or off."""

    code = "not_on_air"
    sentence = "现在不能进入直播：开始前 30 分钟到结束之间可以进入（%(when)s）。"


class LinkToCome(Refusal):
    """The organiser has not given the link yet."""

    code = "link_to_come"
    sentence = "直播链接还没有公布，请稍后再来看看。"


def check_move(state: LiveState, to: LiveState) -> None:
    """Raises WrongLiveState."""
    if to not in TRANSITIONS[state]:
        raise WrongLiveState(state=LIVE_LABELS[state])


def check_open(state: LiveState) -> None:
    """Raises WrongLiveState once the stream was held or called off."""
    if state not in OPEN:
        raise WrongLiveState(state=LIVE_LABELS[state])


def check_event(state: EventState) -> None:
    """Raises EventIsOff."""
    if state in CALLED_OFF:
        raise EventIsOff


def check_time(period: Period, days: Sequence[Period]) -> None:
    """Raises PeriodInvalid, LiveLength, FarFromEvent; ``days`` are the event's, in order."""
    starts_at, ends_at = period
    check_period(starts_at, ends_at)
    if not SHORTEST <= ends_at - starts_at <= LONGEST:
        raise LiveLength
    first, last = campus_day(days[0][0]) - NEAR, campus_day(days[-1][1]) + NEAR
    if not first <= campus_day(starts_at) <= last:
        raise FarFromEvent(first=first, last=last)


def check_link(url: str) -> None:
    """Raises LiveLink unless ``url`` is empty or an https address."""
    if url and not _is_https(url):
        raise LiveLink


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
        whole = bool((parts.hostname or "").encode("idna")) and parts.port != 0
    except ValueError:  # brackets, a name or a port that no address has
        return False
    return whole and parts.scheme == "https" and all(sign.isprintable() and sign != " " for sign in url)


def check_reason(reason: str) -> str:
    """The reason without margins. Raises LiveReasonMissing."""
    if not reason.strip():
        raise LiveReasonMissing
    return reason.strip()[:200]


def check_held(starts_at: datetime, viewers: int | None, now: datetime) -> None:
    """Raises NotYetBegun, ViewersUnlikely."""
    if now < starts_at:
        raise NotYetBegun
    if viewers is not None and not 0 <= viewers <= MOST_VIEWERS:
        raise ViewersUnlikely


def is_on_air(state: LiveState, event: EventState, period: Period, now: datetime) -> bool:
    """Whether one may enter at ``now``."""
    on = state is LiveState.ANNOUNCED and event not in CALLED_OFF
    return on and period[0] - DOORS <= now < period[1]


def check_on_air(state: LiveState, event: EventState, period: Period, now: datetime) -> None:
    """Raises NotOnAir with the hours."""
    if not is_on_air(state, event, period, now):
        raise NotOnAir(when=words_of(period))
