"""Reads of gates and day passes, and of the day and hours that a gate works for."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.checkin.models import DevicePass, Gate, Scan
from fairs.database import db, found
from fairs.programmes.models import EntrySlot, Event, Occurrence, StaffShift
from fairs.venues.models import Space, SpaceUse
from fairs.venues.rules import UseState


def token_hash(token: str) -> str:
    """What is kept of a day pass's token."""
    return sha256(token.encode()).hexdigest()


def pass_by_token(token: str) -> DevicePass | None:
    """The day pass with this token, also one that ended."""
    chosen = (
        sa.select(DevicePass)
        .options(joinedload(DevicePass.gate).joinedload(Gate.event))
        .where(DevicePass.token_hash == token_hash(token))
    )
    return db.session.scalars(chosen).one_or_none()


def of_event(event_id: int) -> list[tuple[Gate, Space]]:
    """The gates of an event with their halls, by name."""
    chosen = sa.select(Gate, Space).join(Space, Space.id == Gate.space_id).where(Gate.event_id == event_id)
    return [(gate, space) for gate, space in db.session.execute(chosen.order_by(Gate.name).limit(100))]


def spaces_of(event_ids: Collection[int]) -> dict[int, list[Space]]:
    """The halls of several events' gates, each once, by event."""
    chosen = sa.select(Gate.event_id, Space).join(Space, Space.id == Gate.space_id)
    rows = db.session.execute(chosen.where(Gate.event_id.in_(event_ids)).order_by(Gate.name))
    halls: dict[int, list[Space]] = {}
    for event_id, space in rows:
        here = halls.setdefault(event_id, [])
        if space not in here:
            here.append(space)
    return halls


def gate(public_id: str, event_id: int) -> Gate:
    """A gate of an event. Raises NotFound."""
    chosen = sa.select(Gate).where(Gate.public_id == public_id, Gate.event_id == event_id)
    return found(db.session.scalars(chosen).one_or_none())


def device_pass(public_id: str, event_id: int) -> DevicePass:
    """A day pass of an event's gate. Raises NotFound."""
    chosen = sa.select(DevicePass).join(Gate).where(Gate.event_id == event_id)
    return found(db.session.scalars(chosen.where(DevicePass.public_id == public_id)).one_or_none())


def passes(event_id: int) -> list[DevicePass]:
    """The day passes of an event, newest first."""
    chosen = sa.select(DevicePass).join(Gate).where(Gate.event_id == event_id)
    return list(db.session.scalars(chosen.order_by(DevicePass.id.desc()).limit(200)))


def halls(event_id: int) -> list[Space]:
    """The halls in which an event takes place, then the other spaces of its university, for a gate's form."""
    used = (
        sa.select(SpaceUse.space_id)
        .join(Occurrence, Occurrence.id == SpaceUse.occurrence_id)
        .where(Occurrence.event_id == event_id, SpaceUse.state != UseState.RELEASED)
    )
    own = sa.select(Event.university_id).where(Event.id == event_id).scalar_subquery()
    chosen = sa.select(Space).where(Space.university_id == own, Space.ended_at.is_(None))
    ordered = chosen.order_by(sa.case((Space.id.in_(used), 0), else_=1), Space.name)
    return list(db.session.scalars(ordered.limit(300)))


def day_of(event_id: int, at: datetime) -> Occurrence | None:
    """The day of an event that a scan at ``at`` belongs to: the one nearest in time."""
    return days_of([event_id], at).get(event_id)


def days_of(event_ids: Collection[int], at: datetime) -> dict[int, Occurrence]:
    """The same of several events, by event."""
    chosen = sa.select(Occurrence).where(Occurrence.event_id.in_(event_ids))
    nearest: dict[int, Occurrence] = {}
    for day in sorted(db.session.scalars(chosen), key=lambda day: (_away(day, at), day.ordinal)):
        nearest.setdefault(day.event_id, day)
    return nearest


def _away(day: Occurrence, at: datetime) -> float:
    """Seconds between an instant and a day's hours; 0 within."""
    return max((day.starts_at - at).total_seconds(), (at - day.ends_at).total_seconds(), 0)


def first_slot(occurrence_id: int) -> datetime | None:
    """When the first entry slot of a day begins."""
    chosen = sa.select(sa.func.min(EntrySlot.starts_at)).where(EntrySlot.occurrence_id == occurrence_id)
    return db.session.scalar(chosen)


def is_undone(scan_id: int) -> bool:
    """Whether a scan was taken back."""
    return db.session.scalar(sa.select(Scan.id).where(Scan.undoes_id == scan_id).limit(1)) is not None


def duty(public_id: str, gate: Gate) -> StaffShift | None:
    """The duty at a gate for which a pass is issued; None where there is no such one."""
    chosen = sa.select(StaffShift).where(
        StaffShift.public_id == public_id, StaffShift.gate_id == gate.id, StaffShift.ended_at.is_(None)
    )
    return db.session.scalars(chosen.options(joinedload(StaffShift.person))).one_or_none()
