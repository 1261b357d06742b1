"""The figures of a programme as sheets: its events one by one, and its totals (S16, S25)."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from fairs.files.sheets import write_xlsx
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import EVENT_KIND_LABELS, EVENT_STATE_LABELS
from fairs.season.queries import Line, Year, first_day
from fairs.season.rules import FIGURE_LABELS, UNITS, Figures
from fairs.season.shares import SHARED, TRAIT_LABELS, Row, Trait

COLUMNS = [f"{FIGURE_LABELS[name]}（{UNITS[name]}）" for name in FIGURE_LABELS]
EVENT_HEADINGS = ["活动编号", "牵头学校", "活动", "类型", "首日", "地点", "主办院系", "状态", *COLUMNS[1:]]


def events_xlsx(rows: Sequence[tuple[Event, Occurrence, Figures]]) -> bytes:
    """One line per event; the number with the lead's code keeps a joint fair from being counted twice (S17)."""
    lines = [
        [
            event.fair_no,
            event.university.name,
            event.title,
            EVENT_KIND_LABELS[event.kind],
            first_day(day),
            day.where,
            event.department.name if event.department else "",
            EVENT_STATE_LABELS[event.state],
            *astuple(figures)[1:],
        ]
        for event, day, figures in rows
    ]
    return write_xlsx("活动", EVENT_HEADINGS, lines)


def totals_xlsx(total: Figures, parts: Sequence[tuple[str, Sequence[Line]]], years: Sequence[Year]) -> bytes:
    """The total, each department, channel and campaign, and the earlier years."""
    rows: list[list[Any]] = [["合计", "", *astuple(total)]]
    rows += [[part, line.name, *astuple(line.figures)] for part, lines in parts for line in lines]
    rows += [["历年", year.programme.name, *astuple(year.figures)] for year in years]
    return write_xlsx("合计", ["范围", "名称", *COLUMNS], rows)


SHARE_HEADINGS = [
    heading
    for name in SHARED
    for heading in (f"{FIGURE_LABELS[name]}（{UNITS[name]}）", f"{FIGURE_LABELS[name]}占比（百分比）")
]


def shares_xlsx(parts: Sequence[tuple[Trait, Sequence[Row]]]) -> bytes:
    """Each table of shares below the other; the columns of a figure and of its share stand side by side."""
    lines = [
        [TRAIT_LABELS[trait], row.name, *(cell for name in SHARED for cell in _cells(row, name))]
        for trait, rows in parts
        for row in rows
    ]
    return write_xlsx("占比", ["分类", "名称", *SHARE_HEADINGS], lines)


def _cells(row: Row, name: str) -> tuple[Any, Any]:
    percent = row.percent(name)
    return getattr(row.counts, name), "" if percent is None else percent
