"""The figures of an event: what each means, where it comes from, and how a confirmed set is kept and compared."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fairs.errors import Conflict, Invalid


class Figure(StrEnum):
    """A figure that an organiser confirms after the event (S62, S118: units are never mixed)."""

    PLANNED = "employers_planned"
    ARRIVED = "employers_arrived"
    ABSENT = "employers_no_show"
    ON_PLATFORM = "employers_on_platform"
    POSTINGS = "postings"
    HEADCOUNT = "headcount"
    REGISTERED = "registered"
    PERSONS = "persons"
    ATTENDANCES = "attendances"
    STAYED_AWAY = "students_no_show"
    PEAK = "hall_peak"
    LIVE_SESSIONS = "live_sessions"
    LIVE_PERSONS = "live_persons"
    LIVE_ATTENDANCES = "live_attendances"
    LIVE_VIEWERS = "live_viewers_stated"


@dataclass(frozen=True)
class Definition:
    """What a figure is called, counted in, means, and which page shows the rows behind it (message ids)."""

    label: str
    unit: str
    meaning: str
    endpoint: str
    with_booths: bool = False
    with_live: bool = False


DEFINITIONS: Mapping[Figure, Definition] = {
    Figure.PLANNED: Definition(
        "计划参会单位",
        "家",
        "展位已确认的单位，含临期取消和未到场的，同一单位计一次。",
        "allocation.board",
        with_booths=True,
    ),
    Figure.ARRIVED: Definition(
        "到场单位", "家", "点名时已到场的单位，同一单位计一次。", "outcomes.roll", with_booths=True
    ),
    Figure.ABSENT: Definition(
        "未到场单位", "家", "展位已确认但点名时没有到场的单位。", "outcomes.roll", with_booths=True
    ),
    Figure.ON_PLATFORM: Definition(
        "其中已注册国家平台",
        "家",
        "到场单位中，在单位资料里注明已注册国家大学生就业服务平台的。",
        "outcomes.roll",
        with_booths=True,
    ),
    Figure.POSTINGS: Definition(
        "到场岗位", "个", "到场单位带来的、已通过审核的岗位数。", "allocation.board", with_booths=True
    ),
    Figure.HEADCOUNT: Definition(
        "岗位需求人数", "人", "到场岗位的需求人数之和。", "allocation.board", with_booths=True
    ),
    Figure.REGISTERED: Definition(
        "预约", "人次", "各场次预约之和，不含已取消和候补未成的。", "registrations.desk"
    ),
    Figure.PERSONS: Definition(
        "到场学生", "人", "检票入场的学生，多天多场只计一次；已撤销的检票不计。", "checkin.door"
    ),
    Figure.ATTENDANCES: Definition(
        "到场人次", "人次", "检票入场的学生，每人每场计一次；已撤销的检票不计。", "checkin.door"
    ),
    Figure.STAYED_AWAY: Definition("预约未到", "人次", "已预约但没有检票入场的。", "registrations.desk"),
    Figure.PEAK: Definition(
        "场内最高人数", "人", "按检票记录推算，同一时刻在场的最多人数，不含人工计数。", "checkin.door"
    ),
    Figure.LIVE_SESSIONS: Definition(
        "直播", "场", "已登记为已举行的直播，不含取消的。", "livestreams.sessions", with_live=True
    ),
    Figure.LIVE_PERSONS: Definition(
        "看直播的学生",
        "人",
        "通过系统进入直播的学生，多场只计一次；与到场学生分开统计。",
        "livestreams.sessions",
        with_live=True,
    ),
    Figure.LIVE_ATTENDANCES: Definition(
        "学生看直播",
        "人次",
        "通过系统进入直播的学生，每人每场计一次，反复进入不重复计。",
        "livestreams.sessions",
        with_live=True,
    ),
    Figure.LIVE_VIEWERS: Definition(
        "平台显示的观看人数",
        "人",
        "直播平台提供的数字之和，未经核实，不与系统统计相加。",
        "livestreams.sessions",
        with_live=True,
    ),
}

FIGURE_LABELS = {figure: (what.label, what.unit, what.meaning) for figure, what in DEFINITIONS.items()}
"""The words of the definitions, for the catalogue of translations."""

PUBLISHED = (
    Figure.ARRIVED,
    Figure.POSTINGS,
    Figure.HEADCOUNT,
    Figure.PERSONS,
    Figure.ATTENDANCES,
)
"""The figures on the public page of results."""

Figures = Mapping[Figure, int]
MOST = 10_000_000


class WhyMissing(Invalid):
    """A confirmed figure differs from the computed one without a reason."""

    code = "why_missing"
    sentence = "“%(label)s”与系统计算的不同，请写明更正原因。"


class FiguresContradict(Invalid):
    """More persons than attendances: each person who came attended at least once."""

    code = "figures_contradict"
    sentence = "到场学生（%(persons)s 人）不能多于到场人次（%(attendances)s 人次），请一并更正。"
    field = Figure.PERSONS.value


class LiveFiguresContradict(FiguresContradict):
    """The same of those who went on to live streams."""

    code = "live_figures_contradict"
    sentence = "看直播的学生（%(persons)s 人）不能多于进入直播的人次（%(attendances)s 人次），请一并更正。"
    field = Figure.LIVE_PERSONS.value


class FiguresMoved(Conflict):
    """The computed figures changed between showing and confirming, e.g. a gate uploaded late scans."""

    code = "figures_moved"
    sentence = "数据刚刚有更新，请核对下面的新数据后再确认。"


class NothingAmended(Invalid):
    """An amendment changes at least one figure."""

    code = "nothing_amended"
    sentence = "没有数据改动。请修改需要更正的数据并写明原因。"


@dataclass(frozen=True)
class Confirmed:
    """One figure as computed and as confirmed, with why they differ."""

    figure: Figure
    computed: int
    confirmed: int
    reason: str = ""

    def stored(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "figure": self.figure.value,
            "computed": self.computed,
            "confirmed": self.confirmed,
            "reason": self.reason,
        }

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Confirmed":
        """A figure as it was kept."""
        return cls(
            Figure(stored["figure"]), int(stored["computed"]), int(stored["confirmed"]), stored["reason"]
        )


@dataclass(frozen=True)
class Change:
    """What an amendment changed, and why."""

    figure: Figure
    before: int
    after: int
    reason: str

    def stored(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "figure": self.figure.value,
            "before": self.before,
            "after": self.after,
            "reason": self.reason,
        }


def applicable(*, with_booths: bool, with_live: bool = False) -> tuple[Figure, ...]:
    """The figures of an event, in order: those of employers only where there are booths, of streams where any are."""
    return tuple(
        figure
        for figure, what in DEFINITIONS.items()
        if (with_booths or not what.with_booths) and (with_live or not what.with_live)
    )


def confirmed(computed: Figures, said: Figures, reasons: Mapping[Figure, str]) -> tuple[Confirmed, ...]:
    """The figures as confirmed: what ``said`` does not name is as computed.

    Raises WhyMissing or FiguresContradict.
    """
    rows = []
    for figure, value in computed.items():
        given, reason = said.get(figure, value), reasons.get(figure, "").strip()
        if given != value and not reason:
            raise WhyMissing(field=f"{figure.value}_reason", label=DEFINITIONS[figure].label)
        rows.append(Confirmed(figure, value, given, reason if given != value else ""))
    _check_agree(rows)
    return tuple(rows)


def _check_agree(rows: Sequence[Confirmed]) -> None:
    known = {row.figure: row.confirmed for row in rows}
    for one, all_of_them, refusal in (
        (Figure.PERSONS, Figure.ATTENDANCES, FiguresContradict),
        (Figure.LIVE_PERSONS, Figure.LIVE_ATTENDANCES, LiveFiguresContradict),
    ):
        persons, attendances = known.get(one, 0), known.get(all_of_them, MOST)
        if persons > attendances:
            raise refusal(persons=persons, attendances=attendances)


def amended(
    before: Sequence[Confirmed], said: Figures, reasons: Mapping[Figure, str]
) -> tuple[tuple[Confirmed, ...], tuple[Change, ...]]:
    """The figures after an amendment and what changed.

    Raises WhyMissing, NothingAmended or FiguresContradict.
    """
    rows, changes = [], []
    for row in before:
        given, reason = said.get(row.figure, row.confirmed), reasons.get(row.figure, "").strip()
        if given == row.confirmed:
            rows.append(row)
            continue
        if not reason:
            raise WhyMissing(field=f"{row.figure.value}_reason", label=DEFINITIONS[row.figure].label)
        rows.append(Confirmed(row.figure, row.computed, given, reason))
        changes.append(Change(row.figure, row.confirmed, given, reason))
    if not changes:
        raise NothingAmended
    _check_agree(rows)
    return tuple(rows), tuple(changes)


def fingerprint(figures: Figures) -> str:
    """A short mark of a set of figures, to notice that they changed since they were shown."""
    text = json.dumps({figure.value: value for figure, value in figures.items()}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def seal_of(event: str, no: int, content: Mapping[str, Any], previous: str) -> str:
    """The hash of a kept set of figures; ``previous`` ties an amendment to what it amends ("" for the first)."""
    kept = {"event": event, "no": no, "content": content, "previous": previous}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
