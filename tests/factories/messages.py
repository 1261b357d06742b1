"""Queued messages."""

from datetime import datetime
from typing import Any

from fairs.accounts.models import Account
from fairs.database import db
from fairs.institutions.models import University
from fairs.messages import actions
from fairs.messages.models import Message
from fairs.messages.rules import ACTIVATION
from tests import factories


def queued(
    to: Account, now: datetime, school: University | None = None, kind: str = ACTIVATION, **params: Any
) -> Message:
    """A message that is due."""
    actions.queue(kind, [to.person_id], params, university_id=school.id if school else None, now=now)
    return db.session.query(Message).order_by(Message.id.desc()).first()  # type: ignore[return-value]  # one was just queued


def recipients(count: int) -> list[Account]:
    """People with accounts and mailboxes."""
    return [factories.account(f"p{number}@example.com", f"王{number}") for number in range(count)]
