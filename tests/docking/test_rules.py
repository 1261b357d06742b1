"""Sittings of a day, tables, and the states of a meeting."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.docking.rules import (
    ENDED,
    TRANSITIONS,
    AllTaken,
    MeetingState,
    NotOneTable,
    PlanInUse,
    WrongMeetingState,
    check_change,
    check_move,
    check_plan,
    free_table,
    sittings,
)

NINE = datetime(2026, 11, 28, 1, tzinfo=UTC)


@given(st.integers(0, 700), st.integers(10, 180))
def test_sittings_follow_each_other_and_stay_inside_the_day(length: int, minutes: int) -> None:
    ends_at = NINE + timedelta(minutes=length)
    cut = sittings(NINE, ends_at, minutes)
    assert len(cut) == length // minutes
    assert all(one.ends_at == after.starts_at for one, after in pairwise(cut))
    assert all(one.ends_at <= ends_at for one in cut)


def test_the_first_free_table_until_all_are_taken() -> None:
    assert free_table(3, []) == 1
    assert free_table(3, [1, 3]) == 2
    with pytest.raises(AllTaken):
        free_table(2, [1, 2])


@pytest.mark.parametrize(("tables", "minutes"), [(0, 30), (101, 30), (5, 5), (5, 181), (5, 121)])
def test_numbers_out_of_range(tables: int, minutes: int) -> None:
    with pytest.raises(NotOneTable):
        check_plan(tables, minutes, timedelta(hours=2))
    check_plan(5, 30, timedelta(hours=2))


def test_a_plan_in_use_keeps_its_length_and_its_tables() -> None:
    check_change([], minutes_changed=True, tables=1)
    check_change([1, 3], minutes_changed=False, tables=3)
    for changed, tables in ((True, 9), (False, 2)):
        with pytest.raises(PlanInUse, match="3"):
            check_change([1, 3], minutes_changed=changed, tables=tables)


@pytest.mark.parametrize("state", list(MeetingState))
def test_every_step_is_in_the_table_and_an_end_is_an_end(state: MeetingState) -> None:
    for to in MeetingState:
        if to in TRANSITIONS[state]:
            check_move(state, to)
        else:
            with pytest.raises(WrongMeetingState):
                check_move(state, to)
    assert state not in ENDED or not TRANSITIONS[state]
