"""One booth at a time: offered, moved or locked by hand, confirmed, declined, lapsed, released."""

from datetime import datetime

from fairs.allocation import holding, queries, quotas
from fairs.allocation.models import BoothAssignment
from fairs.allocation.rules import (
    PLACED_LABELS,
    BoothOfferState,
    BoothUnknown,
    PlacedBecause,
    has_lapsed,
)
from fairs.allocation.rules import confirm as confirmed
from fairs.clock import campus
from fairs.database import db, found, lock, transaction
from fairs.employers.rules import ReasonMissing
from fairs.errors import Conflict
from fairs.exhibitors import actions as exhibitors
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState, cancelled_state, check_held_no_longer
from fairs.programmes.models import Fair
from fairs.venues.models import PlanBooth

_B, _X = BoothOfferState, ExhibitorState
BY_HAND = PLACED_LABELS[PlacedBecause.LOCKED]


def _fair_and_exhibitor(exhibitor_id: int, version: int | None = None) -> tuple[Fair, Exhibitor]:
    """Both rows, locked; Conflict if the exhibitor is no longer the ``version`` that was shown."""
    fair = exhibitors.lock_fair(found(db.session.get(Exhibitor, exhibitor_id)).event_id)
    exhibitor = lock(Exhibitor, exhibitor_id)
    if version is not None and exhibitor.version != version:
        raise Conflict
    return fair, exhibitor


def _fair_and_assignment(assignment_id: int, version: int | None = None) -> tuple[Fair, BoothAssignment]:
    fair = exhibitors.lock_fair(found(db.session.get(BoothAssignment, assignment_id)).event_id)
    assignment = lock(BoothAssignment, assignment_id)
    lock(Exhibitor, assignment.exhibitor_id)
    if version is not None and assignment.version != version:
        raise Conflict
    return fair, assignment


@transaction
def offer_by_hand(
    exhibitor_id: int, booth_key: str, version: int, *, by: int, now: datetime
) -> BoothAssignment:
    """An officer offers a free booth; it is locked, so that no later run moves it (O6, D6).

    Raises AlreadyTaken, BoothUnknown, WrongEventState, WrongExhibitorState, or Conflict if the request
    changed since it was shown.
    """
    fair, exhibitor = _fair_and_exhibitor(exhibitor_id)
    holding.check_placeable(fair)
    booth = holding.free_booth(fair.event_id, booth_key)
    if exhibitor.version != version:
        raise Conflict
    quotas.check(exhibitor)
    return holding.offer(exhibitor, booth, fair, reason=BY_HAND, locked=True, by=by, now=now)


@transaction
def lock_assignment(
    assignment_id: int, locked: bool, version: int, *, by: int, now: datetime
) -> BoothAssignment:
    """Keep an exhibitor at its booth in later runs, or no longer. Raises Conflict."""
    _fair, assignment = _fair_and_assignment(assignment_id, version)
    assignment.locked = locked
    action = "lock_booth" if locked else "unlock_booth"
    holding.note(action, assignment.exhibitor, by=by, now=now, number=_number(assignment))
    return assignment


def _number(assignment: BoothAssignment) -> str:
    booth = queries.booths(assignment.event_id).get(assignment.booth_key)
    return booth.number if booth else assignment.booth_key


@transaction
def move_assignment(
    assignment_id: int, booth_key: str, version: int, *, by: int, now: datetime
) -> BoothAssignment:
    """Give an exhibitor another booth; whoever holds that one takes the booth that becomes free.

    What was confirmed stays confirmed, and an offer keeps its deadline. Raises BoothUnknown, WrongOfferState
    (the hold has ended), WrongEventState, or Conflict.
    """
    fair, assignment = _fair_and_assignment(assignment_id, version)
    holding.check_placeable(fair)
    booths = queries.booths(fair.event_id)
    if booth_key not in booths or assignment.booth_key not in booths:
        raise BoothUnknown
    if booth_key == assignment.booth_key:
        return assignment
    other = next((row for row in queries.assignments(fair.event_id) if row.booth_key == booth_key), None)
    kept = [(assignment, assignment.state)] + ([(other, other.state)] if other else [])
    for row, _state in kept:
        holding.vacate(row, _B.RELEASED, now)
    if other:
        _settle(other, kept[1][1], booths[assignment.booth_key], by=by, now=now)
    return _settle(assignment, kept[0][1], booths[booth_key], by=by, now=now)


def _settle(
    old: BoothAssignment, state: BoothOfferState, booth: PlanBooth, *, by: int, now: datetime
) -> BoothAssignment:
    row = holding.give(
        old.exhibitor,
        booth,
        state=state,
        expires_at=old.expires_at,
        reason=BY_HAND,
        locked=True,
        now=now,
    )
    exhibitors.mark_changed(old.exhibitor, now)
    holding.note("move_booth", old.exhibitor, by=by, now=now, number=booth.number)
    until = row.expires_at.isoformat() if row.expires_at and state is _B.OFFERED else None
    holding.tell("allocation/moved", old.exhibitor, now, number=booth.number, until=until)
    return row


@transaction
def confirm(assignment_id: int, *, by: int, now: datetime) -> BoothAssignment:
    """The employer says yes (E7); saying it twice is once. Raises OfferExpired, WrongOfferState, WrongEventState."""
    fair, assignment = _fair_and_assignment(assignment_id)
    holding.check_placeable(fair)
    before, assignment.state = (
        assignment.state,
        confirmed(assignment.state, assignment.expires_at, now),
    )
    if before is not assignment.state:
        number = _number(assignment)
        exhibitors.move_place(
            assignment.exhibitor_id, _X.CONFIRMED, by=by, now=now, action="confirm_booth", number=number
        )
        holding.tell("allocation/confirmed", assignment.exhibitor, now, number=number)
    return assignment


@transaction
def decline(assignment_id: int, *, by: int, now: datetime) -> None:
    """The employer does not take the offer; the booth goes to the next in line. Raises WrongOfferState."""
    fair, assignment = _fair_and_assignment(assignment_id)
    holding.vacate(assignment, _B.DECLINED, now)
    exhibitors.move_place(assignment.exhibitor_id, _X.DECLINED, by=by, now=now, action="decline_booth")
    holding.pass_on(fair, assignment.booth_key, now)


def lapse_offers(now: datetime) -> int:
    """End the offers that were not answered in time, each with its own commit; how many ended.

    The employer is told, and the booth is offered to the first on the waiting list whom it fits.
    """
    return sum(_lapse(assignment_id, now) for assignment_id in queries.expired(now))


@transaction
def _lapse(assignment_id: int, now: datetime) -> bool:
    fair, assignment = _fair_and_assignment(assignment_id)
    if not has_lapsed(assignment.state, assignment.expires_at, now):
        return False
    number = _number(assignment)
    holding.vacate(assignment, _B.LAPSED, now)
    exhibitors.move_place(
        assignment.exhibitor_id, _X.LAPSED, by=None, now=now, action="lapse_booth", number=number
    )
    holding.tell("allocation/lapsed", assignment.exhibitor, now, number=number)
    holding.pass_on(fair, assignment.booth_key, now)
    return True


@transaction
def rejoin(exhibitor_id: int, *, by: int, now: datetime) -> Exhibitor:
    """Whoever let an offer lapse waits again, at its old place in the line. Raises WrongExhibitorState."""
    fair, exhibitor = _fair_and_exhibitor(exhibitor_id)
    holding.check_placeable(fair)
    return exhibitors.move_place(exhibitor.id, _X.WAITLISTED, by=by, now=now, action="rejoin_line")


@transaction
def cancel_request(exhibitor_id: int, reason: str, *, by: int, now: datetime) -> ExhibitorState:
    """The employer does not come; how that counts (P12). Its booth goes to the next in line.

    Raises WrongExhibitorState.
    """
    fair, exhibitor = _fair_and_exhibitor(exhibitor_id)
    to = cancelled_state(exhibitor.state, fair.free_cancel_until, now)
    _end(fair, exhibitor, to, _B.RELEASED, reason=reason, by=by, now=now)
    return to


@transaction
def revoke_place(exhibitor_id: int, reason: str, version: int, *, by: int, now: datetime) -> None:
    """The office takes a request or a place back. Raises ReasonMissing, WrongExhibitorState, Conflict."""
    if not reason.strip():
        raise ReasonMissing
    fair, exhibitor = _fair_and_exhibitor(exhibitor_id, version)
    _end(fair, exhibitor, _X.REVOKED, _B.REVOKED, reason=reason, by=by, now=now)


def _end(
    fair: Fair,
    exhibitor: Exhibitor,
    to: ExhibitorState,
    booth_to: BoothOfferState,
    *,
    reason: str,
    by: int,
    now: datetime,
) -> None:
    assignment = queries.assignment_of(exhibitor.id)
    action = "revoke_place" if to is _X.REVOKED else "cancel_request"
    if assignment:
        holding.vacate(assignment, booth_to, now)
    exhibitors.move_place(exhibitor.id, to, by=by, now=now, action=action, reason=reason.strip()[:300])
    holding.tell("allocation/cancelled", exhibitor, now, reason=reason.strip(), state=to)
    if assignment:
        holding.pass_on(fair, assignment.booth_key, now)


@transaction
def release(
    assignment_id: int,
    reason: str,
    version: int,
    *,
    by: int,
    now: datetime,
    to: ExhibitorState = ExhibitorState.WAITLISTED,
) -> None:
    """Take the booth back without giving it on: the employer waits again, or ends as ``to`` (P11: no-show).

    Raises ReasonMissing, StillHeld, WrongOfferState, WrongExhibitorState, Conflict.
    """
    if not reason.strip():
        raise ReasonMissing
    fair, assignment = _fair_and_assignment(assignment_id, version)
    if to is _X.NO_SHOW:
        spoken = f"{campus(fair.hold_until):%Y-%m-%d %H:%M}" if fair.hold_until else ""
        check_held_no_longer(fair.hold_until, now, spoken)
    holding.vacate(assignment, _B.RELEASED, now)
    exhibitors.move_place(
        assignment.exhibitor_id, to, by=by, now=now, action="release_booth", reason=reason.strip()[:300]
    )
    if to is _X.WAITLISTED:
        holding.tell("allocation/waitlisted", assignment.exhibitor, now, reason=reason.strip())
