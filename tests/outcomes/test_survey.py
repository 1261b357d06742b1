"""The survey: its window, complete answers, and what is never shown."""

from datetime import UTC, datetime, timedelta

import pytest

from fairs.outcomes import survey
from fairs.outcomes.survey import FEWEST, ScoreMissing, Side, SurveyClosed
from fairs.programmes.rules import EventState

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
SIX = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def test_it_opens_in_the_evening_for_a_week() -> None:
    assert survey.survey_opens(NOON) == SIX
    assert survey.survey_opens(SIX + timedelta(hours=2)) == SIX + timedelta(hours=2)
    survey.check_open(EventState.CLOSED, NOON, SIX)
    for state, at in (
        (EventState.CLOSED, SIX - timedelta(minutes=1)),
        (EventState.REPORTED, SIX + timedelta(days=7)),
        (EventState.RUNNING, SIX),
        (EventState.CANCELLED, SIX),
    ):
        with pytest.raises(SurveyClosed):
            survey.check_open(state, NOON, at)


@pytest.mark.parametrize("scores", [{}, {"fit": 5, "organised": 4}, {"fit": 6, "organised": 1, "again": 1}])
def test_every_statement_is_rated(scores: dict[str, int]) -> None:
    with pytest.raises(ScoreMissing):
        survey.checked_scores(Side.STUDENT, scores)


def test_only_the_scores_are_taken() -> None:
    given = {"fit": 5, "organised": 4, "again": 3, "person_id": 7}
    assert survey.checked_scores(Side.STUDENT, given) == {"fit": 5, "organised": 4, "again": 3}


def test_students_results_are_hidden_while_few_or_open() -> None:
    over = survey.survey_closes(NOON)
    assert survey.may_show(Side.STUDENT, FEWEST, NOON, over)
    assert not survey.may_show(Side.STUDENT, FEWEST - 1, NOON, over)
    assert not survey.may_show(Side.STUDENT, 500, NOON, over - timedelta(seconds=1))
    assert survey.may_show(Side.EMPLOYER, 1, NOON, SIX)


def test_means_and_order() -> None:
    fit, organised, _ = survey.rated(Side.STUDENT, {"fit": {5: 2, 2: 1}})
    assert (fit.counts, fit.answers, fit.mean) == ((0, 1, 0, 0, 2), 3, 4.0)
    assert (organised.answers, organised.mean) == (0, 0.0)
    assert survey.lines(["乙", "", " 甲 ", "  "]) == sorted(["乙", "甲"])
