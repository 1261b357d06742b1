"""The tables of the event's state machine hang together; no database is needed to see it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.errors import Conflict
from fairs.operations.rules import AFTER, SENDABLE, SIGNERS, NotYourTurn, check_turn
from fairs.operations.stops import (
    CALLED_OFF,
    CANCELLABLE,
    GOES_ON,
    MOVABLE,
    POSTPONABLE,
    STOPS,
    back_to,
    check_movable,
    check_stop,
    check_version,
)
from fairs.programmes.gates import PASSED, Gate, GateState, Limits, closed_gates, limits_of, needs_security
from fairs.programmes.rules import EVENT_MOVES, OVER, EventState, WrongEventState, check_move

S = EventState
STATES = st.sampled_from(EventState)


def test_every_stop_is_a_move_of_the_machine() -> None:
    for to, froms in STOPS.items():
        assert {state for state, moves in EVENT_MOVES.items() if to in moves} == froms


def test_every_state_is_reached_and_only_the_end_is_final() -> None:
    reached = {S.DRAFT}
    while more := {to for state in reached for to in EVENT_MOVES[state]} - reached:
        reached |= more
    assert reached == set(EventState)
    assert {state for state, moves in EVENT_MOVES.items() if not moves} == {S.REPORTED, S.CANCELLED}
    assert SENDABLE <= CANCELLABLE == MOVABLE
    assert not CANCELLABLE & OVER


@given(STATES, STATES, st.booleans())
def test_an_undo_leads_back_to_where_the_stop_began(stopped: S, before: S, licence: bool) -> None:
    if stopped not in CALLED_OFF or before not in STOPS[stopped]:
        return
    to = back_to(stopped, before, licence_returned=licence)
    assert to in GOES_ON[stopped]
    assert to is (S.PLANNED if licence else before)
    check_stop(before, stopped)


@given(STATES, STATES)
def test_a_walk_takes_only_the_steps_of_the_table(state: S, to: S) -> None:
    if to in EVENT_MOVES[state]:
        check_move(state, to)
    else:
        with pytest.raises(WrongEventState):
            check_move(state, to)


@given(STATES)
def test_a_day_moves_until_the_doors_open(state: S) -> None:
    if state in MOVABLE:
        check_movable(state, started=True)
    elif state in {S.RUNNING, S.PAUSED}:
        check_movable(state, started=False)  # a further day of an event that runs
        with pytest.raises(WrongEventState):
            check_movable(state, started=True)
    else:
        with pytest.raises(WrongEventState):
            check_movable(state, started=False)


@given(st.dictionaries(st.sampled_from(Gate), st.sampled_from(GateState)))
def test_nothing_is_signed_out_of_turn(states: dict[Gate, GateState]) -> None:
    for gate in Gate:
        if gate in AFTER and states.get(AFTER[gate]) is GateState.SUBMITTED:
            with pytest.raises(NotYourTurn):
                check_turn(gate, states)
        else:
            check_turn(gate, states)


@given(st.dictionaries(st.sampled_from(Gate), st.sampled_from(GateState)))
def test_no_gate_in_force_is_skipped(states: dict[Gate, GateState]) -> None:
    if not closed_gates(states):
        assert {Gate.PLAN, Gate.VETTING, Gate.SAFETY} <= set(states)
        assert all(state in PASSED for state in states.values())


@pytest.mark.parametrize(
    ("settings", "people", "booths", "signs"),
    [
        ({}, 300, 30, False),
        ({}, 301, 30, True),
        ({}, 300, 31, True),
        ({"department_event_people": 500, "department_event_booths": 50}, 500, 50, False),
        ({"department_event_people": 100}, 101, 1, True),
    ],
)
def test_security_signs_above_the_universitys_limits(
    settings: dict[str, int], people: int, booths: int, signs: bool
) -> None:
    limits = limits_of(settings)
    assert limits_of({}) == Limits(30, 300)
    asked = needs_security(
        departmental=True, expected_attendance=people, booths=booths, open_to_public=False, limits=limits
    )
    assert asked is signs


def test_every_gate_has_a_signer_and_a_shown_page_can_be_too_old() -> None:
    assert set(SIGNERS) == set(Gate)
    assert POSTPONABLE < CANCELLABLE
    check_version(None, 7)
    check_version(7, 7)
    with pytest.raises(Conflict):
        check_version(6, 7)
