"""Setting booking windows, and keeping the lists of who may book first; every look at a list is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.config import settings
from fairs.database import db, lock, transaction
from fairs.institutions.models import University
from fairs.programmes.models import Event, Occurrence
from fairs.registrations import windows
from fairs.registrations.models import BookingWindow, PriorityList
from fairs.registrations.rules import (
    SupportGroup,
    UnknownNumbers,
    Window,
    check_window,
    shown_figure,
)
from fairs.registrations.seals import seal_numbers, unseal_numbers
from fairs.students.models import Student
from fairs.students.rules import StudentState

MOST_NAMED = 5
"""How many wrong student numbers a refusal names."""


@dataclass(frozen=True)
class GroupSize:
    """How many members a list has; ``count`` is None where fewer than five must not be told apart."""

    group: SupportGroup
    count: int | None
    changed_at: datetime


@transaction
def set_window(
    event_id: int, opens_at: datetime, group: SupportGroup | None, early_days: int, *, by: int, now: datetime
) -> BookingWindow:
    """When booking of an event begins, and by how many days earlier for a group.

    The trail keeps the times, never the group. Raises EarlyWithoutGroup, WindowTooLate.
    """
    event = lock(Event, event_id)
    first = sa.select(sa.func.min(Occurrence.starts_at)).where(Occurrence.event_id == event_id)
    check_window(Window(opens_at, timedelta(days=early_days)), group, db.session.scalar(first) or opens_at)
    row = windows.window_of(event_id) or BookingWindow(event_id=event_id)
    row.opens_at, row.support_group, row.early_days = opens_at, group, early_days
    db.session.add(row)
    audit.record(
        "set_booking_window",
        event,
        by=by,
        university_id=event.university_id,
        now=now,
        opens_at=opens_at.isoformat(),
    )
    return row


@transaction
def replace_list(
    university_id: int,
    numbers: Sequence[str],
    group: SupportGroup,
    purpose: str,
    *,
    by: int,
    now: datetime,
) -> int:
    """Make a group's list say what these student numbers say, all or nothing; how many members it has.

    The purpose is kept in the trail; no number, no count. Raises UnknownNumbers.
    """
    school = lock(University, university_id)
    wanted = list(dict.fromkeys(numbers))
    found = _people(university_id, wanted)
    if unknown := [number for number in wanted if number not in found]:
        raise UnknownNumbers(numbers=tuple(unknown[:MOST_NAMED]))
    chosen = sa.select(PriorityList).where(
        PriorityList.university_id == university_id, PriorityList.support_group == group
    )
    row = db.session.scalars(chosen).one_or_none() or PriorityList(
        university_id=university_id, support_group=group
    )
    row.members, row.changed_at = seal_numbers(settings().secret_key, found.values()), now
    db.session.add(row)
    audit.record(
        "import_priority_list", school, by=by, university_id=university_id, now=now, purpose=purpose[:200]
    )
    return len(found)


def _people(university_id: int, numbers: Sequence[str]) -> dict[str, int]:
    active = sa.select(Student.student_no, Student.person_id).where(
        Student.university_id == university_id, Student.state == StudentState.ACTIVE
    )
    there = {row.student_no: row.person_id for row in db.session.execute(active)}
    return {number: there[number] for number in numbers if number in there}


def sizes(university_id: int) -> list[GroupSize]:
    """The lists of a university, with how many are in each (fewer than five hidden)."""
    rows = db.session.scalars(
        sa.select(PriorityList).where(PriorityList.university_id == university_id).order_by(PriorityList.id)
    )
    secret = settings().secret_key
    return [
        GroupSize(row.support_group, shown_figure(len(unseal_numbers(secret, row.members))), row.changed_at)
        for row in rows
    ]


@transaction
def reveal(university_id: int, group: SupportGroup, purpose: str, *, by: int, now: datetime) -> list[Student]:
    """The members of a group's list, for a purpose; the look is written down without naming the group (P37)."""
    school = lock(University, university_id)
    audit.looked(f"priority_list：{purpose}"[:60], school, by=by, now=now, university_id=school.id)
    audit.record(
        "read_priority_list", school, by=by, university_id=university_id, now=now, purpose=purpose[:200]
    )
    there = windows.members(university_id, group)
    rows = db.session.scalars(
        sa.select(Student)
        .where(Student.university_id == university_id)
        .options(sa.orm.joinedload(Student.person), sa.orm.joinedload(Student.department))
        .order_by(Student.student_no)
    )
    return [row for row in rows if row.person_id in there]


@transaction
def forget(person_id: int) -> None:
    """Take a person off every list, when their data are erased (an inner step of that action)."""
    secret = settings().secret_key
    for row in db.session.scalars(sa.select(PriorityList).with_for_update()):
        there = unseal_numbers(secret, row.members)
        if person_id in there:
            row.members = seal_numbers(secret, there - {person_id})
