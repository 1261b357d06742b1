"""Inviting employers of the directory and others, and sending a letter once more (S14, D3)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from fairs.accounts import actions as accounts
from fairs.audit import actions as audit
from fairs.config import settings
from fairs.database import db, found, lock, new_public_id, transaction
from fairs.employers import queries as employers
from fairs.errors import Conflict, Refusal
from fairs.exhibitors.actions import lock_fair
from fairs.invitations import queries
from fairs.invitations.actions.steps import tell
from fairs.invitations.links import hash_of, token_of
from fairs.invitations.models import Invitation
from fairs.invitations.rules import (
    BULK,
    OPEN,
    AlreadyComing,
    AlreadyInvited,
    InvitationsStopped,
    InvitationState,
    LetterDraft,
    NobodyPicked,
    NobodyToWriteTo,
    check_answer_day,
    check_inviting,
    check_move,
    check_standing,
)
from fairs.programmes.models import Event
from fairs.tasks import actions as tasks
from fairs.tasks.models import Task


@dataclass
class Sent:
    """What became of a bulk invitation: how many letters left, and who got none with the reason."""

    count: int = 0
    left_out: list[Refusal] = field(default_factory=list)
    task: Task | None = None


@transaction
def invite(
    event_id: int, employer_ids: Sequence[int], letter: LetterDraft, *, by: int, now: datetime
) -> Sent:
    """Invite several employers, one message each; whoever cannot be invited (any more) is left out with why.

    Raises NotInviting, AnswerDayWrong or NobodyPicked. One more than ``rules.BULK`` is ``begin_invite``'s.
    """
    event = _inviting(event_id, letter, now)
    if not employer_ids:
        raise NobodyPicked
    sent = Sent()
    for employer_id in dict.fromkeys(employer_ids):
        refusal = _refusal(event, employer_id)
        if refusal is not None:
            sent.left_out.append(refusal)
            continue
        _invite(event, employer_id, letter, by=by, now=now)
        sent.count += 1
    return sent


def _inviting(event_id: int, letter: LetterDraft, now: datetime) -> Event:
    """The event, its fair locked: of two who invite the same employer the second reads that it is invited."""
    fair = lock_fair(event_id)
    check_inviting(fair.event.state, fair.requests_until, now)
    check_answer_day(letter.expires_at, fair.requests_until, now)
    return fair.event


def _refusal(event: Event, employer_id: int) -> Refusal | None:
    """Why this employer is not invited; None if it may be."""
    name = employers.employer(employer_id).legal_name
    standing = queries.standing_of(employer_id, event.university_id)
    try:
        check_standing(name, standing.state if standing else None)
    except Refusal as refusal:
        return refusal
    holds: tuple[tuple[type[Refusal], bool], ...] = (
        (InvitationsStopped, queries.stop_of(event.university_id, employer_id, "") is not None),
        (AlreadyInvited, queries.live_of(event.id, employer_id) is not None),
        (AlreadyComing, queries.has_request(event.id, employer_id)),
        (NobodyToWriteTo, queries.writable_contact(employer_id) is None),
    )
    return next((kind(name=name) for kind, true in holds if true), None)


def _invite(event: Event, employer_id: int, letter: LetterDraft, *, by: int, now: datetime) -> Invitation:
    person_id, email, language = found(queries.writable_contact(employer_id))
    made = _made(event, letter, by=by, now=now, email=email, language=letter.language or language)
    made.employer_id, made.person_id = employer_id, person_id
    return _send(made, event, now, by=by)


def _made(
    event: Event, letter: LetterDraft, *, by: int, now: datetime, email: str, language: str
) -> Invitation:
    public_id = new_public_id()
    return Invitation(
        public_id=public_id,
        event_id=event.id,
        email=email,
        token_hash=hash_of(token_of(settings().secret_key, public_id)),
        state=InvitationState.SENT,
        language=language,
        introducer=letter.introducer.strip(),
        words=letter.words.strip(),
        invited_by=by,
        created_at=now,
        sent_at=now,
        expires_at=letter.expires_at,
    )


def _send(made: Invitation, event: Event, now: datetime, *, by: int) -> Invitation:
    db.session.add(made)
    db.session.flush()
    audit.record("invite_employer", made, by=by, university_id=event.university_id, now=now)
    tell("invitations/letter", made, event, now, dedupe=f"invitation:{made.id}:1")
    return made


@transaction
def begin_invite(
    event_id: int, employer_ids: Sequence[int], letter: LetterDraft, *, by: int, now: datetime
) -> Sent:
    """``invite``, as a task with progress where more than ``rules.BULK`` are picked. Raises what it raises."""
    if len(employer_ids) <= BULK:
        return invite(event_id, employer_ids, letter, by=by, now=now)
    event = _inviting(event_id, letter, now)
    params: dict[str, Any] = {"event": event_id, "employers": list(employer_ids), "by": by}
    params["letter"] = asdict(letter) | {"expires_at": letter.expires_at.isoformat()}
    task = tasks.enqueue(
        "invitations.send",
        params,
        dedupe=f"invitations.send:{event_id}",
        university_id=event.university_id,
        by=by,
        now=now,
    )
    return Sent(task=task)


@transaction
def invite_by_mail(
    event_id: int, name: str, email: str, letter: LetterDraft, *, by: int, now: datetime
) -> Invitation:
    """Invite a body that is not in the directory; its link leads to registration first.

    Raises NotInviting, AnswerDayWrong, InvitationsStopped, or Conflict if the mailbox has a live invitation.
    """
    event = _inviting(event_id, letter, now)
    address, called = email.strip().lower(), name.strip()
    if queries.stop_of(event.university_id, None, address):
        raise InvitationsStopped(name=called)
    made = _made(event, letter, by=by, now=now, email=address, language=letter.language or "zh")
    person = accounts.create_person(called[:60], email=address)
    person.language = made.language
    made.name, made.person_id = called, person.id
    return _send(made, event, now, by=by)


@transaction
def resend(invitation_id: int, expires_at: datetime, version: int, *, by: int, now: datetime) -> Invitation:
    """Send the letter once more, open until ``expires_at``; an expired one lives again.

    Raises WrongInvitationState, NotInviting, AnswerDayWrong, Conflict, or why the employer
    is not invited any more.
    """
    event = _inviting(
        found(db.session.get(Invitation, invitation_id)).event_id, LetterDraft(expires_at=expires_at), now
    )
    one = lock(Invitation, invitation_id)
    if one.version != version:
        raise Conflict
    if one.state not in OPEN:
        check_move(one.state, InvitationState.SENT)
        refusal = _refusal(event, one.employer_id) if one.employer_id else None
        if refusal is not None:
            raise refusal
        one.state = InvitationState.SENT
    one.expires_at, one.sent_at, one.reminded_at = expires_at, now, None
    one.sent_count += 1
    one.token_hash = hash_of(token_of(settings().secret_key, one.public_id))
    audit.record("resend_invitation", one, by=by, university_id=event.university_id, now=now)
    tell("invitations/letter", one, event, now, dedupe=f"invitation:{one.id}:{one.sent_count}")
    return one
