"""Precision and recall, counted by overlap."""

from fairs.clauses.accuracy import Labelled, Score, evaluate
from fairs.clauses.engine import check


def measured(text: str, labelled: Labelled) -> Score:
    return evaluate([(labelled, check(text))], ["gender"])["gender"]


def test_a_finding_that_overlaps_its_label_is_right() -> None:
    score = measured("限男生，本科。", Labelled({"gender": ((0, 2),)}, {}))
    assert (score.precision, score.recall) == (1.0, 1.0)


def test_a_finding_without_a_label_lowers_precision() -> None:
    score = measured("限男生，本科。", Labelled({}, {}))
    assert (score.precision, score.recall) == (0.0, 1.0)


def test_a_label_without_a_finding_lowers_recall() -> None:
    score = measured("本科。", Labelled({"gender": ((0, 2),)}, {}))
    assert (score.precision, score.recall) == (1.0, 0.0)


def test_advice_on_a_tolerated_span_does_not_count() -> None:
    text = "女浴室服务员，限女性。"
    assert measured(text, Labelled({}, {"gender": ((7, 10),)})).found == 0
    assert measured(text, Labelled({}, {})).found == 1
