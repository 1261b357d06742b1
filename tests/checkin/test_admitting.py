"""The door: verdicts on real tickets, replays, two gates at once, late uploads; presence equals the ledger."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.checkin import actions, folds, queries
from fairs.checkin.batches import Batch, Unreadable, read_batch
from fairs.checkin.models import Presence, Scan
from fairs.checkin.passes import NotMoving, PassRefused
from fairs.checkin.rules import Direction, HolderKind, ScanMode, Verdict
from fairs.database import db
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState
from fairs.registrations import actions as booking
from fairs.registrations import queries as registrations
from fairs.registrations import ticketing, tickets
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from tests import factories
from tests.factories import checkin as door
from tests.factories import registrations as made
from tests.races import race

OPEN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)  # Sunday 09:00 on campus
EARLY = OPEN - timedelta(days=1)


@dataclass
class Stage:
    """A fair with a hall, a gate with a phone, and one booked student."""

    fair: Event
    hall_id: int
    gate_id: int
    phone: int
    token: str
    mine: Registration
    department: Any

    def code(self, at: datetime) -> str:
        """What the student's phone shows."""
        return door.shown(self.mine, at)

    def scan(self, code: str, at: datetime, phone: int | None = None, **values: Any) -> Verdict:
        """The verdict on one scan by a device with a right clock."""
        return actions.admit(phone or self.phone, door.reading(code, at, **values), 0, at).verdict

    def state(self) -> RegistrationState:
        """The registration's state now."""
        return db.session.get(Registration, self.mine.id).state


@pytest.fixture
def stage(app: Flask) -> Stage:
    school = factories.university()
    department = factories.department(school)
    fair = made.open_event(school, OPEN)
    slot = made.slot(_day(fair), 10)
    student = made.student(department)
    mine = booking.book(slot.id, student.person_id, EARLY)
    hall = door.hall(school)
    gate = door.gate(fair, hall, EARLY)
    issued = door.device(gate, OPEN - timedelta(hours=1))
    return Stage(fair, hall.id, gate.id, issued.device_pass.id, issued.token, mine, department)


def _day(fair: Event) -> Any:
    return programmes.occurrences(fair.id)[0]


def assert_presence_is_the_ledger(stage: Stage) -> None:
    day_id = stage.mine.occurrence_id
    folded = folds.rebuilt(day_id)
    stored = db.session.scalars(sa.select(Presence).where(Presence.occurrence_id == day_id))
    inside = {(str(row.space_id), f"student:{row.holder_id}") for row in stored if row.inside}
    assert inside == {key for key, seen in folded.presences.items() if seen.inside}


def test_in_and_out_and_in_again(stage: Stage) -> None:
    at = OPEN + timedelta(minutes=5)
    assert stage.scan(stage.code(at), at) is Verdict.IN_OK
    assert stage.state() is RegistrationState.CHECKED_IN
    assert queries.inside(stage.mine.occurrence_id) == {stage.hall_id: 1}
    assert stage.scan(stage.code(at), at + timedelta(seconds=3)) is Verdict.REPEAT
    at += timedelta(minutes=20)
    assert stage.scan(stage.code(at), at) is Verdict.ALREADY_IN
    assert stage.scan(stage.code(at), at, direction=Direction.OUT) is Verdict.OUT_OK
    assert stage.state() is RegistrationState.CHECKED_OUT
    assert queries.inside(stage.mine.occurrence_id) == {}
    assert_presence_is_the_ledger(stage)
    at += timedelta(hours=2)  # long after the slot: who was in before is not asked again
    assert stage.scan(stage.code(at), at) is Verdict.IN_OK
    assert_presence_is_the_ledger(stage)
    figures = queries.figures(stage.fair.id)
    assert (figures.registered, figures.persons, figures.attendances) == (1, 1, 1)


def test_what_is_refused_is_written_down_too(stage: Stage) -> None:
    at = OPEN + timedelta(minutes=5)
    code = registrations.ticket_of(stage.mine.id).code
    forged = tickets.rotating_token(bytes(32), 1, code, at)
    assert stage.scan(forged, at) is Verdict.FORGED_CODE
    assert stage.scan(stage.code(at - timedelta(minutes=5)), at) is Verdict.STALE_CODE
    assert stage.scan("https://example.com/", at) is Verdict.UNKNOWN
    assert stage.scan(tickets.new_code(), at) is Verdict.UNKNOWN
    assert stage.scan(stage.code(at).replace("R1-", "R7-"), at) is Verdict.UNKNOWN
    early = OPEN - timedelta(minutes=20)
    assert stage.scan(stage.code(early), early) is Verdict.EVENT_CLOSED
    assert stage.state() is RegistrationState.TICKETED
    assert queries.by_verdict(stage.fair.id) == {
        Verdict.FORGED_CODE: 1,
        Verdict.STALE_CODE: 1,
        Verdict.UNKNOWN: 3,
        Verdict.EVENT_CLOSED: 1,
    }
    hashes = set(db.session.scalars(sa.select(Scan.code_hash)))
    assert tickets.code_hash(code) in hashes
    assert all(code not in kept for kept in hashes)
    assert_presence_is_the_ledger(stage)


def test_typed_numbers_and_paper_ask_for_the_card(stage: Stage) -> None:
    at = OPEN + timedelta(minutes=5)
    code = registrations.ticket_of(stage.mine.id).code
    assert stage.scan(tickets.spell(code).lower(), at, mode=ScanMode.MANUAL) is Verdict.IN_CHECK_ID
    at += timedelta(minutes=1)
    assert stage.scan(code, at, direction=Direction.OUT) is Verdict.OUT_OK
    student_no = queries.seen([1])[1].student_no
    at += timedelta(minutes=1)
    assert stage.scan(student_no, at, mode=ScanMode.MANUAL) is Verdict.IN_CHECK_ID
    paper = ticketing.issue_printed(stage.mine.id, by=None, now=at)
    key = ticketing.key_bytes(registrations.fair_key(stage.fair.id))
    token = tickets.printed_token(tickets.printed_secret(key, paper.code), 1, paper.code)
    at += timedelta(minutes=1)
    assert stage.scan(token, at, direction=Direction.OUT) is Verdict.OUT_OK
    assert stage.scan(token, at + timedelta(minutes=1)) is Verdict.IN_CHECK_ID
    at += timedelta(minutes=3)
    assert stage.scan(token, at, direction=Direction.OUT) is Verdict.OUT_OK
    assert stage.scan(code, at + timedelta(minutes=1)) is Verdict.REVOKED


def test_other_fairs_other_days_and_cancelled_places(stage: Stage) -> None:
    at = OPEN + timedelta(minutes=5)
    school_id = stage.fair.university_id
    school = db.session.get(factories.University, school_id)
    other = made.open_event(school, OPEN, "生物医药专场")
    student = made.student(stage.department, 2)
    elsewhere = booking.book(made.slot(_day(other), 5).id, student.person_id, EARLY)
    assert stage.scan(door.shown(elsewhere, at), at) is Verdict.WRONG_EVENT
    tomorrow = made.day(stage.fair, OPEN + timedelta(days=1), 2)
    later = booking.book(made.slot(tomorrow, 5).id, student.person_id, EARLY)
    assert stage.scan(door.shown(later, at), at) is Verdict.WRONG_DAY
    shown = stage.code(at)
    booking.cancel(stage.mine.id, by=None, now=at)
    assert stage.scan(shown, at) is Verdict.CANCELLED
    assert_presence_is_the_ledger(stage)


def test_a_paused_fair_and_a_late_slot(stage: Stage) -> None:
    at = OPEN + timedelta(minutes=5)
    made.changed(stage.fair, state=EventState.PAUSED)
    assert stage.scan(stage.code(at), at) is Verdict.STOP_ENTRY
    late = OPEN + timedelta(hours=2)
    assert stage.scan(stage.code(at), at, mode=ScanMode.OFFLINE) is Verdict.IN_OK
    second = made.student(stage.department, 3)
    made.changed(stage.fair, state=EventState.OPEN)
    row = booking.book(stage.mine.entry_slot_id, second.person_id, EARLY)
    assert stage.scan(door.shown(row, late), late) is Verdict.WRONG_SLOT


def test_the_same_scan_again_gets_the_same_answer(stage: Stage) -> None:
    at = OPEN + timedelta(minutes=5)
    items = [door.reading(stage.code(at), at), door.reading("nonsense", at)]
    first = actions.admit_batch(stage.phone, Batch(at, tuple(items)), at)
    again = actions.admit_batch(stage.phone, Batch(at, tuple(items)), at + timedelta(minutes=9))
    assert [one.scan.verdict for one in again] == [Verdict.IN_OK, Verdict.UNKNOWN]
    assert [one.scan.id for one in again] == [one.scan.id for one in first]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Scan)) == 2


def test_a_bad_item_does_not_block_the_others(stage: Stage) -> None:
    at = OPEN + timedelta(minutes=5)
    good = {
        "client_id": str(uuid.uuid4()),
        "code": stage.code(at),
        "direction": "in",
        "scanned_at": at.isoformat(),
        "mode": "online",
    }
    bad: list[Any] = [
        None,
        7,
        {},
        good | {"client_id": "1"},
        good | {"scanned_at": "gestern"},
        good | {"scanned_at": "2026-11-22T09:00:00"},
        good | {"direction": "up"},
        good | {"mode": []},
        good | {"code": {"a": 1}},
        good | {"client_id": str(uuid.uuid4()), "code": "\x00\ud800" * 500},
    ]
    batch = read_batch({"sent_at": at.isoformat(), "scans": [*bad, good]})
    assert [isinstance(item, Unreadable) for item in batch.items] == [True] * 9 + [False] * 2
    results = actions.admit_batch(stage.phone, batch, at)
    assert [one.scan and one.scan.verdict for one in results] == [None] * 9 + [Verdict.UNKNOWN, Verdict.IN_OK]


def test_two_gates_see_the_same_ticket_at_once(app: Flask, stage: Stage) -> None:
    at = OPEN + timedelta(minutes=5)
    code = stage.code(at)
    phones = [stage.phone] + [
        door.device(db.session.get(door.Gate, stage.gate_id), OPEN).device_pass.id for _ in range(3)
    ]
    tries = [
        lambda phone=phone: actions.admit(phone, door.reading(code, at), 0, at).verdict for phone in phones
    ]
    verdicts = race(app, *tries)
    assert sorted(verdicts) == sorted([Verdict.IN_OK, *[Verdict.ALREADY_IN] * 3])
    assert_presence_is_the_ledger(stage)


def test_a_slow_connection_lets_nobody_in_twice(stage: Stage) -> None:
    at = OPEN + timedelta(minutes=5)
    south = door.device(db.session.get(door.Gate, stage.gate_id), OPEN).device_pass.id
    slow = Batch(at, (door.reading(stage.code(at), at),))
    actions.admit_batch(stage.phone, slow, at + timedelta(seconds=8))
    quick = at + timedelta(seconds=5)
    (one,) = actions.admit_batch(south, Batch(quick, (door.reading(stage.code(at), quick),)), quick)
    assert one.scan.verdict is Verdict.ALREADY_IN
    assert_presence_is_the_ledger(stage)


def test_the_same_item_over_two_connections_is_one_scan(app: Flask, stage: Stage) -> None:
    at = OPEN + timedelta(minutes=5)
    item = door.reading(stage.code(at), at)
    batch = Batch(None, (item,))
    ids = race(app, *[lambda: actions.admit_batch(stage.phone, batch, at)[0].scan.id] * 4)
    assert len(ids) == 4
    assert len(set(ids)) == 1


def test_a_gate_without_network_uploads_late_and_the_past_is_put_right(stage: Stage) -> None:
    fair_gate = db.session.get(door.Gate, stage.gate_id)
    south = door.device(fair_gate, OPEN).device_pass.id
    came, left = OPEN + timedelta(minutes=5), OPEN + timedelta(minutes=40)
    assert stage.scan(stage.code(left), left, direction=Direction.OUT) is Verdict.NOT_INSIDE
    late = door.reading(stage.code(came), came, mode=ScanMode.OFFLINE)
    uploaded = OPEN + timedelta(hours=1)
    (one,) = actions.admit_batch(south, Batch(uploaded, (late,)), uploaded)
    assert one.scan.verdict is Verdict.IN_OK
    assert stage.state() is RegistrationState.CHECKED_OUT
    assert queries.inside(stage.mine.occurrence_id) == {}
    assert_presence_is_the_ledger(stage)


def test_a_clock_that_is_wrong_is_put_right(stage: Stage) -> None:
    at, ahead = OPEN + timedelta(minutes=5), timedelta(minutes=17)
    item = door.reading(stage.code(at), at + ahead)
    (one,) = actions.admit_batch(stage.phone, Batch(at + ahead, (item,)), at)
    assert (one.scan.verdict, one.scan.corrected_at) == (Verdict.IN_OK, at)
    assert one.scan.scanned_at == at + ahead
    assert one.scan.device_pass_id == stage.phone
    assert db.session.get(actions.DevicePass, stage.phone).clock_offset_ms == 17 * 60_000


def test_another_hall_takes_over_and_a_scan_is_taken_back(stage: Stage) -> None:
    school = db.session.get(factories.University, stage.fair.university_id)
    annex = door.hall(school, "图书馆")
    phone = door.device(door.gate(stage.fair, annex, EARLY, "图书馆门"), OPEN).device_pass.id
    at = OPEN + timedelta(minutes=5)
    assert stage.scan(stage.code(at), at) is Verdict.IN_OK
    at += timedelta(minutes=5)
    assert stage.scan(stage.code(at), at, phone) is Verdict.IN_OK
    assert queries.inside(stage.mine.occurrence_id) == {annex.id: 1}
    assert_presence_is_the_ledger(stage)
    second = db.session.scalars(sa.select(Scan).order_by(Scan.id.desc())).first()
    taken_back = actions.undo(second.id, by=None, now=at)
    assert (taken_back.verdict, taken_back.undoes_id) == (Verdict.UNDONE, second.id)
    assert queries.inside(stage.mine.occurrence_id) == {stage.hall_id: 1}
    assert_presence_is_the_ledger(stage)
    with pytest.raises(NotMoving):
        actions.undo(second.id, by=None, now=at)
    first = db.session.scalars(sa.select(Scan).order_by(Scan.id)).first()
    actions.undo(first.id, by=None, now=at)
    assert stage.state() is RegistrationState.TICKETED
    assert queries.figures(stage.fair.id).attendances == 0
    assert_presence_is_the_ledger(stage)


def test_people_counted_by_hand_are_inside_too(stage: Stage) -> None:
    at, day = OPEN + timedelta(minutes=5), stage.mine.occurrence_id
    stage.scan(stage.code(at), at)
    actions.count_heads(day, stage.hall_id, 40, is_total=True, by=None, now=at + timedelta(minutes=1))
    actions.count_heads(day, stage.hall_id, -3, is_total=False, by=None, now=at + timedelta(minutes=2))
    assert queries.inside(day) == {stage.hall_id: 37}
    (hall,) = queries.fullness(stage.fair.id, at)
    assert (hall.inside, hall.capacity, hall.percent) == (37, 500, 7)


def test_a_pass_ends_is_taken_back_and_is_never_stored(stage: Stage) -> None:
    assert actions.opened(stage.token, OPEN).id == stage.phone
    for token, at in (("", OPEN), ("x" * 32, OPEN), (stage.token, OPEN + timedelta(hours=9))):
        with pytest.raises(PassRefused):
            actions.opened(token, at)
    actions.revoke_pass(stage.phone, by=None, now=OPEN)
    with pytest.raises(PassRefused):
        actions.opened(stage.token, OPEN)
    assert stage.token not in str(db.session.execute(sa.text("SELECT * FROM device_pass")).all())


def test_a_client_id_of_another_phone_tells_nothing(stage: Stage) -> None:
    at = OPEN + timedelta(minutes=5)
    item = door.reading(stage.code(at), at)
    actions.admit(stage.phone, item, 0, at)
    other = door.device(db.session.get(door.Gate, stage.gate_id), OPEN).device_pass.id
    (one,) = actions.admit_batch(other, Batch(at, (item,)), at)
    assert (one.scan, one.again) == (None, True)
    assert folds.ledger(stage.mine.occurrence_id, HolderKind.STUDENT, stage.mine.person_id) != []
