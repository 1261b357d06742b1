"""Letting people in and out. One scan is one transaction, so that a bad one never blocks those behind it.

A scan made without network is judged on what was known of its holder when it happened, by the corrected clock;
any other on all that is known. Who is inside is folded anew from all scans of that holder, so a gate that
uploads late changes the past where it must, and presence equals ``occupancy.rebuild`` of the ledger at any time.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from fairs.checkin import folds, gates, occupancy, queries
from fairs.checkin.batches import Batch, Reading, Unreadable
from fairs.checkin.models import DevicePass, Presence, Scan
from fairs.checkin.rules import (
    DEFAULT_TOLERANCE,
    NEVER_SEEN,
    Door,
    HolderKind,
    ScanMode,
    Standing,
    Ticket,
    Verdict,
    corrected_time,
    judge,
    standing_of,
)
from fairs.checkin.rules import Presence as Whereabouts
from fairs.database import db, found, lock, transaction
from fairs.errors import Conflict
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import EventState, OccurrenceState
from fairs.registrations import queries as registrations
from fairs.registrations import ticketing, tickets
from fairs.registrations.models import Registration
from fairs.registrations.models import Ticket as TicketRow
from fairs.registrations.rules import RegistrationState, move

_S = RegistrationState
_CLOCK_MOVED = 500  # milliseconds by which a device's clock must differ from what was known to be noted again
_ADMITS = frozenset(
    {
        EventState.OPEN,
        EventState.LOCKED,
        EventState.RUNNING,
        EventState.PAUSED,
        EventState.EVACUATED,
        EventState.CLOSED,
        EventState.REPORTED,
    }
)
"""States in which scans count; what happened before closing may be uploaded after it."""
STOPPED = frozenset({EventState.PAUSED, EventState.EVACUATED})
"""States in which nobody is let in."""


@dataclass(frozen=True)
class Admission:
    """What became of one item: its scan, or None where there is nothing to store.

    ``again`` asks the device to send the item once more: the database was busy.
    """

    client_id: str
    scan: Scan | None
    again: bool = False


@dataclass(frozen=True)
class _Shown:
    """A code as it was shown, and the ticket behind it, if any."""

    claim: tickets.Claim | None
    ticket: TicketRow | None


def admit_batch(pass_id: int, batch: Batch, received_at: datetime) -> list[Admission]:
    """Admit each scan of a batch in order, each in a transaction of its own."""
    offset = note_clock(pass_id, batch.sent_at, received_at)
    return [_one(pass_id, item, offset, received_at) for item in batch.items]


@transaction
def note_clock(pass_id: int, sent_at: datetime | None, received_at: datetime) -> int:
    """By how many milliseconds the device's clock is ahead, from when it says that it sent; kept for next time."""
    device_pass = lock(DevicePass, pass_id)
    if sent_at is not None:
        ahead = round((sent_at - received_at) / timedelta(milliseconds=1))
        if abs(ahead - device_pass.clock_offset_ms) > _CLOCK_MOVED:
            device_pass.clock_offset_ms = ahead
    return device_pass.clock_offset_ms


def _one(pass_id: int, item: Reading | Unreadable, offset: int, received_at: datetime) -> Admission:
    if isinstance(item, Unreadable):
        return Admission(item.client_id, None)
    try:
        return Admission(item.client_id, admit(pass_id, item, offset, received_at))
    except Conflict:
        # the same item came in over two connections at once, or the database was busy for long
        stored = _replayed(item.client_id, pass_id)
        return Admission(item.client_id, stored, again=stored is None)


def _replayed(client_id: str, pass_id: int) -> Scan | None:
    """The stored scan of a device's own client id."""
    scan = queries.scan_by_client_id(client_id)
    return scan if scan is not None and scan.device_pass_id == pass_id else None


@transaction
def admit(pass_id: int, item: Reading, offset_ms: int, received_at: datetime) -> Scan:
    """Judge one scan, write it down, and move its holder if it says so. A repeated client id changes nothing.

    Raises Conflict if another device used the client id, or if the same item is being written right now.
    """
    stored = queries.scan_by_client_id(item.client_id)
    if stored is not None:
        if stored.device_pass_id != pass_id:
            raise Conflict
        return stored
    device_pass = found(db.session.get(DevicePass, pass_id))
    at = corrected_time(item.scanned_at, received_at, offset_ms)
    day = found(gates.day_of(device_pass.gate.event_id, at))
    shown = _shown(item.code, day)
    registration = lock(Registration, shown.ticket.registration_id) if shown.ticket else None
    verdict = _verdict(device_pass, day, shown, registration, item, at)
    scan = Scan(
        client_id=item.client_id,
        device_pass_id=pass_id,
        gate_id=device_pass.gate_id,
        occurrence_id=day.id,
        direction=item.direction,
        code_hash=tickets.code_hash(shown.claim.code if shown.claim else item.code),
        holder_kind=HolderKind.STUDENT if registration else None,
        holder_id=registration.person_id if registration else None,
        verdict=verdict,
        mode=item.mode,
        scanned_at=item.scanned_at,
        corrected_at=at,
        received_at=received_at,
    )
    db.session.add(scan)
    db.session.flush()
    if registration is not None and registration.occurrence_id == day.id:
        settle(registration)
    return scan


def _shown(code: str, day: Occurrence) -> _Shown:
    """The ticket that a code names: a token, a typed ticket number, or a typed student number."""
    try:
        claim = tickets.read(code)
    except tickets.UnreadableCode:
        ticket = registrations.ticket_by_student_no(code.strip(), day.id)
        return _Shown(tickets.Claim(tickets.ClaimKind.TYPED, 0, ticket.code) if ticket else None, ticket)
    return _Shown(claim, registrations.ticket_by_code(claim.code))


def _verdict(
    device_pass: DevicePass,
    day: Occurrence,
    shown: _Shown,
    registration: Registration | None,
    item: Reading,
    at: datetime,
) -> Verdict:
    door = _door(device_pass, day, item)
    if registration is None or shown.ticket is None or shown.claim is None:
        return judge(None, NEVER_SEEN, door, at)
    judged = _ticket(shown.ticket, shown.claim, registration, at)
    if judged is None:
        return judge(None, NEVER_SEEN, door, at)
    until = at if item.mode is ScanMode.OFFLINE else None
    seen = _whereabouts(day.id, registration.person_id, device_pass.gate.space_id, until)
    return judge(judged, seen, door, at)


def _door(device_pass: DevicePass, day: Occurrence, item: Reading) -> Door:
    """The gate as the rule sees it. A gate without network could not know of a stop; what it did is a fact."""
    event = device_pass.gate.event
    opens_at, closes_at, stopped = hours_of(event, day)
    return Door(
        event=str(event.id),
        occurrence=str(day.id),
        direction=item.direction,
        device=str(device_pass.id),
        opens_at=opens_at,
        closes_at=closes_at,
        stop_entry=stopped and item.mode is not ScanMode.OFFLINE,
    )


def hours_of(event: Event, day: Occurrence) -> tuple[datetime, datetime, bool]:
    """When the doors of an event open and close on a day, and whether entry is stopped now."""
    opens_at = min(gates.first_slot(day.id) or day.starts_at, day.starts_at) - DEFAULT_TOLERANCE.early
    works = event.state in _ADMITS and day.state is OccurrenceState.PLANNED
    return opens_at, day.ends_at if works else opens_at, event.state in STOPPED


def _ticket(row: TicketRow, claim: tickets.Claim, registration: Registration, at: datetime) -> Ticket | None:
    """The ticket as the rule sees it; None for a token under a key that never was."""
    event_id, slot = registration.occurrence.event_id, registration.entry_slot
    typed = claim.kind is tickets.ClaimKind.TYPED
    key = registrations.fair_key(event_id, row.key_version if typed else claim.version)
    if key is None:
        return None
    proof = tickets.prove(claim, tickets.secret_of(ticketing.key_bytes(key), claim), at)
    retired = row.revoked_at is not None or key.retired_at is not None
    standing = standing_of(registration.state)
    if retired and standing is Standing.VALID:
        standing = Standing.REVOKED
    return Ticket(
        event=str(event_id),
        occurrence=str(registration.occurrence_id),
        holder_kind=HolderKind.STUDENT,
        standing=standing,
        claim_kind=claim.kind,
        proof=proof,
        slot_starts_at=slot.starts_at if slot else None,
        slot_ends_at=slot.ends_at if slot else None,
    )


def _whereabouts(occurrence_id: int, person_id: int, space_id: int, until: datetime | None) -> Whereabouts:
    """Where a holder is: inside this hall or not, and the last gate and device anywhere.

    With ``until`` as it was then, for a gate that had no network; else by all that is known: a slow connection
    must not let a second person in who came a moment "earlier".
    """
    ledger = folds.ledger(occurrence_id, HolderKind.STUDENT, person_id)
    undone = {scan.undoes for scan in ledger if scan.undoes is not None}
    known = [
        scan for scan in ledger if scan.id not in undone and (until is None or scan.corrected_at <= until)
    ]
    presences = occupancy.rebuild(known).presences
    here = next((seen for (space, _), seen in presences.items() if space == str(space_id)), NEVER_SEEN)
    last = max(presences.values(), key=_last_seen, default=NEVER_SEEN)
    last = here if here.last_scan_at == last.last_scan_at else last
    return Whereabouts(here.inside, last.last_scan_at, last.last_gate, last.last_device, last.last_direction)


def _last_seen(seen: Whereabouts) -> datetime:
    return seen.last_scan_at or datetime.min.replace(tzinfo=UTC)


def settle(registration: Registration) -> None:
    """Fold the scans of a (locked) registration's holder into presence and into the registration's state."""
    day, person_id = registration.occurrence_id, registration.person_id
    ledger = folds.ledger(day, HolderKind.STUDENT, person_id)
    folded = {int(space): seen for (space, _), seen in occupancy.rebuild(ledger).presences.items()}
    stored = sa.select(Presence).where(
        Presence.occurrence_id == day,
        Presence.holder_kind == HolderKind.STUDENT,
        Presence.holder_id == person_id,
    )
    rows = {row.space_id: row for row in db.session.scalars(stored)}
    last = max((scan.id for scan in ledger), default=0)
    for space_id in folded.keys() | rows.keys():
        inside = folded[space_id].inside if space_id in folded else False
        if space_id not in rows:
            db.session.add(
                Presence(
                    occurrence_id=day,
                    space_id=space_id,
                    holder_kind=HolderKind.STUDENT,
                    holder_id=person_id,
                    inside=inside,
                    last_scan_id=last,
                )
            )
        elif rows[space_id].inside != inside:
            rows[space_id].inside, rows[space_id].last_scan_id = inside, last
    _state_follows(registration, folded)


def _state_follows(registration: Registration, folded: dict[int, Whereabouts]) -> None:
    """Move the registration to where its holder is, by way of having come in."""
    came = registration.state in {_S.CHECKED_IN, _S.CHECKED_OUT}
    if registration.ended_at is not None or not (folded or came):
        return
    wanted = _S.TICKETED
    if folded:
        wanted = _S.CHECKED_IN if any(seen.inside for seen in folded.values()) else _S.CHECKED_OUT
    if registration.state is not wanted and registration.state is not _S.CHECKED_IN:
        registration.state = move(registration.state, _S.CHECKED_IN)
    if registration.state is not wanted:
        registration.state = move(registration.state, wanted)
