"""Reads of docking meetings: the plan of tables, who meets whom when, and who must hear of a change."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.accounts.models import Role
from fairs.accounts.rules import RoleKind
from fairs.clock import campus_day
from fairs.database import db, found
from fairs.docking.models import DockingPlan, TableMeeting
from fairs.docking.rules import BOOKABLE, ENDED, MeetingState, Sitting, sitting_at, sittings
from fairs.employers.models import EmployerContact
from fairs.employers.rules import ContactState
from fairs.programmes import queries as events
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import EventKind, EventState

MOST = 2000


@dataclass(frozen=True)
class Time:
    """A sitting on a day, with what it is called in addresses and choices."""

    day: Occurrence
    sitting: Sitting

    @property
    def key(self) -> str:
        """The day and the number of the sitting."""
        return f"{self.day.public_id}-{self.sitting.no}"


def docking_event(public_id: str, university_id: int) -> Event:
    """A docking meeting that the university leads. Raises NotFound."""
    chosen = sa.select(Event).where(
        Event.public_id == public_id,
        Event.university_id == university_id,
        Event.kind == EventKind.DOCKING_MEETING,
    )
    return found(db.session.scalars(chosen).one_or_none())


def open_event(public_id: str, university_id: int) -> Event:
    """A docking meeting that employers may know of. Raises NotFound."""
    event = docking_event(public_id, university_id)
    return found(event if event.published_at is not None and event.state is not EventState.DRAFT else None)


def plan_of(event_id: int) -> DockingPlan | None:
    """How many tables and how long; None until it was said."""
    return db.session.get(DockingPlan, event_id)


def times(event: Event) -> list[Time]:
    """Every sitting of every day; none before the tables are planned."""
    plan = plan_of(event.id)
    if plan is None:
        return []
    return [
        Time(day, sitting)
        for day in events.occurrences(event.id)
        for sitting in sittings(day.starts_at, day.ends_at, plan.minutes)
    ]


def meetings(event_id: int, *, ended: bool = False) -> list[TableMeeting]:
    """The meetings of an event by time and table; declined and cancelled ones only with ``ended``."""
    chosen = (
        sa.select(TableMeeting)
        .join(Occurrence, Occurrence.id == TableMeeting.occurrence_id)
        .where(TableMeeting.event_id == event_id)
        .options(
            joinedload(TableMeeting.employer),
            joinedload(TableMeeting.department),
            joinedload(TableMeeting.occurrence),
        )
        .order_by(Occurrence.ordinal, TableMeeting.sitting_no, TableMeeting.table_no, TableMeeting.id)
    )
    if not ended:
        chosen = chosen.where(TableMeeting.ended_at.is_(None))
    return list(db.session.scalars(chosen.limit(MOST)))


def meeting(public_id: str, event_id: int) -> TableMeeting:
    """One meeting of an event. Raises NotFound."""
    chosen = sa.select(TableMeeting).where(
        TableMeeting.public_id == public_id, TableMeeting.event_id == event_id
    )
    return found(db.session.scalars(chosen).one_or_none())


def time_of(row: TableMeeting) -> Sitting:
    """When a meeting takes place, as the day stands now."""
    return sitting_at(row.occurrence.starts_at, found(plan_of(row.event_id)).minutes, row.sitting_no)


def free_times(event: Event, *, employer_id: int | None, department_ids: Collection[int]) -> list[Time]:
    """The sittings with a free table at which neither the employer nor all of the departments are taken."""
    plan, there = plan_of(event.id), meetings(event.id)
    if plan is None:
        return []

    def is_free(time: Time) -> bool:
        now = [row for row in there if (row.occurrence_id, row.sitting_no) == (time.day.id, time.sitting.no)]
        busy = {row.department_id for row in now}
        return (
            len(now) < plan.tables
            and employer_id not in {row.employer_id for row in now}
            and bool(set(department_ids) - busy)
        )

    return [time for time in times(event) if is_free(time)]


def agreed_times(day: Occurrence) -> list[tuple[int, datetime]]:
    """(number of the sitting, its start) of each time of a day at which somebody has agreed to meet."""
    chosen = (
        sa.select(TableMeeting.sitting_no, DockingPlan.minutes)
        .join(DockingPlan, DockingPlan.event_id == TableMeeting.event_id)
        .where(TableMeeting.occurrence_id == day.id, TableMeeting.state == MeetingState.AGREED)
        .distinct()
        .order_by(TableMeeting.sitting_no)
    )
    return [
        (number, day.starts_at + number * timedelta(minutes=minutes))
        for number, minutes in db.session.execute(chosen)
    ]


def expected(occurrence_id: int, sitting_no: int, since: datetime) -> sa.Subquery:
    """(subject, person): meetings agreed by ``since`` and the people of both sides, contacts and coordinators."""
    agreed = sa.and_(
        TableMeeting.occurrence_id == occurrence_id,
        TableMeeting.sitting_no == sitting_no,
        TableMeeting.state == MeetingState.AGREED,
        TableMeeting.answered_at <= since,
    )
    contacts = (
        sa.select(TableMeeting.id.label("subject"), EmployerContact.person_id.label("person"))
        .join(EmployerContact, EmployerContact.employer_id == TableMeeting.employer_id)
        .where(agreed, EmployerContact.state == ContactState.ACTIVE)
    )
    today = campus_day(since)
    staff = (
        sa.select(TableMeeting.id, Role.person_id)
        .join(Role, Role.department_id == TableMeeting.department_id)
        .where(
            agreed,
            Role.kind == RoleKind.DEPT_COORDINATOR,
            Role.from_on <= today,
            sa.or_(Role.until_on.is_(None), Role.until_on >= today),
        )
    )
    return contacts.union(staff).subquery()


def taken_tables(occurrence_id: int, sitting_no: int) -> list[int]:
    """The tables that are taken at a sitting."""
    chosen = sa.select(TableMeeting.table_no).where(
        TableMeeting.occurrence_id == occurrence_id,
        TableMeeting.sitting_no == sitting_no,
        TableMeeting.ended_at.is_(None),
    )
    return list(db.session.scalars(chosen))


def for_employer(
    employer_id: int, universities: Collection[int], now: datetime
) -> list[tuple[Event, Occurrence]]:
    """Docking meetings to come at these universities that take bookings, or where the employer has one."""
    own = sa.exists().where(
        TableMeeting.event_id == Event.id,
        TableMeeting.employer_id == employer_id,
        TableMeeting.state.not_in(ENDED),
    )
    planned = sa.exists().where(DockingPlan.event_id == Event.id)
    chosen = (
        sa.select(Event, Occurrence)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(
            Event.kind == EventKind.DOCKING_MEETING,
            Event.published_at.is_not(None),
            Occurrence.ordinal == 1,
            sa.or_(
                own,
                sa.and_(
                    planned,
                    Event.university_id.in_(universities),
                    Event.state.in_(BOOKABLE),
                    Occurrence.ends_at > now,
                ),
            ),
        )
        .options(joinedload(Event.university), events.WITH_PLACES)
        .order_by(Occurrence.starts_at, Event.id)
        .limit(50)
    )
    return [(event, day) for event, day in db.session.execute(chosen)]


def people_concerned(event_id: int) -> list[int]:
    """Person ids of the contacts of every employer that has asked for, or agreed to, a meeting."""
    chosen = (
        sa.select(EmployerContact.person_id)
        .join(TableMeeting, TableMeeting.employer_id == EmployerContact.employer_id)
        .where(
            TableMeeting.event_id == event_id,
            TableMeeting.ended_at.is_(None),
            EmployerContact.state == ContactState.ACTIVE,
        )
    )
    return list(db.session.scalars(chosen.distinct().order_by(EmployerContact.person_id)))


def waiting(university_id: int, department_ids: Sequence[int] | None, now: datetime) -> Any:
    """Statement of (event, its first day, number) of meetings that employers asked for and departments (None: all)
    have not answered, the first day first.
    """
    first = sa.func.min(Occurrence.starts_at)
    chosen = (
        sa.select(Event, first, sa.func.count(sa.distinct(TableMeeting.id)))
        .join(TableMeeting, TableMeeting.event_id == Event.id)
        .join(Occurrence, Occurrence.id == TableMeeting.occurrence_id)
        .where(
            Event.university_id == university_id,
            Event.state.in_(BOOKABLE),
            TableMeeting.state == MeetingState.ASKED,
            TableMeeting.asked_side == "employer",
            Occurrence.ends_at > now,
        )
        .group_by(Event.id)
        .order_by(first, Event.id)
    )
    return chosen if department_ids is None else chosen.where(TableMeeting.department_id.in_(department_ids))
