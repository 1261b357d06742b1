"""States of a message, retries and leases."""

from datetime import datetime, timedelta
from enum import StrEnum

from fairs.accounts.rules import RoleKind
from fairs.errors import Refusal


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


ACTIVATION = "messages/activation"
"""The kind of the message that carries an activation link."""

LINKS_PER_HOUR = 3
"""How many activation links one mailbox gets in an hour, whoever asks."""

SECRET = "（链接只发给本人）"  # noqa: S105 (the words shown in its place)
"""Stands in the kept text of a message where its secret link was."""

HANDED_OVER = frozenset({RoleKind.STUDENT, RoleKind.EMPLOYER_HR, RoleKind.EMPLOYER_REP, RoleKind.DOOR_STAFF})
"""Whose activation link the career centre may pass on where no mail server is set up."""


class NotDead(Refusal):
    """Only a message that was given up can be sent once more."""

    code = "message_not_dead"
    sentence = "这条消息不需要重新发送，请刷新页面查看最新状态。"


def keeps_link(channel: Channel, kinds: frozenset[RoleKind]) -> bool:
    """Whether the kept text of a message shows its activation link, so that the office can hand it over.

    Never after it went by mail, and never for staff: whoever reads it could sign in as that person.
    """
    return channel is Channel.INBOX and kinds <= HANDED_OVER
