"""Occupancy from the ledger: persons and not scans, whatever order the rows arrive in."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fairs.checkin.occupancy import CountKind, HeadCount, Occupancy, Scan, rebuild
from fairs.checkin.rules import Direction, Verdict

START = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
IN, OUT = Direction.IN, Direction.OUT
VERDICTS = {IN: Verdict.IN_OK, OUT: Verdict.OUT_OK}


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def scan(number: int, holder: str, way: Direction, space: str = "东馆", minute: int | None = None) -> Scan:
    moment = at(number if minute is None else minute)
    return Scan(number, space, holder, way, VERDICTS[way], moment, gate=f"{space}门", device="D1")


def recount(number: int, people: int, minute: int) -> HeadCount:
    return HeadCount(number, "东馆", CountKind.TOTAL, people, at(minute))


def clicks(number: int, people: int, minute: int) -> HeadCount:
    return HeadCount(number, "东馆", CountKind.DELTA, people, at(minute))


def test_people_come_and_go() -> None:
    hall = rebuild([scan(1, "甲", IN), scan(2, "乙", IN), scan(3, "甲", OUT)])
    assert hall.holders_in("东馆") == {"乙"}
    assert hall.total("东馆") == 1
    seen = hall.presences["东馆", "甲"]
    assert (seen.inside, seen.last_scan_at, seen.last_direction) == (False, at(3), OUT)


def test_nothing_happened() -> None:
    assert rebuild([]) == Occupancy()
    assert Occupancy().total("东馆") == 0


def test_one_person_through_two_doors_counts_once_and_is_reported() -> None:
    hall = rebuild([scan(1, "甲", IN), scan(2, "甲", IN)])
    assert hall.total("东馆") == 1
    assert hall.duplicates == (2,)
    assert hall.presences["东馆", "甲"].last_scan_at == at(1)


def test_a_late_upload_takes_its_place_in_the_past() -> None:
    hall = rebuild([scan(1, "甲", OUT, minute=30), scan(2, "甲", IN, minute=5)])
    assert hall.total("东馆") == 0


def test_who_left_by_a_gate_that_did_not_know_him_has_left() -> None:
    leaving = Scan(2, "东馆", "甲", OUT, Verdict.NOT_INSIDE, at(2))
    assert rebuild([scan(1, "甲", IN), leaving]).total("东馆") == 0


def test_leaving_without_having_come_leaves_no_trace() -> None:
    assert rebuild([scan(1, "甲", OUT)]).presences == {}


def test_entering_the_next_hall_leaves_the_first() -> None:
    hall = rebuild([scan(1, "甲", IN), scan(2, "甲", IN, "西馆"), scan(3, "甲", OUT)])
    assert hall.total("东馆") == 0
    assert hall.holders_in("西馆") == {"甲"}
    assert hall.duplicates == ()


def test_an_undone_scan_never_happened() -> None:
    undo = Scan(2, "东馆", "甲", IN, Verdict.UNDONE, at(2), undoes=1)
    assert rebuild([scan(1, "甲", IN), undo]) == Occupancy()


def test_a_refused_scan_moves_nobody() -> None:
    refused = Scan(1, "东馆", "甲", IN, Verdict.STOP_ENTRY, at(1))
    assert rebuild([refused]) == Occupancy()


def test_people_without_tickets_are_clicked() -> None:
    hall = rebuild([scan(1, "甲", IN)], [clicks(1, 3, 2), clicks(2, -1, 3)])
    assert hall.total("东馆") == 3


def test_a_recount_settles_the_number_and_scans_go_on_from_there() -> None:
    scans = [scan(1, "甲", IN), scan(2, "乙", IN), scan(3, "丙", IN), scan(9, "丁", IN)]
    hall = rebuild(scans, [clicks(1, 5, 4), recount(2, 2, 5)])
    assert hall.total("东馆") == 3
    assert len(hall.holders_in("东馆")) == 4


def test_people_who_slipped_out_are_not_owed_by_those_who_come_later() -> None:
    scans = [scan(1, "甲", IN), scan(2, "乙", IN), scan(5, "甲", OUT), scan(6, "乙", OUT), scan(7, "丙", IN)]
    assert rebuild(scans, [recount(1, 0, 4)]).total("东馆") == 1


def test_a_clicker_cannot_empty_a_hall_below_nothing() -> None:
    assert rebuild([], [clicks(1, -5, 1), clicks(2, 2, 2)]).total("东馆") == 2


SCANS = st.builds(
    scan,
    st.integers(1, 10**6),
    st.sampled_from("甲乙丙丁"),
    st.sampled_from(Direction),
    st.sampled_from(["东馆", "西馆"]),
    st.integers(0, 60),
)
LEDGERS = st.lists(SCANS, max_size=30, unique_by=lambda row: row.id)
COUNTS = st.lists(
    st.builds(
        HeadCount,
        st.integers(1, 10**6),
        st.sampled_from(["东馆", "西馆"]),
        st.sampled_from(CountKind),
        st.integers(-10, 10),
        st.integers(0, 60).map(at),
    ),
    max_size=6,
    unique_by=lambda row: row.id,
)


@given(st.data(), LEDGERS, COUNTS)
def test_the_order_of_arrival_changes_nothing(
    data: st.DataObject, scans: list[Scan], counts: list[HeadCount]
) -> None:
    mixed = data.draw(st.permutations(scans))
    assert rebuild(scans, counts) == rebuild(mixed, counts[::-1])


@given(LEDGERS, COUNTS)
def test_a_hall_never_holds_less_than_nobody_and_a_person_is_in_one_hall(
    scans: list[Scan], counts: list[HeadCount]
) -> None:
    hall = rebuild(scans, counts)
    assert hall.total("东馆") >= 0
    assert hall.total("西馆") >= 0
    assert not hall.holders_in("东馆") & hall.holders_in("西馆")


@given(LEDGERS)
def test_without_hand_counts_the_total_is_the_persons_inside(scans: list[Scan]) -> None:
    hall = rebuild(scans)
    assert hall.total("东馆") == len(hall.holders_in("东馆"))
