"""Who must attend a meeting (S6): everybody with a named role, and the persons whose mail stands in the list."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from fairs.accounts import queries as accounts
from fairs.accounts.models import Person
from fairs.accounts.rules import OF_DEPARTMENT, Grant, RoleKind
from fairs.database import db
from fairs.programmes import facts
from fairs.programmes.kind_models import EventItem
from fairs.programmes.kinds import CALLED, INTERNAL, ItemKind
from fairs.programmes.models import Event


def attendees(event: Event, today: date) -> list[int]:
    """Person ids of everybody who must attend and has a role at the university today, each once."""
    rows = facts.items(event.id)
    called = {row.name for row in rows if row.kind is ItemKind.ATTENDEE_ROLE}
    mails = {
        row.detail.strip().lower() for row in rows if row.kind is ItemKind.ATTENDEE and "@" in row.detail
    }
    named = accounts.staff_by_mail(mails, event.university_id, today) if mails else []
    return sorted({*named, *(one for kind in called for one in _with_role(event, RoleKind(kind), today))})


def _with_role(event: Event, kind: RoleKind, today: date) -> list[int]:
    """A department's meeting calls the department's own people."""
    if event.department_id is not None and kind in OF_DEPARTMENT:
        return accounts.department_people(kind, event.department_id, today)
    return [person.id for person in accounts.people_with(kind, event.university_id, today)]


def calls(person_id: int, grants: Sequence[Grant]) -> sa.ColumnElement[bool]:
    """Whether an event is a meeting to which a person with these roles was called."""
    person = db.session.get_one(Person, person_id)
    by_role = [_names_role(grant) for grant in grants if grant.university_id and grant.kind in CALLED]
    mail = (person.email or "").lower()
    here = {grant.university_id for grant in grants if grant.university_id}
    by_mail = [
        sa.and_(
            Event.university_id.in_(here),
            _has(ItemKind.ATTENDEE, sa.func.lower(EventItem.detail) == mail),
        )
    ]
    return sa.and_(Event.kind.in_(INTERNAL), sa.or_(sa.false(), *by_role, *(by_mail if mail else ())))


def _names_role(grant: Grant) -> sa.ColumnElement[bool]:
    own = Event.university_id == grant.university_id
    if grant.kind in OF_DEPARTMENT:
        own &= sa.or_(Event.department_id.is_(None), Event.department_id == grant.department_id)
    return own & _has(ItemKind.ATTENDEE_ROLE, EventItem.name == grant.kind.value)


def _has(kind: ItemKind, line: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(EventItem.event_id == Event.id, EventItem.kind == kind, line)
