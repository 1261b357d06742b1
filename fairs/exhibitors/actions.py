"""What changes an employer's place at a fair: request, edit, end, and the staff it sends.

Booths are given above this feature: fairs.allocation.actions.cancel_request ends a request and frees its booth.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.config import settings
from fairs.database import db, found, lock, locked, new_public_id, transaction
from fairs.employers import queries as employers
from fairs.employers import records
from fairs.employers.actions.sanctions import Occasion, strike
from fairs.employers.rules import EmployerKind
from fairs.errors import Conflict
from fairs.exhibitors import queries
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting, ExhibitorSchool, RepPass
from fairs.exhibitors.rules import (
    BREACHES,
    EXHIBITOR_LABELS,
    OVER,
    ExhibitorState,
    Needs,
    NotAdmissible,
    NotTakingPart,
    PostingMissing,
    WrongExhibitorState,
    check_editable,
    check_move,
    check_open,
    check_principals,
    check_reps,
)
from fairs.programmes.models import Event, Fair
from fairs.programmes.queries import fair_of, schools


@transaction
def request_place(
    event_id: int,
    employer_id: int,
    needs: Needs,
    majors: Sequence[str],
    posting_ids: Sequence[int],
    by: int,
    now: datetime,
    *,
    through: int | None = None,
    rep_ids: Sequence[int] = (),
) -> Exhibitor:
    """Ask for a place at a fair; ``majors`` are national codes, ``rep_ids`` staff of an earlier fair (E6, P10).

    ``through``: the university of a joint fair through which the employer comes (None: the lead), S17.
    Raises RequestsClosed, TooManyReps, NotAdmissible, Barred (P13), PostingMissing, AgencyForItself (S137),
    NotAuthorised, NotTakingPart, or Conflict if it has asked already.
    """
    event = _open_fair(event_id, employer_id, now)
    exhibitor = _asked(event_id, employer_id, needs, majors, by, now)
    db.session.add(exhibitor)
    db.session.flush()
    come_through(exhibitor, through)
    _bring(exhibitor, posting_ids, event.university_id, now)
    audit.record("request_place", exhibitor, by=by, university_id=event.university_id, now=now)
    for rep in queries.earlier_reps(rep_ids, employer_id):
        add_rep(exhibitor.id, rep.name, rep.phone, rep.plate, by=by, now=now)
    return exhibitor


def _asked(
    event_id: int, employer_id: int, needs: Needs, majors: Sequence[str], by: int, now: datetime
) -> Exhibitor:
    public_id = new_public_id()
    return Exhibitor(
        public_id=public_id,
        event_id=event_id,
        employer_id=employer_id,
        contact_id=by,
        state=ExhibitorState.REQUESTED,
        needs=needs.stored(),
        majors=sorted(set(majors)),
        uid=f"exhibitor-{public_id}@{urlsplit(settings().public_url).hostname or 'localhost'}",
        calendar_changed_at=now,
        requested_at=now,
    )


def _open_fair(event_id: int, employer_id: int, now: datetime) -> Event:
    """The fair, locked, if it takes requests and this employer's among them."""
    event = lock_fair(event_id).event
    check_open(event.state, found(fair_of(event_id)).requests_until, now)
    if not employers.is_verified(employer_id, event.university_id):
        raise NotAdmissible(school=event.university.named)
    records.check_may_ask(employer_id, event.university, now)
    return event


@transaction
def edit_request(
    exhibitor_id: int,
    needs: Needs,
    majors: Sequence[str],
    posting_ids: Sequence[int],
    version: int,
    by: int,
    now: datetime,
    *,
    through: int | None = None,
) -> Exhibitor:
    """Change a request that has no booth yet; its place in the line stays.

    Raises WrongExhibitorState once a booth is offered, PostingMissing, NotTakingPart, or Conflict if it changed.
    """
    lock_fair(found(db.session.get(Exhibitor, exhibitor_id)).event_id)
    exhibitor = lock(Exhibitor, exhibitor_id)
    if exhibitor.version != version:
        raise Conflict
    check_editable(exhibitor.state)
    exhibitor.needs, exhibitor.majors = needs.stored(), sorted(set(majors))
    come_through(exhibitor, through)
    university_id = exhibitor.event.university_id
    _bring(exhibitor, posting_ids, university_id, now)
    audit.record("edit_request", exhibitor, by=by, university_id=university_id, now=now)
    return exhibitor


def come_through(exhibitor: Exhibitor, university_id: int | None) -> None:
    """Write down through which university an employer comes; None is the lead (inside an action, S17).

    Raises NotTakingPart.
    """
    row = db.session.get(ExhibitorSchool, exhibitor.id)
    if university_id in {None, exhibitor.event.university_id}:
        if row is not None:
            db.session.delete(row)
        return
    if university_id not in {part.university_id for part in schools(exhibitor.event_id)}:
        raise NotTakingPart
    if row is None:
        db.session.add(ExhibitorSchool(exhibitor_id=exhibitor.id, university_id=university_id))
    else:
        row.university_id = university_id


def _bring(exhibitor: Exhibitor, posting_ids: Sequence[int], university_id: int, now: datetime) -> None:
    """Make the chosen postings, as published now, those of the exhibitor.

    Raises PostingMissing, AgencyForItself or NotAuthorised.
    """
    shown = queries.offered_postings(exhibitor.employer_id, university_id, now)
    chosen = [row for row in shown if row.posting_id in set(posting_ids)]
    wanted = {row.revision_id for row in chosen}
    if not wanted:
        raise PostingMissing
    _check_principals(exhibitor, {row.posting.hiring_employer_id for row in chosen}, now)
    old = list(
        db.session.scalars(sa.select(ExhibitorPosting).where(ExhibitorPosting.exhibitor_id == exhibitor.id))
    )
    for row in old:
        if row.posting_revision_id not in wanted:
            db.session.delete(row)
    for revision_id in sorted(wanted - {row.posting_revision_id for row in old}):
        db.session.add(ExhibitorPosting(exhibitor_id=exhibitor.id, posting_revision_id=revision_id))
    db.session.flush()


def _check_principals(exhibitor: Exhibitor, hiring: set[int], now: datetime) -> None:
    number = exhibitor.employer_id
    agency = employers.employer(number).kind is EmployerKind.HR_AGENCY
    check_principals(agency, number in hiring)
    if agency:
        for principal in sorted(hiring):
            records.check_acts_for(number, principal, now)


@transaction
def move_place(
    exhibitor_id: int, to: ExhibitorState, *, by: int | None, now: datetime, action: str, **detail: str
) -> Exhibitor:
    """Move a request along its state machine and write it down as ``action``. Raises WrongExhibitorState.

    An end frees the employer's one place at the fair (P10), a breach is noted as a strike (P12, P13), and calendars
    hear of every step. A booth that the exhibitor holds is not touched: that is fairs.allocation's part.
    """
    exhibitor = lock(Exhibitor, exhibitor_id)
    check_move(exhibitor.state, to)
    exhibitor.state = to
    exhibitor.ended_at = now if to in OVER else None
    mark_changed(exhibitor, now)
    audit.record(
        action, exhibitor, by=by, university_id=exhibitor.event.university_id, now=now, to=to, **detail
    )
    if to in BREACHES:
        _note_strike(exhibitor, to, by, now)
    return exhibitor


def _note_strike(exhibitor: Exhibitor, to: ExhibitorState, by: int | None, now: datetime) -> None:
    event = exhibitor.event
    # who cancels late strikes itself out: no officer decided it, so any may judge an appeal
    officer = by if to is ExhibitorState.NO_SHOW else None
    occasion = Occasion("exhibitor", exhibitor.id, event.title)
    strike(exhibitor.employer_id, event.university_id, BREACHES[to], occasion, by=officer, now=now)


@transaction
def set_priority(exhibitor_id: int, priority: int, version: int, by: int, now: datetime) -> Exhibitor:
    """Serve a request before those of lower ``priority`` in the next allocation (0 is usual; S91).

    Raises WrongExhibitorState once it has a booth, or Conflict if it changed since it was shown.
    """
    lock_fair(found(db.session.get(Exhibitor, exhibitor_id)).event_id)
    exhibitor = lock(Exhibitor, exhibitor_id)
    if exhibitor.version != version:
        raise Conflict
    check_editable(exhibitor.state)
    exhibitor.priority = priority
    university_id = exhibitor.event.university_id
    audit.record("set_priority", exhibitor, by=by, university_id=university_id, now=now, priority=priority)
    return exhibitor


def mark_changed(exhibitor: Exhibitor, now: datetime) -> None:
    """Tell calendars that the entry of this place changed (booth, state or time); inside an action."""
    exhibitor.sequence += 1
    exhibitor.calendar_changed_at = now


@transaction
def mark_event_changed(event_id: int, now: datetime) -> int:
    """Tell the calendars of all who have a live place that the fair's time or hall changed; how many."""
    lock_fair(event_id)
    rows = queries.exhibitors_of(event_id)
    for exhibitor in rows:
        mark_changed(exhibitor, now)
    return len(rows)


@transaction
def add_rep(
    exhibitor_id: int, name: str, phone: str | None, plate: str, *, by: int, now: datetime
) -> RepPass:
    """Name one more of the staff, with a six-digit code for reporting in on the day (P27).

    Raises TooManyReps, or WrongExhibitorState when the place is over.
    """
    exhibitor = lock(Exhibitor, exhibitor_id)
    if exhibitor.state in OVER:
        raise WrongExhibitorState(state=EXHIBITOR_LABELS[exhibitor.state])
    check_reps(len(queries.reps(exhibitor_id)), found(fair_of(exhibitor.event_id)).max_reps)
    rep = RepPass(
        exhibitor_id=exhibitor_id,
        name=name.strip(),
        phone=(phone or "").strip() or None,
        plate=plate.replace(" ", "").upper(),
        checkin_code=_free_code(exhibitor_id),
    )
    db.session.add(rep)
    university_id = exhibitor.event.university_id
    audit.record("add_rep", exhibitor, by=by, university_id=university_id, now=now)
    return rep


@transaction
def end_rep(rep_id: int, *, by: int, now: datetime) -> None:
    """Take a name off the staff: its code is no longer good, its place is free again. Twice is once."""
    exhibitor_id = found(db.session.get(RepPass, rep_id)).exhibitor_id
    exhibitor = lock(Exhibitor, exhibitor_id)
    rep = lock(RepPass, rep_id)
    if rep.ended_at is None:
        rep.ended_at = now
        audit.record("end_rep", exhibitor, by=by, university_id=exhibitor.event.university_id, now=now)


def _free_code(exhibitor_id: int) -> str:
    used = set(
        db.session.scalars(sa.select(RepPass.checkin_code).where(RepPass.exhibitor_id == exhibitor_id))
    )
    while (code := f"{secrets.randbelow(1_000_000):06d}") in used:
        pass
    return code


def lock_fair(event_id: int) -> Fair:
    """The fair, locked until the transaction ends: whoever changes its places or booths waits in line.

    Raises NotFound for an event without booths.
    """
    fair = locked(sa.select(Fair).where(Fair.event_id == event_id))
    db.session.refresh(found(db.session.get(Event, event_id)))
    return fair
