"""What the master lists hold now, as an import compares with it."""

from datetime import date

import sqlalchemy as sa

from fairs.accounts.models import Account, Role
from fairs.administration import queries
from fairs.administration.master import DAY_WORDS, LISTS, Around, MasterList, plan
from fairs.administration.renaming import Renamed, renamed
from fairs.administration.rules import STAFF
from fairs.database import db
from fairs.files.actions import content_of
from fairs.files.imports import Known, Plan
from fairs.files.models import File
from fairs.files.sheets import read_xlsx
from fairs.institutions import queries as institutions
from fairs.institutions.models import Department, ListedCode, Major
from fairs.institutions.rules import CodeKind
from fairs.venues.models import Space
from fairs.workdays import queries as workdays


def around(university_id: int) -> Around:
    """The departments and campuses in use, by their words."""
    campuses = {row.name: row.id for row in institutions.campuses(university_id)}
    return Around(queries.places(university_id), campuses)


def import_plan(kind: MasterList, file: File, university_id: int, today: date) -> Plan:
    """What importing this sheet would do now. Raises what ``read_xlsx`` raises."""
    rows = read_xlsx(content_of(file), kind.columns)
    return plan(kind, rows, around(university_id), known(kind.key, university_id, today))


def renamed_departments(made: Plan, university_id: int) -> tuple[Renamed, ...]:
    """The departments that an import of departments and majors would call otherwise."""
    names = sa.select(Department.code, Department.name).where(Department.university_id == university_id)
    return renamed(made, dict(row for row in db.session.execute(names)))


def known(key: str, university_id: int, today: date) -> dict[str, Known]:
    """Every row of a list by the key of its line."""
    if key == LISTS["staff"].key:
        found = _staff(university_id, today)
    elif key == LISTS["places"].key:
        found = _places(university_id)
    elif key == LISTS["spaces"].key:
        found = _spaces(university_id)
    elif key == LISTS["calendar"].key:
        found = _calendar(university_id)
    else:
        found = _codes(key, university_id)
    return {one.key: one for one in found}


def _staff(university_id: int, today: date) -> list[Known]:
    chosen = (
        sa.select(Role, Account.login)
        .join(Account, Account.person_id == Role.person_id)
        .where(
            Role.university_id == university_id,
            Role.kind.in_(STAFF),
            Role.event_id.is_(None),
            Role.from_on <= today,
            sa.or_(Role.until_on.is_(None), Role.until_on >= today),
        )
        .options(sa.orm.joinedload(Role.person))
    )
    return [
        Known(
            id=role.id,
            key=f"{login}|{role.kind.value}|{role.department_id}",
            values={
                "mail": login,
                "name": role.person.name,
                "kind": role.kind.value,
                "department_id": role.department_id,
                "until": role.until_on.isoformat() if role.until_on else None,
            },
        )
        for role, login in db.session.execute(chosen)
    ]


def _places(university_id: int) -> list[Known]:
    chosen = sa.select(Major, Department).join(Major.department)
    chosen = chosen.where(Department.university_id == university_id)
    return [
        Known(
            id=major.id,
            key=f"{of.code}|{major.national_code}",
            values={
                "department_code": of.code,
                "department": of.name,
                "code": major.national_code,
                "name": major.name,
                "ended": major.ended_at is not None,
            },
        )
        for major, of in db.session.execute(chosen)
    ]


def _spaces(university_id: int) -> list[Known]:
    chosen = sa.select(Space).where(Space.university_id == university_id, Space.ended_at.is_(None))
    return [
        Known(
            id=space.id,
            key=f"{space.campus.name}|{space.name}",
            values={
                "campus_id": space.campus_id,
                "name": space.name,
                "kind": space.kind.value,
                "net_area": space.net_area,
                "capacity": space.capacity,
            },
        )
        for space in db.session.scalars(chosen.options(sa.orm.joinedload(Space.campus)))
    ]


def _calendar(university_id: int) -> list[Known]:
    stretches = [
        Known(
            id=row.id,
            key=f"{row.kind.value}|{row.first_on.isoformat()}",
            values={
                "kind": row.kind.value,
                "name": row.name,
                "first_on": row.first_on.isoformat(),
                "last_on": row.last_on.isoformat(),
            },
        )
        for row in workdays.periods(university_id)
    ]
    days = [
        Known(
            id=row.id,
            key=f"day|{row.day.isoformat()}",
            values={
                "kind": row.kind.value,
                "name": row.name,
                "first_on": row.day.isoformat(),
                "last_on": row.day.isoformat(),
            },
        )
        for row in workdays.own_days(university_id)
        if row.kind in DAY_WORDS
    ]
    return [*stretches, *days]


CODE_LISTS = {"chains": CodeKind.CHAIN, "committees": CodeKind.COMMITTEE}
"""The master lists that are code lists."""


def _codes(key: str, university_id: int) -> list[Known]:
    kind = CODE_LISTS[key]
    chosen = sa.select(ListedCode).where(ListedCode.university_id == university_id, ListedCode.kind == kind)
    rows = db.session.scalars(chosen.order_by(ListedCode.id))
    area = ["area"] if kind is CodeKind.CHAIN else []
    return [
        Known(
            id=row.id,
            key=row.code,
            values={name: getattr(row, name) for name in [*area, "code", "name"]}
            | {"ended": row.ended_at is not None},
        )
        for row in rows
    ]
