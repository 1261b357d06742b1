"""What waits at the desks beside vetting and booths: rights, roles, figures, other universities."""

from datetime import datetime, time

import sqlalchemy as sa

from fairs.accounts.rules import OFFICE, Viewer
from fairs.administration import queries as administration
from fairs.clock import at_campus, campus_day
from fairs.database import db
from fairs.docking import queries as docking
from fairs.home.events import few, one_by_one, others
from fairs.home.rules import LABELS, Waiting
from fairs.institutions.models import University
from fairs.joint import queries as joint
from fairs.livestreams import queries as live
from fairs.outcomes.queries import unconfirmed
from fairs.privacy.models import ErasureRequest
from fairs.privacy.rules import RequestState
from fairs.programmes.rules import EventKind


def erasures(school: University) -> list[Waiting]:
    """Students who ask that their data be deleted."""
    asked = sa.select(sa.func.count(), sa.func.min(ErasureRequest.due_at)).where(
        ErasureRequest.university_id == school.id, ErasureRequest.state == RequestState.OPEN
    )
    count, due_at = db.session.execute(asked).one()
    here = {"school": school.slug}
    return [
        Waiting(label=LABELS["erasures"], count=count, due_at=due_at, endpoint="privacy.office", values=here)
    ]


def roles(school: University, now: datetime) -> list[Waiting]:
    """Roles that end soon, to be prolonged or handed over."""
    count, first = administration.ending_soon(school.id, campus_day(now))
    due_at = at_campus(first, time(23, 59)) if first else None
    values = {"school": school.slug, "state": "soon"}
    return [
        Waiting(
            label=LABELS["roles"], count=count, due_at=due_at, endpoint="administration.people", values=values
        )
    ]


def docking_asked(viewer: Viewer, school: University, now: datetime) -> list[Waiting]:
    """Meetings that employers asked for: of all departments for officers, else of one's own (S94)."""
    own = None if viewer.has(OFFICE, school.id) else sorted(viewer.departments(school.id))
    rows, total = few(docking.waiting(school.id, own, now))
    lines = [
        Waiting(
            label=LABELS["docking"],
            count=count,
            due_at=first,
            note=event.title,
            endpoint="docking.tables",
            values={"school": school.slug, "event": event.public_id},
        )
        for event, first, count in rows
    ]
    filters = {"school": school.slug, "kind": EventKind.DOCKING_MEETING.value}
    return [*lines, *others("docking", total - len(lines), lines, "programmes.office_events", filters)]


def streams(viewer: Viewer, school: University, now: datetime) -> list[Waiting]:
    """Live streams to be announced or noted as held: of all events for officers, else of one's departments."""
    own = None if viewer.has(OFFICE, school.id) else sorted(viewer.departments(school.id))
    rows = few(live.to_settle(school.id, own, now))
    return one_by_one(
        school, "live", *rows, endpoint="livestreams.sessions", listed="programmes.office_events"
    )


def closings(viewer: Viewer, school: University) -> list[Waiting]:
    """Events that are over and whose figures wait to be confirmed, the first due first."""
    rows = few(unconfirmed(school.id, viewer))
    return one_by_one(school, "closings", *rows, endpoint="outcomes.closing", listed="outcomes.closings")


def invitations(school: University, now: datetime) -> list[Waiting]:
    """Joint fairs of other universities to which no answer was given."""
    rows = few(joint.waiting_invitations(school.id, now))
    return one_by_one(school, "joint", *rows, endpoint="joint.fair", listed="joint.mine")
