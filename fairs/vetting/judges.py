"""Who may take the next step on a case: two pairs of eyes on an appeal and on a clause that should go; pure."""

from collections.abc import Collection, Sequence

from fairs.errors import Refusal
from fairs.vetting.rules import EARLIER_DECISION, CaseState, VerdictKind

SECOND = frozenset({CaseState.APPEALED, CaseState.LIFTING})
"""States in which a case waits for somebody other than who has decided on it so far."""

Steps = Sequence[tuple[VerdictKind, int]]
"""What was done on a case and by whom, oldest first."""


class OwnSubmission(Refusal):
    """Nobody decides a text that they handed in themselves (officer ≠ author)."""

    code = "own_submission"
    sentence = "这条信息是您本人提交的，须由其他老师审核。"


class SecondOfficerNeeded(Refusal):
    """An appeal is decided by another officer than the one it is against (O3)."""

    code = "second_officer_needed"
    sentence = "这条信息是您退回的，申诉须由另一位老师处理。"


class LiftNeedsSecond(Refusal):
    """Whoever proposed to let a blocking clause pass does not agree to it themselves (four eyes)."""

    code = "lift_needs_second"
    sentence = "放行是您提出的，须由另一位老师复核。"


class DecidedBefore(Refusal):
    """While there is somebody who has not yet spoken on a case, whoever has does not judge it again."""

    code = "decided_before"
    sentence = "这条信息您已经处理过，须由没有处理过的老师审核。"


def check_officer(
    state: CaseState, officer: int, author: int | None, steps: Steps, office: Collection[int]
) -> None:
    """Whether an officer may take the next step; ``author`` handed the text in, ``office`` may decide at all.

    Whoever took the last step never judges it. Those who spoke earlier judge only where the office has nobody else,
    the one appealed against last of all: a small office is not stuck, and still two people agree.
    Raises OwnSubmission, SecondOfficerNeeded, LiftNeedsSecond or DecidedBefore.
    """
    if officer == author:
        raise OwnSubmission
    spoke = [by for verdict, by in steps if verdict in EARLIER_DECISION]
    if state not in SECOND or officer not in spoke:
        return
    if officer == spoke[-1]:
        raise SecondOfficerNeeded if state is CaseState.APPEALED else LiftNeedsSecond
    others = set(office) - {author, spoke[-1]}
    contested = _contested(steps)
    if officer == contested and others - {contested}:
        raise SecondOfficerNeeded
    if others - set(spoke):
        raise DecidedBefore


def _contested(steps: Steps) -> int | None:
    """Whose return or rejection was appealed against."""
    refused: int | None = None
    for verdict, by in steps:
        if verdict is VerdictKind.APPEAL:
            return refused
        if verdict in {VerdictKind.RETURN, VerdictKind.REJECT}:
            refused = by
    return None


def may_decide(
    state: CaseState, officer: int, author: int | None, steps: Steps, office: Collection[int]
) -> bool:
    """Whether ``check_officer`` lets them."""
    try:
        check_officer(state, officer, author, steps, office)
    except Refusal:
        return False
    return True


def judges(state: CaseState, author: int | None, steps: Steps, office: Collection[int]) -> set[int]:
    """Those of the office who may take the next step; empty where there are too few."""
    return {one for one in office if may_decide(state, one, author, steps, office)}
