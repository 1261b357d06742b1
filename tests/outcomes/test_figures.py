"""Figures: what must be said of a correction, how a set is sealed, and when everything is due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.clock import CAMPUS
from fairs.outcomes import figures
from fairs.outcomes.figures import (
    Confirmed,
    Figure,
    FiguresContradict,
    LiveFiguresContradict,
    NothingAmended,
    WhyMissing,
)
from fairs.outcomes.rules import (
    CLOSING_MOVES,
    STAGE_MOVES,
    ClosingState,
    DayOutside,
    Nudge,
    Stage,
    TooSoon,
    WrongStage,
    check_outcome_day,
    check_settled,
    check_stage,
    due_at,
    nudge_of,
)
from fairs.workdays.rules import Day, DayKind, DuePolicy, WorkCalendar

COUNTED = {Figure.PERSONS: 120, Figure.ATTENDANCES: 130}
SATURDAY = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def test_a_correction_says_why_and_keeps_both_numbers() -> None:
    with pytest.raises(WhyMissing) as refused:
        figures.confirmed(COUNTED, {Figure.PERSONS: 125}, {})
    assert refused.value.field == "persons_reason"
    rows = figures.confirmed(COUNTED, {Figure.PERSONS: 125}, {Figure.PERSONS: " 北门断网 "})
    assert rows[0] == Confirmed(Figure.PERSONS, 120, 125, "北门断网")
    assert rows[1] == Confirmed(Figure.ATTENDANCES, 130, 130)
    with pytest.raises(FiguresContradict):
        figures.confirmed(COUNTED, {Figure.PERSONS: 131}, {Figure.PERSONS: "北门断网"})
    with pytest.raises(LiveFiguresContradict):
        figures.confirmed({Figure.LIVE_PERSONS: 2, Figure.LIVE_ATTENDANCES: 1}, {}, {})


def test_an_amendment_names_what_changed_and_must_change_something() -> None:
    rows = figures.confirmed(COUNTED, {}, {})
    with pytest.raises(NothingAmended):
        figures.amended(rows, COUNTED, {})
    with pytest.raises(WhyMissing):
        figures.amended(rows, {Figure.PERSONS: 118}, {})
    after, changes = figures.amended(rows, {Figure.PERSONS: 118}, {Figure.PERSONS: "重复计数"})
    assert after[0] == Confirmed(Figure.PERSONS, 120, 118, "重复计数")
    assert [change.stored() for change in changes] == [
        {"figure": "persons", "before": 120, "after": 118, "reason": "重复计数"}
    ]


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from([f for f in Figure if f not in {Figure.PERSONS, Figure.LIVE_PERSONS}]),
        st.integers(0, 9999),
        min_size=1,
    )
)
def test_what_is_kept_reads_back_and_any_change_breaks_the_seal(counted: dict[Figure, int]) -> None:
    rows = figures.confirmed(counted, {}, {})
    content = {"figures": [row.stored() for row in rows]}
    assert tuple(Confirmed.read(stored) for stored in content["figures"]) == rows
    seal = figures.seal_of("event", 1, content, "")
    content["figures"][0]["confirmed"] += 1
    assert figures.seal_of("event", 1, content, "") != seal
    assert figures.fingerprint(counted) == figures.fingerprint(dict(reversed(counted.items())))


@pytest.mark.parametrize(
    ("policy", "due"),
    [
        (DuePolicy.PREVIOUS_WORKDAY, date(2026, 11, 27)),
        (DuePolicy.SAME_DAY, date(2026, 11, 28)),
        (DuePolicy.NEXT_WORKDAY, date(2026, 11, 30)),
    ],
)
def test_figures_are_due_a_week_later_on_a_working_day(policy: DuePolicy, due: date) -> None:
    at = due_at(SATURDAY, WorkCalendar.of([]), 7, policy).astimezone(CAMPUS)
    assert (at.date(), at.hour, at.minute) == (due, 17, 30)


def test_a_worked_saturday_is_a_due_day() -> None:
    worked = WorkCalendar.of([Day(date(2026, 11, 28), DayKind.SWAP_WORKDAY)])
    at = due_at(SATURDAY, worked, 7, DuePolicy.PREVIOUS_WORKDAY).astimezone(CAMPUS)
    assert at.date() == date(2026, 11, 28)


def test_reminders_come_once_before_and_once_after() -> None:
    due = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)

    def nudge(given: Nudge, at: datetime) -> Nudge | None:
        return nudge_of(ClosingState.OPEN, due, given, at)

    assert nudge(Nudge.NONE, due - timedelta(days=3)) is None
    assert nudge(Nudge.NONE, due - timedelta(days=1)) is Nudge.SOON
    assert nudge(Nudge.SOON, due - timedelta(hours=1)) is None
    assert nudge(Nudge.SOON, due + timedelta(hours=1)) is Nudge.LATE
    assert nudge(Nudge.LATE, due + timedelta(days=9)) is None
    assert nudge_of(ClosingState.CONFIRMED, due, Nudge.NONE, due + timedelta(days=9)) is None


def test_gates_may_upload_for_two_hours() -> None:
    with pytest.raises(TooSoon):
        check_settled(SATURDAY, SATURDAY + timedelta(minutes=119))
    check_settled(SATURDAY, SATURDAY + timedelta(hours=2))


@pytest.mark.parametrize("before", [None, *Stage])
@pytest.mark.parametrize("to", list(Stage))
def test_an_outcome_goes_on_and_never_back(before: Stage | None, to: Stage) -> None:
    allowed = to is not Stage.ENDED if before is None else to is before or to in STAGE_MOVES[before]
    if allowed:
        check_stage(before, to)
    else:
        with pytest.raises(WrongStage):
            check_stage(before, to)


def test_an_outcome_lies_between_the_fair_and_today() -> None:
    fair, today = date(2026, 11, 21), date(2026, 11, 25)
    check_outcome_day(fair, fair, today)
    for day in (fair - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(DayOutside):
            check_outcome_day(day, fair, today)


def test_nothing_comes_before_confirmed_figures() -> None:
    assert ClosingState.PUBLISHED not in CLOSING_MOVES[ClosingState.OPEN]
    assert all(ClosingState.OPEN not in following for following in CLOSING_MOVES.values())
