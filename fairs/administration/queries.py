"""Reads for the administration: staff and their roles, head counts, what the master lists hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from fairs.accounts.models import Person, Role
from fairs.accounts.rules import RoleKind
from fairs.administration.rules import LED_BY, SOON, STAFF, light, staff_needed
from fairs.audit.models import Audit
from fairs.database import db, found
from fairs.errors import NotFound
from fairs.institutions import duties
from fairs.institutions import queries as institutions
from fairs.institutions.models import Campus, Department, Major, University
from fairs.students.models import Student
from fairs.students.rules import StudentState

Parts = Campus | Department | Major


def _in_force(today: date) -> sa.ColumnElement[bool]:
    return sa.and_(Role.from_on <= today, sa.or_(Role.until_on.is_(None), Role.until_on >= today))


def _staff(university_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(Role.university_id == university_id, Role.kind.in_(STAFF), Role.event_id.is_(None))


def roles(university_id: int, filters: Mapping[str, str], today: date) -> sa.Select[Role, Person, str]:
    """(role, person, department's name) of the staff; ``filters``: kind, department (code), state (soon | ended)."""
    chosen = (
        sa.select(Role, Person, Department.name)
        .join(Person, Person.id == Role.person_id)
        .join(Department, Department.id == Role.department_id, isouter=True)
        .where(_staff(university_id))
        .order_by(Person.name, Role.id)
    )
    if filters.get("kind") in set(STAFF):
        chosen = chosen.where(Role.kind == RoleKind(filters["kind"]))
    if department := filters.get("department"):
        chosen = chosen.where(Department.code == department)
    if filters.get("state") == "ended":
        return chosen.where(Role.until_on < today)
    if filters.get("state") == "soon":
        chosen = chosen.where(Role.until_on <= today + SOON)
    return chosen.where(_in_force(today))


def ending_soon(university_id: int, today: date) -> tuple[int, date | None]:
    """How many roles end soon, and the first of these days."""
    chosen = sa.select(sa.func.count(), sa.func.min(Role.until_on)).where(
        _staff(university_id), _in_force(today), Role.until_on <= today + SOON
    )
    row = db.session.execute(chosen).one()
    return row[0], row[1]


def member(public_id: str, university_id: int) -> Person:
    """Somebody who has, or had, a staff role at the university. Raises NotFound."""
    held = sa.exists().where(Role.person_id == Person.id, _staff(university_id))
    return found(
        db.session.scalars(sa.select(Person).where(Person.public_id == public_id, held)).one_or_none()
    )


def all_roles_of(person_id: int, university_id: int) -> list[tuple[Role, str | None]]:
    """Every staff role that a person holds or held at a university, with the department's name, latest first."""
    chosen = (
        sa.select(Role, Department.name)
        .join(Department, Department.id == Role.department_id, isouter=True)
        .where(Role.person_id == person_id, _staff(university_id))
        .order_by(Role.id.desc())
    )
    return [(role, name) for role, name in db.session.execute(chosen)]


def roles_of(person_id: int, university_id: int, today: date) -> list[Role]:
    """The staff roles of a person in force on a day."""
    chosen = sa.select(Role).where(Role.person_id == person_id, _staff(university_id), _in_force(today))
    return list(db.session.scalars(chosen.order_by(Role.id)))


def lasting(university_id: int, today: date, *, but: int) -> frozenset[RoleKind]:
    """The roles in force without an end that people other than ``but`` lead the university with."""
    chosen = sa.select(Role.kind).where(
        _staff(university_id),
        _in_force(today),
        Role.until_on.is_(None),
        Role.kind.in_(LED_BY),
        Role.person_id != but,
    )
    return frozenset(db.session.scalars(chosen.distinct()))


def check_department(department_id: int | None, university_id: int) -> None:
    """Raises NotFound unless the department belongs to the university (none is fine)."""
    if department_id is None:
        return
    row = db.session.get(Department, department_id)
    if row is None or row.university_id != university_id or row.ended_at is not None:
        raise NotFound


@dataclass(frozen=True)
class Cohort:
    """The graduates of a year and the staff that they need (S131)."""

    year: int
    graduates: int
    staff: int
    needed: int

    @property
    def tone(self) -> str:
        """The traffic light."""
        return light(self.staff, self.needed)


def cohorts(school: University, today: date) -> list[Cohort]:
    """The classes of this year and later, each with the staffing that it needs."""
    counted = (
        sa.select(Student.cohort, sa.func.count())
        .where(
            Student.university_id == school.id,
            Student.state == StudentState.ACTIVE,
            Student.cohort >= today.year,
        )
        .group_by(Student.cohort)
        .order_by(Student.cohort)
    )
    staff = _staff_count(school.id, today)
    ratio = duties.whole(school.settings, "staff_ratio")
    return [
        Cohort(year, count, staff, staff_needed(count, ratio)) for year, count in db.session.execute(counted)
    ]


def _staff_count(university_id: int, today: date) -> int:
    kinds = (RoleKind.CAREER_OFFICER, RoleKind.CAREER_DIRECTOR)
    people = sa.select(sa.func.count(sa.distinct(Role.person_id))).where(
        _staff(university_id), _in_force(today), Role.kind.in_(kinds)
    )
    return db.session.scalar(people) or 0


def without_coordinator(university_id: int, today: date) -> list[Department]:
    """Departments in use that nobody coordinates (S132)."""
    held = sa.exists().where(
        Role.department_id == Department.id, Role.kind == RoleKind.DEPT_COORDINATOR, _in_force(today)
    )
    chosen = sa.select(Department).where(
        Department.university_id == university_id, Department.ended_at.is_(None), ~held
    )
    return list(db.session.scalars(chosen.order_by(Department.code).limit(500)))


def departments(university_id: int) -> list[tuple[Department, int, int]]:
    """Every department, archived ones last, with its majors and active students counted."""
    majors = (
        sa.select(sa.func.count())
        .where(Major.department_id == Department.id, Major.ended_at.is_(None))
        .scalar_subquery()
    )
    students = (
        sa.select(sa.func.count())
        .where(Student.department_id == Department.id, Student.state == StudentState.ACTIVE)
        .scalar_subquery()
    )
    chosen = sa.select(Department, majors, students).where(Department.university_id == university_id)
    ordered = chosen.order_by(Department.ended_at.is_not(None), Department.code).limit(500)
    return [(row, many, pupils) for row, many, pupils in db.session.execute(ordered)]


def majors(university_id: int) -> list[Major]:
    """Every major of a university with its department, archived ones last."""
    chosen = (
        sa.select(Major)
        .join(Major.department)
        .where(Department.university_id == university_id)
        .options(contains_eager(Major.department))
    )
    ordered = chosen.order_by(Major.ended_at.is_not(None), Department.code, Major.national_code)
    return list(db.session.scalars(ordered.limit(2000)))


def campuses(university_id: int) -> list[Campus]:
    """Every campus, archived ones last."""
    chosen = sa.select(Campus).where(Campus.university_id == university_id)
    return list(db.session.scalars(chosen.order_by(Campus.ended_at.is_not(None), Campus.name).limit(100)))


def part(kind: str, code: str, university_id: int) -> Parts:
    """A campus (by name), department (by code) or major (by department and national code: CS.080901).

    Raises NotFound.
    """
    rows: dict[str, Parts] = {}
    if kind == "campus":
        rows = {one.name: one for one in campuses(university_id)}
    elif kind == "department":
        rows = {one.code: one for one, _majors, _pupils in departments(university_id)}
    elif kind == "major":
        rows = {code_of(one): one for one in majors(university_id)}
    row = rows.get(code)
    if row is None:
        raise NotFound
    return row


def code_of(major: Major) -> str:
    """How an address names a major."""
    return f"{major.department.code}.{major.national_code}"


def last_changes(university_id: int) -> dict[str, tuple[Audit, str]]:
    """The latest change of each duty of a university, with who made it."""
    chosen = (
        sa.select(Audit, Person.name)
        .join(Person, Person.id == Audit.actor_id)
        .where(Audit.university_id == university_id, Audit.action == "set_duty")
        .order_by(Audit.id.desc())
        .limit(300)
    )
    latest: dict[str, tuple[Audit, str]] = {}
    for row, name in db.session.execute(chosen):
        latest.setdefault(row.detail.get("key", ""), (row, name))
    return latest


def places(university_id: int) -> dict[str, int]:
    """The departments in use by name and by code."""
    return {word: row.id for row in institutions.departments(university_id) for word in (row.name, row.code)}
