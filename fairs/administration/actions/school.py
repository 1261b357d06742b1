"""Changing what a university has set, its own data, and its campuses, departments and majors."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fairs.accounts.models import Role
from fairs.administration.rules import DepartmentInUse
from fairs.audit import actions as audit
from fairs.database import db, found, lock, transaction
from fairs.errors import Conflict, NotFound
from fairs.institutions import duties
from fairs.institutions.models import Campus, Department, Major, University
from fairs.students.models import Student
from fairs.students.rules import StudentState
from fairs.venues.models import Space

NAME_TAKEN = "已有同名或同代码的内容，请换一个；如果已停用，可以重新启用。"
Part = Campus | Department | Major


@transaction
def set_duty(university_id: int, key: str, raw: object, *, shown: str, by: int, now: datetime) -> int | str:
    """Set a duty of a university; ``shown`` is the value that was on the page (Conflict if it changed since).

    The usual value is kept by keeping none. Raises NotFound, NotWhole,
    NotOffered, NotAColour or TooPale.
    """
    school = lock(University, university_id)
    duty = found(duties.duties().get(key))
    before = duties.in_force(school.settings, key)
    if str(before) != shown:
        raise Conflict
    value = duty.read(raw)
    kept = {name: one for name, one in school.settings.items() if name != key}
    school.settings = kept if value == duty.value else kept | {key: value}
    detail = {"key": key, "old": before, "new": value}
    audit.record("set_duty", school, by=by, university_id=school.id, now=now, **detail)
    return value


@dataclass(frozen=True, kw_only=True)
class SchoolDraft:
    """A university's own data as typed."""

    name: str
    name_en: str
    hotline_phone: str
    hotline_mail: str


@transaction
def change_school(university_id: int, draft: SchoolDraft, *, by: int, now: datetime) -> None:
    """Change name and hotline (S126)."""
    school = lock(University, university_id)
    changed: dict[str, list[str]] = {}
    for name, value in vars(draft).items():
        before = getattr(school, name)
        if before != value:
            changed[name] = [before, value]
            setattr(school, name, value)
    audit.record("change_school", school, by=by, university_id=school.id, now=now, changed=changed)


@dataclass(frozen=True, kw_only=True)
class PartDraft:
    """A campus, department or major as typed: ``code`` of a campus is its name; ``more`` its address."""

    kind: str
    code: str
    name: str
    more: str = ""
    department_id: int | None = None


@transaction
def add_part(draft: PartDraft, *, university_id: int, by: int, now: datetime) -> Part:
    """A new campus, department or major. Raises NotFound, or Conflict for one that is there already."""
    lock(University, university_id)
    part: Part
    if draft.kind == "campus":
        part = Campus(university_id=university_id, name=draft.name, address=draft.more)
    elif draft.kind == "department":
        part = Department(university_id=university_id, code=draft.code, name=draft.name)
    else:
        of = found(db.session.get(Department, draft.department_id or 0))
        if of.university_id != university_id:
            raise NotFound
        part = Major(department_id=of.id, national_code=draft.code, name=draft.name)
    _check_free(part, university_id)
    db.session.add(part)
    detail = {"code": draft.code, "name": draft.name}
    audit.record(f"add_{draft.kind}", part, by=by, university_id=university_id, now=now, **detail)
    return part


def _check_free(part: Part, university_id: int) -> None:
    if isinstance(part, Major):
        same = sa.select(Major.id).where(
            Major.department_id == part.department_id, Major.national_code == part.national_code
        )
    elif isinstance(part, Department):
        same = sa.select(Department.id).where(
            Department.university_id == university_id,
            sa.or_(Department.code == part.code, Department.name == part.name),
        )
    else:
        same = sa.select(Campus.id).where(Campus.university_id == university_id, Campus.name == part.name)
    if db.session.scalars(same.limit(1)).first() is not None:
        raise Conflict(NAME_TAKEN)


@transaction
def rename_part(part: Part, name: str, *, university_id: int, by: int, now: datetime) -> None:
    """Another name for a campus, department or major; codes never change. Raises Conflict for a name in use."""
    lock(University, university_id)
    row = lock(type(part), part.id)
    before, row.name = row.name, name
    detail = {"old": before, "new": name}
    audit.record(f"rename_{row.__tablename__}", row, by=by, university_id=university_id, now=now, **detail)
    db.session.flush()


@transaction
def end_part(part: Part, *, university_id: int, by: int, now: datetime) -> None:
    """Offer a part no longer; what refers to it stays. Raises DepartmentInUse while somebody belongs to it."""
    lock(University, university_id)
    row = lock(type(part), part.id)
    count = _in_use(row)
    if count:
        raise DepartmentInUse(name=row.name, count=count)
    row.ended_at = row.ended_at or now
    audit.record(f"end_{row.__tablename__}", row, by=by, university_id=university_id, now=now, name=row.name)


@transaction
def resume_part(part: Part, *, university_id: int, by: int, now: datetime) -> None:
    """Offer a part again."""
    lock(University, university_id)
    row = lock(type(part), part.id)
    row.ended_at = None
    audit.record(
        f"resume_{row.__tablename__}", row, by=by, university_id=university_id, now=now, name=row.name
    )


def _in_use(part: Part) -> int:
    """Active students, live roles and spaces of a part."""
    active = sa.select(sa.func.count()).select_from(Student).where(Student.state == StudentState.ACTIVE)
    if isinstance(part, Major):
        return db.session.scalar(active.where(Student.major_id == part.id)) or 0
    if isinstance(part, Campus):
        there = sa.select(sa.func.count()).select_from(Space)
        return db.session.scalar(there.where(Space.campus_id == part.id, Space.ended_at.is_(None))) or 0
    held = sa.select(sa.func.count()).where(Role.department_id == part.id, Role.until_on.is_(None))
    students = db.session.scalar(active.where(Student.department_id == part.id)) or 0
    return students + (db.session.scalar(held) or 0)
