"""What a scanner keeps for the loss of its network: the keys of its event and a list without names.

Not enforced without network: who was admitted at another gate since the list was made, who cancelled or booked
since then, and a stop of entry. Each scan is judged again by the server when it is uploaded.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.checkin import gates, queries
from fairs.checkin.admitting import hours_of
from fairs.checkin.models import DevicePass, Presence
from fairs.checkin.rules import HolderKind, standing_of
from fairs.database import db
from fairs.programmes.models import EntrySlot, Occurrence
from fairs.registrations import ticketing
from fairs.registrations.models import FairKey, Registration, Ticket

MOST = 20_000


def snapshot(device_pass: DevicePass, now: datetime) -> dict[str, Any]:
    """The snapshot of a pass's gate at ``now``: times in milliseconds, tickets as rows of
    (code, standing, slot start, slot end, inside this hall)."""
    gate = device_pass.gate
    day = gates.day_of(gate.event_id, now)
    hall = queries.hall(gate.event_id, gate.space_id, now)
    opens_at, closes_at, stopped = hours_of(gate.event, day) if day else (now, now, True)
    return {
        "now": _milliseconds(now),
        "pass": device_pass.public_id,
        "expires_at": _milliseconds(device_pass.expires_at),
        "occurrence": day.public_id if day else None,
        "opens_at": _milliseconds(opens_at),
        "closes_at": _milliseconds(closes_at),
        "stop_entry": stopped,
        "inside": hall.inside,
        "capacity": hall.capacity,
        "keys": _keys(gate.event_id),
        "tickets": _tickets(day, gate.space_id) if day else [],
    }


def _keys(event_id: int) -> dict[str, str]:
    """The keys in force by version, in hexadecimal digits."""
    chosen = sa.select(FairKey).where(FairKey.event_id == event_id, FairKey.retired_at.is_(None))
    return {str(key.version): ticketing.key_bytes(key).hex() for key in db.session.scalars(chosen)}


def _tickets(day: Occurrence, space_id: int) -> list[list[Any]]:
    here = sa.and_(
        Presence.occurrence_id == day.id,
        Presence.space_id == space_id,
        Presence.holder_kind == HolderKind.STUDENT,
        Presence.holder_id == Registration.person_id,
    )
    chosen = (
        sa.select(Ticket.code, Registration.state, EntrySlot.starts_at, EntrySlot.ends_at, Presence.inside)
        .join(Registration, Registration.id == Ticket.registration_id)
        .outerjoin(EntrySlot, EntrySlot.id == Registration.entry_slot_id)
        .outerjoin(Presence, here)
        .where(Registration.occurrence_id == day.id, Ticket.revoked_at.is_(None))
        .order_by(Ticket.id)
        .limit(MOST)
    )
    return [
        [
            code,
            standing_of(state),
            starts_at and _milliseconds(starts_at),
            ends_at and _milliseconds(ends_at),
            bool(inside),
        ]
        for code, state, starts_at, ends_at, inside in db.session.execute(chosen)
    ]


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
