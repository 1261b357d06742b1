"""The machines of cases and alerts, the questions at a booth: what follows from the tables alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.errors import Refusal
from fairs.programmes.rules import EventState
from fairs.protection import alerts, inspecting, rules
from fairs.protection.alerts import ALERT_MOVES, AlertDraft, AlertState, Audience, Guard, Severity
from fairs.protection.inspecting import Measure, Point, Seen
from fairs.protection.rules import COMPLAINT_MOVES, OPEN, ComplaintState

C = ComplaintState
NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(ComplaintState), max_size=12))
def test_a_case_ends_only_after_it_was_taken_up_looked_into_and_decided(asked: list[ComplaintState]) -> None:
    state, path = C.RECEIVED, [C.RECEIVED]
    for to in asked:
        try:
            state = rules.move(state, to)
        except rules.MovedOn:
            assert to not in COMPLAINT_MOVES[state]
            continue
        path.append(state)
    assert len(path) == len(set(path))  # nothing comes twice: a decision is for good
    if state not in OPEN:
        assert path[:3] == [ComplaintState.RECEIVED, ComplaintState.ACCEPTED, ComplaintState.INVESTIGATING]
        assert (ComplaintState.UPHELD in path) != (ComplaintState.UNFOUNDED in path)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(AlertState), st.integers(1, 3)), max_size=12))
def test_an_alert_is_published_only_after_somebody_else_approved_its_last_words(
    asked: list[tuple[AlertState, int]],
) -> None:
    state, author, approver, shown = AlertState.DRAFT, 1, 0, False
    for to, officer in asked:
        try:
            if to is AlertState.APPROVED:
                alerts.check_approver(author, officer)
            state = alerts.move(state, to)
        except Refusal:
            continue
        if to is AlertState.DRAFT:
            author, approver = officer, 0
        if to is AlertState.APPROVED:
            approver = officer
        shown = shown or state is AlertState.PUBLISHED
        if shown:
            assert approver not in {0, author}


@pytest.mark.parametrize("moves", [COMPLAINT_MOVES, ALERT_MOVES])
def test_every_state_is_reached_and_has_its_moves(moves: dict) -> None:
    kind = type(next(iter(moves)))
    assert set(moves) == set(kind)
    assert set(kind) - set().union(*moves.values()) <= {ComplaintState.RECEIVED}


def draft(**values: object) -> AlertDraft:
    usual = {"guard": Guard.FEES, "severity": Severity.NOTICE, "audience": Audience.UNIVERSITY}
    said = {"title": "t", "body": "b", "expires_at": NOW + timedelta(days=9)}
    return AlertDraft(**(usual | said | values))  # type: ignore[arg-type]  # a table of plain values


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"title": " "}, alerts.AlertTextMissing),
        ({"audience": Audience.EVENT}, alerts.AudienceMissing),
        ({"department_id": 3}, alerts.AudienceMissing),
        ({"expires_at": NOW}, alerts.AlertPeriodWrong),
        ({"expires_at": NOW + timedelta(days=181)}, alerts.AlertPeriodWrong),
    ],
)
def test_an_alert_says_what_to_whom_and_until_when(values: dict, refusal: type[Refusal]) -> None:
    alerts.check_draft(draft(), NOW)
    with pytest.raises(refusal):
        alerts.check_draft(draft(**values), NOW)


def test_only_blacklisted_employers_are_named() -> None:
    alerts.check_named([("甲公司", True)])
    with pytest.raises(alerts.NotBlacklisted, match="乙公司"):
        alerts.check_named([("甲公司", True), ("乙公司", False)])


FINE = dict.fromkeys(Point, True)


@pytest.mark.parametrize(
    ("seen", "refusal"),
    [
        (Seen(FINE, "", Measure.NONE), None),
        (Seen(FINE | {Point.NO_FEES: False}, "收 50 元资料费", Measure.CASE), None),
        (Seen(FINE | {Point.NO_FEES: False}, " ", Measure.NONE), inspecting.NoteMissing),
        (Seen(FINE, "很好", Measure.WARNING), inspecting.NothingFound),
        (Seen({Point.STAFFED: True}, "", Measure.NONE), inspecting.AnswersMissing),
    ],
)
def test_what_was_seen_is_whole(seen: Seen, refusal: type[Refusal] | None) -> None:
    if refusal is None:
        inspecting.check_seen(seen)
        return
    with pytest.raises(refusal):
        inspecting.check_seen(seen)


def test_booths_are_walked_while_the_fair_runs() -> None:
    for state in EventState:
        if state in {EventState.RUNNING, EventState.PAUSED}:
            inspecting.check_running(state)
        else:
            with pytest.raises(inspecting.NotRunning):
                inspecting.check_running(state)
    assert inspecting.progress([1, 2, 3], [2, 9]) == (1, 3)


@pytest.mark.parametrize(
    ("to", "answer", "ground", "refusal"),
    [
        (ComplaintState.UPHELD, "查实", "违规收费", None),
        (ComplaintState.UNFOUNDED, "没有问题", "", None),
        (ComplaintState.UPHELD, "查实", " ", rules.GroundMissing),
        (ComplaintState.UNFOUNDED, "", "", rules.AnswerMissing),
    ],
)
def test_a_result_is_told_in_words(
    to: ComplaintState, answer: str, ground: str, refusal: type[Refusal] | None
) -> None:
    if refusal is None:
        rules.check_result(to, answer, ground)
        return
    with pytest.raises(refusal):
        rules.check_result(to, answer, ground)
