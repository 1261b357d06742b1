"""Naming who answers for a school, a department or an event (S130)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.accounts import queries as accounts
from fairs.audit import actions as audit
from fairs.database import db, found, lock, transaction
from fairs.institutions.models import Department, University
from fairs.programmes.models import Event
from fairs.safety.models import ResponsiblePerson
from fairs.safety.rules import Position, ResponsibleIncomplete


@dataclass(frozen=True, kw_only=True)
class Scope:
    """For what somebody is responsible: a school, one of its departments, or one event."""

    university_id: int
    department_id: int | None = None
    event_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Named:
    """A responsible person as typed; with ``login`` the account's person is told when something is late."""

    name: str
    title: str
    phone: str
    login: str = ""


@transaction
def set_responsible(
    scope: Scope, position: Position, named: Named, *, by: int, now: datetime
) -> ResponsiblePerson:
    """Name the first or direct responsible person; whoever held it before ends (S130).

    Raises ResponsibleIncomplete, NotFound for another school's department or event.
    """
    name, title, phone = named.name.strip(), named.title.strip(), named.phone.strip()
    if not (name and title and phone):
        raise ResponsibleIncomplete
    school = lock(University, scope.university_id)
    _check_scope(scope)
    for row in db.session.scalars(_holders(scope, position)):
        row.ended_at = now
    db.session.flush()
    account = accounts.account_by_login(named.login) if named.login.strip() else None
    person = ResponsiblePerson(
        university_id=school.id,
        department_id=scope.department_id,
        event_id=scope.event_id,
        position=position,
        name=name,
        title=title,
        phone=phone,
        person_id=account.person_id if account else None,
    )
    db.session.add(person)
    audit.record("set_responsible", person, by=by, university_id=school.id, now=now, position=position.value)
    return person


def _holders(scope: Scope, position: Position) -> sa.Select[ResponsiblePerson]:
    return sa.select(ResponsiblePerson).where(
        ResponsiblePerson.university_id == scope.university_id,
        ResponsiblePerson.department_id.is_not_distinct_from(scope.department_id),
        ResponsiblePerson.event_id.is_not_distinct_from(scope.event_id),
        ResponsiblePerson.position == position,
        ResponsiblePerson.ended_at.is_(None),
    )


def _check_scope(scope: Scope) -> None:
    for model, number in ((Department, scope.department_id), (Event, scope.event_id)):
        if number is not None:
            row: Any = db.session.get(model, number)
            found(row if row is not None and row.university_id == scope.university_id else None)
