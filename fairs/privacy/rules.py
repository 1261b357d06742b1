"""A person's request to have their data erased: a light state machine that an officer works on (P38)."""

from collections.abc import Mapping
from enum import StrEnum

from fairs.errors import Invalid, Refusal


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


REQUEST_STATE_LABELS: Mapping[RequestState, str] = {
    RequestState.OPEN: "等待处理",
    RequestState.DONE: "已注销",
    RequestState.DECLINED: "未同意",
    RequestState.WITHDRAWN: "已撤回",
}

TRANSITIONS: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.OPEN: frozenset({RequestState.DONE, RequestState.DECLINED, RequestState.WITHDRAWN}),
    RequestState.DONE: frozenset(),
    RequestState.DECLINED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}

ANSWER_DAYS = 15
"""Working days within which a request is answered."""


class AlreadyDecided(Refusal):
    """Somebody was first."""

    code = "request_decided"
    sentence = "这项申请已经处理过了，请刷新页面查看结果。"


class ReasonMissing(Invalid):
    """Who declines says why."""

    code = "reason_missing"
    sentence = "不同意注销时请写明理由，申请人会看到。"
    field = "answer"


class InsideNow(Refusal):
    """The person is at an event; their presence must end first."""

    code = "inside_now"
    sentence = "该学生目前还在活动现场，请在其离场后再注销。"


class OtherRoles(Refusal):
    """The person also works here."""

    code = "other_roles"
    sentence = "该用户还有其他身份，请先结束其他身份再注销。"


def move(state: RequestState, to: RequestState) -> RequestState:
    """``to``, if a request may go there. Raises AlreadyDecided."""
    if to not in TRANSITIONS[state]:
        raise AlreadyDecided
    return to
