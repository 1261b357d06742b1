"""Giving, prolonging, ending and handing over roles. An ended role is gone with the next page that is opened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fairs.accounts import actions as accounts
from fairs.accounts import queries as people
from fairs.accounts.models import Person, Role
from fairs.accounts.rules import Grant, RoleKind
from fairs.administration import queries
from fairs.administration.rules import (
    check_grant,
    check_last,
    check_may,
    check_scope,
    check_until,
)
from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, lock, transaction
from fairs.errors import NotFound
from fairs.institutions.models import University
from fairs.messages import actions as messages


@dataclass(frozen=True, kw_only=True)
class RoleDraft:
    """A role as typed: for whom (by mail; ``name`` for somebody new), for which department, until when."""

    mail: str
    name: str
    kind: RoleKind
    department_id: int | None = None
    until: date | None = None


def _ranks(person_id: int, university_id: int, today: date) -> frozenset[RoleKind]:
    """What the roles of a person at a university are, read under the lock: an ended role grants nothing."""
    return frozenset(g.kind for g in people.grants(person_id, today) if g.university_id == university_id)


@transaction
def give_role(draft: RoleDraft, *, university_id: int, by: int, now: datetime) -> Role:
    """Give somebody a role; somebody new gets an account and a link to activate it.

    Raises MayNotGrant, OwnRole, DepartmentMissing, DayPassed, or NotFound for another university's department.
    """
    lock(University, university_id)
    today = campus_day(now)
    check_may(_ranks(by, university_id, today), draft.kind)
    check_scope(draft.kind, department=draft.department_id is not None)
    check_until(draft.until, today)
    queries.check_department(draft.department_id, university_id)
    account = people.account_by_login(draft.mail)
    if account is not None:
        person, fresh = account.person, False
    else:
        mail = draft.mail.strip().lower()
        person, fresh = accounts.create_person(draft.name, email=mail, login=mail), True
    check_grant(_ranks(by, university_id, today), draft.kind, oneself=person.id == by)
    grant = Grant(kind=draft.kind, university_id=university_id, department_id=draft.department_id)
    role = accounts.grant_role(person.id, grant, by=by, now=now)
    role.until_on = draft.until
    _record("give_role", role, by, now)
    _tell(person, role, university_id, now, fresh=fresh)
    return role


def _tell(person: Person, role: Role, university_id: int, now: datetime, *, fresh: bool) -> None:
    params = {"kind": role.kind.value, "until": role.until_on.isoformat() if role.until_on else ""}
    kind = "administration/activation" if fresh else "administration/role"
    messages.queue(kind, [person.id], params, subject=role, university_id=university_id, now=now)


def _record(action: str, role: Role, by: int, now: datetime) -> None:
    detail = {
        "kind": role.kind.value,
        "person": role.person_id,
        "department": role.department_id,
        "until": role.until_on.isoformat() if role.until_on else None,
    }
    audit.record(action, role, by=by, university_id=role.university_id, now=now, **detail)


def _held(role_id: int, university_id: int, by: int, today: date) -> Role:
    """A role that is in force and that ``by`` may take, locked together with all others of the university."""
    lock(University, university_id)
    role = lock(Role, role_id)
    if role.university_id != university_id or (role.until_on is not None and role.until_on < today):
        raise NotFound
    check_may(_ranks(by, university_id, today), role.kind)
    return role


@transaction
def set_until(role_id: int, until: date | None, *, university_id: int, by: int, now: datetime) -> None:
    """A role ends on another day (that day included), or never. Raises MayNotGrant, OwnRole, DayPassed, LastAdmin."""
    today = campus_day(now)
    role = _held(role_id, university_id, by, today)
    check_until(until, today)
    check_grant(_ranks(by, university_id, today), role.kind, oneself=role.person_id == by)
    if until is not None:
        check_last(role.kind, queries.lasting(university_id, today, but=role.person_id))
    role.until_on = until
    _record("set_role_until", role, by, now)


@transaction
def end_role(role_id: int, *, university_id: int, by: int, now: datetime) -> None:
    """A role ends at once. Raises MayNotGrant or LastAdmin."""
    today = campus_day(now)
    role = _held(role_id, university_id, by, today)
    check_last(role.kind, queries.lasting(university_id, today, but=role.person_id))
    # yesterday was its last day; one that was given today then never was in force
    role.until_on = today - timedelta(days=1)
    role.from_on = min(role.from_on, role.until_on)
    _record("end_role", role, by, now)


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """Somebody's staff roles go to a successor; ``last_on``: the last day of the former."""

    mail: str
    name: str
    last_on: date


@transaction
def hand_over(person_id: int, draft: HandOver, *, university_id: int, by: int, now: datetime) -> int:
    """Give a person's roles to a successor and end them; how many. Raises as ``give_role``, all or nothing."""
    lock(University, university_id)
    today = campus_day(now)
    check_until(draft.last_on, today)
    held = queries.roles_of(person_id, university_id, today)
    if not held:
        raise NotFound
    for role in held:
        wanted = RoleDraft(
            mail=draft.mail,
            name=draft.name,
            kind=role.kind,
            department_id=role.department_id,
            until=role.until_on,
        )
        given = give_role(wanted, university_id=university_id, by=by, now=now)
        if given.person_id == person_id:
            raise NotFound
        role.until_on = draft.last_on
        _record("hand_over_role", role, by, now)
    db.session.flush()
    return len(held)
