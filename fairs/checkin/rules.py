"""The door's verdict on a scan: one rule, for the server and (by its vectors) for a gate without network."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fairs.registrations.rules import RegistrationState
from fairs.registrations.tickets import ClaimKind, Proof


class Direction(StrEnum):
    """Which way a gate leads."""

    IN = "in"
    OUT = "out"


DIRECTION_LABELS = {Direction.IN: "入场", Direction.OUT: "离场"}


class HolderKind(StrEnum):
    """Who holds a ticket or pass."""

    STUDENT = "student"
    REPRESENTATIVE = "representative"
    STAFF = "staff"


class ScanMode(StrEnum):
    """How a scan reached us."""

    ONLINE = "online"
    OFFLINE = "offline"
    MANUAL = "manual"


class Standing(StrEnum):
    """Whether a ticket or pass is in force."""

    VALID = "valid"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    EXPIRED = "expired"


class Tone(StrEnum):
    """The colour that fills the scanner's screen: pass, ask, stop."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Sound(StrEnum):
    """What the scanner plays, for eyes that are on the crowd."""

    OK = "ok"
    NOTICE = "notice"
    STOP = "stop"


class Verdict(StrEnum):
    """What the door answers to one scan; ``undone`` is never judged, it marks the row that takes one back."""

    IN_OK = "in"
    IN_CHECK_ID = "in_check_id"
    REPEAT = "repeat"
    OUT_OK = "out"
    ALREADY_IN = "already_in"
    NOT_INSIDE = "not_inside"
    TOO_EARLY = "too_early"
    WRONG_SLOT = "wrong_slot"
    WAITING = "waiting"
    STALE_CODE = "stale_code"
    FORGED_CODE = "forged_code"
    UNKNOWN = "unknown"
    WRONG_EVENT = "wrong_event"
    WRONG_DAY = "wrong_day"
    CANCELLED = "cancelled"
    REVOKED = "revoked_pass"
    EXPIRED = "expired_pass"
    EVENT_CLOSED = "event_closed"
    STOP_ENTRY = "stop_entry"
    UNDONE = "undone"

    @property
    def moves(self) -> bool:
        """Whether the scan changes who is inside."""
        return self in (Verdict.IN_OK, Verdict.IN_CHECK_ID, Verdict.OUT_OK)


@dataclass(frozen=True)
class Showing:
    """How a verdict is shown: a colour, a sound and what to do."""

    tone: Tone
    sentence: str

    @property
    def sound(self) -> Sound:
        """The sound of the tone."""
        return _SOUNDS[self.tone]


_SOUNDS = {Tone.GREEN: Sound.OK, Tone.AMBER: Sound.NOTICE, Tone.RED: Sound.STOP}

SHOWINGS: Mapping[Verdict, Showing] = {
    Verdict.IN_OK: Showing(Tone.GREEN, "请入场"),
    Verdict.IN_CHECK_ID: Showing(Tone.AMBER, "请核对学生证或工作证，一致后放行"),
    Verdict.REPEAT: Showing(Tone.GREEN, "此票刚刚扫过，一票一人，请通行"),
    Verdict.OUT_OK: Showing(Tone.GREEN, "已离场，欢迎再来"),
    Verdict.ALREADY_IN: Showing(Tone.AMBER, "此票已入场，请查看入场时间和入口，核对证件"),
    Verdict.NOT_INSIDE: Showing(Tone.AMBER, "没有入场记录，可直接离场"),
    Verdict.TOO_EARLY: Showing(Tone.AMBER, "未到入场时间，请在等候区等待"),
    Verdict.WRONG_SLOT: Showing(Tone.AMBER, "已过预约时段，请到咨询台按现场余位办理"),
    Verdict.WAITING: Showing(Tone.AMBER, "仍在候补，没有名额，请到咨询台办理"),
    Verdict.STALE_CODE: Showing(Tone.AMBER, "二维码已过期，可能是截图，请持票人打开票面重新出示"),
    Verdict.FORGED_CODE: Showing(Tone.RED, "二维码不是本系统签发的，请核对证件并到咨询台处理"),
    Verdict.UNKNOWN: Showing(Tone.RED, "没有这张票，请改用票号或学号查询"),
    Verdict.WRONG_EVENT: Showing(Tone.RED, "这是其他活动的票，请查看票面上的活动名称"),
    Verdict.WRONG_DAY: Showing(Tone.RED, "这是其他日期的票，请查看票面上的日期"),
    Verdict.CANCELLED: Showing(Tone.RED, "此报名已取消，如需入场请到咨询台办理"),
    Verdict.REVOKED: Showing(Tone.RED, "此票证已作废，请持票人出示新票或到咨询台处理"),
    Verdict.EXPIRED: Showing(Tone.RED, "此证件已过有效期，请到咨询台处理"),
    Verdict.EVENT_CLOSED: Showing(Tone.RED, "活动未开放或已结束，不能入场"),
    Verdict.STOP_ENTRY: Showing(Tone.RED, "场内人数已达上限，暂停入场，请在等候区排队"),
    Verdict.UNDONE: Showing(Tone.GREEN, "已撤销刚才的扫码"),
}


@dataclass(frozen=True)
class Ticket:
    """What is known of the ticket or pass that was scanned; without a slot it is good at any open hour."""

    event: str
    occurrence: str
    holder_kind: HolderKind
    standing: Standing
    claim_kind: ClaimKind
    proof: Proof
    slot_starts_at: datetime | None = None
    slot_ends_at: datetime | None = None


@dataclass(frozen=True)
class Presence:
    """Where the holder was last seen; all empty before the first admission."""

    inside: bool = False
    last_scan_at: datetime | None = None
    last_gate: str = ""
    last_device: str = ""
    last_direction: Direction | None = None


NEVER_SEEN = Presence()


@dataclass(frozen=True)
class Door:
    """The gate and device of the scan, and whether people may enter there."""

    event: str
    occurrence: str
    direction: Direction
    device: str
    opens_at: datetime
    closes_at: datetime
    stop_entry: bool = False


@dataclass(frozen=True)
class Tolerance:
    """How generous the door is: around a slot, and with a second scan by the same device."""

    early: timedelta = timedelta(minutes=15)
    late: timedelta = timedelta(minutes=30)
    repeat: timedelta = timedelta(seconds=5)


DEFAULT_TOLERANCE = Tolerance()

_STANDINGS: Mapping[RegistrationState, Standing] = {
    RegistrationState.WAITING: Standing.WAITING,
    RegistrationState.CANCELLED: Standing.CANCELLED,
}
_REFUSED: Mapping[Standing, Verdict] = {
    Standing.WAITING: Verdict.WAITING,
    Standing.CANCELLED: Verdict.CANCELLED,
    Standing.REVOKED: Verdict.REVOKED,
    Standing.EXPIRED: Verdict.EXPIRED,
}


def standing_of(state: RegistrationState) -> Standing:
    """What a registration's state means at the door. A no-show who comes after all is let in."""
    return _STANDINGS.get(state, Standing.VALID)


def judge(
    ticket: Ticket | None,
    presence: Presence,
    door: Door,
    scanned_at: datetime,
    tolerance: Tolerance = DEFAULT_TOLERANCE,
) -> Verdict:
    """The verdict on one scan at the clock-corrected instant ``scanned_at``; ``ticket`` is None if not found.

    Leaving is never refused to a genuine ticket, whatever became of it since: nobody is held in a full hall.
    A repeat by the same device within seconds is a shaky hand; the window is too short for a second person.
    """
    if ticket is None:
        return Verdict.UNKNOWN
    if ticket.proof is Proof.FORGED:
        return Verdict.FORGED_CODE
    if ticket.event != door.event:
        return Verdict.WRONG_EVENT
    if _is_repeat(presence, door, scanned_at, tolerance.repeat):
        return Verdict.REPEAT
    if door.direction is Direction.OUT:
        return Verdict.OUT_OK if presence.inside else Verdict.NOT_INSIDE
    return (
        _ticket_refused(ticket, door, presence)
        or _door_refused(ticket, door, scanned_at)
        or _slot_refused(ticket, presence, scanned_at, tolerance)
        or _admitted(ticket)
    )


def corrected_time(scanned_at: datetime, received_at: datetime, device_offset_ms: int) -> datetime:
    """When a scan really happened: the device's time minus ``device_offset_ms``, by which its clock is ahead.

    Never after ``received_at``, which stands in for the time of a device that lives in the future.
    """
    return min(scanned_at - timedelta(milliseconds=device_offset_ms), received_at)


def _is_repeat(presence: Presence, door: Door, scanned_at: datetime, window: timedelta) -> bool:
    """Whether the same device saw the same holder go the same way a moment ago."""
    return (
        presence.last_scan_at is not None
        and presence.last_device == door.device
        and presence.last_direction is door.direction
        and abs(scanned_at - presence.last_scan_at) <= window
    )


def _ticket_refused(ticket: Ticket, door: Door, presence: Presence) -> Verdict | None:
    """What is wrong with the ticket itself."""
    if ticket.occurrence != door.occurrence:
        return Verdict.WRONG_DAY
    if ticket.standing in _REFUSED:
        return _REFUSED[ticket.standing]
    if ticket.proof is Proof.STALE:
        return Verdict.STALE_CODE
    return Verdict.ALREADY_IN if presence.inside else None


def _door_refused(ticket: Ticket, door: Door, scanned_at: datetime) -> Verdict | None:
    """What keeps everybody out; staff pass, they open the doors and answer the crowd (P25)."""
    if ticket.holder_kind is HolderKind.STAFF:
        return None
    if scanned_at < door.opens_at or scanned_at >= door.closes_at:
        return Verdict.EVENT_CLOSED
    return Verdict.STOP_ENTRY if door.stop_entry else None


def _slot_refused(
    ticket: Ticket, presence: Presence, scanned_at: datetime, tolerance: Tolerance
) -> Verdict | None:
    """Whether the slot is not now. Who was in before and comes back is not asked again."""
    if presence.last_scan_at is not None:
        return None
    if ticket.slot_starts_at and scanned_at < ticket.slot_starts_at - tolerance.early:
        return Verdict.TOO_EARLY
    if ticket.slot_ends_at and scanned_at >= ticket.slot_ends_at + tolerance.late:
        return Verdict.WRONG_SLOT
    return None


def _admitted(ticket: Ticket) -> Verdict:
    """Green for a rotating code; a code on paper or typed can be copied, so the card is looked at (P30)."""
    return Verdict.IN_OK if ticket.claim_kind is ClaimKind.ROTATING else Verdict.IN_CHECK_ID
