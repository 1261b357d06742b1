"""When a reminder is due, until when it is of use, and what makes it one of its kind (S58, E8, T4).

Three days and one day before: at 09:00 on campus of that day, so that nobody is woken and everybody reads it
in the morning. Two hours before: two hours before, even in the quiet hours (22–8), because whoever has to be
at the door at nine needs it at seven; it is about a place that they booked themselves.
"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from fairs.clock import at_campus, campus_day
from fairs.exhibitors.rules import ExhibitorState
from fairs.programmes.rules import EventState, OccurrenceState
from fairs.registrations.rules import RegistrationState


class Rule(StrEnum):
    """How long before."""

    THREE_DAYS = "three_days"
    ONE_DAY = "one_day"
    TWO_HOURS = "two_hours"


class ReminderKind(StrEnum):
    """Whom it reminds of what; the value is the kind of the message."""

    TICKET = "reminders/ticket"
    BOOTH = "reminders/booth"
    SHIFT = "reminders/shift"
    MEETING = "reminders/meeting"


class Timing(StrEnum):
    """What is to be done about a reminder now."""

    EARLY = "early"
    DUE = "due"
    MISSED = "missed"
    NEEDLESS = "needless"


MORNING = time(9, 0)
HORIZON = timedelta(days=4)
"""Days that begin later than this need no look yet."""

LOOK_BACK = timedelta(days=2)
"""Days that began up to this long ago are still looked at, to write down what was missed."""

MISSED = "提醒服务当时没有运行，已过提醒时间，没有发送。"
"""What the sent-messages page says about a reminder that came too late to be of use."""

HAPPENS = frozenset(
    {EventState.APPROVED, EventState.OPEN, EventState.LOCKED, EventState.RUNNING, EventState.PAUSED}
)
"""States in which people are expected at an event."""

EXPECTED_TICKET = RegistrationState.TICKETED
EXPECTED_BOOTH = ExhibitorState.CONFIRMED


def due_at(rule: Rule, starts_at: datetime) -> datetime:
    """When a reminder of what begins at ``starts_at`` is due."""
    if rule is Rule.TWO_HOURS:
        return starts_at - timedelta(hours=2)
    days = 3 if rule is Rule.THREE_DAYS else 1
    return at_campus(campus_day(starts_at) - timedelta(days=days), MORNING)


def useful_until(rule: Rule, starts_at: datetime) -> datetime:
    """Until when it may come late: then the next one is due, or it has begun."""
    if rule is Rule.THREE_DAYS:
        return due_at(Rule.ONE_DAY, starts_at)
    if rule is Rule.ONE_DAY:
        return due_at(Rule.TWO_HOURS, starts_at)
    return starts_at


def timing(rule: Rule, starts_at: datetime, since: datetime, now: datetime) -> Timing:
    """What to do now about a reminder to somebody who knows the present plan since ``since``.

    Needless: they booked, or were told of a change, after it was due.
    """
    if now < due_at(rule, starts_at):
        return Timing.EARLY
    if since > due_at(rule, starts_at):
        return Timing.NEEDLESS
    return Timing.DUE if now < useful_until(rule, starts_at) else Timing.MISSED


def prefix_of(rule: Rule, kind: ReminderKind) -> str:
    """The first part of a reminder's key; subject, anchor and recipient follow."""
    return f"{kind}:{rule}"


def key_of(rule: Rule, kind: ReminderKind, subject_id: int, anchor: date) -> str:
    """What makes a reminder one of its kind, but for its recipient: the same day again is the same reminder."""
    return f"{prefix_of(rule, kind)}:{subject_id}:{anchor.isoformat()}"


def stands(event: EventState, occurrence: OccurrenceState) -> bool:
    """Whether people are expected that day."""
    return event in HAPPENS and occurrence is OccurrenceState.PLANNED
