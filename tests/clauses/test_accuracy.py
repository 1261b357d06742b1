"""Precision and recall, counted per text, per category and by overlap."""

from fairs.clauses.accuracy import Labelled, Mark, Report, evaluate, labelled, lines_of
from fairs.clauses.engine import check


def measured(text: str, *marks: Mark, tolerated: tuple[Mark, ...] = ()) -> Report:
    return evaluate([(Labelled(text, marks, tolerated), check(text))])


def test_a_finding_that_overlaps_its_label_is_right() -> None:
    report = measured("限男生，本科。", Mark("gender", "block", 0, 2))
    assert (report.spans.precision, report.spans.recall, report.spans.f1) == (1.0, 1.0, 1.0)
    assert (report.items.precision, report.items.recall) == (1.0, 1.0)
    assert (report.same_severity, report.matched) == (1, 1)


def test_a_finding_without_a_label_is_a_false_alarm() -> None:
    report = measured("限男生，本科。")
    assert (report.items.precision, report.clean, report.alarms) == (0.0, 1, 1)
    assert report.remarks == ["+  gender.limit block '限男生'"]


def test_a_label_without_a_finding_is_a_miss() -> None:
    report = measured("本科。", Mark("gender", "block", 0, 2))
    assert (report.items.recall, report.by_category["gender"].recall) == (0.0, 0.0)
    assert report.remarks == ["-  gender block '本科'"]


def test_another_severity_is_remarked() -> None:
    (remark,) = measured("限男生。", Mark("gender", "review", 0, 3)).remarks
    assert remark == "~  gender.limit review, not block '限男生'"


def test_advice_on_a_tolerated_span_does_not_count() -> None:
    text = "女浴室服务员，限女性。"
    tolerated = measured(text, tolerated=(Mark("gender", "advise", 7, 10),))
    assert (tolerated.spans.found, tolerated.advice_only) == (0, 0)
    assert measured(text).advice_only == 1


def test_a_corpus_line_is_read_and_reported() -> None:
    text = "前台，限女性。"
    raw = {
        "id": "a1",
        "text": text,
        "labels": [{"category": "gender", "severity": "block", "start": 3, "end": 6}],
    }
    report = evaluate([(labelled(raw), check(text))])
    assert next(iter(lines_of(report))).startswith("texts with block or review: precision 1.000 (1/1)")
