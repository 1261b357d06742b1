"""Rows that stand in a calendar: events with days, bookings, appearances, duties; and how they change."""

from datetime import datetime, time, timedelta
from typing import Any

from fairs import clock
from fairs.accounts.models import Account
from fairs.allocation.models import BoothAssignment
from fairs.allocation.rules import BoothOfferState
from fairs.clock import at_campus
from fairs.database import db, lock, new_public_id, transaction
from fairs.employers.models import Employer, EmployerContact
from fairs.employers.rules import ContactState, EmployerKind, EmployerSize, Ownership
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.institutions.models import Department, University
from fairs.programmes.models import (
    EntrySlot,
    Event,
    EventSchool,
    EventTarget,
    Occurrence,
    Programme,
    ProgrammeEvent,
    StaffShift,
)
from fairs.programmes.rules import EventKind, EventState, ProgrammeKind, TargetDimension
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from fairs.venues.models import Plan, PlanBooth
from tests.factories import saved


def uid() -> str:
    return f"{new_public_id()}@fairs.example.edu"


def event(
    school: University,
    starts_at: datetime,
    *,
    days: int = 1,
    title: str = "信息类专场招聘会",
    state: EventState = EventState.OPEN,
    published: bool = True,
    also: University | None = None,
    department: Department | None = None,
    created_at: datetime | None = None,
    kind: EventKind = EventKind.SPECIALTY_FAIR,
) -> Event:
    """An event of four-hour days at the same hour; created a month before unless told."""
    created_at = created_at or starts_at - timedelta(days=30)
    row = saved(
        Event(
            no=f"2026-{new_public_id()[:4]}",
            university_id=school.id,
            department_id=department.id if department else None,
            kind=kind,
            title=title,
            state=state,
            created_at=created_at,
            published_at=created_at if published else None,
        )
    )
    for partner in filter(None, (school, also)):
        saved(EventSchool(event_id=row.id, university_id=partner.id))
    for ordinal in range(1, days + 1):
        begins = starts_at + timedelta(days=ordinal - 1)
        saved(
            Occurrence(
                event_id=row.id,
                ordinal=ordinal,
                starts_at=begins,
                ends_at=begins + timedelta(hours=4),
                place="东校区体育馆",
                uid=uid(),
                calendar_changed_at=created_at,
            )
        )
    return row


def day(of: Event, ordinal: int = 1) -> Occurrence:
    """A day of an event."""
    return db.session.query(Occurrence).filter_by(event_id=of.id, ordinal=ordinal).one()


def target(of: Event, dimension: TargetDimension, code: str) -> None:
    """The event is meant for this code."""
    saved(EventTarget(event_id=of.id, dimension=dimension, code=code))


def programme(school: University, *events: Event, theme: str = "") -> Programme:
    """A recruitment month that holds these events."""
    first = min(day(one).starts_at for one in events).date()
    row = saved(
        Programme(
            university_id=school.id,
            kind=ProgrammeKind.RECRUITMENT_MONTH,
            name="校园招聘月",
            theme=theme,
            published_at=at_campus(first, time()),
            starts_on=first,
            ends_on=first + timedelta(days=30),
        )
    )
    for one in events:
        saved(ProgrammeEvent(programme_id=row.id, event_id=one.id))
    return row


def slot(of: Occurrence, *, hours: int = 0) -> EntrySlot:
    """An hour of entry, ``hours`` after the start of the day."""
    begins = of.starts_at + timedelta(hours=hours)
    return saved(
        EntrySlot(occurrence_id=of.id, starts_at=begins, ends_at=begins + timedelta(hours=1), capacity=300)
    )


def booking(
    of: Account,
    on: Occurrence,
    entry: EntrySlot | None = None,
    *,
    state: RegistrationState = RegistrationState.TICKETED,
    at: datetime | None = None,
) -> Registration:
    """A student's place; booked twenty days before unless told."""
    at = at or on.starts_at - timedelta(days=20)
    school_id = on.event.university_id
    return saved(
        Registration(
            occurrence_id=on.id,
            entry_slot_id=entry.id if entry else None,
            person_id=of.person_id,
            university_id=school_id,
            state=state,
            uid=uid(),
            calendar_changed_at=at,
            created_at=at,
        )
    )


def employer(*contacts: Account, name: str = "江海传感科技有限公司") -> Employer:
    """An employer, and the people who act for it."""
    row = saved(
        Employer(
            uscc=new_public_id().upper().ljust(18, "0"),
            legal_name=name,
            kind=EmployerKind.ENTERPRISE,
            ownership=Ownership.PRIVATE,
            size=EmployerSize.MEDIUM,
            created_at=clock.now(),
        )
    )
    for contact in contacts:
        saved(EmployerContact(employer_id=row.id, person_id=contact.person_id, state=ContactState.ACTIVE))
    return row


def appearance(
    of: Employer, at: Event, booth: str | None = "A12", state: ExhibitorState = ExhibitorState.CONFIRMED
) -> Exhibitor:
    """An employer's place at a fair."""
    changed = day(at).starts_at - timedelta(days=20)
    row = saved(
        Exhibitor(event_id=at.id, employer_id=of.id, state=state, uid=uid(), calendar_changed_at=changed)
    )
    if booth:
        plan = saved(Plan(event_id=at.id, version=1, created_at=changed))
        saved(PlanBooth(plan_id=plan.id, booth_key=booth.lower(), number=booth))
        saved(
            BoothAssignment(
                event_id=at.id,
                exhibitor_id=row.id,
                booth_key=booth.lower(),
                plan_id=plan.id,
                state=BoothOfferState.CONFIRMED,
                offered_at=changed,
            )
        )
    return row


def shift(of: Account, on: Occurrence, duty: str = "北门检票") -> StaffShift:
    """A duty from an hour before to the end."""
    return saved(
        StaffShift(
            occurrence_id=on.id,
            person_id=of.person_id,
            duty=duty,
            starts_at=on.starts_at - timedelta(hours=1),
            ends_at=on.ends_at,
            uid=uid(),
        )
    )


@transaction
def move(of: Occurrence, to: datetime, at: datetime) -> None:
    """Move a day, as ``operations`` does."""
    row = lock(Occurrence, of.id)
    row.ends_at, row.starts_at = to + (row.ends_at - row.starts_at), to
    row.sequence, row.calendar_changed_at = row.sequence + 1, at


@transaction
def change(row: Any, **values: Any) -> None:
    """Set columns of a row."""
    fresh = lock(type(row), row.id)
    for name, value in values.items():
        setattr(fresh, name, value)


def cancel(of: Event, at: datetime, reason: str = "场馆维修") -> None:
    """Cancel an event, as ``operations`` does."""
    change(of, state=EventState.CANCELLED, state_reason=reason)
    for row in db.session.query(Occurrence).filter_by(event_id=of.id).all():
        change(row, sequence=row.sequence + 1, calendar_changed_at=at)
