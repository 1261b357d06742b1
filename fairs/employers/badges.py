"""The state of an employer as people see it: whose turn it is depends on who looks."""

from datetime import datetime

from fairs.clock import campus_day
from fairs.employers.models import Credential, EmployerContact, Sanction
from fairs.employers.queries import is_readable
from fairs.employers.rules import STANDING_LABELS, ContactState, StandingState
from fairs.employers.sanctions import APPEAL_LABELS, AppealState
from fairs.web.badges import Badge

S = StandingState
_TONES = {
    S.DRAFT: "draft",
    S.SUBMITTED: "waiting",
    S.UNDER_REVIEW: "waiting",
    S.VERIFIED: "done",
    S.RETURNED: "mine",
    S.REJECTED: "stopped",
    S.SUSPENDED: "stopped",
    S.BLACKLISTED: "stopped",
    S.REINSTATEMENT_REQUESTED: "waiting",
    S.EXPIRED: "mine",
}
_OFFICE_TONES = _TONES | {
    S.SUBMITTED: "mine",
    S.UNDER_REVIEW: "mine",
    S.RETURNED: "waiting",
    S.REINSTATEMENT_REQUESTED: "mine",
    S.EXPIRED: "waiting",
}

PAPER_LABELS = {
    "missing": "待上传",
    "gone": "已按规定删除",
    "expired": "已过有效期",
    "there": "已上传",
}
_PAPER_TONES = {"missing": "mine", "gone": "draft", "expired": "stopped", "there": "done"}

CONTACT_LABELS = {
    "requested": "申请加入",
    "waiting": "等待单位确认",
    "owner": "单位负责人",
    "member": "联系人",
}


SANCTION_STATE_LABELS = {"live": "有效", "over": "已解除"}
_APPEAL_TONES = {AppealState.ASKED: "waiting", AppealState.GRANTED: "done", AppealState.REFUSED: "stopped"}


def sanction_badge(sanction: Sanction) -> Badge:
    """Whether something held against an employer still stands."""
    over = sanction.lifted_at is not None
    return Badge(SANCTION_STATE_LABELS["over" if over else "live"], "draft" if over else "stopped")


def appeal_badge(state: AppealState, *, office: bool = False) -> Badge:
    """How far a request is; for the ``office`` one that waits is amber."""
    tone = "mine" if office and state is AppealState.ASKED else _APPEAL_TONES[state]
    return Badge(APPEAL_LABELS[state], tone)


def badge_of(state: StandingState, *, office: bool = False) -> Badge:
    """The badge of a standing; for the ``office`` what waits for a review is amber."""
    return Badge(STANDING_LABELS[state], (_OFFICE_TONES if office else _TONES)[state])


def paper_badge(paper: Credential | None, now: datetime) -> Badge:
    """Whether a paper is there and counts."""
    state = "missing" if paper is None else "there"
    if paper is not None and not is_readable(paper, now):
        state = "gone"
    elif paper is not None and paper.valid_until is not None and paper.valid_until < campus_day(now):
        state = "expired"
    return Badge(PAPER_LABELS[state], _PAPER_TONES[state])


def contact_badge(contact: EmployerContact, *, own: bool = False) -> Badge:
    """What somebody is to the employer; ``own`` for the person themselves."""
    if contact.state is ContactState.REQUESTED:
        return (
            Badge(CONTACT_LABELS["waiting"], "waiting") if own else Badge(CONTACT_LABELS["requested"], "mine")
        )
    return Badge(CONTACT_LABELS["owner" if contact.is_owner else "member"], "done")
