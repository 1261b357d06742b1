"""Stopping an event and letting it go on: which states, until when, and what stands in the way. Pure."""

from collections.abc import Sequence
from datetime import datetime

from fairs.errors import Conflict, Invalid, Refusal
from fairs.programmes.drafts import Period
from fairs.programmes.rules import EVENT_STATE_LABELS, EventState, WrongEventState, check_period

_S = EventState

CANCELLABLE = frozenset(
    {_S.DRAFT, _S.PLANNED, _S.SAFETY_REVIEW, _S.RETURNED, _S.APPROVED, _S.OPEN, _S.LOCKED, _S.POSTPONED}
)
POSTPONABLE = CANCELLABLE - {_S.DRAFT, _S.POSTPONED}
MOVABLE = CANCELLABLE
"""States in which any day may be moved: before the doors open."""

STOPS: dict[EventState, frozenset[EventState]] = {
    _S.CANCELLED: CANCELLABLE,
    _S.POSTPONED: POSTPONABLE,
    _S.PAUSED: frozenset({_S.RUNNING}),
    _S.EVACUATED: frozenset({_S.RUNNING, _S.PAUSED}),
}
"""What an event can be stopped into, and from where; each stop is a row of the ledger."""

GOES_ON: dict[EventState, frozenset[EventState]] = {
    _S.CANCELLED: CANCELLABLE,
    _S.POSTPONED: POSTPONABLE | {_S.PLANNED},
    _S.PAUSED: frozenset({_S.RUNNING}),
    _S.EVACUATED: frozenset(),
}
"""Where an event may go when its stop ends: back to where it was, or after a postponement to a new plan."""

CALLED_OFF = frozenset({_S.CANCELLED, _S.POSTPONED})
"""Stops that can be undone before the event would have begun."""


class NothingToUndo(Refusal):
    """The event was not called off, or its stop has ended."""

    code = "nothing_to_undo"
    sentence = "这场活动没有可以撤销的取消或延期。"


class UndoTooLate(Refusal):
    """The hour at which the event would have begun has passed."""

    code = "undo_too_late"
    sentence = "原定的开始时间已经过去，不能再撤销。可以照此复制一场，另定日期。"


class SpaceGone(Refusal):
    """A space that was given back has been taken by somebody else."""

    code = "space_gone"
    sentence = "原来的场地已经给了别人：%(holders)s。请另定场地和日期，或照此复制一场。"


class NothingChanged(Invalid):
    """A move that moves nothing would tell hundreds of people nothing."""

    code = "nothing_changed"
    sentence = "时间和原来一样，没有需要修改和通知的内容。请改日期或时间。"
    field = "starts_on"


class NoNewDate(Invalid):
    """An event is moved to a date to come, and a postponed one goes on with such a date."""

    code = "no_new_date"
    sentence = "请填写今天以后的日期。"
    field = "starts_on"


class InTheWay(Refusal):
    """Something forbids the change; ``reasons`` names all of it."""

    code = "in_the_way"
    sentence = "现在不能修改：%(reasons)s"


def check_stop(state: EventState, to: EventState) -> None:
    """Raises WrongEventState unless an event in ``state`` can be stopped into ``to``."""
    if state not in STOPS[to]:
        raise WrongEventState(state=EVENT_STATE_LABELS[state])


def check_movable(state: EventState, *, started: bool) -> None:
    """Raises WrongEventState for a day that has begun, and once the event is over.

    While an event of several days runs, those to come may still move.
    """
    if state not in MOVABLE | ({_S.RUNNING, _S.PAUSED} if not started else set()):
        raise WrongEventState(state=EVENT_STATE_LABELS[state])


def check_undo(stopped: EventState | None, state: EventState, first_start: datetime, now: datetime) -> None:
    """Raises NothingToUndo unless the event stands where its live stop put it, UndoTooLate after its hour."""
    if stopped is None or stopped not in CALLED_OFF or state is not stopped:
        raise NothingToUndo
    if first_start <= now:
        raise UndoTooLate


def back_to(stopped: EventState, before: EventState, *, licence_returned: bool) -> EventState:
    """Where an undone stop leads: where the event was, or to planning if its licence was handed back (P21)."""
    to = EventState.PLANNED if licence_returned else before
    if to not in GOES_ON[stopped]:
        raise WrongEventState(state=EVENT_STATE_LABELS[stopped])
    return to


def check_spaces(holders: Sequence[str]) -> None:
    """Raises SpaceGone naming who holds the spaces now."""
    if holders:
        raise SpaceGone(holders=tuple(holders))


def check_coming(first_start: datetime, now: datetime) -> None:
    """Raises NoNewDate for a date that has passed."""
    if first_start <= now:
        raise NoNewDate


def check_new_times(before: Sequence[Period], after: Sequence[Period], now: datetime, *, same: bool) -> None:
    """Whether days may move from ``before`` to ``after``; ``same``: they may also stay where they are.

    Raises PeriodInvalid, NoNewDate or NothingChanged.
    """
    for period in after:
        check_period(*period)
    check_coming(after[0][0], now)
    if not same and list(before) == list(after):
        raise NothingChanged


def check_version(shown: int | None, version: int) -> None:
    """Raises Conflict if the event changed after the page was shown (``shown`` is None: not asked)."""
    if shown is not None and shown != version:
        raise Conflict
