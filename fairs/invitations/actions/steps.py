"""What every step of an invitation leaves behind: its audit row, and the message to whom it concerns."""

from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import db, found
from fairs.invitations.models import Invitation
from fairs.invitations.rules import InvitationState
from fairs.messages import actions as messages
from fairs.programmes.models import Event

ANSWERED = frozenset({InvitationState.ACCEPTED, InvitationState.DECLINED})


def tell(kind: str, one: Invitation, event: Event, now: datetime, *, dedupe: str) -> None:
    """The words are read from the invitation when the message leaves (``letters``)."""
    messages.queue(
        kind,
        [found(one.person_id)],
        {},
        subject=one,
        university_id=event.university_id,
        dedupe=dedupe,
        now=now,
    )


def move_to(
    one: Invitation, to: InvitationState, action: str, *, by: int | None, now: datetime, **detail: str
) -> None:
    """Put an invitation into the state ``to``, which its rule has allowed; whoever invited hears the answer."""
    one.state = to
    db.session.flush()
    audit.record(action, one, by=by, university_id=one.event.university_id, now=now, **detail)
    if to in ANSWERED and one.invited_by:
        messages.queue(
            "invitations/answer",
            [one.invited_by],
            {},
            subject=one,
            university_id=one.event.university_id,
            dedupe=f"invitation-answer:{one.id}",
            now=now,
        )
