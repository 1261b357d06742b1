"""Reads of the audit trail, scoped by university."""

from collections.abc import Mapping
from datetime import date, time, timedelta

import sqlalchemy as sa

from fairs.accounts.models import Person
from fairs.audit.models import Audit
from fairs.clock import at_campus
from fairs.database import db


def trail(university_id: int, filters: Mapping[str, str]) -> sa.Select[Audit, str]:
    """(row, name of who did it) of a university, latest first; ``filters``: action, person, day (2026-11-21)."""
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
    day = day_of(filters.get("day", ""))
    if day is not None:
        begin, end = at_campus(day, time.min), at_campus(day + timedelta(days=1), time.min)
        statement = statement.where(Audit.at >= begin, Audit.at < end)
    return statement


def day_of(text: str) -> date | None:
    """The day that ``text`` names, if it names one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def actions_of(university_id: int) -> list[str]:
    """The kinds of action that a university's trail holds."""
    kinds = sa.select(Audit.action).where(Audit.university_id == university_id).distinct()
    return list(db.session.scalars(kinds.order_by(Audit.action).limit(300)))


def actors_of(university_id: int) -> list[tuple[str, str]]:
    """(public id, name) of everybody who acted at a university, at most 300."""
    acted = sa.select(Audit.actor_id).where(Audit.university_id == university_id).distinct()
    people = sa.select(Person.public_id, Person.name).where(Person.id.in_(acted))
    return [(row.public_id, row.name) for row in db.session.execute(people.order_by(Person.name).limit(300))]
