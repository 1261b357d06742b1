"""Each chart answers its question in one sentence, also without any data."""

from datetime import UTC, datetime

from fairs.outcomes import charts
from fairs.outcomes.charts import ANSWER_LABELS, ChartKey
from fairs.outcomes.figures import Figure


def test_employers() -> None:
    names = {figure: figure.value for figure in Figure}
    chart = charts.employers({Figure.PLANNED: 60, Figure.ARRIVED: 52, Figure.ABSENT: 8}, names)
    assert chart.answer % chart.values == "52 家到场，占计划的 87%"
    assert chart.rows[1] == ("employers_arrived", (52,))
    counted = {Figure.PLANNED: 60, Figure.ARRIVED: 52, Figure.ON_PLATFORM: 13}
    chart = charts.employers(counted, names)
    assert chart.answer % chart.values == "52 家到场，占计划的 87%，其中 25% 已注册国家平台"
    assert charts.employers({}, names).answer == ANSWER_LABELS["none"]


def test_hours_fill_the_gaps_of_a_day_but_not_the_night() -> None:
    nine = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    chart = charts.hours({nine: 8, nine.replace(hour=3): 20, nine.replace(day=21): 5})
    assert [name for name, _ in chart.rows] == ["11-20 09:00", "11-20 10:00", "11-20 11:00", "11-21 09:00"]
    assert chart.answer % chart.values == "11-20 11:00，20 人次"


def test_names_are_ordered_by_number() -> None:
    chart = charts.named(ChartKey.MAJORS, [("甲", (1, 1)), ("乙", (9, 9))])
    assert [name for name, _ in chart.rows] == ["乙", "甲"]
    assert chart.values == {"name": "乙", "count": 9}
    assert charts.named(ChartKey.MAJORS, []).answer == ANSWER_LABELS["none"]
    assert charts.named(ChartKey.MAJORS, [("甲", (0, 0))]).answer == ANSWER_LABELS["none"]


def test_trend_compares_with_the_last_time() -> None:
    former = [("2025", (90, 20)), ("2026春", (110, 25))]
    assert charts.trend([], ("今", (5, 5))).answer == ANSWER_LABELS["first"]
    for now, answer in ((130, "more"), (100, "less"), (110, "same")):
        chart = charts.trend(former, ("今", (now, 30)))
        assert chart.answer == ANSWER_LABELS[answer]
        assert chart.answer % chart.values
        assert chart.rows[-1] == ("今", (now, 30))


def test_stages_stand_side_by_side() -> None:
    chart = charts.stages([("意向", (5, 9)), ("录用", (3, 4)), ("签约", (1, 2))])
    assert chart.values == {"students": 1, "employers": 2}
    assert chart.shown == 2
