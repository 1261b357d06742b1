"""Joint fairs: how a university comes to take part in another's event, and leaves it again (S17)."""

from collections.abc import Mapping
from enum import StrEnum

from fairs.errors import Invalid, Refusal
from fairs.programmes.rules import EVENT_STATE_LABELS, EventState, WrongEventState


class ParticipationState(StrEnum):
    """Where a university's part in a joint event stands; the lead's own is accepted from the start."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


_S = ParticipationState

PARTICIPATION_LABELS: Mapping[ParticipationState, str] = {
    _S.INVITED: "待对方答复",
    _S.ACCEPTED: "已参加",
    _S.DECLINED: "已谢绝",
    _S.WITHDRAWN: "已退出",
}

TRANSITIONS: Mapping[ParticipationState, frozenset[ParticipationState]] = {
    _S.INVITED: frozenset({_S.ACCEPTED, _S.DECLINED, _S.WITHDRAWN}),
    _S.ACCEPTED: frozenset({_S.WITHDRAWN}),
    # whoever said no, or left, may be asked again
    _S.DECLINED: frozenset({_S.INVITED}),
    _S.WITHDRAWN: frozenset({_S.INVITED}),
}

CHANGEABLE = frozenset(
    {
        EventState.DRAFT,
        EventState.PLANNED,
        EventState.SAFETY_REVIEW,
        EventState.RETURNED,
        EventState.APPROVED,
        EventState.OPEN,
        EventState.LOCKED,
        EventState.POSTPONED,
    }
)
"""States of an event in which universities still join and leave: once the doors are open, who came has come."""


class WrongParticipation(Refusal):
    """The university's part cannot go from its present state to the wished one."""

    code = "wrong_participation"
    sentence = "这所学校目前“%(state)s”，不能进行这项操作。请刷新页面查看最新情况。"


class LeadStays(Refusal):
    """The lead university cannot be invited to its own event, nor leave it."""

    code = "lead_stays"
    sentence = "牵头学校不能退出自己的活动。活动办不成时，请取消或延期活动。"


class QuotaBelowUse(Invalid):
    """A quota would be smaller than what the university already uses."""

    code = "quota_below_use"
    sentence = "名额不能少于已使用的 %(taken)s 个。"


def move(state: ParticipationState, to: ParticipationState, *, is_lead: bool = False) -> ParticipationState:
    """``to``, if a university's part may go there. Raises LeadStays, WrongParticipation (S17)."""
    if is_lead:
        raise LeadStays
    if to not in TRANSITIONS[state]:
        raise WrongParticipation(state=PARTICIPATION_LABELS[state])
    return to


def check_changeable(state: EventState) -> None:
    """Raises WrongEventState once an event runs or is over (S17)."""
    if state not in CHANGEABLE:
        raise WrongEventState(state=EVENT_STATE_LABELS[state])


def check_quota(quota: int | None, taken: int, field: str) -> None:
    """Raises QuotaBelowUse at ``field`` if a quota is less than what is taken; None is without limit."""
    if quota is not None and quota < taken:
        raise QuotaBelowUse(taken=taken, field=field)


def fair_no(lead_code: str, no: str) -> str:
    """The number under which a fair counts once over all universities: its lead's code and its number there."""
    return f"{lead_code}-{no}"
