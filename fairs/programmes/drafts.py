"""What somebody wants an event to be, before it is a row; and the checks that need no database."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from fairs.clock import at_campus
from fairs.errors import Invalid, Refusal
from fairs.programmes.kinds import ItemKind, PlaceKind
from fairs.programmes.rules import (
    EventKind,
    EventLevel,
    EventMode,
    EventScope,
    OrganiserRole,
    TargetDimension,
    check_period,
    cut_slots,
)

Target = tuple[TargetDimension, str]


class AccountableMissing(Invalid):
    """Not exactly one organisation is accountable for safety (S4, S29)."""

    code = "accountable_missing"
    sentence = "请指定一个（且只有一个）安全责任单位。"
    field = "accountable"


class DaysMissing(Invalid):
    """An event without a day."""

    code = "days_missing"
    sentence = "请至少填写一个活动日期。"
    field = "starts_on"


class DayTwice(Invalid):
    """Two days of an event overlap."""

    code = "day_twice"
    sentence = "同一活动的两个时间段不能重叠。"
    field = "starts_on"


class SlotsInUse(Refusal):
    """The slots of an event that has been open cannot be cut anew."""

    code = "slots_in_use"
    sentence = "活动已公布，可能已有同学预约：只能修改每个时段的名额，不能改变时段数量。"


class DatesTurned(Invalid):
    """A last day lies before the first."""

    code = "dates_turned"
    sentence = "结束日期不能早于开始日期。"
    field = "ends_on"


class Clashing(Refusal):
    """Something stands against the date; the planner may go on after reading it."""

    code = "clashing"
    sentence = "请先看一看：%(clashes)s 如仍按此办理，请勾选“已了解，仍按此日期办理”。"
    field = "accept_clashes"


class HallTaken(Refusal):
    """Somebody holds the hall at that time; the sentence says who, and which halls are free."""

    code = "hall_taken"
    field = "space"


class HostUnknown(Invalid):
    """No verified employer has this name or code."""

    code = "host_unknown"
    sentence = "没有找到已通过本校资质审核的“%(name)s”。请核对全称或统一社会信用代码，或请单位先注册。"
    field = "host"


class BookedLate(Invalid):
    """A talk's room is asked for later than five working days ahead (P16)."""

    code = "booked_late"
    sentence = "宣讲会教室至少提前 %(days)s 个工作日预订。请改到更晚的日期，或写明紧急办理的原因。"
    field = "late_reason"


BOOK_AHEAD = 5
"""Working days ahead of which a talk's room is booked (P16)."""


@dataclass(frozen=True, kw_only=True)
class DayDraft:
    """One day by the campus clock; ``place`` in words where no space is booked."""

    on: date
    starts: time
    ends: time
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class SlotDraft:
    """How each day is cut into entry slots: ``count`` equal ones, ``capacity`` persons in each.

    ``walk_in_quota`` of them are kept for people without a booking.
    """

    count: int = 1
    capacity: int = 0
    walk_in_quota: int = 0


@dataclass(frozen=True, kw_only=True)
class OrganiserDraft:
    """An organisation as printed."""

    name: str
    role: OrganiserRole = OrganiserRole.HOST
    university_id: int | None = None
    is_accountable: bool = False


@dataclass(frozen=True, kw_only=True)
class PartnerDraft:
    """A taking-part university with its quotas; None is without limit (S17)."""

    university_id: int
    booth_quota: int | None = None
    ticket_quota: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProgrammeDraft:
    """A programme the event belongs to, with the reason where it lies outside the window (S3)."""

    programme_id: int
    outside_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class FairDraft:
    """What an event with booths has in addition."""

    expected_attendance: int = 0
    open_to_public: bool = False
    requests_until: datetime | None = None
    hold_until: datetime | None = None
    free_cancel_until: datetime | None = None
    offer_hours: int = 48
    max_reps: int = 2


@dataclass(frozen=True, kw_only=True)
class ItemDraft:
    """A line of one of the event's own lists."""

    kind: ItemKind
    name: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class EventDraft:
    """A whole event. ``organisers`` and ``partners`` may be empty: then the lead university stands alone.

    ``space_id``: a space to be taken firmly for every day. ``host``: an employer's full name or code;
    ``talk_id``: the talk to whose set a test belongs. ``series``: a title; the number is counted.
    ``accept_clashes``: the planner has read what stands against the date.
    """

    kind: EventKind
    title: str
    university_id: int
    days: Sequence[DayDraft]
    department_id: int | None = None
    scope: EventScope = EventScope.SCHOOL
    level: EventLevel = EventLevel.SCHOOL
    mode: EventMode = EventMode.ONSITE
    summary: str = ""
    online_url: str = ""
    slots: SlotDraft = field(default_factory=SlotDraft)
    fair: FairDraft = field(default_factory=FairDraft)
    targets: Sequence[Target] = ()
    organisers: Sequence[OrganiserDraft] = ()
    partners: Sequence[PartnerDraft] = ()
    lead: PartnerDraft | None = None
    programmes: Sequence[ProgrammeDraft] = ()
    space_id: int | None = None
    cloned_from_id: int | None = None
    host: str = ""
    talk_id: int | None = None
    items: Sequence[ItemDraft] = ()
    place_kind: PlaceKind | None = None
    series: str = ""
    accept_clashes: bool = True
    late_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class EventTexts:
    """What may still be worded differently once the event exists."""

    title: str
    summary: str = ""
    online_url: str = ""
    level: EventLevel = EventLevel.SCHOOL
    mode: EventMode = EventMode.ONSITE
    scope: EventScope = EventScope.SCHOOL


Period = tuple[datetime, datetime]


def period_of(day: DayDraft) -> Period:
    """From when to when a day is."""
    return at_campus(day.on, day.starts), at_campus(day.on, day.ends)


def check_organisers(organisers: Sequence[OrganiserDraft]) -> None:
    """Raises AccountableMissing unless exactly one organisation is accountable for safety (S4, S29)."""
    if sum(organiser.is_accountable for organiser in organisers) != 1:
        raise AccountableMissing


def check_days(periods: Sequence[Period]) -> None:
    """Raises DaysMissing, PeriodInvalid, or DayTwice where two of the periods overlap."""
    if not periods:
        raise DaysMissing
    for starts_at, ends_at in periods:
        check_period(starts_at, ends_at)
    in_order = sorted(periods)
    for before, after in itertools.pairwise(in_order):
        if after[0] < before[1]:
            raise DayTwice


def moved_slots(slots: Sequence[Period], starts_at: datetime, ends_at: datetime) -> list[tuple[int, Period]]:
    """New times for the slots of a day that moves: (index, period), in an order that never has two alike.

    The slots fill the new period evenly. Those that go later are moved last one first, those that go
    earlier first one first, so that no slot ever stands on another's start (each start is unique).
    """
    fresh = cut_slots(starts_at, ends_at, len(slots)) if slots else ()
    later = [i for i in reversed(range(len(slots))) if fresh[i][0] > slots[i][0]]
    rest = [i for i in range(len(slots)) if fresh[i][0] <= slots[i][0]]
    return [(i, fresh[i]) for i in (*later, *rest)]


def check_recut(*, published: bool) -> None:
    """Raises SlotsInUse where people may already hold places in the slots."""
    if published:
        raise SlotsInUse


def check_dates(starts_on: date, ends_on: date) -> None:
    """Raises DatesTurned if the last day is before the first."""
    if ends_on < starts_on:
        raise DatesTurned


def check_accepted(there: Sequence[Refusal]) -> None:
    """Raises Clashing with the sentences of everything that was not read yet."""
    if there:
        raise Clashing(clashes=tuple(there))


def check_booked_early(workdays: int, reason: str) -> None:
    """Raises BookedLate if fewer than ``BOOK_AHEAD`` working days are left, and no reason is given (P16)."""
    if workdays < BOOK_AHEAD and not reason.strip():
        raise BookedLate(days=BOOK_AHEAD)
