"""Giving and ending the hold on a booth: what the actions of this feature are made of.

Each function runs inside an action that has locked the fair (fairs.exhibitors.actions.lock_fair), so that
nobody else gives or takes a booth of this fair meanwhile; the database's unique indexes stand behind it.
"""

from datetime import datetime
from typing import Any

from fairs.allocation import queries, quotas
from fairs.allocation.line import BEFORE, PLACEABLE, next_in_line, offer_deadline
from fairs.allocation.models import BoothAssignment
from fairs.allocation.precedence import precedence
from fairs.allocation.rules import (
    PLACED_LABELS,
    AlreadyTaken,
    BoothOfferState,
    BoothUnknown,
    PlacedBecause,
    move,
)
from fairs.audit import actions as audit
from fairs.database import db
from fairs.employers import queries as employers
from fairs.exhibitors import actions as exhibitors
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.queries import waiting
from fairs.exhibitors.rules import ExhibitorState
from fairs.messages import actions as messages
from fairs.programmes import queries as programmes
from fairs.programmes.models import Fair
from fairs.programmes.rules import EVENT_STATE_LABELS, WrongEventState
from fairs.venues.models import PlanBooth


def check_placeable(fair: Fair) -> None:
    """Raises WrongEventState unless booths of the fair can be given and answered now."""
    if fair.event.state not in PLACEABLE:
        raise WrongEventState(state=EVENT_STATE_LABELS[fair.event.state])


def free_booth(event_id: int, booth_key: str) -> PlanBooth:
    """The booth of the current plan, if nobody holds it. Raises BoothUnknown, AlreadyTaken."""
    booth = queries.booths(event_id).get(booth_key)
    if booth is None:
        raise BoothUnknown
    if any(row.booth_key == booth_key for row in queries.assignments(event_id)):
        raise AlreadyTaken(number=booth.number)
    return booth


def give(
    exhibitor: Exhibitor,
    booth: PlanBooth,
    *,
    state: BoothOfferState,
    expires_at: datetime | None,
    reason: str,
    locked: bool,
    now: datetime,
) -> BoothAssignment:
    """Let the exhibitor hold the booth; the database refuses a second holder and a second booth."""
    row = BoothAssignment(
        event_id=exhibitor.event_id,
        exhibitor_id=exhibitor.id,
        booth_key=booth.booth_key,
        plan_id=booth.plan_id,
        state=state,
        locked=locked,
        reason=reason[:300],
        offered_at=now,
        expires_at=expires_at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def offer(
    exhibitor: Exhibitor,
    booth: PlanBooth,
    fair: Fair,
    *,
    reason: str,
    locked: bool = False,
    by: int | None,
    now: datetime,
) -> BoothAssignment:
    """Offer the booth, tell the employer why and until when (E7). Raises WrongExhibitorState."""
    starts_at = programmes.occurrences(fair.event_id)[0].starts_at
    expires_at = offer_deadline(fair.offer_hours, starts_at, now)
    row = give(
        exhibitor,
        booth,
        state=BoothOfferState.OFFERED,
        expires_at=expires_at,
        reason=reason,
        locked=locked,
        now=now,
    )
    if exhibitor.state is not ExhibitorState.ALLOCATED:
        exhibitors.move_place(
            exhibitor.id,
            ExhibitorState.ALLOCATED,
            by=by,
            now=now,
            action="offer_booth",
            number=booth.number,
            reason=reason,
        )
    else:
        exhibitors.mark_changed(exhibitor, now)
        note("move_booth", exhibitor, by=by, now=now, number=booth.number, reason=reason)
    until = expires_at.isoformat() if expires_at else None
    tell("allocation/offer", exhibitor, now, number=booth.number, reason=reason, until=until)
    return row


def vacate(assignment: BoothAssignment, to: BoothOfferState, now: datetime) -> None:
    """End the hold; the booth is free at once. Raises WrongOfferState."""
    assignment.state = move(assignment.state, to)
    assignment.ended_at = now
    db.session.flush()


def pass_on(fair: Fair, booth_key: str, now: datetime) -> BoothAssignment | None:
    """Offer a freed booth to the first on the waiting list whom it fits; None if there is nobody."""
    booth = queries.booths(fair.event_id).get(booth_key)
    if booth is None or fair.event.state not in BEFORE:
        return None
    line = [row for row in waiting(fair.event_id) if row.state is ExhibitorState.WAITLISTED]
    servable = set(quotas.servable(fair.event_id, line))
    line = [row for row in line if row.id in servable]
    kinds, rank = queries.zone_kinds(fair.event_id), precedence(fair.event_id)
    wishes = [queries.wish_of(row, kinds, order, priority=rank(row)) for order, row in enumerate(line)]
    option = next(each for each in queries.options(fair.event_id) if each.key == booth_key)
    chosen = next_in_line(option, wishes)
    if chosen is None:
        return None
    exhibitor = next(row for row in line if row.id == chosen.exhibitor_id)
    return offer(exhibitor, booth, fair, reason=PLACED_LABELS[PlacedBecause.IN_LINE], by=None, now=now)


def note(action: str, exhibitor: Exhibitor, *, by: int | None, now: datetime, **detail: Any) -> None:
    """Write down what was done to an exhibitor's booth."""
    university_id = exhibitor.event.university_id
    audit.record(action, exhibitor, by=by, university_id=university_id, now=now, **detail)


def tell(kind: str, exhibitor: Exhibitor, now: datetime, **params: Any) -> None:
    """Queue a message to the employer's contacts, with the fair's time and place."""
    event = exhibitor.event
    first = programmes.occurrences(event.id)[0]
    facts = {
        "title": event.title,
        "host": event.university.name,
        "starts_at": first.starts_at.isoformat(),
        "place": first.where,
        "firm": exhibitor.employer.legal_name,
        "employer": exhibitor.employer.public_id,
        "slug": event.university.slug,
        "event": event.public_id,
    }
    messages.queue(
        kind,
        employers.contact_people(exhibitor.employer_id),
        facts | params,
        subject=exhibitor,
        university_id=event.university_id,
        now=now,
    )
