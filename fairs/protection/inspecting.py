"""Looking at a booth of a running fair: the questions, what may follow, progress (P14). Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fairs.errors import Invalid, Refusal
from fairs.programmes.rules import EventState


class Point(StrEnum):
    """What is looked at (P14, P33)."""

    BROCHURE = "brochure"
    NO_FEES = "no_fees"
    NO_PAPERS = "no_papers"
    STAFFED = "staffed"


POINT_LABELS = {
    Point.BROCHURE: "简章与学校审核的一致",
    Point.NO_FEES: "没有收费、押金",
    Point.NO_PAPERS: "没有扣押证件",
    Point.STAFFED: "展位有招聘人员",
}
FAULT_LABELS = {
    Point.BROCHURE: "简章与审核的不一致",
    Point.NO_FEES: "收费或收押金",
    Point.NO_PAPERS: "扣押证件",
    Point.STAFFED: "展位无人",
}
"""The same, when it is not so."""


class Measure(StrEnum):
    """What follows from a finding."""

    NONE = "none"
    WARNING = "warning"
    CASE = "case"
    STRIKE = "strike"


MEASURE_LABELS = {
    Measure.NONE: "只记录",
    Measure.WARNING: "提醒单位当场改正",
    Measure.CASE: "立案核查",
    Measure.STRIKE: "建议记违约",
}

RUNNING = frozenset({EventState.RUNNING, EventState.PAUSED})
"""States in which there is somebody on the floor."""


class NotRunning(Refusal):
    """Booths are looked at while the fair is on."""

    code = "inspection_not_running"
    sentence = "招聘会开始后才能巡查展位，结束后不能再补记。"


class NoteMissing(Invalid):
    """A finding says what was seen."""

    code = "inspection_note_missing"
    sentence = "发现问题时，请写一句看到了什么。"
    field = "note"


class NothingFound(Invalid):
    """Without a finding nothing follows."""

    code = "inspection_nothing_found"
    sentence = "四项都正常，不需要处理。请把“怎样处理”改为“只记录”，或改正上面的选项。"
    field = "measure"


class NoSuggestion(Refusal):
    """A strike is noted for what the floor staff suggested it for."""

    code = "inspection_no_suggestion"
    sentence = "这次巡查没有建议记违约。"


class AnswersMissing(Invalid):
    """Every point is answered: what was not looked at is not in order."""

    code = "inspection_answers_missing"
    sentence = "请逐项选择“是”或“否”。"
    field = "note"


@dataclass(frozen=True)
class Seen:
    """What somebody saw at a booth: each point in order or not, in which words, and what is to follow."""

    answers: Mapping[Point, bool]
    note: str
    measure: Measure

    @property
    def faults(self) -> list[Point]:
        """The points that are not in order."""
        return [point for point in Point if not self.answers.get(point, False)]


def check_running(state: EventState) -> None:
    """Raises NotRunning."""
    if state not in RUNNING:
        raise NotRunning


def check_seen(seen: Seen) -> None:
    """Raises AnswersMissing, NoteMissing or NothingFound."""
    if set(seen.answers) != set(Point):
        raise AnswersMissing
    if seen.faults and not seen.note.strip():
        raise NoteMissing
    if not seen.faults and seen.measure is not Measure.NONE:
        raise NothingFound


def progress(booths: Collection[int], seen: Collection[int]) -> tuple[int, int]:
    """(booths looked at, booths in all)."""
    return len(set(booths) & set(seen)), len(set(booths))
