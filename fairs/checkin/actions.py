"""Setting up the door (gates, day passes), counting by hand, taking a scan back; scans are in ``admitting``."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from fairs.audit import actions as audit
from fairs.checkin import gates
from fairs.checkin.admitting import Admission, admit, admit_batch, settle
from fairs.checkin.models import DevicePass, Gate, HeadCount, Scan
from fairs.checkin.passes import NoDay, NotMoving, PassRefused, check_hours, check_pass
from fairs.checkin.rules import Direction, ScanMode, Verdict
from fairs.database import db, found, lock, new_public_id, transaction
from fairs.programmes.models import Event
from fairs.registrations import queries as registrations
from fairs.registrations.models import Registration

__all__ = ["Admission", "admit", "admit_batch"]


@dataclass(frozen=True)
class IssuedPass:
    """A fresh day pass with its token, which is told once and never stored."""

    device_pass: DevicePass
    token: str


@transaction
def create_gate(
    event_id: int, space_id: int, name: str, direction: Direction, *, by: int | None, now: datetime
) -> Gate:
    """A door of a hall for an event. Raises NoDay; Conflict if the name is taken."""
    event = lock(Event, event_id)
    if gates.day_of(event_id, now) is None:
        raise NoDay
    gate = Gate(event_id=event_id, space_id=space_id, name=name.strip(), direction=direction)
    db.session.add(gate)
    audit.record("create_gate", gate, by=by, university_id=event.university_id, now=now)
    return gate


@transaction
def issue_pass(
    gate_id: int, label: str, hours: int, *, shift_id: int | None = None, by: int | None, now: datetime
) -> IssuedPass:
    """A day pass for one phone at one gate, good for some hours; perhaps for a duty. Raises PassTooLong."""
    gate = found(db.session.get(Gate, gate_id))
    token = secrets.token_urlsafe(24)
    device_pass = DevicePass(
        gate_id=gate.id,
        staff_shift_id=shift_id,
        label=label.strip(),
        rights=["scan"],
        token_hash=gates.token_hash(token),
        created_by=by,
        created_at=now,
        expires_at=now + check_hours(hours),
    )
    db.session.add(device_pass)
    university_id = gate.event.university_id
    audit.record("issue_pass", device_pass, by=by, university_id=university_id, now=now, gate=gate.id)
    return IssuedPass(device_pass, token)


@transaction
def revoke_pass(pass_id: int, *, by: int | None, now: datetime) -> DevicePass:
    """Take a day pass back; its phone can neither scan nor read from now on. Twice is once."""
    device_pass = lock(DevicePass, pass_id)
    if device_pass.revoked_at is None:
        device_pass.revoked_at = now
        university_id = device_pass.gate.event.university_id
        audit.record("revoke_pass", device_pass, by=by, university_id=university_id, now=now)
    return device_pass


def opened(token: str, now: datetime) -> DevicePass:
    """The day pass behind a token. Raises PassRefused if it is unknown, ended or taken back."""
    device_pass = gates.pass_by_token(token) if token else None
    if device_pass is None:
        raise PassRefused
    check_pass(device_pass.expires_at, device_pass.revoked_at, now)
    return device_pass


@transaction
def undo(scan_id: int, *, by: int | None, now: datetime) -> Scan:
    """Take back a scan that let the wrong person in or out: a new row that says so. Raises NotMoving."""
    first = found(db.session.get(Scan, scan_id))
    if not first.verdict.moves or first.holder_id is None or first.holder_kind is None:
        raise NotMoving
    mine = registrations.live_registration(first.occurrence_id, first.holder_id)
    registration = lock(Registration, found(mine).id)
    if gates.is_undone(scan_id):
        raise NotMoving
    scan = Scan(
        client_id=f"undo-{new_public_id()}",
        gate_id=first.gate_id,
        occurrence_id=first.occurrence_id,
        direction=first.direction,
        code_hash=first.code_hash,
        holder_kind=first.holder_kind,
        holder_id=first.holder_id,
        verdict=Verdict.UNDONE,
        mode=ScanMode.MANUAL,
        scanned_at=now,
        corrected_at=now,
        received_at=now,
        undoes_id=first.id,
    )
    db.session.add(scan)
    db.session.flush()
    settle(registration)
    university_id = registration.occurrence.event.university_id
    audit.record("undo_scan", scan, by=by, university_id=university_id, now=now, scan=first.id)
    return scan


@transaction
def count_heads(
    occurrence_id: int, space_id: int, amount: int, *, is_total: bool, by: int | None, now: datetime
) -> HeadCount:
    """People counted by hand: so many more or fewer without a ticket, or a recount of everybody in a hall."""
    count = HeadCount(
        occurrence_id=occurrence_id, space_id=space_id, at=now, is_total=is_total, amount=amount, by=by
    )
    db.session.add(count)
    return count
