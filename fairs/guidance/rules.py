"""What a student wants, and how well a fair fits: a sum of reasons that can be read out (S52, S59).

A profile holds what the ranking may use and nothing else: no gender, origin, ethnicity, family or money, and
no support group. Who wonders why a fair comes first reads the same reasons that were added up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fairs.errors import Invalid


class Plan(StrEnum):
    """What a student wants to do after graduation (S59)."""

    JOB = "job"
    FURTHER_STUDY = "further_study"
    PUBLIC_EXAM = "public_exam"
    ARMY = "army"
    START_UP = "start_up"
    UNDECIDED = "undecided"


PLAN_LABELS: Mapping[Plan, str] = {
    Plan.JOB: "直接就业",
    Plan.FURTHER_STUDY: "继续深造",
    Plan.PUBLIC_EXAM: "考公务员或事业单位",
    Plan.ARMY: "应征入伍",
    Plan.START_UP: "自主创业",
    Plan.UNDECIDED: "还没想好",
}


class Wish(StrEnum):
    """What a wish is about."""

    CITY = "city"
    INDUSTRY = "industry"
    KIND = "kind"


MOST_CITIES = 8
LONGEST_CITY = 20


class TooManyCities(Invalid):
    """More cities than a wish can hold."""

    code = "too_many_cities"
    sentence = "最多填写 8 个城市，每个不超过 20 个字。"
    field = "more_cities"


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """The answers of the survey; empty ones are "no preference"."""

    plan: Plan | None = None
    cities: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def choices(self) -> frozenset[tuple[Wish, str]]:
        """The wishes one by one."""
        of = {Wish.CITY: self.cities, Wish.INDUSTRY: self.industries, Wish.KIND: self.kinds}
        return frozenset((wish, code) for wish, codes in of.items() for code in codes)


def wishes_of(plan: Plan | None, choices: Iterable[tuple[Wish, str]]) -> Wishes:
    """The wishes that these choices make up."""
    by: dict[Wish, set[str]] = {wish: set() for wish in Wish}
    for wish, code in choices:
        by[wish].add(code)
    return Wishes(
        plan=plan,
        cities=frozenset(by[Wish.CITY]),
        industries=frozenset(by[Wish.INDUSTRY]),
        kinds=frozenset(by[Wish.KIND]),
    )


def check_cities(cities: Iterable[str]) -> None:
    """Raises TooManyCities."""
    named = list(cities)
    if len(named) > MOST_CITIES or any(len(city) > LONGEST_CITY for city in named):
        raise TooManyCities


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What the ranking knows of a student; adding a field here is a decision (see the top of this module)."""

    major: str = ""
    department: str = ""
    degree: str = ""
    cohort: str = ""
    wishes: Wishes = field(default_factory=Wishes)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What the ranking knows of an event for one student.

    ``targets`` are (dimension, code) of whom it is meant for; ``cities``, ``industries`` and ``kinds`` those of
    the student's wishes that employers who come can meet; ``units`` counts employers who recruit the major,
    ``saved`` those that the student keeps.
    """

    event_id: int
    starts_at: datetime
    targets: frozenset[tuple[str, str]] = frozenset()
    units: int = 0
    saved: int = 0
    cities: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


class Why(StrEnum):
    """Reasons for which an event fits, or does not."""

    MAJOR = "major"
    DEPARTMENT = "department"
    SAVED = "saved"
    UNITS = "units"
    CITY = "city"
    INDUSTRY = "industry"
    KIND = "kind"
    EVERYBODY = "everybody"
    OTHERS = "others"


WHY_LABELS: Mapping[Why, str] = {
    Why.MAJOR: "面向您的专业",
    Why.DEPARTMENT: "面向您的院系",
    Why.SAVED: "%(count)s 家您收藏的单位参会",
    Why.UNITS: "%(count)s 家单位招您的专业",
    Why.CITY: "有您想去的城市：%(names)s",
    Why.INDUSTRY: "有您关注的行业：%(names)s",
    Why.KIND: "有您想找的岗位：%(names)s",
    Why.EVERYBODY: "面向全校学生",
    Why.OTHERS: "主要面向其他学生",
}

WEIGHTS: Mapping[Why, int] = {
    Why.MAJOR: 40,
    Why.DEPARTMENT: 30,
    Why.SAVED: 20,
    Why.UNITS: 15,
    Why.CITY: 12,
    Why.INDUSTRY: 8,
    Why.KIND: 6,
    Why.EVERYBODY: 0,
    Why.OTHERS: -1000,
}
"""What each reason adds; a count adds at most three times. What is meant for others comes last, whoever is there."""

_MOST_COUNTED = 3


@dataclass(frozen=True)
class Reason:
    """One reason, with the count or the names that fill its words."""

    why: Why
    count: int = 1
    names: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """What it adds to the score."""
        return WEIGHTS[self.why] * min(self.count, _MOST_COUNTED)


@dataclass(frozen=True)
class Fit:
    """How well an event fits: its reasons, the strongest first, and their sum."""

    offer: Offer
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """The sum of the reasons."""
        return sum(reason.weight for reason in self.reasons)


def fit(profile: Profile, offer: Offer) -> Fit:
    """Why an event fits a student, or that it is meant for others."""
    reasons = [*_aim(profile, offer)]
    counted = ((Why.SAVED, offer.saved), (Why.UNITS, offer.units))
    reasons += [Reason(why, count) for why, count in counted if count]
    named = (
        (Why.CITY, offer.cities & profile.wishes.cities),
        (Why.INDUSTRY, offer.industries & profile.wishes.industries),
        (Why.KIND, offer.kinds & profile.wishes.kinds),
    )
    reasons += [Reason(why, 1, tuple(sorted(names))) for why, names in named if names]
    return Fit(offer, tuple(sorted(reasons, key=lambda reason: -abs(reason.weight))))


_OF_STUDENT = ("major", "department", "degree", "cohort")
"""Dimensions of targets that say which students an event is meant for."""


def _aim(profile: Profile, offer: Offer) -> Iterable[Reason]:
    own = {name: getattr(profile, name) for name in _OF_STUDENT}
    asked = {dimension for dimension, _code in offer.targets if dimension in _OF_STUDENT}
    met = {dimension for dimension in asked if (dimension, own[dimension]) in offer.targets}
    # several subjects widen (this major or that department), a degree or a cohort narrows
    subjects = asked & {"major", "department"}
    if (subjects and not met & subjects) or (asked - subjects) - met:
        yield Reason(Why.OTHERS)
    elif "major" in met:
        yield Reason(Why.MAJOR)
    elif "department" in met:
        yield Reason(Why.DEPARTMENT)
    else:
        yield Reason(Why.EVERYBODY)


def rank(profile: Profile, offers: Iterable[Offer]) -> list[Fit]:
    """The events that fit best first; of equal ones the sooner."""
    fits = [fit(profile, offer) for offer in offers]
    return sorted(fits, key=lambda one: (-one.score, one.offer.starts_at, one.offer.event_id))


SMALLEST_CELL = 5
"""A count of students that is smaller is not shown in the gap list (k-anonymity)."""


@dataclass(frozen=True)
class Gap:
    """A wish beside what is offered: ``wanted`` students (None: fewer than five), ``offered`` places."""

    wish: Wish
    code: str
    wanted: int | None
    offered: int


def gaps(wanted: Mapping[tuple[Wish, str], int], offered: Mapping[tuple[Wish, str], int]) -> list[Gap]:
    """The gap list (S59): wishes with the least offered for each student first; small cells hidden and last."""
    rows = [
        Gap(wish, code, count if count >= SMALLEST_CELL else None, offered.get((wish, code), 0))
        for (wish, code), count in wanted.items()
    ]
    return sorted(
        rows, key=lambda gap: (gap.wanted is None, gap.offered / (gap.wanted or 1), gap.wish, gap.code)
    )
