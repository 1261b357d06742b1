"""Reads for the information desk: who booked an event, for its staff."""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from fairs.database import db, found
from fairs.programmes.models import EntrySlot, EventSchool, Occurrence
from fairs.registrations.models import Registration
from fairs.registrations.queries import with_event
from fairs.students.models import Student
from fairs.students.rules import StudentState


def desk_list(event_id: int, *, nobody: bool = False) -> sa.Select[Registration, Student]:
    """The live registrations of an event with their students, as a statement for the desk's list (S17).

    ``nobody``: while only those who come first may book, a list of names would tell who they are.
    """
    enrolled = sa.and_(
        Student.person_id == Registration.person_id, Student.university_id == Registration.university_id
    )
    return (
        sa.select(Registration, Student)
        .join(Registration.occurrence)
        .join(Registration.person)
        .join(Registration.university)
        .join(Student, enrolled)
        .outerjoin(Registration.entry_slot)
        .options(
            contains_eager(Registration.person),
            contains_eager(Registration.entry_slot),
            contains_eager(Registration.occurrence),
            contains_eager(Registration.university),
        )
        .where(Occurrence.event_id == event_id, Registration.ended_at.is_(None), sa.literal(not nobody))
        # never in the order of booking: who came first may have been let in early
        .order_by(Occurrence.starts_at, EntrySlot.starts_at, Student.student_no)
    )


def at_desk(public_id: str, event_id: int) -> Registration:
    """A registration for an event, for its staff. Raises NotFound."""
    chosen = with_event().join(Registration.occurrence).where(Occurrence.event_id == event_id)
    return found(db.session.scalars(chosen.where(Registration.public_id == public_id)).one_or_none())


def student_by_number(event_id: int, student_no: str) -> Student | None:
    """The active student with this number at a university that takes part; None if there is none, or several."""
    chosen = (
        sa.select(Student)
        .join(EventSchool, EventSchool.university_id == Student.university_id)
        .where(
            EventSchool.event_id == event_id,
            Student.student_no == student_no,
            Student.state == StudentState.ACTIVE,
        )
    )
    students = db.session.scalars(chosen.limit(2)).all()
    return students[0] if len(students) == 1 else None
