"""What those invited do: read, accept, decline, want no more letters or want them again (S14)."""

from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import db, lock, transaction
from fairs.employers import queries as employers
from fairs.invitations import queries
from fairs.invitations.actions.steps import move_to
from fairs.invitations.models import Invitation, InvitationStop
from fairs.invitations.rules import (
    AlreadyInvited,
    DeclineKind,
    ForSomebodyElse,
    InvitationState,
    check_answer,
    check_standing,
)

S = InvitationState


@transaction
def open_invitation(invitation_id: int, *, now: datetime) -> None:
    """Somebody reads it; only the first time counts."""
    one = lock(Invitation, invitation_id)
    if one.state is S.SENT and now < one.expires_at:
        one.state, one.opened_at = S.OPENED, now
        audit.record("open_invitation", one, by=None, university_id=one.event.university_id, now=now)


@transaction
def accept(invitation_id: int, employer_id: int, *, by: int, now: datetime) -> Invitation:
    """An employer comes; its request for a booth begins with this. Twice is once.

    Raises InvitationOver, ForSomebodyElse, AlreadyInvited or NotInvitable.
    """
    one = lock(Invitation, invitation_id)
    if one.employer_id not in {None, employer_id}:
        raise ForSomebodyElse(name=one.addressed)
    if one.state is S.ACCEPTED:
        return one
    check_answer(one.state, one.expires_at, S.ACCEPTED, now)
    name = employers.employer(employer_id).legal_name
    standing = queries.standing_of(employer_id, one.event.university_id)
    check_standing(name, standing.state if standing else None)
    if one.employer_id is None:
        if queries.live_of(one.event_id, employer_id):
            raise AlreadyInvited(name=name)
        one.employer_id = employer_id
    one.opened_at, one.answered_at = one.opened_at or now, now
    move_to(one, S.ACCEPTED, "accept_invitation", by=by, now=now)
    return one


@transaction
def decline(
    invitation_id: int, kind: DeclineKind, note: str, *, stop: bool, by: int | None, now: datetime
) -> None:
    """An employer does not come, with why; with ``stop`` it is not invited by this university any more.

    Raises InvitationOver or WrongInvitationState.
    """
    one = lock(Invitation, invitation_id)
    check_answer(one.state, one.expires_at, S.DECLINED, now)
    one.opened_at, one.answered_at = one.opened_at or now, now
    one.decline_kind, one.decline_note = kind, note.strip()
    move_to(one, S.DECLINED, "decline_invitation", by=by, now=now, reason=kind.value)
    if stop:
        _stop(one, by=by, now=now)


def _stop(one: Invitation, *, by: int | None, now: datetime) -> None:
    university_id = one.event.university_id
    if queries.stop_of(university_id, one.employer_id, one.email) is None:
        email = "" if one.employer_id else one.email
        row = InvitationStop(
            university_id=university_id, employer_id=one.employer_id, email=email, at=now, by=by
        )
        db.session.add(row)
        audit.record("stop_invitations", one, by=by, university_id=university_id, now=now)


@transaction
def allow_again(employer_id: int, university_id: int, *, by: int, now: datetime) -> None:
    """An employer wants to be invited by a university again. Twice is once."""
    row = queries.stop_of(university_id, employer_id, "")
    if row is not None:
        row.ended_at = now
        audit.record(
            "allow_invitations", employers.employer(employer_id), by=by, university_id=university_id, now=now
        )
