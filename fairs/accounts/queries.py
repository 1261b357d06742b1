"""Reads of people and roles."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from fairs.accounts.models import Acceptance, Account, Person, Role
from fairs.accounts.rules import Grant, RoleKind, Viewer
from fairs.database import db, found
from fairs.institutions import queries as institutions


def account_by_login(login: str) -> Account | None:
    """The account with this login, whatever the case typed."""
    return db.session.scalars(sa.select(Account).where(Account.login == login.strip().lower())).one_or_none()


def full_login(typed: str, slug: str | None) -> str:
    """The login that somebody means: a bare student number is completed by the school of the address.

    Without a school it is completed if only one school has that number; else it stays as it was typed.
    """
    bare = typed.strip()
    if "@" in bare or not bare:
        return bare
    if slug is not None:
        return f"{bare}@{slug}"
    meant = [f"{bare.lower()}@{school.slug}" for school in institutions.universities()]
    there = list(db.session.scalars(sa.select(Account.login).where(Account.login.in_(meant)).limit(2)))
    return there[0] if len(there) == 1 else bare


def account_of(person_id: int) -> Account | None:
    """A person's account, if they have one."""
    return db.session.scalars(sa.select(Account).where(Account.person_id == person_id)).one_or_none()


def person(person_id: int) -> Person:
    """The person with this number. Raises NotFound."""
    return found(db.session.get(Person, person_id))


def viewer(account_id: int, session_epoch: int, today: date) -> Viewer | None:
    """The signed-in person with roles in force today; None if the session has been ended."""
    account = db.session.get(Account, account_id)
    if account is None or account.session_epoch != session_epoch:
        return None
    person_id = account.person_id
    accepted = db.session.execute(
        sa.select(Acceptance.document_kind, Acceptance.document_version).where(
            Acceptance.person_id == person_id, Acceptance.withdrawn_at.is_(None)
        )
    )
    return Viewer(
        person_id=person_id,
        account_id=account_id,
        name=account.person.name,
        language=account.person.language,
        grants=grants(person_id, today),
        accepted=frozenset((kind, version) for kind, version in accepted),
    )


def grants(person_id: int, today: date) -> tuple[Grant, ...]:
    """The roles of a person in force on a day."""
    rows = db.session.scalars(_in_force(today).where(Role.person_id == person_id).order_by(Role.id))
    return tuple(
        Grant(
            kind=row.kind,
            university_id=row.university_id,
            department_id=row.department_id,
            employer_id=row.employer_id,
            event_id=row.event_id,
        )
        for row in rows
    )


def people_with(kind: RoleKind, university_id: int, today: date) -> list[Person]:
    """People who hold a role at a university on a day, e.g. to notify the officers."""
    roles = _in_force(today).where(Role.kind == kind, Role.university_id == university_id).subquery()
    return list(db.session.scalars(sa.select(Person).where(Person.id.in_(sa.select(roles.c.person_id)))))


def staff_by_mail(mails: Collection[str], university_id: int, today: date) -> list[int]:
    """Person ids of those with one of these addresses (in lower case) who hold a role at a university on a day."""
    roles = _in_force(today).where(Role.university_id == university_id).subquery()
    chosen = sa.select(Person.id).where(sa.func.lower(Person.email).in_(mails))
    return list(
        db.session.scalars(chosen.where(Person.id.in_(sa.select(roles.c.person_id))).order_by(Person.id))
    )


def department_people(kind: RoleKind, department_id: int, today: date) -> list[int]:
    """Person ids of those who hold a role at a department on a day."""
    roles = _in_force(today).where(Role.kind == kind, Role.department_id == department_id).subquery()
    return list(db.session.scalars(sa.select(roles.c.person_id).distinct().order_by(roles.c.person_id)))


def _in_force(today: date) -> sa.Select[Role]:
    return sa.select(Role).where(
        Role.from_on <= today, sa.or_(Role.until_on.is_(None), Role.until_on >= today)
    )
