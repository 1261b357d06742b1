"""The survey after a fair (S62): its questions, who may answer when, and what may be shown of the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from fairs.clock import at_campus, campus_day
from fairs.errors import Conflict, Forbidden, Invalid, Refusal
from fairs.outcomes.rules import AFTER
from fairs.programmes.rules import EventState


class Side(StrEnum):
    """Who is asked: students answer anonymously, employers by name."""

    STUDENT = "student"
    EMPLOYER = "employer"


SIDE_LABELS = {Side.STUDENT: "学生", Side.EMPLOYER: "单位"}

QUESTION_LABELS: Mapping[Side, Mapping[str, str]] = {
    Side.STUDENT: {
        "fit": "到场单位和岗位适合我的专业",
        "organised": "现场秩序和指引",
        "again": "愿意推荐同学参加下一场",
    },
    Side.EMPLOYER: {
        "fit": "到场学生符合招聘需要",
        "organised": "学校的组织和服务",
        "again": "愿意参加下一场",
    },
}
"""Three statements per side, each rated from 1 to 5, and one line of free text."""

SCORES = (1, 2, 3, 4, 5)
SCORE_LABELS = {1: "很不同意", 2: "不太同意", 3: "一般", 4: "同意", 5: "非常同意"}
FEWEST = 5
"""Fewer answers than these are not shown: one of so few could be guessed."""


EVENING = time(18, 0)
SURVEY_DAYS = timedelta(days=7)


def survey_opens(last_end: datetime) -> datetime:
    """When the survey of an event begins: the evening of its last day (S62)."""
    return max(last_end, at_campus(campus_day(last_end), EVENING))


def survey_closes(last_end: datetime) -> datetime:
    """When the survey of an event ends."""
    return survey_opens(last_end) + SURVEY_DAYS


class SurveyClosed(Refusal):
    """It is not the time to answer."""

    code = "survey_closed"
    sentence = "问卷目前没有开放。问卷在活动当天傍晚开放，持续 7 天。"


class NotAsked(Forbidden):
    """Only those who were there are asked."""

    code = "not_asked"
    sentence = "问卷只面向到场参加了本场活动的学生和单位。"


class AlreadyAnswered(Conflict):
    """One answer each."""

    code = "already_answered"
    sentence = "您已经填写过这份问卷，谢谢！"


class ScoreMissing(Invalid):
    """Every statement is rated."""

    code = "score_missing"
    sentence = "请为每一项打分。"


def is_open(state: EventState, last_end: datetime, now: datetime) -> bool:
    """Whether the survey of an event may be answered now."""
    return state in AFTER and survey_opens(last_end) <= now < survey_closes(last_end)


def check_open(state: EventState, last_end: datetime, now: datetime) -> None:
    """Raises SurveyClosed unless the survey may be answered now."""
    if not is_open(state, last_end, now):
        raise SurveyClosed


def checked_scores(side: Side, scores: Mapping[str, int]) -> dict[str, int]:
    """The scores of every question of this side, and nothing else. Raises ScoreMissing."""
    for question in QUESTION_LABELS[side]:
        if scores.get(question) not in SCORES:
            raise ScoreMissing(field=question)
    return {question: scores[question] for question in QUESTION_LABELS[side]}


@dataclass(frozen=True)
class Rated:
    """How one question was answered: the message id of its statement, and how often each score was given."""

    question: str
    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        """How many answered."""
        return sum(self.counts)

    @property
    def mean(self) -> float:
        """The mean score, to one decimal."""
        total = sum(score * count for score, count in zip(SCORES, self.counts, strict=True))
        return round(total / self.answers, 1) if self.answers else 0.0


def rated(side: Side, counts: Mapping[str, Mapping[int, int]]) -> list[Rated]:
    """The answers of one side by question; ``counts`` says per question how often each score was given."""
    return [
        Rated(text, tuple(counts.get(key, {}).get(score, 0) for score in SCORES))
        for key, text in QUESTION_LABELS[side].items()
    ]


def may_show(side: Side, answers: int, last_end: datetime, now: datetime) -> bool:
    """Whether results may be shown: of students only when the survey is over and enough of them answered.

    While it runs, whoever looks twice could read one person's answer from the difference (ADR 0025).
    """
    if side is Side.EMPLOYER:
        return answers > 0
    return answers >= FEWEST and now >= survey_closes(last_end)


def lines(comments: Iterable[str]) -> list[str]:
    """The free texts that say something, in alphabetical order: the order of arrival tells who wrote them."""
    return sorted(text.strip() for text in comments if text.strip())
