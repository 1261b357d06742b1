"""The life of an invitation, who may be invited, and until when one may answer (S14, D3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fairs.employers.rules import BARRED, STANDING_LABELS, StandingState
from fairs.errors import Conflict, Invalid, Refusal
from fairs.exhibitors.rules import OPEN_FOR_REQUESTS
from fairs.programmes.rules import EventState


class InvitationState(StrEnum):
    """State machine Invitation (S14)."""

    SENT = "sent"
    OPENED = "opened"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    REVOKED = "revoked"


INVITATION_LABELS = {
    InvitationState.SENT: "已发送",
    InvitationState.OPENED: "已打开",
    InvitationState.ACCEPTED: "已接受",
    InvitationState.DECLINED: "已谢绝",
    InvitationState.EXPIRED: "已过期",
    InvitationState.REVOKED: "已撤回",
}

V = InvitationState
INVITATION_MOVES: dict[InvitationState, frozenset[InvitationState]] = {
    V.SENT: frozenset({V.OPENED, V.ACCEPTED, V.DECLINED, V.EXPIRED, V.REVOKED}),
    V.OPENED: frozenset({V.ACCEPTED, V.DECLINED, V.EXPIRED, V.REVOKED}),
    # sent once more with a later day
    V.EXPIRED: frozenset({V.SENT}),
    V.ACCEPTED: frozenset(),
    V.DECLINED: frozenset(),
    V.REVOKED: frozenset(),
}

OPEN = frozenset({V.SENT, V.OPENED})
"""States in which an answer is waited for."""

LIVE = OPEN | {V.ACCEPTED}
"""States of which an employer has one invitation at most to one event."""


class DeclineKind(StrEnum):
    """Why an employer does not come."""

    DATE = "date"
    NO_OPENINGS = "no_openings"
    MAJORS = "majors"
    DISTANCE = "distance"
    OTHER = "other"


DECLINE_LABELS = {
    DeclineKind.DATE: "时间不合适",
    DeclineKind.NO_OPENINGS: "近期没有招聘计划",
    DeclineKind.MAJORS: "专业不对口",
    DeclineKind.DISTANCE: "路途太远",
    DeclineKind.OTHER: "其他原因",
}

INVITABLE = frozenset({StandingState.VERIFIED, StandingState.EXPIRED})
"""Standings of employers that are offered for picking; an expired one renews its papers on the way."""

ANSWER_WITHIN = timedelta(days=7)
"""How long an invitation is open if nobody says otherwise."""

REMINDED_BEFORE = timedelta(days=2)
"""So long before its end an open invitation is recalled, once."""

CONTACTED_WITHIN = timedelta(days=180)
"""Whoever was written to within this time counts as contacted."""

BULK = 100
"""More invitations than this at once become a task."""

MOST = 1000
"""Employers that can be picked at once."""


@dataclass(frozen=True, kw_only=True)
class LetterDraft:
    """What the inviter says: in which language ("" for the reader's own), by whose introduction, until when."""

    expires_at: datetime
    language: str = ""
    introducer: str = ""
    words: str = ""


class WrongInvitationState(Refusal):
    """The invitation cannot go from its present state to the wished one."""

    code = "wrong_invitation_state"
    sentence = "这份邀请目前是“%(state)s”，不能进行这项操作。"


class AlreadyInvited(Conflict):
    """An employer has at most one live invitation to an event."""

    code = "already_invited"
    sentence = "已经邀请过%(name)s参加这场活动，请在邀请名单里查看。"


class AlreadyComing(Refusal):
    """The employer has asked for a booth itself."""

    code = "already_coming"
    sentence = "%(name)s已经申请了这场活动的展位，不用再邀请。"


class NotInvitable(Refusal):
    """A suspended or blacklisted employer is not invited."""

    code = "not_invitable"
    sentence = "%(name)s在本校的状态是“%(state)s”，不能邀请。请先处理单位资质。"


class InvitationsStopped(Refusal):
    """The employer has asked not to be invited any more."""

    code = "invitations_stopped"
    sentence = "%(name)s已表示不再接收本校的邀请。"


class NobodyToWriteTo(Refusal):
    """The employer has no contact with an address."""

    code = "nobody_to_write_to"
    sentence = "%(name)s没有可以联系的人员，请用邮箱邀请。"


class NotInviting(Refusal):
    """Invitations go out once the event is approved and while it takes requests."""

    code = "not_inviting"
    sentence = "活动批准后、展位申请截止前才能邀请单位。"


class AnswerDayWrong(Invalid):
    """The last day to answer lies ahead and before the fair's last day of requests."""

    code = "answer_day_wrong"
    sentence = "答复截止须晚于现在，且不晚于展位申请截止时间。"
    field = "expires_on"


class NobodyPicked(Invalid):
    """At least one employer is picked."""

    code = "nobody_picked"
    sentence = "请先选择要邀请的单位。"


class ForSomebodyElse(Refusal):
    """The invitation names another employer."""

    code = "for_somebody_else"
    sentence = "这份邀请是发给%(name)s的。请用该单位的账号登录后接受。"


class InvitationOver(Refusal):
    """The time to answer is over, or the invitation was taken back."""

    code = "invitation_over"
    sentence = "这份邀请%(state)s，不能再答复。仍想参会的话，可以直接申请展位。"
    status = 410


OVER_WORDS = {V.EXPIRED: "已过期", V.REVOKED: "已由学校撤回"}


def check_move(state: InvitationState, to: InvitationState) -> None:
    """Raises InvitationOver or WrongInvitationState unless the state machine Invitation allows the step."""
    if to in INVITATION_MOVES[state]:
        return
    if state in OVER_WORDS and to in {V.ACCEPTED, V.DECLINED}:
        raise InvitationOver(state=OVER_WORDS[state])
    raise WrongInvitationState(state=INVITATION_LABELS[state])


def check_answer(state: InvitationState, expires_at: datetime, to: InvitationState, now: datetime) -> None:
    """Raises InvitationOver after the last moment to answer, else what ``check_move`` raises (S14)."""
    if state in OPEN and now >= expires_at:
        raise InvitationOver(state=OVER_WORDS[V.EXPIRED])
    check_move(state, to)


def check_inviting(state: EventState, requests_until: datetime | None, now: datetime) -> None:
    """Raises NotInviting unless the event is approved or open and still takes requests."""
    if state not in OPEN_FOR_REQUESTS or (requests_until is not None and now >= requests_until):
        raise NotInviting


def check_answer_day(expires_at: datetime, requests_until: datetime | None, now: datetime) -> None:
    """Raises AnswerDayWrong unless the end lies ahead and not after the last moment for requests."""
    if expires_at <= now or (requests_until is not None and expires_at > requests_until):
        raise AnswerDayWrong


def answer_until(requests_until: datetime | None, now: datetime) -> datetime:
    """Until when an invitation is open if nobody says otherwise."""
    usual = now + ANSWER_WITHIN
    return usual if requests_until is None else min(usual, requests_until)


UNINVITED = BARRED | {StandingState.REJECTED}
"""Standings in which an employer is neither invited nor led on to a booth."""


def check_standing(name: str, state: StandingState | None) -> None:
    """Raises NotInvitable for an employer that is suspended, blacklisted or was rejected here."""
    if state in UNINVITED:
        raise NotInvitable(name=name, state=STANDING_LABELS[state])


def needs_reminder(
    state: InvitationState, sent_at: datetime, expires_at: datetime, *, reminded: bool, now: datetime
) -> bool:
    """Whether to recall an invitation now: once, shortly before its end, and not on the day it was sent."""
    if reminded or state not in OPEN or now >= expires_at:
        return False
    return now >= expires_at - REMINDED_BEFORE and now - sent_at >= timedelta(days=1)
