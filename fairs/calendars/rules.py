"""How far a feed reaches, how private links are made, and what a row's state means in a calendar."""

import hashlib
import secrets
from datetime import timedelta

from fairs.calendars.feed import EntryStatus
from fairs.exhibitors.rules import ExhibitorState
from fairs.livestreams.rules import LiveState
from fairs.programmes.rules import EventState, OccurrenceState
from fairs.registrations.rules import RegistrationState

PAST = timedelta(days=60)
"""What ended longer ago leaves the feed; so a cancelled event stays more than 30 days (1c)."""

CANCELLED_KEPT = timedelta(days=30)
"""How long a booking that its owner cancelled stays, marked as cancelled (1c)."""

AHEAD = timedelta(days=400)
"""What begins later joins the feed as it comes near: a year and a month, so that next season's dates are there."""

MOST = 500
"""Entries in one feed: the next ones first."""

ALARMS = (timedelta(days=1), timedelta(hours=2))
"""Alarms in a private feed, before the start."""

CERTAIN = frozenset(
    {
        EventState.APPROVED,
        EventState.OPEN,
        EventState.LOCKED,
        EventState.RUNNING,
        EventState.PAUSED,
        EventState.EVACUATED,
        EventState.CLOSED,
        EventState.REPORTED,
    }
)
"""States in which an event's time stands; in the others (postponed, planned again) it may still change."""

_BOOKING = {
    RegistrationState.WAITING: EntryStatus.TENTATIVE,
    RegistrationState.CANCELLED: EntryStatus.CANCELLED,
}
_APPEARANCE = {
    ExhibitorState.CONFIRMED: EntryStatus.CONFIRMED,
    ExhibitorState.CHECKED_IN: EntryStatus.CONFIRMED,
    ExhibitorState.DEPARTED: EntryStatus.CONFIRMED,
    ExhibitorState.NO_SHOW: EntryStatus.CONFIRMED,
    ExhibitorState.ALLOCATED: EntryStatus.TENTATIVE,
    ExhibitorState.DRAFT: EntryStatus.TENTATIVE,
    ExhibitorState.REQUESTED: EntryStatus.TENTATIVE,
    ExhibitorState.WAITLISTED: EntryStatus.TENTATIVE,
}


def day_status(event: EventState, occurrence: OccurrenceState) -> EntryStatus:
    """What a day of an event is in a calendar (S4: a cancelled one stays, marked)."""
    if EventState.CANCELLED is event or occurrence is OccurrenceState.CANCELLED:
        return EntryStatus.CANCELLED
    return EntryStatus.CONFIRMED if event in CERTAIN else EntryStatus.TENTATIVE


def booking_status(state: RegistrationState) -> EntryStatus:
    """What a registration is in its owner's calendar; a waiting one holds no place yet."""
    return _BOOKING.get(state, EntryStatus.CONFIRMED)


def appearance_status(state: ExhibitorState) -> EntryStatus:
    """What a booth request is in the employer's calendar: firm once it is confirmed."""
    return _APPEARANCE.get(state, EntryStatus.CANCELLED)


def stream_status(state: LiveState) -> EntryStatus:
    """What an announced stream is in a calendar."""
    return EntryStatus.CANCELLED if state is LiveState.CANCELLED else EntryStatus.CONFIRMED


def weaker(one: EntryStatus, other: EntryStatus) -> EntryStatus:
    """The less certain of two: a ticket for a cancelled fair is cancelled."""
    order = (EntryStatus.CANCELLED, EntryStatus.TENTATIVE, EntryStatus.CONFIRMED)
    return min(one, other, key=order.index)


def new_secret() -> str:
    """The secret part of a private link: 192 random bits."""
    return secrets.token_urlsafe(24)


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
