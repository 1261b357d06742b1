"""Importing students: one transaction that makes the register say what the sheet says."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from fairs.accounts.models import Account, Person, Role
from fairs.accounts.rules import RoleKind
from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, new_public_id, transaction
from fairs.files import actions as files
from fairs.files.imports import Change, Known, Line, check_preview, chunks
from fairs.files.models import File
from fairs.institutions.models import University
from fairs.messages import actions as messages
from fairs.students import queries
from fairs.students.models import Student
from fairs.students.roster import COLUMNS, login_of
from fairs.students.rules import Degree, StudentState
from fairs.tasks import actions as tasks
from fairs.tasks.models import Task
from fairs.tasks.registry import Progress
from fairs.tasks.rules import NOTE_LABELS

KIND = "students.import"
PERSON_FIELDS = ("name", "email", "phone")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What an officer confirmed on the preview: its fingerprint, and the two ticks."""

    file_id: int
    university_id: int
    by: int
    shown: str
    gone: bool
    links: bool


def hand_in(content: bytes, name: str, *, by: int, university_id: int, now: datetime) -> File:
    """Keep a filled-in template for its preview. Raises as ``files.actions.keep_sheet``."""
    return files.keep_sheet(content, name, COLUMNS, by=by, university_id=university_id, now=now)


@transaction
def begin_import(wish: Wish, now: datetime) -> Task:
    """Queue the import that the preview showed.

    Raises RowsFaulty, PreviewStale, NothingToImport, or Conflict while another import of the school runs.
    """
    school = found(db.session.get(University, wish.university_id))
    plan = queries.import_plan(found(db.session.get(File, wish.file_id)), school)
    check_preview(plan, wish.shown, with_gone=wish.gone)
    return tasks.enqueue(
        KIND,
        asdict(wish),
        dedupe=f"{KIND}:{school.id}",
        university_id=school.id,
        by=wish.by,
        now=now,
    )


@transaction
def apply_import(wish: Wish, progress: Progress, now: datetime) -> dict[str, Any]:
    """Do all of an import or nothing; what was done, in figures. Raises as ``begin_import``, or Stopped.

    The task's row is locked first and holds the result at the end: of two workers only the owner goes on, and
    a task that is done again after its worker was lost finds its result.
    """
    progress.report(0, 1, NOTE_LABELS["writing"])
    school = found(db.session.get(University, wish.university_id))
    file = found(db.session.get(File, wish.file_id))
    plan = queries.import_plan(file, school)
    check_preview(plan, wish.shown, with_gone=wish.gone)
    people = _add(plan.new, school, by=wish.by, today=campus_day(now))
    _change(plan.changed, school.id, by=wish.by, today=campus_day(now))
    if wish.gone:
        _leave(plan.gone, school.id, today=campus_day(now))
    sent = _send_links(plan.new, people, file, school, now) if wish.links else 0
    figures = plan.counts() | {"gone": len(plan.gone) if wish.gone else 0, "links": sent}
    audit.record("import_students", file, by=wish.by, university_id=school.id, now=now, **figures)
    result = figures | {"page": "students.roster_page"}
    progress.keep({"result": result})
    return result


def _add(lines: Sequence[Line], school: University, *, by: int, today: date) -> list[int]:
    if not lines:
        return []
    # a fixed number of statements, whatever the length of the list; public ids tell whose row is whose
    marks = [new_public_id() for _line in lines]
    rows = [{"public_id": mark, **_person(line.values)} for mark, line in zip(marks, lines, strict=True)]
    made = db.session.execute(sa.insert(Person).returning(Person.public_id, Person.id), rows)
    numbers = {row.public_id: row.id for row in made}
    people = [numbers[mark] for mark in marks]
    pairs = list(zip(people, lines, strict=True))
    logins = [{"person_id": who, "login": login_of(line.key, school.slug)} for who, line in pairs]
    db.session.execute(sa.insert(Account), logins)
    seats = [{"person_id": who, "university_id": school.id, **_place(line.values)} for who, line in pairs]
    db.session.execute(sa.insert(Student), seats)
    _grant(people, school.id, by=by, today=today)
    return people


def _person(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in PERSON_FIELDS}


def _place(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "student_no": values["student_no"],
        "department_id": values["department_id"],
        "major_id": values["major_id"],
        "degree": Degree(values["degree"]),
        "cohort": values["cohort"],
        "state": StudentState(values["state"]),
    }


def _grant(people: Sequence[int], university_id: int, *, by: int, today: date) -> None:
    role = {"kind": RoleKind.STUDENT, "university_id": university_id, "from_on": today, "granted_by": by}
    if people:
        db.session.execute(sa.insert(Role), [{"person_id": person_id, **role} for person_id in people])


def _change(changes: Sequence[Change], university_id: int, *, by: int, today: date) -> None:
    if not changes:
        return
    after = [
        (change, {**change.known.values, **{name: pair[1] for name, pair in change.fields.items()}})
        for change in changes
    ]
    db.session.execute(
        sa.update(Person),
        [{"id": values["person_id"], **_person(values)} for _, values in after],
    )
    rows = [{"id": change.known.id, **_place(values)} for change, values in after]
    db.session.execute(sa.update(Student), rows)
    back = [values["person_id"] for change, values in after if "state" in change.fields]
    _grant(back, university_id, by=by, today=today)


def _leave(gone: Sequence[Known], university_id: int, *, today: date) -> None:
    if not gone:
        return
    db.session.execute(
        sa.update(Student), [{"id": student.id, "state": StudentState.LEFT} for student in gone]
    )
    for part in chunks([student.values["person_id"] for student in gone]):
        roles = sa.select(Role).where(
            Role.person_id.in_(part),
            Role.kind == RoleKind.STUDENT,
            Role.university_id == university_id,
            Role.until_on.is_(None),
        )
        for role in db.session.scalars(roles):
            role.until_on = max(role.from_on, today - timedelta(days=1))


def _send_links(
    lines: Sequence[Line], people: Sequence[int], file: File, school: University, now: datetime
) -> int:
    # nothing is stored for the template: the link is made when the mail leaves, so it is valid then
    with_mail = [who for who, line in zip(people, lines, strict=True) if line.values["email"]]
    return messages.queue(
        "students/activation",
        with_mail,
        {},
        subject=file,
        university_id=school.id,
        now=now,
    )


PERSONAL = {
    "number": lambda student: student.student_no,
    "phone": lambda student: student.person.phone,
    "email": lambda student: student.person.email,
}
"""What is masked on the list, and how it reads in full."""


@transaction
def reveal(person_public_id: str, university_id: int, field: str, *, by: int, now: datetime) -> str:
    """One masked value of a student in full; the look is written down (P37). Raises NotFound."""
    student = queries.student_of(person_public_id, university_id)
    text = found(PERSONAL.get(field))(student)
    audit.looked(f"student_{field}", student, by=by, now=now)
    return text or ""


@transaction
def export(university: University, count: int, filters: Mapping[str, str], *, by: int, now: datetime) -> None:
    """Write down that somebody takes away a list with personal data in full (P37)."""
    audit.record(
        "export_students",
        university,
        by=by,
        university_id=university.id,
        now=now,
        rows=count,
        filters=dict(filters),
    )


@transaction
def forget(person_id: int) -> None:
    """A person is no student any more and their number tells nobody who they were (when their data are erased)."""
    for student in db.session.scalars(sa.select(Student).where(Student.person_id == person_id)):
        student.state, student.student_no = StudentState.LEFT, f"closed-{new_public_id()}"
