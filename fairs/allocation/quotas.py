"""Booths by university at a joint fair: whoever brings an employer uses one of its own (S17, docs/adr/0017)."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from fairs.allocation.line import within_quotas
from fairs.allocation.models import BoothAssignment
from fairs.allocation.precedence import precedence
from fairs.allocation.rules import BoothQuotaFull
from fairs.database import db
from fairs.exhibitors.models import Exhibitor, ExhibitorSchool
from fairs.institutions.models import University
from fairs.programmes.models import Event, EventSchool

Quotas = dict[int, int]
"""University → its booths at a fair; one that is not in it has no limit."""


def quotas(event_id: int) -> Quotas:
    """The booth quotas of a fair, by university."""
    chosen = sa.select(EventSchool.university_id, EventSchool.booth_quota)
    rows = db.session.execute(
        chosen.where(EventSchool.event_id == event_id, EventSchool.booth_quota.is_not(None))
    )
    return {university_id: quota for university_id, quota in rows if quota is not None}


def brought_by(event_id: int) -> dict[int, int]:
    """Exhibitor → the university through which it comes: the lead where nothing else is written."""
    through = sa.func.coalesce(ExhibitorSchool.university_id, Event.university_id)
    chosen = (
        sa.select(Exhibitor.id, through)
        .join(Event, Event.id == Exhibitor.event_id)
        .outerjoin(ExhibitorSchool, ExhibitorSchool.exhibitor_id == Exhibitor.id)
        .where(Exhibitor.event_id == event_id)
    )
    return dict(row for row in db.session.execute(chosen))


def used(event_id: int) -> dict[int, int]:
    """University → how many booths the employers that it brings hold, offered or confirmed."""
    through = sa.func.coalesce(ExhibitorSchool.university_id, Event.university_id)
    chosen = (
        sa.select(through, sa.func.count())
        .select_from(BoothAssignment)
        .join(Event, Event.id == BoothAssignment.event_id)
        .outerjoin(ExhibitorSchool, ExhibitorSchool.exhibitor_id == BoothAssignment.exhibitor_id)
        .where(BoothAssignment.event_id == event_id, BoothAssignment.ended_at.is_(None))
        .group_by(through)
    )
    return dict(row for row in db.session.execute(chosen))


def left(event_id: int) -> Quotas:
    """University → how many more booths may be offered to those it brings."""
    there = quotas(event_id)
    taken = used(event_id) if there else {}
    return {university_id: quota - taken.get(university_id, 0) for university_id, quota in there.items()}


def servable(event_id: int, waiting: Sequence[Exhibitor]) -> Collection[int]:
    """Those of ``waiting`` (exhibitor ids) to whom a booth may be offered within the quotas, in line's order."""
    room = left(event_id)
    if not room:
        return [row.id for row in waiting]
    through, rank = brought_by(event_id), precedence(event_id)
    in_line = sorted(waiting, key=lambda row: (-rank(row), waiting.index(row)))
    return within_quotas([(row.id, through[row.id]) for row in in_line], room)


def check(exhibitor: Exhibitor) -> None:
    """Raises BoothQuotaFull if the university that brings this employer has no booth left (S17)."""
    room = left(exhibitor.event_id)
    university_id = brought_by(exhibitor.event_id)[exhibitor.id] if room else 0
    if room.get(university_id, 1) <= 0:
        school = db.session.get_one(University, university_id)
        raise BoothQuotaFull(school=school.named, quota=quotas(exhibitor.event_id)[university_id])
