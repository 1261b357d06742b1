"""What an event came to, as tables that answer one question each; the page draws a chart from each table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from fairs.clock import campus
from fairs.outcomes.figures import Figure, Figures


class ChartKey(StrEnum):
    """The charts of the effect page, in order; part of the address of each table's sheet."""

    EMPLOYERS = "employers"
    CHANNELS = "channels"
    HOURS = "hours"
    DEPARTMENTS = "departments"
    MAJORS = "majors"
    INDUSTRIES = "industries"
    CHAINS = "chain"
    SIZES = "size"
    OWNERSHIP = "ownership"
    SPECIALISED = "specialised"
    STAGES = "stages"
    TREND = "trend"


QUESTION_LABELS = {
    ChartKey.EMPLOYERS: "计划的单位来了多少？",
    ChartKey.CHANNELS: "现场、网上、直播各有多少人参加？",
    ChartKey.HOURS: "什么时候入场最多？",
    ChartKey.DEPARTMENTS: "哪些院系的学生来得最多？",
    ChartKey.MAJORS: "哪些专业的学生来得最多？",
    ChartKey.INDUSTRIES: "哪些行业需求最多？",
    ChartKey.CHAINS: "重点产业链的单位占多少？",
    ChartKey.SIZES: "中小微企业占多少？",
    ChartKey.OWNERSHIP: "民营单位占多少？",
    ChartKey.SPECIALISED: "“专精特新”单位占多少？",
    ChartKey.STAGES: "有多少意向、录用和签约？",
    ChartKey.TREND: "和往届相比怎么样？",
}

HEADING_LABELS: Mapping[ChartKey, tuple[str, ...]] = {
    ChartKey.EMPLOYERS: ("单位", "家数"),
    ChartKey.CHANNELS: (
        "渠道",
        "人数",
        "人次",
        "岗位",
        "收藏学生",
        "场次",
        "平台观看（未核实）",
    ),
    ChartKey.HOURS: ("入场时间", "入场人次"),
    ChartKey.DEPARTMENTS: ("院系", "到场人数", "到场人次", "预约人次"),
    ChartKey.MAJORS: ("专业", "到场人数", "到场人次", "预约人次"),
    ChartKey.INDUSTRIES: ("行业", "需求人数", "岗位数", "单位数"),
    **dict.fromkeys(
        (ChartKey.CHAINS, ChartKey.SIZES, ChartKey.OWNERSHIP, ChartKey.SPECIALISED),
        (
            "单位",
            "到场单位（家）",
            "单位占比（百分比）",
            "参会（家次）",
            "家次占比（百分比）",
            "岗位（个）",
            "岗位占比（百分比）",
            "需求（人）",
            "需求占比（百分比）",
        ),
    ),
    ChartKey.STAGES: ("进展", "学生登记", "单位上报"),
    ChartKey.TREND: ("活动", "到场学生", "到场单位"),
}

ANSWER_LABELS = {
    "employers": "%(count)s 家到场，占计划的 %(percent)s%%",
    "employers_platform": "%(count)s 家到场，占计划的 %(percent)s%%，其中 %(share)s%% 已注册国家平台",
    "channels": "现场 %(onsite)s 人，直播 %(live)s 人，网上岗位 %(postings)s 个",
    "hours": "%(name)s，%(count)s 人次",
    "named": "%(name)s，%(count)s 人",
    "shares": "%(count)s 家，占到场单位的 %(percent)s%%",
    "stages": "学生登记签约 %(students)s 人，单位上报签约 %(employers)s 人",
    "more": "到场学生比上一场多 %(count)s 人",
    "less": "到场学生比上一场少 %(count)s 人",
    "same": "到场学生与上一场相同",
    "none": "还没有数据",
    "first": "还没有往届数据",
}

SHARES = frozenset({ChartKey.CHAINS, ChartKey.SIZES, ChartKey.OWNERSHIP, ChartKey.SPECIALISED})
"""The charts of shares: each counts 家, 家次, 个 and 人 beside its share of the whole (S91–S93)."""

Line = tuple[str, tuple[int, ...]]
"""A row of a table: its name and its numbers."""
Row = tuple[str, Sequence[int | None]]
"""A row some of whose columns do not apply to it: units are never mixed."""
CHANNEL_LABELS = {"onsite": "现场", "online": "网上", "live": "直播"}


@dataclass(frozen=True)
class Chart:
    """A table with one question and its answer; message ids, ``values`` fill the places of the answer.

    ``shown`` is how many columns of numbers the chart draws: those of one unit.
    """

    key: ChartKey
    rows: Sequence[Row]
    answer: str
    values: Mapping[str, Any] = field(default_factory=dict)
    shown: int = 1

    @property
    def question(self) -> str:
        """The question, a message id."""
        return QUESTION_LABELS[self.key]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the table, message ids."""
        return HEADING_LABELS[self.key]

    @property
    def wide(self) -> bool:
        """Whether the table has so many columns that it stands below its chart."""
        return len(self.headings) > 5

    @property
    def across(self) -> bool:
        """Whether the bars lie: long names stand beside them."""
        return self.key not in {ChartKey.HOURS, ChartKey.STAGES}


def employers(figures: Figures, names: Mapping[Figure, str]) -> Chart:
    """How many of the planned employers came."""
    rows = [
        (names[figure], (figures.get(figure, 0),))
        for figure in (Figure.PLANNED, Figure.ARRIVED, Figure.ABSENT)
    ]
    planned, came = figures.get(Figure.PLANNED, 0), figures.get(Figure.ARRIVED, 0)
    if not planned:
        return Chart(ChartKey.EMPLOYERS, rows, ANSWER_LABELS["none"])
    values = {"count": came, "percent": round(came * 100 / planned)}
    registered = figures.get(Figure.ON_PLATFORM)
    if registered is None or not came:  # confirmed before it was counted (S47), or nobody came
        return Chart(ChartKey.EMPLOYERS, rows, ANSWER_LABELS["employers"], values)
    rows.append((names[Figure.ON_PLATFORM], (registered,)))
    values["share"] = round(registered * 100 / came)
    return Chart(ChartKey.EMPLOYERS, rows, ANSWER_LABELS["employers_platform"], values)


def channels(figures: Figures, names: Mapping[str, str], postings: int, savers: int) -> Chart:
    """What each of the three channels came to (S22): persons and attendances apart, nothing added over channels.

    ``postings`` of the employers that came were shown online, ``savers`` students kept some of them.
    """
    live = figures.get(Figure.LIVE_PERSONS, 0)
    rows: list[Row] = [
        (
            names["onsite"],
            (figures.get(Figure.PERSONS, 0), figures.get(Figure.ATTENDANCES, 0), None, None, None, None),
        ),
        (names["online"], (None, None, postings, savers, None, None)),
        (
            names["live"],
            (
                live,
                figures.get(Figure.LIVE_ATTENDANCES, 0),
                None,
                None,
                figures.get(Figure.LIVE_SESSIONS, 0),
                figures.get(Figure.LIVE_VIEWERS) or None,
            ),
        ),
    ]
    values = {"onsite": figures.get(Figure.PERSONS, 0), "live": live, "postings": postings}
    return Chart(ChartKey.CHANNELS, rows, ANSWER_LABELS["channels"], values)


def named(key: ChartKey, rows: Sequence[Line], shown: int = 1) -> Chart:
    """Rows by name, the largest first: which name has most."""
    ordered = sorted(rows, key=lambda line: (-line[1][0], line[0]))
    if not ordered or not ordered[0][1][0]:
        return Chart(key, ordered, ANSWER_LABELS["none"], shown=shown)
    values = {"name": ordered[0][0], "count": ordered[0][1][0]}
    return Chart(key, ordered, ANSWER_LABELS["named"], values, shown)


def shares(key: ChartKey, rows: Sequence[Line]) -> Chart:
    """What share has the trait: the second row of the table, the first is the whole."""
    if len(rows) < 2:
        return Chart(key, rows, ANSWER_LABELS["none"])
    count, percent = rows[1][1][:2]
    return Chart(key, rows, ANSWER_LABELS["shares"], {"count": count, "percent": percent})


def hours(counts: Mapping[datetime, int]) -> Chart:
    """Admissions by the hour of the campus clock; hours without any between two others are there too."""
    rows = [(f"{campus(at):%m-%d %H:%M}", (counts.get(at, 0),)) for at in _every_hour(sorted(counts))]
    if not rows:
        return Chart(ChartKey.HOURS, rows, ANSWER_LABELS["none"])
    name, (count,) = max(rows, key=lambda line: line[1])
    return Chart(ChartKey.HOURS, rows, ANSWER_LABELS["hours"], {"name": name, "count": count})


def _every_hour(there: Sequence[datetime]) -> list[datetime]:
    every: list[datetime] = []
    for at in there:
        # the night between two days is left out
        while every and timedelta(hours=1) < at - every[-1] < timedelta(hours=8):
            every.append(every[-1] + timedelta(hours=1))
        every.append(at)
    return every


def stages(rows: Sequence[Line]) -> Chart:
    """Intents, offers and signatures as both sides say: the last row is of those signed."""
    students, reported = rows[-1][1] if rows else (0, 0)
    values = {"students": students, "employers": reported}
    return Chart(ChartKey.STAGES, rows, ANSWER_LABELS["stages"], values, shown=2)


def trend(former: Sequence[Line], present: Line) -> Chart:
    """This event after the former ones, oldest first: more or fewer students than the last time."""
    rows = [*former, present]
    if not former:
        return Chart(ChartKey.TREND, rows, ANSWER_LABELS["first"])
    more = present[1][0] - former[-1][1][0]
    answer = "more" if more > 0 else "less" if more < 0 else "same"
    return Chart(ChartKey.TREND, rows, ANSWER_LABELS[answer], {"count": abs(more)} if more else {})
