"""The solver against hand-made cases, properties, and brute force on tiny fairs."""

from dataclasses import replace
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.allocation.rules import (
    BoothOption,
    PlacedBecause,
    Plan,
    Problem,
    UnplacedBecause,
    Wish,
    fits,
    waste,
)
from fairs.allocation.solver import solve


def booths_of(plan: Plan) -> dict[int, str]:
    return {placement.exhibitor_id: placement.booth_key for placement in plan.placed}


def reason_of(plan: Plan) -> UnplacedBecause:
    (unplaced,) = plan.unplaced
    return unplaced.reason


def test_big_and_powered_booths_are_kept_for_those_who_need_them() -> None:
    booths = (BoothOption("大", 2), BoothOption("电", 1, power=True), BoothOption("小", 1))
    plan = solve(Problem(booths, (Wish(1), Wish(2, power=True), Wish(3, size=2))))
    assert booths_of(plan) == {1: "小", 2: "电", 3: "大"}


def test_a_higher_priority_never_gives_way_to_two_lower_ones() -> None:
    larger = Wish(1, size=1, priority=1)
    exact = [Wish(number, size=3, requested_order=-number) for number in (2, 3)]
    plan = solve(Problem((BoothOption("A", 3),), (*exact, larger)))
    assert booths_of(plan) == {1: "A"}


def test_as_many_as_possible_are_placed() -> None:
    booths = (BoothOption("A", 1, power=True), BoothOption("B", 1))
    plan = solve(Problem(booths, (Wish(1, priority=5), Wish(2, power=True))))
    assert booths_of(plan) == {1: "B", 2: "A"}


def test_the_first_to_come_gets_the_last_booth() -> None:
    wishes = (Wish(1, requested_order=2), Wish(2, requested_order=1))
    plan = solve(Problem((BoothOption("A", 1),), wishes))
    assert booths_of(plan) == {2: "A"}
    assert reason_of(plan) is UnplacedBecause.NO_FREE_BOOTH


def test_the_first_to_come_gets_the_wished_zone() -> None:
    booths = (BoothOption("A", 1, zone="信息"), BoothOption("B", 1, zone="制造"))
    wishes = (Wish(1, zone="信息", requested_order=2), Wish(2, zone="信息", requested_order=1))
    plan = solve(Problem(booths, wishes))
    assert booths_of(plan) == {2: "A", 1: "B"}
    assert plan.placed[0].sentence == "面积正好；在希望的展区"
    assert plan.placed[1].reasons == (PlacedBecause.EXACT_SIZE, PlacedBecause.OTHER_ZONE)


def test_a_locked_booth_stays_even_if_it_does_not_fit() -> None:
    booths = (BoothOption("A", 1), BoothOption("B", 2))
    plan = solve(Problem(booths, (Wish(1, size=2, booth_key="A"), Wish(2, size=2, priority=9))))
    assert booths_of(plan) == {1: "A", 2: "B"}
    assert PlacedBecause.LOCKED in plan.placed[1].reasons


@pytest.mark.parametrize(
    ("key", "reason"), [("A", UnplacedBecause.LOCK_TAKEN), ("Z", UnplacedBecause.LOCK_UNKNOWN)]
)
def test_a_lock_that_cannot_be_kept_is_said_and_not_bent(key: str, reason: UnplacedBecause) -> None:
    booths = (BoothOption("A", 1), BoothOption("B", 1))
    plan = solve(Problem(booths, (Wish(1, booth_key="A"), Wish(2, booth_key=key))))
    assert booths_of(plan) == {1: "A"}
    assert reason_of(plan) is reason


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (Wish(1, power=True), "没有带电源的空展位"),
        (Wish(1, size=9), "没有面积足够的空展位"),
        (Wish(1, accessible=True, size=1), "没有无障碍的空展位"),
    ],
)
def test_what_is_missing_is_named(wish: Wish, sentence: str) -> None:
    plan = solve(Problem((BoothOption("A", 2),), (wish,)))
    assert plan.unplaced[0].sentence == sentence


def test_needs_that_no_single_booth_meets_together_are_named() -> None:
    booths = (BoothOption("A", 1, power=True), BoothOption("B", 2))
    plan = solve(Problem(booths, (Wish(1, size=2, power=True),)))
    assert reason_of(plan) is UnplacedBecause.NO_FREE_MATCH


def test_a_fair_without_booths_or_wishes() -> None:
    assert solve(Problem((), ())) == Plan((), ())
    assert reason_of(solve(Problem((), (Wish(1),)))) is UnplacedBecause.NO_FREE_BOOTH
    assert solve(Problem((BoothOption("A", 1),), ())) == Plan((), ())


ZONES = st.sampled_from(["信息", "制造", "教育"])


@st.composite
def problems(draw: st.DrawFn, most: int = 12) -> Problem:
    number = draw(st.integers(0, most))
    booths = tuple(
        BoothOption(
            f"B{place}", draw(st.integers(1, 3)), draw(st.booleans()), draw(st.booleans()), draw(ZONES), place
        )
        for place in range(number)
    )
    keys = st.sampled_from([f"B{place}" for place in range(number + 1)])
    wishes = tuple(
        Wish(
            exhibitor_id,
            size=draw(st.integers(1, 3)),
            power=draw(st.booleans()),
            accessible=draw(st.integers(0, 4)) == 0,
            priority=draw(st.integers(0, 2)),
            industry=draw(st.sampled_from(["软件", "汽车"])),
            zone=draw(st.none() | ZONES),
            booth_key=draw(keys) if draw(st.integers(0, 9)) == 0 else None,
            requested_order=draw(st.integers(0, 20)),
        )
        for exhibitor_id in range(draw(st.integers(0, most)))
    )
    return Problem(booths, wishes, draw(st.integers(0, 3)))


@given(problems())
def test_every_plan_keeps_the_rules(problem: Problem) -> None:
    plan = solve(problem)
    wishes = {wish.exhibitor_id: wish for wish in problem.wishes}
    booths = {booth.key: booth for booth in problem.booths}
    named = [placement.exhibitor_id for placement in plan.placed]
    named += [unplaced.exhibitor_id for unplaced in plan.unplaced]
    assert sorted(named) == sorted(wishes)
    assert len({placement.booth_key for placement in plan.placed}) == len(plan.placed)
    for placement in plan.placed:
        wish = wishes[placement.exhibitor_id]
        assert placement.sentence
        if wish.booth_key is None:
            assert fits(booths[placement.booth_key], wish)
        else:
            assert placement.booth_key == wish.booth_key
    left = [booth for key, booth in booths.items() if key not in booths_of(plan).values()]
    for unplaced in plan.unplaced:
        wish = wishes[unplaced.exhibitor_id]
        assert wish.booth_key is not None or not any(fits(booth, wish) for booth in left)


@given(problems(), st.data())
def test_the_same_seed_gives_the_same_plan_in_any_order_of_input(
    problem: Problem, data: st.DataObject
) -> None:
    mixed = replace(
        problem,
        booths=tuple(data.draw(st.permutations(problem.booths))),
        wishes=tuple(data.draw(st.permutations(problem.wishes))),
    )
    assert solve(mixed) == solve(problem) == solve(problem)


def test_another_seed_draws_another_booth_among_equals() -> None:
    booths = tuple(BoothOption(f"B{place}", 1) for place in range(20))
    assert len({booths_of(solve(Problem(booths, (Wish(1),), seed)))[1] for seed in range(10)}) > 1


Pairs = list[tuple[BoothOption, Wish]]


def levels_of(pairs: Pairs) -> list[int]:
    """How many are placed at each priority, the highest first."""
    return [sum(wish.priority == level for _, wish in pairs) for level in (2, 1, 0)]


def idle_in(pairs: Pairs) -> int:
    return sum(waste(booth, wish) for booth, wish in pairs)


def best_of_all_plans(problem: Problem) -> tuple[list[int], int]:
    """The most placed by priority, then the least waste, by trying every plan."""
    best: tuple[list[int], int] = ([0, 0, 0], 0)
    for number in range(min(len(problem.booths), len(problem.wishes)) + 1):
        for wishes in combinations(problem.wishes, number):
            for booths in permutations(problem.booths, number):
                pairs = list(zip(booths, wishes, strict=True))
                if all(fits(booth, wish) for booth, wish in pairs):
                    best = max(best, (levels_of(pairs), -idle_in(pairs)))
    return best


@settings(max_examples=60, deadline=None)
@given(problems(most=4))
def test_no_plan_places_more_or_better_than_ours(problem: Problem) -> None:
    problem = replace(problem, wishes=tuple(replace(wish, booth_key=None) for wish in problem.wishes))
    plan = solve(problem)
    wishes = {wish.exhibitor_id: wish for wish in problem.wishes}
    booths = {booth.key: booth for booth in problem.booths}
    pairs = [(booths[one.booth_key], wishes[one.exhibitor_id]) for one in plan.placed]
    assert (levels_of(pairs), -idle_in(pairs)) == best_of_all_plans(problem)
