"""Competitors are moved apart, and nothing else changes."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from fairs.allocation.neighbours import clashes, neighbours_of, spread
from fairs.allocation.rules import BoothOption, Problem, Wish
from fairs.allocation.solver import solve

ROW = [BoothOption(f"B{place}", 1, x=place) for place in range(4)]


def test_neighbours_are_the_eight_around() -> None:
    grid = [BoothOption(f"{x}{y}", 1, x=x, y=y) for x in range(4) for y in range(4)]
    found = neighbours_of(grid)
    assert set(found["11"]) == {"00", "01", "02", "10", "12", "20", "21", "22"}
    assert set(found["33"]) == {"22", "23", "32"}


def test_booths_without_positions_have_no_neighbours() -> None:
    assert set(neighbours_of([BoothOption("A", 1), BoothOption("B", 1)]).values()) == {()}


def test_two_of_a_trade_are_parted_by_one_of_another() -> None:
    industries = {1: "软件", 2: "软件", 3: "汽车", 4: "汽车"}
    settled = spread({"B0": 1, "B1": 2, "B2": 3, "B3": 4}, industries, ROW, frozenset())
    assert sorted(settled.values()) == [1, 2, 3, 4]
    assert clashes({key: industries[who] for key, who in settled.items()}, neighbours_of(ROW)) == 0


def test_a_free_booth_is_used_to_part_them() -> None:
    settled = spread({"B0": 1, "B1": 2}, {1: "软件", 2: "软件"}, ROW, frozenset({"B0"}))
    assert settled["B0"] == 1
    assert set(settled) - {"B0"} <= {"B2", "B3"}


def test_a_locked_booth_and_another_kind_of_booth_are_left_alone() -> None:
    booths = [*ROW[:2], BoothOption("大", 2, x=9)]
    occupants = {"B0": 1, "B1": 2}
    assert spread(occupants, {1: "软件", 2: "软件"}, booths, frozenset({"B0"})) == occupants


def test_an_unknown_industry_competes_with_nobody() -> None:
    occupants = {"B0": 1, "B1": 2}
    assert clashes({"B0": "", "B1": ""}, neighbours_of(ROW)) == 0
    assert spread(occupants, {1: "", 2: ""}, ROW, frozenset()) == occupants


def test_the_solver_parts_competitors() -> None:
    wishes = tuple(Wish(number, industry="软件" if number < 2 else "汽车") for number in range(4))
    for seed in range(5):
        plan = solve(Problem(tuple(ROW), wishes, seed))
        industries = {one.booth_key: wishes[one.exhibitor_id].industry for one in plan.placed}
        assert clashes(industries, neighbours_of(ROW)) == 0


@given(
    st.lists(st.tuples(st.integers(1, 2), st.integers(0, 4), st.integers(0, 4)), max_size=15),
    st.lists(st.sampled_from(["软件", "汽车", "教育", ""]), max_size=15),
    st.integers(0, 3),
)
def test_moving_apart_never_adds_a_clash_and_keeps_sizes_and_fixed_ones(
    places: list[tuple[int, int, int]], trades: list[str], fixed_ones: int
) -> None:
    booths = [BoothOption(f"B{n}", size, x=x, y=y) for n, (size, x, y) in enumerate(places)]
    industries = dict(enumerate(trades))
    occupants = {booth.key: who for who, booth in zip(industries, booths, strict=False)}
    fixed = frozenset(booth.key for booth in booths[:fixed_ones])
    settled = spread(occupants, industries, booths, fixed)
    neighbours, size = neighbours_of(booths), {booth.key: booth.size for booth in booths}
    trade_at = {key: industries[who] for key, who in settled.items()}
    assert clashes(trade_at, neighbours) <= clashes(
        {key: industries[who] for key, who in occupants.items()}, neighbours
    )
    assert Counter((who, size[key]) for key, who in settled.items()) == Counter(
        (who, size[key]) for key, who in occupants.items()
    )
    assert {key: who for key, who in settled.items() if key in fixed} == {
        key: who for key, who in occupants.items() if key in fixed
    }
