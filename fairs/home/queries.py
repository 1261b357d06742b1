"""Reads for the first pages: counts of what waits, the next ticket, fairs that fit."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from fairs.accounts.rules import OFFICE, RoleKind, Viewer
from fairs.administration.rules import LED_BY
from fairs.database import db
from fairs.employers import records
from fairs.employers.models import EmployerStanding
from fairs.employers.rules import StandingState
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.home import desks, watch
from fairs.home.events import few, others
from fairs.home.plans import waiting_plans
from fairs.home.reports import waiting_reports
from fairs.home.rules import LABELS, Waiting, by_urgency
from fairs.home.texts import waiting_texts
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.messages.rules import MessageState
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.progress import ProgressCard, grouped
from fairs.programmes.queries import SEES_ALL, WITH_PLACES, taking_part
from fairs.programmes.rules import EventState, OccurrenceState
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from fairs.students.models import Student
from fairs.tasks.models import Task
from fairs.tasks.rules import TaskState

WORKED_ON = (*OFFICE, RoleKind.DEPT_COORDINATOR, RoleKind.DEPT_HEAD, RoleKind.CAMPUS_SECURITY)

DEPARTMENT_CARDS = 12
"""How many of a department's next events its board on the home page shows; the list of events has all."""


def schools_of(viewer: Viewer) -> list[University]:
    """The universities at which the viewer works."""
    ids = {g.university_id for g in viewer.grants if g.kind in WORKED_ON and g.university_id}
    return list(db.session.scalars(sa.select(University).where(University.id.in_(ids)).limit(20)))


def waiting_for(viewer: Viewer, school: University, now: datetime) -> list[Waiting]:
    """What waits for the viewer at a university, most urgent first."""
    items: list[Waiting] = []
    if viewer.has(OFFICE, school.id):
        items += [
            *_reviews(school),
            *waiting_texts(school, viewer.person_id, now),
            *_booth_requests(school, now),
            *_failures(school, now),
        ]
        items += [*desks.erasures(school), *desks.invitations(school, now), *waiting_reports(viewer, school)]
    if viewer.has(LED_BY, school.id):
        items += desks.roles(school, now)
    if viewer.has(OFFICE | {RoleKind.DEPT_COORDINATOR}, school.id):
        items += [*desks.closings(viewer, school), *desks.docking_asked(viewer, school, now)]
        items += desks.streams(viewer, school, now)
    return by_urgency([*items, *waiting_plans(viewer, school), *watch.waiting(viewer, school, now)])


def _reviews(school: University) -> list[Waiting]:
    papers = _count_and_first(
        EmployerStanding,
        EmployerStanding.university_id == school.id,
        sa.or_(
            EmployerStanding.state.in_([StandingState.SUBMITTED, StandingState.UNDER_REVIEW]),
            sa.and_(
                EmployerStanding.state == StandingState.VERIFIED, EmployerStanding.renewal_at.is_not(None)
            ),
        ),
    )
    here = {"school": school.slug}
    return [
        *_asked_by_employers(school),
        Waiting(
            label=LABELS["papers"],
            count=papers[0],
            due_at=papers[1],
            endpoint="employers.office_queue",
            values=here,
        ),
    ]


def _asked_by_employers(school: University) -> list[Waiting]:
    """Explanations against a sanction, and requests to join that no owner may have answered."""
    (asked, first), queue = records.waiting_appeals(school.id), "employers.office_queue"
    joins = records.joins_for_office(school.id)
    here = {"school": school.slug}
    return [
        Waiting(label=LABELS["appeals"], count=asked, due_at=first, endpoint=queue, values=here),
        Waiting(label=LABELS["joins"], count=joins, endpoint=queue, values=here),
    ]


def _count_and_first(model: Any, *where: Any) -> tuple[int, datetime | None]:
    row = db.session.execute(sa.select(sa.func.count(), sa.func.min(model.due_at)).where(*where)).one()
    return row[0], row[1]


def _booth_requests(school: University, now: datetime) -> list[Waiting]:
    first, asked = sa.func.min(Occurrence.starts_at), sa.func.count(sa.distinct(Exhibitor.id))
    rows, _total = few(
        sa.select(Event, asked, first, sa.func.sum(asked).over())
        .join(Exhibitor, Exhibitor.event_id == Event.id)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(
            Event.university_id == school.id,
            Event.state.in_([EventState.APPROVED, EventState.OPEN]),
            Exhibitor.state == ExhibitorState.REQUESTED,
            Occurrence.ends_at > now,
        )
        .group_by(Event.id)
        .order_by(first, Event.id)
    )
    here = {"school": school.slug}
    lines = [
        Waiting(
            label=LABELS["requests"],
            count=count,
            due_at=starts_at,
            note=event.title,
            endpoint="allocation.board",
            values=here | {"event": event.public_id},
        )
        for event, count, starts_at, _all in rows
    ]
    rest = int(rows[0][3]) - sum(line.count for line in lines) if rows else 0
    return [*lines, *others("requests", rest, lines, "programmes.office_events", here | {"state": "open"})]


def _failures(school: University, now: datetime) -> list[Waiting]:
    dead = sa.select(sa.func.count()).where(
        Message.university_id == school.id, Message.state == MessageState.DEAD
    )
    failed = sa.select(sa.func.count()).where(
        Task.university_id == school.id,
        Task.state == TaskState.FAILED,
        Task.finished_at > now - timedelta(days=7),
    )
    here = {"school": school.slug}
    return [
        Waiting(
            label=LABELS["messages"],
            count=db.session.scalar(dead) or 0,
            endpoint="messages.sent",
            values={**here, "state": MessageState.DEAD.value},
        ),
        Waiting(
            label=LABELS["tasks"], count=db.session.scalar(failed) or 0, endpoint="tasks.index", values=here
        ),
    ]


def coming_events(
    viewer: Viewer, school: University, now: datetime, most: int = 8
) -> list[tuple[Event, datetime]]:
    """The next events that the viewer may work on, with their first start."""
    chosen = (
        sa.select(Event, sa.func.min(Occurrence.starts_at))
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(
            Event.university_id == school.id,
            Occurrence.ends_at > now,
            Event.state.not_in([EventState.CANCELLED, EventState.REPORTED]),
        )
        .group_by(Event.id)
        .order_by(sa.func.min(Occurrence.starts_at))
        .limit(most)
    )
    if not viewer.has(SEES_ALL, school.id):
        chosen = chosen.where(Event.department_id.in_(viewer.departments(school.id)))
    return [(event, first) for event, first in db.session.execute(chosen)]


def department_cards(
    viewer: Viewer, school: University, now: datetime
) -> list[tuple[str, list[ProgressCard]]]:
    """The department's events by state, with what each lacks; for coordinators and heads only."""
    if viewer.has(OFFICE | {RoleKind.CAMPUS_SECURITY}, school.id):
        return []
    return grouped(coming_events(viewer, school, now, most=DEPARTMENT_CARDS))


def public_events(university_id: int | None, now: datetime, most: int) -> list[tuple[Event, datetime]]:
    """The next public events (of a university), with their first start."""
    chosen = (
        sa.select(Event, sa.func.min(Occurrence.starts_at))
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(
            Event.published_at.is_not(None),
            Event.state.in_([EventState.APPROVED, EventState.OPEN, EventState.LOCKED, EventState.RUNNING]),
            Occurrence.ends_at > now,
            Occurrence.state == OccurrenceState.PLANNED,
        )
        .group_by(Event.id)
        .order_by(sa.func.min(Occurrence.starts_at))
        .limit(most)
        .options(sa.orm.joinedload(Event.university))
    )
    if university_id is not None:
        chosen = chosen.where(taking_part(university_id))
    return [(event, first) for event, first in db.session.execute(chosen)]


def student_of(person_id: int) -> Student | None:
    """The viewer's place as a student."""
    chosen = sa.select(Student).where(Student.person_id == person_id).order_by(Student.id.desc()).limit(1)
    return db.session.scalars(chosen).first()


def next_registrations(person_id: int, now: datetime) -> list[Registration]:
    """The viewer's coming tickets, soonest first."""
    live = (RegistrationState.TICKETED, RegistrationState.CHECKED_IN, RegistrationState.WAITING)
    chosen = (
        sa.select(Registration)
        .join(Occurrence)
        .where(
            Registration.person_id == person_id,
            Registration.ended_at.is_(None),
            Registration.state.in_(live),
            Occurrence.ends_at > now,
        )
        .order_by(Occurrence.starts_at)
        .limit(5)
        .options(
            sa.orm.joinedload(Registration.occurrence).options(
                sa.orm.joinedload(Occurrence.event), WITH_PLACES
            )
        )
        .options(sa.orm.joinedload(Registration.entry_slot))
    )
    return list(db.session.scalars(chosen))
