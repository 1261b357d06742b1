"""What nobody clicks: licences that become necessary, filings and dates that come near (jobs; P18, P19, P23)."""

from collections import Counter
from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db, transaction
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import WITH_BOOTHS, EventState
from fairs.safety import desk, licences, notices, queries
from fairs.safety.licensed import licence_of, need, timeline
from fairs.safety.licensing import LicenceState, Need, Step

AHEAD = timedelta(days=60)
"""Events that begin later than this need no look yet."""

WATCHED = frozenset(
    {
        EventState.PLANNED,
        EventState.SAFETY_REVIEW,
        EventState.RETURNED,
        EventState.APPROVED,
        EventState.OPEN,
        EventState.LOCKED,
    }
)
"""States in which an event is prepared or takes bookings."""


def look(now: datetime) -> Counter[str]:
    """Look at every coming event and fair that is over; what was found, by kind.

    Safe to run twice, or late: what is due is computed from rows, and each message is queued once.
    """
    counts: Counter[str] = Counter()
    for number in _near(now):
        counts["licences"] += _look_at_licence(number, now)
        counts["dates"] += _look_at_dates(number, now)
    for school in institutions.universities():
        counts["filings"] += _remind_of_filings(school.id, now)
    return +counts


def _near(now: datetime) -> list[int]:
    chosen = (
        sa.select(Event.id)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(
            Event.state.in_(WATCHED),
            Event.kind.in_(WITH_BOOTHS),
            Occurrence.starts_at > now,
            Occurrence.starts_at < now + AHEAD,
        )
        .distinct()
        .order_by(Event.id)
    )
    return list(db.session.scalars(chosen.limit(2000)))


def _look_at_licence(number: int, now: datetime) -> int:
    """Read first, write only where something is new: most events never need one."""
    event, licence = db.session.get_one(Event, number), licence_of(number)
    wanted = need(event) is not Need.NONE
    is_open = licence is not None and licence.state is not LicenceState.NOT_NEEDED
    is_draft = licence is not None and licence.state is LicenceState.DRAFTING
    if wanted == is_open or (is_open and not is_draft):
        return 0
    licences.re_evaluate(number, now)
    return 1


@transaction
def _look_at_dates(number: int, now: datetime) -> int:
    event, today = db.session.get_one(Event, number), campus_day(now)
    new = 0
    for milestone in timeline(event, today, with_plan=queries.needs_plan(event)):
        if milestone.is_done or milestone.step is Step.DECISION or today < milestone.on - timedelta(days=3):
            continue
        people = sorted({*notices.officers(event, now), *_responsible(event)})
        before = f"{milestone.step}:{event.public_id}:{milestone.on.isoformat()}"
        notices.tell(
            "safety/date_near",
            people,
            event,
            now=now,
            dedupe=f"safety:{before}",
            step=milestone.step.value,
            on=milestone.on.isoformat(),
            last=milestone.last.isoformat(),
            hard=milestone.is_hard,
        )
        new += 1
    return new


def _responsible(event: Event) -> list[int]:
    """The responsible persons who can be reached: they get what is late (S130)."""
    return [row.person_id for row in queries.responsible(event).values() if row.person_id]


@transaction
def _remind_of_filings(university_id: int, now: datetime) -> int:
    school = db.session.get_one(University, university_id)
    due = desk.waiting_filings(school, now)
    for one in due:
        notices.tell(
            "safety/filing_due",
            notices.officers(one.event, now),
            one.event,
            now=now,
            dedupe=f"filing:{one.key}:{one.event.public_id}:{one.on.isoformat()}",
            duty=dict(one.words),
            on=one.on.isoformat(),
        )
    return len(due)
