"""Booths and wishes, what fits what, and the life of a booth offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairs.errors import Conflict, NotFound, Refusal


@dataclass(frozen=True)
class BoothOption:
    """A booth of the plan; ``size`` in the plan's unit (tables), position in its grid."""

    key: str
    size: int
    power: bool = False
    accessible: bool = False
    zone: str = ""
    x: float = 0
    y: float = 0


@dataclass(frozen=True)
class Wish:
    """What one exhibitor asks for; a higher ``priority`` is served first, then a lower ``requested_order``.

    ``zone`` None means no preference, ``booth_key`` a booth that an officer has locked for this exhibitor.
    """

    exhibitor_id: int
    size: int = 1
    power: bool = False
    accessible: bool = False
    priority: int = 0
    industry: str = ""
    zone: str | None = None
    booth_key: str | None = None
    requested_order: int = 0


@dataclass(frozen=True)
class Problem:
    """The booths and wishes of one fair; the same seed gives the same plan.

    Raises ValueError if a booth key or an exhibitor occurs twice: one employer, one booth (P10).
    """

    booths: tuple[BoothOption, ...]
    wishes: tuple[Wish, ...]
    seed: int = 0

    def __post_init__(self) -> None:
        """Guard what would make a plan ambiguous."""
        if len({booth.key for booth in self.booths}) < len(self.booths):
            raise ValueError("booth keys must be unique")
        if len({wish.exhibitor_id for wish in self.wishes}) < len(self.wishes):
            raise ValueError("an exhibitor has one wish")


class PlacedBecause(StrEnum):
    """What speaks for a placement, told to the employer."""

    LOCKED = "locked"
    EXACT_SIZE = "exact_size"
    LARGER = "larger"
    POWER = "power"
    ACCESSIBLE = "accessible"
    ZONE = "zone"
    OTHER_ZONE = "other_zone"
    IN_LINE = "in_line"


class UnplacedBecause(StrEnum):
    """What stands in the way of a wish."""

    NO_FREE_BOOTH = "no_free_booth"
    NO_FREE_SIZE = "no_free_size"
    NO_FREE_POWER = "no_free_power"
    NO_FREE_ACCESSIBLE = "no_free_accessible"
    NO_FREE_MATCH = "no_free_match"
    LOCK_UNKNOWN = "lock_unknown"
    LOCK_TAKEN = "lock_taken"


PLACED_LABELS: Mapping[PlacedBecause, str] = {
    PlacedBecause.LOCKED: "由负责人指定",
    PlacedBecause.EXACT_SIZE: "面积正好",
    PlacedBecause.LARGER: "面积大于所需（没有更合适的空展位）",
    PlacedBecause.POWER: "带电源",
    PlacedBecause.ACCESSIBLE: "无障碍",
    PlacedBecause.ZONE: "在希望的展区",
    PlacedBecause.OTHER_ZONE: "希望的展区已满，安排在其他展区",
    PlacedBecause.IN_LINE: "从候补递补",
}
UNPLACED_LABELS: Mapping[UnplacedBecause, str] = {
    UnplacedBecause.NO_FREE_BOOTH: "没有空展位，展位已全部分配",
    UnplacedBecause.NO_FREE_SIZE: "没有面积足够的空展位",
    UnplacedBecause.NO_FREE_POWER: "没有带电源的空展位",
    UnplacedBecause.NO_FREE_ACCESSIBLE: "没有无障碍的空展位",
    UnplacedBecause.NO_FREE_MATCH: "没有同时满足面积、电源和无障碍要求的空展位",
    UnplacedBecause.LOCK_UNKNOWN: "指定的展位不在当前展位图中",
    UnplacedBecause.LOCK_TAKEN: "指定的展位已指定给另一家单位",
}


@dataclass(frozen=True)
class Placement:
    """One exhibitor at one booth, and why there."""

    exhibitor_id: int
    booth_key: str
    reasons: tuple[PlacedBecause, ...]

    @property
    def sentence(self) -> str:
        """The reasons in words."""
        return "；".join(PLACED_LABELS[reason] for reason in self.reasons)


@dataclass(frozen=True)
class Unplaced:
    """One exhibitor without a booth, and why."""

    exhibitor_id: int
    reason: UnplacedBecause

    @property
    def sentence(self) -> str:
        """The reason in words."""
        return UNPLACED_LABELS[self.reason]


@dataclass(frozen=True)
class Plan:
    """The answer to a problem, in the order of the wishes (priority, then first come)."""

    placed: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]


def fits(booth: BoothOption, wish: Wish) -> bool:
    """Whether ``booth`` has all that ``wish`` cannot do without."""
    return (
        booth.size >= wish.size
        and (booth.power or not wish.power)
        and (booth.accessible or not wish.accessible)
    )


def waste(booth: BoothOption, wish: Wish) -> int:
    """How much of ``booth`` would lie idle: spare size, and equipment that others may need."""
    idle_power = booth.power and not wish.power
    idle_access = booth.accessible and not wish.accessible
    return (booth.size - wish.size) + idle_power + idle_access


def misses_zone(booth: BoothOption, wish: Wish) -> bool:
    """Whether ``wish`` names a zone and ``booth`` is in another."""
    return wish.zone is not None and booth.zone != wish.zone


def serving_order(wish: Wish) -> tuple[int, int, int]:
    """Sorts wishes: higher priority, then first come, then the older exhibitor."""
    return (-wish.priority, wish.requested_order, wish.exhibitor_id)


class BoothOfferState(StrEnum):
    """Where an assignment of a booth stands; only offered and confirmed ones hold the booth."""

    OFFERED = "offered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    RELEASED = "released"
    REVOKED = "revoked"


_B = BoothOfferState

BOOTH_OFFER_LABELS: Mapping[BoothOfferState, str] = {
    _B.OFFERED: "待确认",
    _B.CONFIRMED: "已确认",
    _B.DECLINED: "已放弃",
    _B.LAPSED: "逾期未确认",
    _B.RELEASED: "已释放",
    _B.REVOKED: "已收回",
}

HOLDS_BOOTH = frozenset({_B.OFFERED, _B.CONFIRMED})

TRANSITIONS: Mapping[BoothOfferState, frozenset[BoothOfferState]] = {
    _B.OFFERED: frozenset({_B.CONFIRMED, _B.DECLINED, _B.LAPSED, _B.RELEASED, _B.REVOKED}),
    # Released: cancelled, moved to another booth, or not there by the hold-until hour (P11).
    _B.CONFIRMED: frozenset({_B.RELEASED, _B.REVOKED}),
    _B.DECLINED: frozenset(),
    _B.LAPSED: frozenset(),
    _B.RELEASED: frozenset(),
    _B.REVOKED: frozenset(),
}


class WrongOfferState(Refusal):
    """The offer is not in a state from which this can be done."""

    code = "booth_offer_state"
    sentence = "该展位当前不能进行这项操作，请刷新页面查看最新状态。"


class OfferExpired(Refusal):
    """The time to confirm is over; the booth goes to the next in line."""

    code = "offer_expired"
    sentence = "确认期限已过，展位已转给下一家单位。您可以重新加入候补，或联系就业指导中心。"


class BoothQuotaFull(Refusal):
    """At a joint fair the university that brings the employer has no booth left (S17)."""

    code = "booth_quota_full"
    sentence = "%(school)s在本场的展位名额（%(quota)s 个）已用完。可调整该校名额，或等已安排的单位退出。"


class AlreadyTaken(Conflict):
    """Another exhibitor holds the booth; ``number`` fills the sentence."""

    code = "booth_taken"
    sentence = "展位 %(number)s 刚刚分配给了其他单位。请选择其他空展位，或加入候补。"


class NoPlan(Refusal):
    """Without booths nothing can be given."""

    code = "no_plan"
    sentence = "这场活动还没有展位图。请先生成展位图，再安排展位。"


class NobodyWaits(Refusal):
    """No request waits for a booth."""

    code = "nobody_waits"
    sentence = "目前没有等待安排展位的申请。"


class ProblemChanged(Conflict):
    """Requests or booths changed while the plan was being made."""

    code = "problem_changed"
    sentence = "计算期间有申请或展位发生了变化，没有写入任何结果。请重新开始。"


class BoothUnknown(NotFound):
    """The booth is not in the fair's present plan."""

    code = "booth_unknown"
    sentence = "当前展位图中没有这个展位，请刷新页面后重新选择。"


def move(state: BoothOfferState, to: BoothOfferState) -> BoothOfferState:
    """``to``, if an offer may go there from ``state``. Raises WrongOfferState."""
    if to not in TRANSITIONS[state]:
        raise WrongOfferState
    return to


def has_lapsed(state: BoothOfferState, expires_at: datetime | None, now: datetime) -> bool:
    """Whether an offer is unanswered past its time; without ``expires_at`` it never is."""
    return state is BoothOfferState.OFFERED and expires_at is not None and now >= expires_at


def confirm(state: BoothOfferState, expires_at: datetime | None, now: datetime) -> BoothOfferState:
    """The state after the employer says yes at ``now``. Raises OfferExpired, WrongOfferState.

    A second yes to a confirmed booth is no error: mails are opened twice.
    """
    if state is BoothOfferState.CONFIRMED:
        return state
    if state is BoothOfferState.LAPSED or has_lapsed(state, expires_at, now):
        raise OfferExpired
    return move(state, BoothOfferState.CONFIRMED)
