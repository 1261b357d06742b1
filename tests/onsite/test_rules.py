"""Incidents and closing checks, walked at random: no path reaches a state whose guard is false."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.errors import Refusal
from fairs.onsite import rules
from fairs.onsite.rules import CHECK_MOVES, INCIDENT_MOVES, CheckState, IncidentState, Point, Sweep
from fairs.programmes.rules import EventState

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
FINE = dict.fromkeys(Point, True)


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["note", "settle"]),
            st.tuples(st.dictionaries(st.sampled_from(Point), st.booleans()), st.sampled_from(["", "x"])),
        ),
        max_size=14,
    ),
    st.sampled_from(EventState),
    st.integers(-2, 2),
)
def test_a_hall_is_signed_off_once_when_the_day_is_over_and_everything_is_settled(
    steps: list[object], event: EventState, hours: int
) -> None:
    state, incidents, clear = CheckState.WAITING, [IncidentState.OPEN], 0
    over = rules.is_over(event, NOW - timedelta(hours=hours), NOW)
    for step in steps:
        try:
            if step == "note":
                rules.check_on_site(event)
                incidents.append(IncidentState.OPEN)
            elif step == "settle":
                incidents[-1] = rules.settle(incidents[-1])
            else:
                answers, note = step  # type: ignore[misc]  # the third kind of step
                waiting = incidents.count(IncidentState.OPEN)
                state = rules.swept(state, Sweep(answers, note), is_over=over, open_incidents=waiting)
                clear += state is CheckState.CLEAR
                assert over
                assert set(answers) == set(Point)
                assert state is not CheckState.CLEAR or (not waiting and all(answers.values()))
                assert state is not CheckState.FAULTS or (note and not all(answers.values()))
        except Refusal:
            continue
    assert clear == (state is CheckState.CLEAR)


def test_every_state_is_reached_and_named() -> None:
    for moves, labels, first in (
        (INCIDENT_MOVES, rules.INCIDENT_LABELS, IncidentState.OPEN),
        (CHECK_MOVES, rules.CHECK_LABELS, CheckState.WAITING),
    ):
        assert set(moves) == set(labels) == {first, *set().union(*moves.values())}
    assert set(rules.POINT_LABELS) == set(Point)
    assert set(rules.INCIDENT_KIND_LABELS) == set(rules.IncidentKind)


@pytest.mark.parametrize(
    ("state", "ended", "over"),
    [
        (EventState.RUNNING, False, False),
        (EventState.RUNNING, True, True),
        (EventState.PAUSED, True, True),
        (EventState.EVACUATED, False, True),
        (EventState.CLOSED, False, True),
        (EventState.CANCELLED, True, False),
        (EventState.OPEN, True, False),
    ],
)
def test_when_a_hall_is_swept(state: EventState, ended: bool, over: bool) -> None:
    ends_at = NOW - timedelta(hours=1) if ended else NOW + timedelta(hours=1)
    assert rules.is_over(state, ends_at, NOW) is over


def test_a_look_by_a_colleague_is_not_overwritten() -> None:
    rules.check_seen("", "")
    rules.check_seen("a", "a")
    for last, seen in (("a", ""), ("b", "a")):
        with pytest.raises(rules.Signed):
            rules.check_seen(last, seen)
    with pytest.raises(rules.WordsMissing):
        rules.words(" \n")
    with pytest.raises(rules.Signed):
        rules.swept(CheckState.CLEAR, Sweep(FINE), is_over=True, open_incidents=0)
