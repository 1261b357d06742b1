"""Reads of students: the roster as a list, one student, and what an import compares with."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from fairs.accounts.models import Account, Person
from fairs.database import db, found
from fairs.files.actions import content_of
from fairs.files.imports import Known, Plan, chunks
from fairs.files.models import File
from fairs.files.sheets import read_xlsx
from fairs.institutions import queries as institutions
from fairs.institutions.models import Department, University
from fairs.students import roster
from fairs.students.models import Student
from fairs.students.rules import Degree, StudentState


def students(university_id: int, filters: Mapping[str, str]) -> sa.Select[Student]:
    """The students of a university with person, department and major; ``filters`` as in the page's address."""
    statement = (
        sa.select(Student)
        .join(Student.person)
        .where(Student.university_id == university_id)
        .options(contains_eager(Student.person), joinedload(Student.department), joinedload(Student.major))
        .order_by(Student.student_no)
    )
    if department := filters.get("department"):
        chosen = sa.select(Department.id).where(
            Department.university_id == university_id, Department.code == department
        )
        statement = statement.where(Student.department_id.in_(chosen))
    if filters.get("cohort", "").isdecimal():
        statement = statement.where(Student.cohort == int(filters["cohort"][:4]))
    if filters.get("degree") in set(Degree):
        statement = statement.where(Student.degree == Degree(filters["degree"]))
    state = filters.get("state")
    return statement.where(
        Student.state == (StudentState(state) if state in set(StudentState) else StudentState.ACTIVE)
    )


def cohorts(university_id: int) -> list[int]:
    """The graduation years of a university's students, latest first."""
    years = sa.select(Student.cohort).where(Student.university_id == university_id).distinct()
    return list(db.session.scalars(years.order_by(Student.cohort.desc()).limit(40)))


def student_of(person_public_id: str, university_id: int) -> Student:
    """A student by their person's public id. Raises NotFound."""
    chosen = (
        sa.select(Student)
        .join(Student.person)
        .where(Person.public_id == person_public_id, Student.university_id == university_id)
        .options(contains_eager(Student.person))
    )
    return found(db.session.scalars(chosen).one_or_none())


def studying(person_id: int) -> Student | None:
    """The place at which a person studies now, if there is one."""
    chosen = sa.select(Student).where(Student.person_id == person_id, Student.state == StudentState.ACTIVE)
    return db.session.scalars(chosen.order_by(Student.id.desc()).limit(1)).first()


def student_at(person_id: int) -> Student:
    """The place at which a person studies now. Raises NotFound where there is none."""
    return found(studying(person_id))


def places(university_id: int) -> roster.Places:
    """The departments and majors of a university, by name and by code."""
    departments: dict[str, int] = {}
    majors: dict[tuple[int, str], int] = {}
    for department in institutions.departments(university_id):
        departments |= {department.name: department.id, department.code: department.id}
    for major in institutions.majors(university_id):
        majors |= {(major.department_id, word): major.id for word in (major.name, major.national_code)}
    return roster.Places(departments, majors)


def known(university_id: int) -> dict[str, Known]:
    """Every student of a university as an import sees them, by key of the student number."""
    columns = (
        Student.id,
        Student.person_id,
        Student.student_no,
        Person.name,
        Student.department_id,
        Student.major_id,
        Student.degree,
        Student.cohort,
        Person.email,
        Person.phone,
        Student.state,
    )
    rows = db.session.execute(
        sa.select(*columns).join(Student.person).where(Student.university_id == university_id)
    ).mappings()
    result: dict[str, Known] = {}
    for row in rows:
        values = dict(row) | {"degree": row["degree"].value, "state": row["state"].value}
        key = roster.key_of(row["student_no"])
        result[key] = Known(id=values.pop("id"), key=key, values=values)
    return result


def logins_among(logins: Iterable[str]) -> frozenset[str]:
    """Those of ``logins`` that belong to an account already."""
    wanted = list(logins)
    return frozenset(
        login
        for part in chunks(wanted)
        for login in db.session.scalars(sa.select(Account.login).where(Account.login.in_(part)))
    )


def import_plan(file: File, school: University) -> Plan:
    """What importing this sheet would do now. Raises what ``read_xlsx`` raises."""
    rows = read_xlsx(content_of(file), roster.COLUMNS)
    stored = known(school.id)
    numbers = {roster.key_of(row.values.get("student_no", "")) for row in rows} - stored.keys()
    logins = logins_among(roster.login_of(number, school.slug) for number in numbers)
    return roster.plan(rows, places(school.id), stored, slug=school.slug, logins=logins)
