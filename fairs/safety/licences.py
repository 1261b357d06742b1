"""The licence of a large event through its states; the gate before opening follows it (P18, P19, P21)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.errors import Conflict
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.programmes import permits
from fairs.programmes import queries as events
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.models import Event, GateApproval
from fairs.programmes.rules import check_words_open
from fairs.programmes.terms import Arrangement
from fairs.safety import licensed, notices
from fairs.safety.licensing import (
    GATE_OF,
    AnswerFirst,
    DateAhead,
    LicencePaperMissing,
    LicenceState,
    Need,
    after_cancellation,
    after_refusal,
    check_application,
    check_change_open,
    check_licence_move,
    check_with_police,
)
from fairs.safety.models import Licence, LicenceAnswer

S = LicenceState


def _move(licence: Licence, to: LicenceState, now: datetime, *, by: int | None, **detail: Any) -> None:
    """The only way a licence changes its state: the rule, the gate, the trail."""
    check_licence_move(licence.state, to)
    licence.state, licence.changed_at = to, now
    _follow(licence, by, now)
    event = licence.event
    audit.record(
        "move_licence", licence, by=by, university_id=event.university_id, now=now, state=to.value, **detail
    )


def _follow(licence: Licence, by: int | None, now: datetime) -> None:
    """Let the gate say what the licence says."""
    state = GATE_OF[licence.state]
    row = events.gates(licence.event_id).get(Gate.LICENCE)
    if row is None:
        row = GateApproval(event_id=licence.event_id, gate=Gate.LICENCE)
        db.session.add(row)
    row.state, row.note = state, licence.number or licence.reason
    row.terms = licence.terms if state is GateState.GRANTED else None
    if state in {GateState.GRANTED, GateState.REFUSED, GateState.NOT_NEEDED}:
        row.signed_by, row.signed_at = by, now
    db.session.flush()


def evaluate(event: Event, *, now: datetime) -> Licence | None:
    """Let the licence task appear, or go, by what is known now (inside an action, the event locked; P18).

    Who has to act is told when it appears. A licence that the police have, or granted, stays as it is.
    """
    need, licence = licensed.need(event), licensed.licence_of(event.id)
    if need is Need.NONE:
        if licence is not None and licence.state is S.DRAFTING:
            _move(licence, S.NOT_NEEDED, now, by=None)
        elif licence is not None:
            _follow(licence, None, now)
        return licence
    if licence is None:
        licence = Licence(event_id=event.id, university_id=event.university_id, changed_at=now)
        licence.event, licence.state = event, S.DRAFTING
        db.session.add(licence)
        db.session.flush()
        _appeared(licence, need, now)
    elif licence.state in {S.NOT_NEEDED, S.SURRENDERED}:
        licence.number, licence.terms, licence.wanted = "", None, None
        _move(licence, S.DRAFTING, now, by=None)
        _appeared(licence, need, now)
    _follow(licence, None, now)
    return licence


def _appeared(licence: Licence, need: Need, now: datetime) -> None:
    event = licence.event
    audit.record(
        "licence_needed", licence, by=None, university_id=event.university_id, now=now, need=need.value
    )
    people = sorted({*notices.officers(event, now), *notices.guards(event, now)})
    persons = licensed.scale_of(event).persons
    notices.tell("safety/licence_needed", people, event, now=now, persons=persons, ask=need is Need.ASK)


@transaction
def re_evaluate(event_id: int, now: datetime) -> Licence | None:
    """Look again whether an event needs a licence, e.g. after bookings came in (see ``evaluate``)."""
    return evaluate(lock(Event, event_id), now=now)


def _held(event_id: int, version: int) -> tuple[Event, Licence]:
    event = lock(Event, event_id)
    check_words_open(event.state)
    licence = found(licensed.licence_of(event_id))
    if licence.version != version:
        raise Conflict
    return event, licence


@transaction
def assess(
    event_id: int, counts: bool, answered_by: str, answered_on: date, note: str, *, by: int, now: datetime
) -> LicenceAnswer:
    """Record who said whether the event counts as a large public one, when and why (P18). Raises DateAhead."""
    event = lock(Event, event_id)
    if answered_on > campus_day(now):
        raise DateAhead
    row = LicenceAnswer(
        event_id=event.id,
        counts=counts,
        answered_by=answered_by.strip(),
        answered_on=answered_on,
        note=note.strip(),
        recorded_by=by,
        recorded_at=now,
    )
    db.session.add(row)
    audit.record("assess_licence", event, by=by, university_id=event.university_id, now=now, counts=counts)
    db.session.flush()
    licence = evaluate(event, now=now)
    if not counts and licence is not None and licence.state in {S.SUBMITTED, S.ACCEPTED, S.REFUSED}:
        _move(licence, S.NOT_NEEDED, now, by=by)
    permits.approve_if_answered(event, now)
    notices.tell(
        "safety/licence_assessed", notices.officers(event, now), event, now=now, counts=counts, note=row.note
    )
    return row


@transaction
def apply(
    event_id: int, authority: str, applied_on: date, *, version: int, by: int, now: datetime
) -> Licence:
    """Record that the application was handed in to the police.

    Raises AnswerFirst, AppliedTooLate less than 20 days before (P19), DateAhead, WrongLicenceState, Conflict.
    A change of a granted licence is handed in the same way, without the 20 days.
    """
    event, licence = _held(event_id, version)
    today = campus_day(now)
    if licence.state is S.CHANGED:
        if applied_on > today:
            raise DateAhead
        to = S.RESUBMITTED
    else:
        if licensed.need(event) is Need.ASK:
            raise AnswerFirst
        check_application(applied_on, licensed.first_day(event), today)
        licence.wanted = permits.arrangement(event_id).as_json()
        to = S.SUBMITTED
    licence.authority, licence.submitted_on = authority.strip(), applied_on
    licence.accepted_on = licence.decided_on = None
    licence.reason = ""
    _move(licence, to, now, by=by, authority=licence.authority)
    return licence


@transaction
def accept(event_id: int, accepted_on: date, *, version: int, by: int, now: datetime) -> Licence:
    """Record that the police took the application on; they decide within seven days (P19)."""
    _, licence = _held(event_id, version)
    if accepted_on > campus_day(now):
        raise DateAhead
    licence.accepted_on = accepted_on
    _move(licence, S.ACCEPTED, now, by=by)
    return licence


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A licence as it came: number, day, and the scanned paper if there is one."""

    number: str
    decided_on: date
    upload: tuple[bytes, str] | None = None


@transaction
def grant(event_id: int, paper: Paper, *, version: int, by: int, now: datetime) -> Licence:
    """Record a granted licence: it holds for what was applied for (P21). Raises LicencePaperMissing, FileRefused."""
    event, licence = _held(event_id, version)
    if not paper.number.strip():
        raise LicencePaperMissing
    if paper.decided_on > campus_day(now):
        raise DateAhead
    if paper.upload:
        content, name = paper.upload
        kept = files.keep(content, name, FilePurpose.PLAN, by=by, university_id=event.university_id, now=now)
        licence.file_id = kept.id
    check_with_police(licence.state)
    licence.number, licence.decided_on = paper.number.strip(), paper.decided_on
    licence.terms, licence.wanted = licence.wanted, None
    _move(licence, S.GRANTED, now, by=by, number=licence.number)
    permits.approve_if_answered(event, now)
    notices.tell("safety/licence_granted", _staff(event, now), event, now=now, number=licence.number)
    return licence


@transaction
def refuse(event_id: int, reason: str, decided_on: date, *, version: int, by: int, now: datetime) -> Licence:
    """Record that the police said no; a refused change leaves the licence as it was."""
    event, licence = _held(event_id, version)
    if decided_on > campus_day(now):
        raise DateAhead
    licence.reason, licence.decided_on, licence.wanted = reason.strip(), decided_on, None
    _move(licence, after_refusal(licence.state), now, by=by)
    notices.tell("safety/licence_refused", _staff(event, now), event, now=now, reason=licence.reason)
    return licence


@transaction
def ask_change(
    event_id: int, wanted: Arrangement, reason: str, *, version: int, by: int, now: datetime
) -> Licence:
    """Prepare a change of a granted licence: nothing may move before it is permitted (P21)."""
    _, licence = _held(event_id, version)
    licence.wanted, licence.reason = wanted.as_json(), reason.strip()
    _move(licence, S.CHANGED, now, by=by)
    return licence


@transaction
def drop_change(event_id: int, *, version: int, by: int, now: datetime) -> Licence:
    """Think better of a change that was not handed in yet."""
    _, licence = _held(event_id, version)
    check_change_open(licence.state)
    licence.wanted, licence.reason = None, ""
    _move(licence, S.GRANTED, now, by=by)
    return licence


def surrender(event: Event, *, by: int, now: datetime) -> None:
    """The event is called off: a granted licence is given back, an application withdrawn (P21; inside an action)."""
    licence = licensed.licence_of(event.id)
    if licence is not None and (to := after_cancellation(licence.state)) is not None:
        _move(licence, to, now, by=by)


def _staff(event: Event, now: datetime) -> list[int]:
    return sorted({*notices.officers(event, now), *notices.guards(event, now)})
