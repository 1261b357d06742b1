"""What may be noted on the day of an event, how it is settled, and when a hall is swept (P22, P25; C7, C8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairs.errors import Conflict, Invalid, Refusal
from fairs.programmes.rules import EventState


class IncidentKind(StrEnum):
    """What kind of thing happened."""

    CROWDING = "crowding"
    EXIT_BLOCKED = "exit_blocked"
    INJURY = "injury"
    FIRE_HAZARD = "fire_hazard"
    DISPUTE = "dispute"
    LOST = "lost"
    OTHER = "other"


INCIDENT_KIND_LABELS = {
    IncidentKind.CROWDING: "拥挤",
    IncidentKind.EXIT_BLOCKED: "通道或出口被堵",
    IncidentKind.INJURY: "受伤或身体不适",
    IncidentKind.FIRE_HAZARD: "用电或消防隐患",
    IncidentKind.DISPUTE: "纠纷",
    IncidentKind.LOST: "遗失物品",
    IncidentKind.OTHER: "其他情况",
}


class Severity(StrEnum):
    """Whether others must hear of it at once."""

    MINOR = "minor"
    SERIOUS = "serious"


SEVERITY_LABELS = {Severity.MINOR: "普通", Severity.SERIOUS: "严重"}


class IncidentState(StrEnum):
    """Whether somebody still has to do something."""

    OPEN = "open"
    SETTLED = "settled"


INCIDENT_LABELS = {IncidentState.OPEN: "未了结", IncidentState.SETTLED: "已了结"}

INCIDENT_MOVES: Mapping[IncidentState, frozenset[IncidentState]] = {
    IncidentState.OPEN: frozenset({IncidentState.SETTLED}),
    IncidentState.SETTLED: frozenset(),
}
"""How an incident goes on: it is settled once, with what was done; whatever comes later is a new one."""


class CheckState(StrEnum):
    """How a hall was left."""

    WAITING = "waiting"
    FAULTS = "faults"
    CLEAR = "clear"


CHECK_LABELS = {
    CheckState.WAITING: "待检查",
    CheckState.FAULTS: "有问题，待复查",
    CheckState.CLEAR: "已清场并签署",
}

CHECK_MOVES: Mapping[CheckState, frozenset[CheckState]] = {
    CheckState.WAITING: frozenset({CheckState.FAULTS, CheckState.CLEAR}),
    CheckState.FAULTS: frozenset({CheckState.FAULTS, CheckState.CLEAR}),
    CheckState.CLEAR: frozenset(),
}
"""How a hall's closing check goes on: looked at again until all is in order, then signed for good."""


class Point(StrEnum):
    """What is looked at before a hall is left."""

    EMPTY = "empty"
    EXITS = "exits"
    POWER = "power"
    FIRE = "fire"
    ITEMS = "items"


POINT_LABELS = {
    Point.EMPTY: "场内没有参加者和单位人员",
    Point.EXITS: "出口和通道畅通，围挡已撤除",
    Point.POWER: "展位电源已切断",
    Point.FIRE: "消防器材在位完好，没有火种",
    Point.ITEMS: "遗留物品已收存，垃圾已清理",
}

NOTED_IN = frozenset(
    {EventState.LOCKED, EventState.RUNNING, EventState.PAUSED, EventState.EVACUATED, EventState.CLOSED}
)
"""States of an event in which something is noted: from setting up until the figures are confirmed."""

_OVER = frozenset({EventState.EVACUATED, EventState.CLOSED, EventState.REPORTED})


class NotOnSite(Refusal):
    """Nothing happens in the halls yet, or everything is long over."""

    code = "not_on_site"
    sentence = "报名截止后到活动数据确认前，才能记录现场情况。"


class WordsMissing(Invalid):
    """What happened, or what was done, is said in words."""

    code = "incident_words_missing"
    sentence = "请写一句话：在哪里、发生了什么、怎样处理的。"
    field = "text"


class Settled(Conflict):
    """Somebody has settled it already."""

    code = "incident_settled"
    sentence = "这件事已由其他同事了结，请刷新查看处理结果。"


class Signed(Conflict):
    """The hall was looked at, or signed, by somebody else."""

    code = "hall_signed"
    sentence = "这个场馆已由其他同事检查或签署，请刷新查看。"


class StillOpen(Refusal):
    """A hall is swept when the day is over."""

    code = "hall_still_open"
    sentence = "活动还没有结束，结束后再做清场检查。"


class AnswersMissing(Invalid):
    """Every point is looked at."""

    code = "sweep_answers_missing"
    sentence = "请逐项选择“是”或“否”。"
    field = "note"


class FaultNoteMissing(Invalid):
    """What is not in order is described for whoever puts it right."""

    code = "sweep_note_missing"
    sentence = "有一项不符合时，请写明问题和由谁处理。"
    field = "note"


class IncidentsOpen(Refusal):
    """A hall is not signed off while something that happened there is open."""

    code = "incidents_open"
    sentence = "还有 %(count)s 件现场情况没有了结，了结后才能签署清场检查。"


@dataclass(frozen=True)
class Sweep:
    """What somebody saw on the round through a hall: each point in order or not, and in which words."""

    answers: Mapping[Point, bool]
    note: str = ""

    @property
    def faults(self) -> list[Point]:
        """The points that are not in order."""
        return [point for point in Point if not self.answers.get(point, False)]


def check_seen(last: str, seen: str) -> None:
    """Raises Signed if somebody has looked at the hall since the page was shown."""
    if last != seen:
        raise Signed


def check_on_site(state: EventState) -> None:
    """Raises NotOnSite."""
    if state not in NOTED_IN:
        raise NotOnSite


def words(text: str) -> str:
    """What was said, trimmed. Raises WordsMissing."""
    if not text.strip():
        raise WordsMissing
    return text.strip()


def settle(state: IncidentState) -> IncidentState:
    """The state after an incident is settled. Raises Settled."""
    if IncidentState.SETTLED not in INCIDENT_MOVES[state]:
        raise Settled
    return IncidentState.SETTLED


def is_over(state: EventState, ends_at: datetime, now: datetime) -> bool:
    """Whether the halls of a day can be swept: its hours are past, or the event was ended or cleared before."""
    return state in _OVER or (state in NOTED_IN and ends_at <= now)


def swept(state: CheckState, sweep: Sweep, *, is_over: bool, open_incidents: int) -> CheckState:
    """Where a look at a hall leads.

    Raises Signed after the signature, StillOpen before the end, AnswersMissing or FaultNoteMissing, and
    IncidentsOpen where all is in order but something that happened is not settled.
    """
    to = CheckState.FAULTS if sweep.faults else CheckState.CLEAR
    if to not in CHECK_MOVES[state]:
        raise Signed
    if not is_over:
        raise StillOpen
    if set(sweep.answers) != set(Point):
        raise AnswersMissing
    if to is CheckState.FAULTS and not sweep.note.strip():
        raise FaultNoteMissing
    if to is CheckState.CLEAR and open_incidents:
        raise IncidentsOpen(count=open_incidents)
    return to
