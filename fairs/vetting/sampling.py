"""Decisions looked at again: which ones chance chooses, and what a second reviewer may say (S114); pure."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from fairs.errors import Invalid, Refusal


def week_before(today: date) -> date:
    """The Monday of the last whole week before ``today``."""
    return today - timedelta(days=today.weekday() + 7)


def drawn(decisions: Sequence[int], share: int, seed: int) -> list[int]:
    """``share`` percent of the decisions, rounded up; the same for the same seed, whatever their order."""
    pool = sorted(decisions)
    # who can guess the choice gains nothing: the seed is drawn by the operating system when the week is over
    chance = random.Random(seed)  # noqa: S311 (repeatable by its stored seed, not a secret)
    return sorted(chance.sample(pool, min(len(pool), ceil(len(pool) * share / 100))))


class SampleVerdict(StrEnum):
    """What a second reviewer says of a decision that chance chose."""

    AGREED = "agreed"
    DISAGREED = "disagreed"


SAMPLE_LABELS = {SampleVerdict.AGREED: "同意原决定", SampleVerdict.DISAGREED: "不同意原决定"}


class OwnDecision(Refusal):
    """Nobody reviews their own decision (S114)."""

    code = "own_decision"
    sentence = "这是您本人作出的决定，须由其他老师复查。"


class AlreadyReviewed(Refusal):
    """Another officer was first."""

    code = "already_reviewed"
    sentence = "这一条已经复查过了。"


class DisagreementUnexplained(Invalid):
    """Who disagrees says why."""

    code = "disagreement_unexplained"
    sentence = "不同意原决定时，请写明理由。"
    field = "reason"


def check_review(
    reviewer: int, decider: int, done: SampleVerdict | None, verdict: SampleVerdict, reason: str
) -> None:
    """Raises OwnDecision, AlreadyReviewed or DisagreementUnexplained (S114)."""
    if done is not None:
        raise AlreadyReviewed
    if reviewer == decider:
        raise OwnDecision
    if verdict is SampleVerdict.DISAGREED and not reason.strip():
        raise DisagreementUnexplained
