"""Rows for tests, one plain maker each; everything that matters to a test is an argument."""

from datetime import date, datetime
from typing import Any, TypeVar

from fairs.accounts.models import Account, Person, Role
from fairs.accounts.rules import CURRENT_VERSION, RoleKind
from fairs.administration.actions import school as administration
from fairs.database import Base, db, transaction
from fairs.institutions import duties as table
from fairs.institutions.models import Campus, Department, Major, University

R = TypeVar("R", bound=Base)


@transaction
def saved(row: R) -> R:
    """``row``, stored."""
    db.session.add(row)
    db.session.flush()
    return row


def university(slug: str = "nanhu", **values: Any) -> University:
    """A university with a hotline."""
    defaults = {
        "code": slug[:10],
        "name": f"{slug}大学",
        "hotline_phone": "025-5550 0100",
        "hotline_mail": f"jubao@{slug}.example",
    }
    return saved(University(slug=slug, **(defaults | values)))


def duties(school: University, *, by: int, now: datetime, **values: object) -> None:
    """Set duties of a university."""
    for key, value in values.items():
        shown = str(table.in_force(db.session.get_one(University, school.id).settings, key))
        administration.set_duty(school.id, key, value, shown=shown, by=by, now=now)


def department(school: University, code: str = "CS", name: str = "计算机学院") -> Department:
    """A department."""
    return saved(Department(university_id=school.id, code=code, name=name))


def major(of: Department, national_code: str = "080901", name: str = "计算机科学与技术") -> Major:
    """A major."""
    return saved(Major(department_id=of.id, national_code=national_code, name=name))


def campus(school: University, name: str = "主校区") -> Campus:
    """A campus."""
    return saved(Campus(university_id=school.id, name=name))


def account(login: str = "chen@nanhu.example", name: str = "陈老师", **values: Any) -> Account:
    """A person with an account (no password unless a hash is given)."""
    person = saved(Person(name=name, email=login if "@" in login else None))
    return saved(Account(person_id=person.id, login=login, **values))


def role(of: Account, kind: RoleKind, **scope: Any) -> Role:
    """A role in force since 2020, with all documents that it needs accepted."""
    accept_all(of)
    return saved(Role(person_id=of.person_id, kind=kind, from_on=date(2020, 1, 1), **scope))


def accept_all(of: Account) -> None:
    """Accept every document in its current version."""
    from fairs import clock
    from fairs.accounts import actions

    for kind in CURRENT_VERSION:
        actions.accept(of.person_id, kind, university_id=None, now=clock.now())


def officer(school: University, login: str = "officer@nanhu.example") -> Account:
    """A career officer of a university."""
    made = account(login, "陈老师")
    role(made, RoleKind.CAREER_OFFICER, university_id=school.id)
    return made
