"""The states of a student's registration, and whether a slot may be booked now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fairs.clock import campus
from fairs.errors import Forbidden, Invalid, Refusal


class RegistrationState(StrEnum):
    """Where a registration stands (Registration/Ticket in REQUIREMENTS 2)."""

    WAITING = "waiting"
    TICKETED = "ticketed"
    CHECKED_IN = "checked_in"
    CHECKED_OUT = "checked_out"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


_S = RegistrationState

REGISTRATION_STATE_LABELS: Mapping[RegistrationState, str] = {
    _S.WAITING: "候补中",
    _S.TICKETED: "已预约",
    _S.CHECKED_IN: "已入场",
    _S.CHECKED_OUT: "已离场",
    _S.CANCELLED: "已取消",
    _S.NO_SHOW: "未到场",
}

TRANSITIONS: Mapping[RegistrationState, frozenset[RegistrationState]] = {
    _S.WAITING: frozenset({_S.TICKETED, _S.CANCELLED}),
    _S.TICKETED: frozenset({_S.CHECKED_IN, _S.CANCELLED, _S.NO_SHOW}),
    # Back to ticketed only when the scan that admitted is undone.
    _S.CHECKED_IN: frozenset({_S.CHECKED_OUT, _S.TICKETED}),
    _S.CHECKED_OUT: frozenset({_S.CHECKED_IN}),
    # A cancelled registration rests; who books again gets a new row.
    _S.CANCELLED: frozenset(),
    # A gate without network uploads its scans after the no-shows were counted: the scan is a fact.
    _S.NO_SHOW: frozenset({_S.CHECKED_IN}),
}

# States that hold a place in the slot; the others leave it free.
HOLDS_PLACE = frozenset({_S.TICKETED, _S.CHECKED_IN, _S.CHECKED_OUT, _S.NO_SHOW})


class WrongState(Refusal):
    """The registration is not in a state from which this can be done."""

    code = "registration_state"
    sentence = "该报名当前不能进行这项操作，请刷新页面查看最新状态。"


class SlotFull(Refusal):
    """All places of the slot are given away; ``taken`` and ``capacity`` fill the sentence."""

    code = "slot_full"
    sentence = "该时段已满（%(taken)s/%(capacity)s）。可加入候补，或选择其他时段。"


class QuotaFull(SlotFull):
    """The places of the student's university at a joint fair are given away (S17)."""

    code = "quota_full"
    sentence = "贵校在本场活动的名额已满（%(taken)s/%(capacity)s）。可加入候补，有同学取消时按顺序递补。"


class AlreadyRegistered(Refusal):
    """The person has a live registration for this occurrence."""

    code = "already_registered"
    sentence = "您已报名本场活动。可在“我的票”中查看，或更换时段。"


class BookingClosed(Refusal):
    """It is too early or too late to book."""

    code = "booking_closed"
    sentence = "本场活动当前不接受报名。请查看其他场次。"


class NotOpenYet(BookingClosed):
    """Booking begins later; ``at`` fills the sentence."""

    code = "not_open_yet"
    sentence = "预约将于 %(at)s 开放。可先订阅日历，到时再来预约。"


class NotEligible(Forbidden):
    """The event is for other students."""

    code = "not_eligible"
    sentence = "本场活动仅面向指定的学校、院系或专业。请查看适合您专业的其他场次。"


@dataclass(frozen=True)
class Booking:
    """What a booking is decided on, for one person and one slot.

    ``capacity`` are the places that may be booked (``bookable``). ``taken`` counts the registrations of the slot
    in ``HOLDS_PLACE``, under the lock of the slot; ``waiting`` those ahead on its waiting list. ``quota`` are the
    places of the student's university at the whole event, None for any number.
    """

    opens_at: datetime
    closes_at: datetime
    slot_ends_at: datetime
    capacity: int
    taken: int
    waiting: int = 0
    is_open: bool = True
    is_eligible: bool = True
    is_registered: bool = False
    quota: int | None = None
    quota_taken: int = 0

    @property
    def quota_full(self) -> bool:
        """Whether the student's university has no places left at this event (S17)."""
        return self.quota is not None and self.quota_taken >= self.quota


def move(state: RegistrationState, to: RegistrationState) -> RegistrationState:
    """``to``, if a registration may go there from ``state``. Raises WrongState."""
    if to not in TRANSITIONS[state]:
        raise WrongState
    return to


def may_book(booking: Booking, now: datetime, *, accepts_waiting: bool = False) -> RegistrationState:
    """The state a new registration begins in: ticketed, or waiting if that is accepted and the slot is full.

    A free place belongs to those who wait for it, so nobody overtakes a waiting list. Raises BookingClosed,
    NotEligible, AlreadyRegistered, SlotFull, QuotaFull.
    """
    _refuse_unless_open(booking, now)
    if not booking.is_eligible:
        raise NotEligible
    if booking.is_registered:
        raise AlreadyRegistered
    if free_places(booking) > 0 and not booking.quota_full:
        return RegistrationState.TICKETED
    if accepts_waiting:
        return RegistrationState.WAITING
    if booking.quota_full:
        raise QuotaFull(taken=booking.quota_taken, capacity=booking.quota)
    raise SlotFull(taken=booking.taken, capacity=booking.capacity)


def may_walk_in(booking: Booking, capacity: int, now: datetime, *, is_open: bool) -> None:
    """Whether somebody without a booking gets one of the ``capacity`` places of a slot at the door.

    Raises BookingClosed, AlreadyRegistered, SlotFull.
    """
    if not is_open:
        raise BookingClosed
    if now >= booking.slot_ends_at:
        raise BookingClosed("该时段已结束。请选择其他时段。")
    if booking.is_registered:
        raise AlreadyRegistered("该学生已预约本场活动，请在名单里查找，可补发纸质票。")
    if booking.taken >= capacity:
        raise SlotFull(
            "该时段已满（%(taken)s/%(capacity)s），不能再现场登记。", taken=booking.taken, capacity=capacity
        )


def bookable(capacity: int, walk_in_quota: int) -> int:
    """The places of a slot that may be booked: those kept for people without a booking are left out."""
    return max(0, capacity - walk_in_quota)


def free_places(booking: Booking) -> int:
    """How many places a newcomer may take: never negative, even after a capacity was lowered."""
    return max(0, booking.capacity - booking.taken - booking.waiting)


def _refuse_unless_open(booking: Booking, now: datetime) -> None:
    """Raises BookingClosed with what stands in the way."""
    if not booking.is_open:
        raise BookingClosed
    if now < booking.opens_at:
        raise NotOpenYet(at=f"{campus(booking.opens_at):%Y-%m-%d %H:%M}")
    if now >= booking.closes_at:
        raise BookingClosed("报名已截止。可到现场咨询是否有余位，或查看其他场次。")
    if now >= booking.slot_ends_at:
        raise BookingClosed("该时段已结束。请选择其他时段。")


NO_SHOW_AFTER = timedelta(hours=2)
"""How long after the end of a day its gates may still upload what they saw without network."""


class TicketKind(StrEnum):
    """How a ticket proves itself: a code that changes every 30 s, or a printed one with a card (P30)."""

    ROTATING = "rotating"
    PRINTED = "printed"


class SupportGroup(StrEnum):
    """Groups of students whom the notices ask to support first (S12, S96); who is in one is never shown."""

    OUT_OF_POVERTY = "out_of_poverty"
    MONITORED = "monitored"
    SUBSISTENCE_ALLOWANCE = "subsistence_allowance"
    ZERO_EMPLOYMENT = "zero_employment"
    DISABLED = "disabled"
    LOW_INCOME = "low_income"


SUPPORT_GROUP_LABELS: Mapping[SupportGroup, str] = {
    SupportGroup.OUT_OF_POVERTY: "脱贫家庭",
    SupportGroup.MONITORED: "防止返贫监测对象家庭",
    SupportGroup.SUBSISTENCE_ALLOWANCE: "低保家庭",
    SupportGroup.ZERO_EMPLOYMENT: "零就业家庭",
    SupportGroup.DISABLED: "残疾",
    SupportGroup.LOW_INCOME: "低收入家庭",
}

SMALLEST_FIGURE = 5
"""A count of people in a protected group that is smaller is not shown (k-anonymity)."""

MOST_EARLY_DAYS = 30


class EarlyWithoutGroup(Invalid):
    """An early window needs both: a group, and for how long it comes first."""

    code = "early_without_group"
    sentence = "请同时填写优先群体和提前天数，或两项都不填。"
    field = "early_days"


class WindowTooLate(Invalid):
    """Booking would begin after the event does."""

    code = "window_too_late"
    sentence = "开放预约的时间必须早于活动开始。"
    field = "opens_at"


class UnknownNumbers(Invalid):
    """Some student numbers are not on the roster; ``numbers`` fills the sentence."""

    code = "unknown_numbers"
    sentence = "名单里有本校没有的学号：%(numbers)s。请核对后重新提交，本次没有保存。"
    field = "numbers"


@dataclass(frozen=True)
class Window:
    """When booking of an event begins: for everybody, and how much earlier for the members of one group (S12)."""

    opens_at: datetime
    early: timedelta = timedelta(0)

    def begins(self, *, is_member: bool) -> datetime:
        """When booking begins for a person; only members are let in early."""
        return self.opens_at - self.early if is_member else self.opens_at


def check_window(window: Window, group: SupportGroup | None, starts_at: datetime) -> None:
    """Raises EarlyWithoutGroup or WindowTooLate."""
    if (group is None) != (window.early == timedelta(0)):
        raise EarlyWithoutGroup
    if window.opens_at >= starts_at:
        raise WindowTooLate


def shown_figure(count: int) -> int | None:
    """A count of protected people as it may be shown: None stands for "fewer than five" (but not none)."""
    return count if count == 0 or count >= SMALLEST_FIGURE else None
