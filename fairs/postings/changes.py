"""What changed rules say of texts that are shown: findings compared, and what follows; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fairs.clauses.rules import Severity
from fairs.errors import Refusal


class ChangeKind(StrEnum):
    """How newer rules judge a text that an officer once approved."""

    BLOCKED = "blocked"
    REVIEW = "review"
    CLEAN = "clean"


CHANGE_LABELS = {
    ChangeKind.BLOCKED: "新增建议退回的内容",
    ChangeKind.REVIEW: "新增需要判断的内容",
    ChangeKind.CLEAN: "按新规则已无问题",
}


class ChangeState(StrEnum):
    """listed → taken_down | kept; a text that now blocks begins as taken_down, one that became clean as kept."""

    LISTED = "listed"
    TAKEN_DOWN = "taken_down"
    KEPT = "kept"


CHANGE_STATE_LABELS = {
    ChangeState.LISTED: "待处理",
    ChangeState.TAKEN_DOWN: "已暂停展示，重新审核",
    ChangeState.KEPT: "继续展示",
}

CHANGE_MOVES: dict[ChangeState, frozenset[ChangeState]] = {
    ChangeState.LISTED: frozenset({ChangeState.TAKEN_DOWN, ChangeState.KEPT}),
    ChangeState.TAKEN_DOWN: frozenset(),
    ChangeState.KEPT: frozenset(),
}
BEGINS_AS = {
    ChangeKind.BLOCKED: ChangeState.TAKEN_DOWN,
    ChangeKind.REVIEW: ChangeState.LISTED,
    ChangeKind.CLEAN: ChangeState.KEPT,
}


class ChangeAnswered(Refusal):
    """Somebody else answered this change, or it needs no answer."""

    code = "change_answered"
    sentence = "“%(title)s”已经处理过了，请刷新页面。"


def check_change(state: ChangeState, to: ChangeState, title: str) -> ChangeState:
    """``to``. Raises ChangeAnswered."""
    if to not in CHANGE_MOVES[state]:
        raise ChangeAnswered(title=title)
    return to


@dataclass(frozen=True)
class Mark:
    """A place in a text that has to be judged."""

    field: str
    start: int
    end: int
    category: str
    severity: str
    rule: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Comparison:
    """What is different, and the marks that make the difference."""

    kind: ChangeKind
    marks: tuple[Mark, ...]


def compared(before: Iterable[Mark], now: Iterable[Mark]) -> Comparison | None:
    """What newer rules say of an approved text; None where nothing that counts is different.

    Whatever an officer once let pass at a place stays passed there for the same kind of clause, unless it was
    only to be judged and must now go.
    """
    old, found = _judged(before), _judged(now)
    fresh = [mark for mark in found if not any(_covers(earlier, mark) for earlier in old)]
    blocks = tuple(mark for mark in fresh if mark.severity == Severity.BLOCK)
    if blocks:
        return Comparison(ChangeKind.BLOCKED, blocks)
    if fresh:
        return Comparison(ChangeKind.REVIEW, tuple(fresh))
    if old and not found:
        return Comparison(ChangeKind.CLEAN, tuple(old))
    return None


def _judged(marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.severity != Severity.ADVISE]


def _covers(before: Mark, now: Mark) -> bool:
    """Whether an officer has judged this already: a clause of the same kind there, at least as severe."""
    same = before.field == now.field and before.category == now.category
    severe = before.severity == Severity.BLOCK or now.severity != Severity.BLOCK
    return same and severe and before.start < now.end and now.start < before.end
