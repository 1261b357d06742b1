"""Taking consent back, and asking to be forgotten; what an officer does about it."""

from datetime import datetime

import sqlalchemy as sa

from fairs.accounts import actions as accounts
from fairs.accounts import queries as people
from fairs.accounts.rules import DocumentKind, RoleKind
from fairs.audit import actions as audit
from fairs.calendars import actions as calendars
from fairs.clock import campus_day
from fairs.database import db, lock, transaction
from fairs.guidance import actions as guidance
from fairs.messages import actions as messages
from fairs.privacy import queries
from fairs.privacy.models import ErasureRequest
from fairs.privacy.rules import (
    ANSWER_DAYS,
    InsideNow,
    OtherRoles,
    ReasonMissing,
    RequestState,
    move,
)
from fairs.programmes.models import Occurrence
from fairs.protection import actions as protection
from fairs.registrations import actions as registrations
from fairs.registrations import priority
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from fairs.students import actions as students
from fairs.students.models import Student
from fairs.workdays import queries as workdays

NAMELESS = "已注销用户"
"""What stands where the name stood."""


@transaction
def withdraw_consent(person_id: int, kind: DocumentKind, *, now: datetime) -> int:
    """Take an acceptance back; how many versions. Without the privacy notice the coming bookings end too."""
    if kind is DocumentKind.PRIVACY_NOTICE:
        _cancel_coming(person_id, now)
    count = accounts.withdraw_acceptance(person_id, kind, now)
    if count:
        audit.record(
            "withdraw_consent",
            people.person(person_id),
            by=person_id,
            university_id=None,
            now=now,
            document=kind.value,
        )
    return count


def _cancel_coming(person_id: int, now: datetime) -> None:
    coming = (
        sa.select(Registration.id)
        .join(Occurrence)
        .where(
            Registration.person_id == person_id,
            Registration.state.in_([RegistrationState.TICKETED, RegistrationState.WAITING]),
            Registration.ended_at.is_(None),
            Occurrence.ends_at > now,
        )
        .order_by(Registration.id)
    )
    for number in db.session.scalars(coming).all():
        registrations.cancel(number, by=person_id, now=now)


@transaction
def ask_erasure(student: Student, reason: str, *, now: datetime) -> ErasureRequest:
    """Ask the student's university to erase their data. Raises Conflict while one such request waits.

    The mail that confirms it tells all there is to know: once erased, a person has no address to write to.
    """
    calendar = workdays.calendar(student.university_id, around=campus_day(now))
    request = ErasureRequest(
        person_id=student.person_id,
        university_id=student.university_id,
        reason=reason.strip()[:300],
        state=RequestState.OPEN,
        answer="",
        asked_at=now,
        due_at=calendar.deadline(now, ANSWER_DAYS),
    )
    db.session.add(request)
    db.session.flush()
    audit.record("ask_erasure", request, by=student.person_id, university_id=student.university_id, now=now)
    messages.queue(
        "privacy/asked",
        [student.person_id],
        {"due": str(campus_day(request.due_at))},
        subject=request,
        university_id=student.university_id,
        now=now,
    )
    return request


@transaction
def withdraw_request(person_id: int, *, now: datetime) -> None:
    """Take the open request back. Raises AlreadyDecided if none waits."""
    there = queries.open_request(person_id)
    request = lock(ErasureRequest, there.id) if there else None
    _end(request, RequestState.WITHDRAWN, by=person_id, now=now)


@transaction
def decline(request_id: int, answer: str, *, by: int, now: datetime) -> None:
    """Say no, with the reason, e.g. a complaint that is still looked into. Raises ReasonMissing, AlreadyDecided."""
    if not answer.strip():
        raise ReasonMissing
    request = lock(ErasureRequest, request_id)
    _end(request, RequestState.DECLINED, by=by, now=now)
    request.answer, request.decided_by = answer.strip()[:300], by
    messages.queue(
        "privacy/declined",
        [request.person_id],
        {"answer": request.answer},
        subject=request,
        university_id=request.university_id,
        now=now,
    )


@transaction
def erase(request_id: int, *, by: int, now: datetime) -> None:
    """Erase the person: coming bookings end, wishes, stars and texts of messages go, the name is replaced.

    Attendance stays, without a name, for the figures that the law asks for. Raises AlreadyDecided, InsideNow,
    OtherRoles.
    """
    request = lock(ErasureRequest, request_id)
    person_id = request.person_id
    _end(request, RequestState.DONE, by=by, now=now)
    if queries.is_inside(person_id):
        raise InsideNow
    if any(grant.kind is not RoleKind.STUDENT for grant in people.grants(person_id, campus_day(now))):
        raise OtherRoles
    request.decided_by, request.reason = by, ""
    _cancel_coming(person_id, now)
    guidance.forget(person_id)
    protection.forget(person_id)
    priority.forget(person_id)
    calendars.revoke_link(person_id, now)
    messages.forget(person_id)
    students.forget(person_id)
    accounts.end_roles(person_id, RoleKind.STUDENT, today=campus_day(now))
    accounts.close_account(person_id, NAMELESS)


def _end(request: ErasureRequest | None, to: RequestState, *, by: int, now: datetime) -> None:
    state = move(request.state if request else RequestState.WITHDRAWN, to)
    if request is not None:
        request.state, request.ended_at = state, now
        audit.record(f"erasure_{to.value}", request, by=by, university_id=request.university_id, now=now)
