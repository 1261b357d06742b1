"""States of a message, retries and leases."""

from datetime import datetime, timedelta
from enum import StrEnum


class Channel(StrEnum):
    """How a message travels."""

    MAIL = "mail"
    INBOX = "inbox"


class MessageState(StrEnum):
    """State machine Reminder: scheduled → sent | suppressed | failed → retried | dead."""

    SCHEDULED = "scheduled"
    SENDING = "sending"
    SENT = "sent"
    SUPPRESSED = "suppressed"
    DEAD = "dead"


MESSAGE_LABELS = {
    MessageState.SCHEDULED: "待发送",
    MessageState.SENDING: "发送中",
    MessageState.SENT: "已发送",
    MessageState.SUPPRESSED: "不再需要",
    MessageState.DEAD: "发送失败",
}

LEASE = timedelta(minutes=5)
"""How long a claimed message belongs to its sender; after a crash another takes it over."""

RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after ``attempts`` failures; None when it is time to give up."""
    return now + RETRIES[attempts - 1] if attempts <= len(RETRIES) else None
