"""Reads of the audit trail, scoped by university."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm

from fairs.accounts.models import Person
from fairs.audit.models import AccessLog, Audit
from fairs.clock import at_campus
from fairs.database import db
from fairs.web.lists import each_once


def trail(university_id: int, filters: Mapping[str, str]) -> sa.Select[Audit, str]:
    """(row, name of who did it) of a university, latest first; ``filters``: action, person, subject, day."""
    statement = (
        sa.select(Audit, Person.name)
        .join(Person, Person.id == Audit.actor_id, isouter=True)
        .where(Audit.university_id == university_id)
        .order_by(Audit.at.desc(), Audit.id.desc())
    )
    if action := filters.get("action"):
        statement = statement.where(Audit.action == action)
    if person := filters.get("person"):
        statement = statement.where(Person.public_id == person)
    if subject := filters.get("subject"):
        statement = statement.where(Audit.subject_kind == subject)
    return statement.where(*_on(Audit.at, filters))


def _on(at: Any, filters: Mapping[str, str]) -> list[sa.ColumnElement[bool]]:
    day = day_of(filters.get("day", ""))
    if day is None:
        return []
    return [at >= at_campus(day, time.min), at < at_campus(day + timedelta(days=1), time.min)]


def looks(university_id: int, filters: Mapping[str, str]) -> sa.Select[AccessLog, str, str]:
    """(row, who looked, whose data) at a university, latest first; ``filters``: person, day."""
    reader, whose = sa.orm.aliased(Person), sa.orm.aliased(Person)
    # students lie above this feature, so their table is named, not imported
    student = sa.table("student", sa.column("id", sa.BigInteger), sa.column("person_id", sa.BigInteger))
    of_student = sa.and_(AccessLog.subject_kind == "student", student.c.id == AccessLog.subject_id)
    themselves = sa.and_(AccessLog.subject_kind == "person", whose.id == AccessLog.subject_id)
    statement = (
        sa.select(AccessLog, reader.name, whose.name)
        .join(reader, reader.id == AccessLog.actor_id)
        .join(student, of_student, isouter=True)
        .join(whose, sa.or_(whose.id == student.c.person_id, themselves), isouter=True)
        .where(AccessLog.university_id == university_id)
        .order_by(AccessLog.at.desc(), AccessLog.id.desc())
    )
    if person := filters.get("person"):
        statement = statement.where(reader.public_id == person)
    return statement.where(*_on(AccessLog.at, filters))


def readers_of(university_id: int) -> list[tuple[str, str]]:
    """(public id, name) of everybody who looked at personal data of a university, at most 300."""
    looked = sa.select(AccessLog.actor_id).where(AccessLog.university_id == university_id).distinct()
    people = sa.select(Person.public_id, Person.name).where(Person.id.in_(looked))
    return [(row.public_id, row.name) for row in db.session.execute(people.order_by(Person.name).limit(300))]


def broken_row(seq: int | None, university_id: int) -> Audit | None:
    """The row at which the chain breaks, if it is one of this university."""
    if seq is None:
        return None
    chosen = sa.select(Audit).where(Audit.seq == seq, Audit.university_id == university_id)
    return db.session.scalars(chosen).one_or_none()


def subjects_of(university_id: int) -> list[str]:
    """The kinds of subject that a university's trail holds."""
    return _each(Audit.subject_kind, university_id)


def day_of(text: str) -> date | None:
    """The day that ``text`` names, if it names one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def actions_of(university_id: int) -> list[str]:
    """The kinds of action that a university's trail holds."""
    return _each(Audit.action, university_id)


def _each(column: Any, university_id: int) -> list[str]:
    value = each_once(column, Audit.university_id == university_id).c.value
    return list(db.session.scalars(sa.select(value).where(value.is_not(None)).order_by(value).limit(300)))


def actors_of(university_id: int) -> list[tuple[str, str]]:
    """(public id, name) of everybody who acted at a university, at most 300."""
    acted = each_once(Audit.actor_id, Audit.university_id == university_id).c.value
    people = sa.select(Person.public_id, Person.name).join_from(Person, acted.table, Person.id == acted)
    return [(row.public_id, row.name) for row in db.session.execute(people.order_by(Person.name).limit(300))]
