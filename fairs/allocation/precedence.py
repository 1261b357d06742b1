"""Who is served first at a fair: what an officer has preferred, then firms with a certificate in force (S93)."""

from collections.abc import Callable

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db
from fairs.employers.listed import bearers
from fairs.employers.marks import TagKind
from fairs.exhibitors.models import Exhibitor
from fairs.institutions import duties
from fairs.programmes.models import Event
from fairs.programmes.queries import occurrences


def precedence(event_id: int) -> Callable[[Exhibitor], int]:
    """How each request of a fair ranks: an officer's word counts more than a certificate, that more than nothing.

    A certificate (专精特新) counts if the lead university has noted it and it is in force on the fair's first day,
    unless the university has switched this off (the duty ``specialised_first``).
    """
    certified = _certified(event_id)
    return lambda row: 2 * row.priority + (row.employer_id in certified)


def _certified(event_id: int) -> frozenset[int]:
    event = db.session.get_one(Event, event_id)
    if duties.chosen(event.university.settings, "specialised_first") == "no":
        return frozenset()
    first = campus_day(occurrences(event_id)[0].starts_at)
    there = bearers(TagKind.SPECIALISED_SME, event.university_id, first).subquery()
    return frozenset(db.session.scalars(sa.select(there.c.employer_id)))
