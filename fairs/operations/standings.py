"""Locking an employer out of a university, with what follows for its fairs (P4).

Its postings vanish from the university's pages by themselves: what is shown is derived from the standing.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.allocation import actions as allocation
from fairs.database import db, found, transaction
from fairs.employers import actions as employers
from fairs.employers.actions.sanctions import Bar
from fairs.employers.models import EmployerStanding, Sanction
from fairs.exhibitors.models import Exhibitor
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState

OVER = (EventState.CLOSED, EventState.REPORTED, EventState.CANCELLED)
"""Fairs whose places are history."""


def live_places(employer_id: int, university_id: int) -> list[Exhibitor]:
    """An employer's requests and places at fairs to come that the university leads."""
    chosen = (
        sa.select(Exhibitor)
        .join(Event, Event.id == Exhibitor.event_id)
        .where(
            Exhibitor.employer_id == employer_id,
            Exhibitor.ended_at.is_(None),
            Event.university_id == university_id,
            Event.state.not_in(OVER),
        )
        .options(joinedload(Exhibitor.event))
        .order_by(Exhibitor.id)
    )
    return list(db.session.scalars(chosen))


@transaction
def bar_employer(standing_id: int, bar: Bar, *, version: int, by: int, now: datetime) -> Sanction:
    """Suspend or blacklist an employer and take back its places at the university's fairs, all or nothing.

    Raises what ``employers.actions.impose`` raises.
    """
    standing = found(db.session.get(EmployerStanding, standing_id))
    places = [(one.id, one.version) for one in live_places(standing.employer_id, standing.university_id)]
    sanction = employers.impose(standing_id, bar, version=version, by=by, now=now)
    for number, seen in places:
        allocation.revoke_place(number, bar.reason, seen, by=by, now=now)
    return sanction
