"""States of an event's closing and of an outcome, due dates, and what may be done when."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from fairs.clock import campus_day
from fairs.errors import Invalid, Refusal
from fairs.programmes.rules import EVENT_STATE_LABELS, EventState, WrongEventState
from fairs.registrations.rules import NO_SHOW_AFTER
from fairs.workdays.rules import CLOSE_OF_BUSINESS, DuePolicy, WorkCalendar


class ClosingState(StrEnum):
    """State machine of an event's closing: figures wait, are confirmed, are shown to everybody."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"


CLOSING_LABELS = {
    ClosingState.OPEN: "数据待确认",
    ClosingState.CONFIRMED: "数据已确认",
    ClosingState.PUBLISHED: "结果已公布",
}

TAB_LABELS = {"roll": "点名", "closing": "总结", "effect": "效果", "survey": "问卷结果"}

C = ClosingState
CLOSING_MOVES: Mapping[ClosingState, frozenset[ClosingState]] = {
    C.OPEN: frozenset({C.CONFIRMED}),
    C.CONFIRMED: frozenset({C.PUBLISHED}),
    # taken back from the public page; the confirmed figures stay as they are
    C.PUBLISHED: frozenset({C.CONFIRMED}),
}

AFTER = frozenset({EventState.CLOSED, EventState.REPORTED})
"""States of an event that is over and took place."""

ROLL_OPEN = frozenset({EventState.RUNNING, EventState.PAUSED, EventState.EVACUATED, EventState.CLOSED})
"""States of an event in which the employers who came are ticked off."""

SOON = timedelta(days=2)
"""How long before the due date the organisers are reminded."""


class Nudge(StrEnum):
    """How far the organisers have been reminded of a closing that waits."""

    NONE = ""
    SOON = "soon"
    LATE = "late"


class WrongClosingState(Refusal):
    """The closing cannot go from its present state to the wished one."""

    code = "wrong_closing_state"
    sentence = "本场活动目前是“%(state)s”，不能进行这项操作。"


class TooSoon(Refusal):
    """Gates without network may still upload what they saw."""

    code = "closing_too_soon"
    sentence = "活动结束不足 %(hours)s 小时，离线检票记录可能还在上传。请稍后再确认。"


class RollMissing(Refusal):
    """Nobody has been ticked off: confirming would make every employer a no-show."""

    code = "roll_missing"
    sentence = "还没有任何单位点名到场。请先点名；如果确实没有单位到场，请勾选“没有单位到场”。"
    field = "nobody_came"


def check_closing_move(state: ClosingState, to: ClosingState) -> None:
    """Raises WrongClosingState unless the state machine allows the step."""
    if to not in CLOSING_MOVES[state]:
        raise WrongClosingState(state=CLOSING_LABELS[state])


def check_over(state: EventState) -> None:
    """Raises WrongEventState unless the event took place and is over."""
    if state not in AFTER:
        raise WrongEventState(state=EVENT_STATE_LABELS[state])


def check_roll_open(state: EventState) -> None:
    """Raises WrongEventState unless employers may be ticked off (now)."""
    if state not in ROLL_OPEN:
        raise WrongEventState(state=EVENT_STATE_LABELS[state])


def check_settled(last_end: datetime, now: datetime) -> None:
    """Raises TooSoon while the gates may still upload scans of the last day."""
    if now < last_end + NO_SHOW_AFTER:
        raise TooSoon(hours=int(NO_SHOW_AFTER.total_seconds() // 3600))


def check_roll(planned: int, arrived: int, *, nobody_came: bool) -> None:
    """Raises RollMissing where employers were expected and none is ticked off, unless that is said to be true."""
    if planned and not arrived and not nobody_came:
        raise RollMissing


def due_at(last_end: datetime, calendar: WorkCalendar, days: int, policy: DuePolicy) -> datetime:
    """When the figures are due: at the close of business, ``days`` after the last day of the event (S62).

    A due day that is free moves by ``policy``, with swapped days counted as what they are.
    """
    return calendar.due(campus_day(last_end) + timedelta(days=days), CLOSE_OF_BUSINESS, policy)


def nudge_of(state: ClosingState, due: datetime, given: Nudge, now: datetime) -> Nudge | None:
    """Which reminder is due now; None if none is, or it was given."""
    if state is not ClosingState.OPEN or given is Nudge.LATE:
        return None
    if now > due:
        return Nudge.LATE
    return Nudge.SOON if given is Nudge.NONE and now >= due - SOON else None


class Stage(StrEnum):
    """How far it has come between a student and an employer after a fair (S40)."""

    INTENT = "intent"
    OFFER = "offer"
    SIGNED = "signed"
    ENDED = "ended"


STAGE_LABELS = {
    Stage.INTENT: "达成意向",
    Stage.OFFER: "收到录用通知",
    Stage.SIGNED: "已签约",
    Stage.ENDED: "没有继续",
}

STAGE_MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.INTENT: frozenset({Stage.OFFER, Stage.SIGNED, Stage.ENDED}),
    Stage.OFFER: frozenset({Stage.SIGNED, Stage.ENDED}),
    Stage.SIGNED: frozenset({Stage.ENDED}),
    Stage.ENDED: frozenset({Stage.INTENT, Stage.OFFER, Stage.SIGNED}),
}

COUNTED = (Stage.INTENT, Stage.OFFER, Stage.SIGNED)


class WrongStage(Refusal):
    """An outcome cannot go back by itself."""

    code = "wrong_stage"
    sentence = "目前是“%(stage)s”，不能改为所选的进展。"
    field = "stage"


class NotThere(Invalid):
    """The employer was not at this event."""

    code = "employer_not_there"
    sentence = "请选择参加了本场活动的单位。"
    field = "employer"


class DayOutside(Invalid):
    """An outcome happens from the event on, and not in the future."""

    code = "outcome_day"
    sentence = "日期应在活动当天之后，且不晚于今天。"
    field = "happened_on"


def check_stage(before: Stage | None, to: Stage) -> None:
    """Raises WrongStage unless an outcome may begin with, or go on to, ``to``; the same again is no step."""
    if before is None:
        if to is Stage.ENDED:
            raise WrongStage(stage="—")
        return
    if before is not to and to not in STAGE_MOVES[before]:
        raise WrongStage(stage=STAGE_LABELS[before])


def check_outcome_day(day: date, first: date, today: date) -> None:
    """Raises DayOutside unless ``day`` lies between the event's first day and today."""
    if not first <= day <= today:
        raise DayOutside
