"""What is done by itself after an event: its closing begins, both sides are asked, the organisers reminded."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.accounts import queries as accounts
from fairs.accounts.rules import RoleKind
from fairs.clock import campus_day
from fairs.database import db, lock, transaction
from fairs.employers import queries as employers
from fairs.exhibitors.rules import ExhibitorState
from fairs.messages import actions as messages
from fairs.operations.notices import facts_of
from fairs.outcomes import queries
from fairs.outcomes.actions import begin_closing
from fairs.outcomes.counting import CAME
from fairs.outcomes.models import Closing
from fairs.outcomes.rules import SOON, ClosingState, Nudge, nudge_of
from fairs.outcomes.survey import SURVEY_DAYS, is_open, survey_closes
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import EventState

BATCH = 200
ASKED = CAME | {ExhibitorState.CONFIRMED}


def follow_up(now: datetime) -> int:
    """Do what is due after events that are over; how much was done. Running it twice, or late, repeats nothing."""
    done = 0
    for number in _without_closing():
        begin_closing(number, now)
        done += 1
    for number in _to_ask(now):
        done += ask_both_sides(number, now)
    for number in _to_remind(now):
        done += remind(number, now)
    return done


def _without_closing() -> list[int]:
    begun = sa.exists().where(Closing.event_id == Event.id)
    chosen = sa.select(Event.id).where(Event.state == EventState.CLOSED, ~begun)
    return list(db.session.scalars(chosen.order_by(Event.id).limit(BATCH)))


def _to_ask(now: datetime) -> list[int]:
    # whose survey is over is not asked any more; the day more is for an event that ends before the evening
    recent = sa.exists().where(
        Occurrence.event_id == Closing.event_id,
        Occurrence.ends_at > now - SURVEY_DAYS - timedelta(days=1),
    )
    chosen = sa.select(Closing.event_id).where(Closing.asked_at.is_(None), recent)
    return list(db.session.scalars(chosen.order_by(Closing.id).limit(BATCH)))


def _to_remind(now: datetime) -> list[int]:
    chosen = sa.select(Closing.id).where(
        Closing.state == ClosingState.OPEN, Closing.nudged != Nudge.LATE, Closing.due_at <= now + SOON
    )
    return list(db.session.scalars(chosen.order_by(Closing.id).limit(BATCH)))


@transaction
def ask_both_sides(event_id: int, now: datetime) -> int:
    """Send the survey to the students and employers who were there, once; how many messages are new."""
    event = lock(Event, event_id)
    closing, end = queries.closing_of(event_id), queries.last_end(event_id)
    if closing is None or closing.asked_at is not None or not is_open(event.state, end, now):
        return 0
    closing.asked_at = now
    facts = facts_of(event) | {"until": survey_closes(end).isoformat()}
    sent = messages.queue(
        "outcomes/survey_student",
        queries.attendees(event_id),
        facts,
        subject=event,
        university_id=event.university_id,
        dedupe=f"survey:{event.public_id}",
        now=now,
    )
    for exhibitor in queries.roll(event_id):
        if exhibitor.state in ASKED:
            sent += messages.queue(
                "outcomes/survey_employer",
                employers.contact_people(exhibitor.employer_id),
                facts | {"employer": exhibitor.employer.public_id, "firm": exhibitor.employer.legal_name},
                subject=exhibitor,
                university_id=event.university_id,
                dedupe=f"survey:{event.public_id}:{exhibitor.employer_id}",
                now=now,
            )
    return sent


@transaction
def remind(closing_id: int, now: datetime) -> int:
    """Remind the organisers of figures that are due or late, once for each; how many messages are new."""
    closing = lock(Closing, closing_id)
    nudge = nudge_of(closing.state, closing.due_at, closing.nudged, now)
    if nudge is None:
        return 0
    closing.nudged = nudge
    event = closing.event
    return messages.queue(
        "outcomes/closing_due",
        _organisers(event, now),
        facts_of(event) | {"due_at": closing.due_at.isoformat(), "late": nudge is Nudge.LATE},
        subject=event,
        university_id=event.university_id,
        dedupe=f"closing:{event.public_id}:{nudge.value}",
        now=now,
    )


def _organisers(event: Event, now: datetime) -> list[int]:
    """Who closes an event: the coordinators of its department, else the career centre's officers."""
    today = campus_day(now)
    if event.department_id is not None:
        own = accounts.people_with(RoleKind.DEPT_COORDINATOR, event.university_id, today)
        mine = [
            person.id
            for person in own
            if any(grant.department_id == event.department_id for grant in accounts.grants(person.id, today))
        ]
        if mine:
            return mine
    return [person.id for person in accounts.people_with(RoleKind.CAREER_OFFICER, event.university_id, today)]
