"""What a programme is before its events: its states, its templates, the tree it hangs in (S1, S5, S15-S17, S31)."""

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from fairs.errors import Invalid, Refusal
from fairs.programmes.rules import ProgrammeKind


class ProgrammeState(StrEnum):
    """Where a programme stands: only its staff sees a draft."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ENDED = "ended"


PROGRAMME_STATE_LABELS: Mapping[ProgrammeState, str] = {
    ProgrammeState.DRAFT: "未公布",
    ProgrammeState.PUBLISHED: "已公布",
    ProgrammeState.ENDED: "已归档",
}

TRANSITIONS: Mapping[ProgrammeState, frozenset[ProgrammeState]] = {
    ProgrammeState.DRAFT: frozenset({ProgrammeState.PUBLISHED, ProgrammeState.ENDED}),
    ProgrammeState.PUBLISHED: frozenset({ProgrammeState.DRAFT, ProgrammeState.ENDED}),
    ProgrammeState.ENDED: frozenset(),
}


class WrongProgrammeState(Refusal):
    """The programme cannot go from its present state to the wished one."""

    code = "wrong_programme_state"
    sentence = "系列活动目前“%(state)s”，不能进行这项操作。"


class PlanDocumentMissing(Refusal):
    """A programme has no plan document with owner and duties (S31)."""

    code = "plan_document_missing"
    sentence = "公布前请先上传工作方案，并写明负责人和职责分工。"


class TreeCircle(Invalid):
    """A programme would hang below itself."""

    code = "tree_circle"
    sentence = "不能把系列放到它自己或它的子系列下面。"
    field = "parent"


def state_of_programme(published_at: datetime | None, ended_at: datetime | None) -> ProgrammeState:
    """The state that the two dates mean."""
    if ended_at is not None:
        return ProgrammeState.ENDED
    return ProgrammeState.DRAFT if published_at is None else ProgrammeState.PUBLISHED


def move(state: ProgrammeState, to: ProgrammeState, *, has_plan: bool) -> ProgrammeState:
    """``to``, if a programme may go there; published only with its plan document (S31).

    Raises WrongProgrammeState, PlanDocumentMissing.
    """
    if to not in TRANSITIONS[state]:
        raise WrongProgrammeState(state=PROGRAMME_STATE_LABELS[state])
    if to is ProgrammeState.PUBLISHED and not has_plan:
        raise PlanDocumentMissing
    return to


def check_goes_on(state: ProgrammeState) -> None:
    """An archived programme is history: nothing in it changes and nothing joins it. Raises WrongProgrammeState."""
    if state is ProgrammeState.ENDED:
        raise WrongProgrammeState(state=PROGRAMME_STATE_LABELS[state])


@dataclass(frozen=True)
class Template:
    """What a new programme of a kind begins with; everything may be changed (S16, P35)."""

    kind: ProgrammeKind
    name: str
    starts_on: date
    ends_on: date
    cohort: int


TEMPLATE_KINDS = (
    ProgrammeKind.RECRUITMENT_MONTH,
    ProgrammeKind.ENTERPRISES_ON_CAMPUS,
    ProgrammeKind.EMPLOYMENT_PROMOTION_WEEK,
    ProgrammeKind.HUNDRED_SCHOOL_JOINT,
)
"""The kinds that the notices know by name, in the order in which they are offered."""

WEEK_DAYS = 7

_NAMES = {
    ProgrammeKind.RECRUITMENT_MONTH: "{cohort}届校园招聘月",
    ProgrammeKind.ENTERPRISES_ON_CAMPUS: "{year}年万企进校园计划",
    ProgrammeKind.EMPLOYMENT_PROMOTION_WEEK: "{cohort}届高校毕业生就业促进周",
    ProgrammeKind.HUNDRED_SCHOOL_JOINT: "{year}年百校联动就业活动",
}


def template(kind: ProgrammeKind, today: date) -> Template:
    """A programme of this kind as it is usually begun: a calendar month, a year, seven days, or a month jointly.

    The week's dates are free (P35): it begins on the next Monday only because some day must stand there.
    """
    cohort = today.year + (1 if today.month >= 7 else 0)
    first, last = _window(kind, today)
    name = _NAMES.get(kind, "").format(cohort=cohort, year=first.year)
    return Template(kind, name, first, last, cohort)


def _window(kind: ProgrammeKind, today: date) -> tuple[date, date]:
    if kind is ProgrammeKind.EMPLOYMENT_PROMOTION_WEEK:
        monday = today + timedelta(days=7 - today.weekday())
        return monday, monday + timedelta(days=WEEK_DAYS - 1)
    if kind is ProgrammeKind.ENTERPRISES_ON_CAMPUS:
        return date(today.year, 1, 1), date(today.year, 12, 31)
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


@dataclass(frozen=True)
class DayGauge:
    """How many days of a window have an activity, and which have none (S16, P35)."""

    days: int
    empty: tuple[date, ...]

    @property
    def filled(self) -> int:
        """Days with at least one activity."""
        return self.days - len(self.empty)


def day_gauge(starts_on: date, ends_on: date, busy: Collection[date]) -> DayGauge:
    """ "One activity a day" over a window, both ends included; ``busy`` are the days with something on."""
    count = (ends_on - starts_on).days + 1
    window = [starts_on + timedelta(days=i) for i in range(count)]
    return DayGauge(count, tuple(day for day in window if day not in busy))


def check_parent(number: int | None, parent: int | None, parents: Mapping[int, int | None]) -> None:
    """Raises TreeCircle if ``number`` would hang below itself; ``parents``: programme → its parent (S5)."""
    above: int | None = parent
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == number:
            raise TreeCircle
        seen.add(above)
        above = parents.get(above)


def below(root: int, parents: Mapping[int, int | None]) -> list[int]:
    """``root`` and everything that hangs below it, each before what is below it (S5)."""
    children: dict[int, list[int]] = {}
    for number, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(number)
    found, line = [], [root]
    while line:
        number = line.pop()
        if number not in found:
            found.append(number)
            line += sorted(children.get(number, ()), reverse=True)
    return found


def years(kinds: Iterable[tuple[int, ProgrammeKind, date]], kind: ProgrammeKind) -> Sequence[int]:
    """The numbers of the programmes of one kind, latest first: what a history sets side by side."""
    same = [(starts_on, number) for number, of, starts_on in kinds if of is kind]
    return [number for _starts_on, number in sorted(same, reverse=True)]
