"""Taking invitations back, recalling them before they end, and ending them (S14)."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.database import db, lock, transaction
from fairs.errors import Conflict
from fairs.invitations import queries
from fairs.invitations.actions.steps import move_to, tell
from fairs.invitations.models import Invitation
from fairs.invitations.rules import (
    INVITATION_MOVES,
    OPEN,
    REMINDED_BEFORE,
    InvitationState,
    check_move,
    needs_reminder,
)
from fairs.programmes.rules import EventState

S = InvitationState
CALLED_OFF = frozenset({EventState.CANCELLED, EventState.POSTPONED})


@transaction
def revoke(invitation_id: int, version: int, *, by: int, now: datetime) -> None:
    """Take an unanswered invitation back; whoever had it is told. Raises WrongInvitationState or Conflict."""
    one = lock(Invitation, invitation_id)
    check_move(one.state, S.REVOKED)
    if one.version != version:
        raise Conflict
    move_to(one, S.REVOKED, "revoke_invitation", by=by, now=now)
    tell("invitations/withdrawn", one, one.event, now, dedupe=f"invitation-revoked:{one.id}")


@transaction
def remind_due(now: datetime, most: int = 200) -> int:
    """Recall the open invitations that end soon, each once; how many."""
    chosen = sa.select(Invitation).where(
        Invitation.state.in_(OPEN),
        Invitation.reminded_at.is_(None),
        Invitation.expires_at > now,
        Invitation.expires_at <= now + REMINDED_BEFORE,
        Invitation.sent_at <= now - timedelta(days=1),
    )
    reminded = 0
    for one in db.session.scalars(chosen.order_by(Invitation.expires_at).limit(most)):
        sent_at = one.sent_at or one.created_at
        if needs_reminder(one.state, sent_at, one.expires_at, reminded=False, now=now):
            one.reminded_at = now
            key = f"invitation-reminder:{one.id}:{one.sent_count}"
            tell("invitations/reminder", one, one.event, now, dedupe=key)
            reminded += 1
    return reminded


@transaction
def expire_due(now: datetime, most: int = 500) -> int:
    """End the open invitations whose time is over; where the event was called off, say so. How many."""
    numbers = queries.due(now, most)
    for number in numbers:
        one = lock(Invitation, number)
        if S.EXPIRED in INVITATION_MOVES[one.state]:
            move_to(one, S.EXPIRED, "expire_invitation", by=None, now=now)
            if one.event.state in CALLED_OFF:
                tell("invitations/withdrawn", one, one.event, now, dedupe=f"invitation-off:{one.id}")
    return len(numbers)
