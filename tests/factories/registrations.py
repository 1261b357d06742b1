"""Events with slots, and students who may book them."""

from datetime import datetime, timedelta
from typing import TypeVar

from fairs.accounts.models import Account
from fairs.accounts.rules import RoleKind
from fairs.database import Row, db, new_public_id, transaction
from fairs.institutions.models import Department, University
from fairs.programmes.models import EntrySlot, Event, EventSchool, Occurrence
from fairs.programmes.rules import EventKind, EventState
from fairs.students.models import Student
from fairs.students.rules import Degree
from tests import factories

R = TypeVar("R", bound=Row)


@transaction
def changed(row: R, **values: object) -> R:
    """``row`` with other values, whatever the rules say."""
    fresh = db.session.get(type(row), row.id)
    for name, value in values.items():
        setattr(fresh, name, value)
    return fresh


def open_event(
    school: University, starts_at: datetime, title: str = "南湖大学秋季双选会", **values: object
) -> Event:
    """A published event that students may book, with one day of four hours; it has no slots yet."""
    defaults: dict[str, object] = {
        "no": new_public_id(),
        "kind": EventKind.JOB_FAIR,
        "state": EventState.OPEN,
        "published_at": starts_at - timedelta(days=14),
        "created_at": starts_at - timedelta(days=20),
    }
    event = factories.saved(Event(university_id=school.id, title=title, **(defaults | values)))
    factories.saved(EventSchool(event_id=event.id, university_id=school.id))
    day(event, starts_at)
    return event


def day(event: Event, starts_at: datetime, ordinal: int = 1, place: str = "体育馆") -> Occurrence:
    """A day of four hours."""
    return factories.saved(
        Occurrence(
            event_id=event.id,
            ordinal=ordinal,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=4),
            place=place,
            uid=f"{new_public_id()}@test",
            calendar_changed_at=starts_at,
        )
    )


def slot(of: Occurrence, capacity: int, hour: int = 0) -> EntrySlot:
    """An hour of entry, ``hour`` hours after the day's start."""
    starts_at = of.starts_at + timedelta(hours=hour)
    return factories.saved(
        EntrySlot(
            occurrence_id=of.id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            capacity=capacity,
        )
    )


def student(department: Department, number: int = 1, name: str = "李小雨") -> Account:
    """A student with an account; ``number`` makes login and student number."""
    student_no = f"2023{department.university_id:02}{number:06}"
    account = factories.account(f"{student_no}@school{department.university_id}", name)
    factories.role(account, RoleKind.STUDENT, university_id=department.university_id)
    factories.saved(
        Student(
            person_id=account.person_id,
            university_id=department.university_id,
            student_no=student_no,
            department_id=department.id,
            degree=Degree.BACHELOR,
            cohort=2027,
        )
    )
    return account
