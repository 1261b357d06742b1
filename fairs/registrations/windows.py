"""When booking begins, and for whom earlier: windows of events, and the sealed lists of who comes first (S12).

Who is in a group is read here and in ``priority`` only. Whatever depends on it (a page, a refusal) differs by
whether one may book, never by the reason.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.config import settings
from fairs.database import db
from fairs.programmes.models import Event
from fairs.registrations.models import BookingWindow, PriorityList
from fairs.registrations.rules import SupportGroup, Window
from fairs.registrations.seals import unseal_numbers
from fairs.students.models import Student


def window_of(event_id: int) -> BookingWindow | None:
    """The booking window of an event, if it has one of its own."""
    return db.session.scalars(
        sa.select(BookingWindow).where(BookingWindow.event_id == event_id)
    ).one_or_none()


def opens_for_all(event: Event) -> datetime:
    """When everybody may book an event: what its pages say."""
    row = window_of(event.id)
    return row.opens_at if row else event.published_at or event.created_at


def opens_at(event: Event, student: Student | None) -> datetime:
    """When this student may book an event; without a student what everybody is told."""
    row = window_of(event.id)
    if row is None or row.support_group is None or student is None:
        return opens_for_all(event)
    window = Window(row.opens_at, timedelta(days=row.early_days))
    is_member = student.person_id in members(student.university_id, row.support_group)
    return window.begins(is_member=is_member)


def members(university_id: int, group: SupportGroup) -> frozenset[int]:
    """The person ids of a group's members; whoever shows them to somebody logs it (``priority.reveal``)."""
    row = db.session.scalars(
        sa.select(PriorityList).where(
            PriorityList.university_id == university_id, PriorityList.support_group == group
        )
    ).one_or_none()
    return unseal_numbers(settings().secret_key, row.members) if row else frozenset()


def groups_of(person_id: int, university_ids: Sequence[int]) -> list[SupportGroup]:
    """The groups in which a person is listed: for the person's own data page and nobody else."""
    rows = db.session.scalars(sa.select(PriorityList).where(PriorityList.university_id.in_(university_ids)))
    return [
        row.support_group for row in rows if person_id in unseal_numbers(settings().secret_key, row.members)
    ]
