"""The states of a student's registration, and whether a slot may be booked now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fairs.errors import Forbidden, Refusal


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


class NotEligible(Forbidden):
    """The event is for other students."""

    code = "not_eligible"
    sentence = "本场活动仅面向指定的学校、院系或专业。请查看适合您专业的其他场次。"


@dataclass(frozen=True)
class Booking:
    """What a booking is decided on, for one person and one slot.

    ``taken`` counts the registrations of the slot in ``HOLDS_PLACE``, under the lock of the slot; ``waiting``
    those ahead on its waiting list. ``quota`` are the places of the student's university at the whole event, None
    for any number.
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


def free_places(booking: Booking) -> int:
    """How many places a newcomer may take: never negative, even after a capacity was lowered."""
    return max(0, booking.capacity - booking.taken - booking.waiting)


def _refuse_unless_open(booking: Booking, now: datetime) -> None:
    """Raises BookingClosed with what stands in the way."""
    if not booking.is_open:
        raise BookingClosed
    if now < booking.opens_at:
        raise BookingClosed("报名尚未开始。可先订阅日历，开放时会提醒您。")
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
