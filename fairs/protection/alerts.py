"""Alerts about risks when looking for work: states, severities, audiences, templates (S41, P33). Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fairs.errors import Conflict, Forbidden, Invalid, Refusal


class Guard(StrEnum):
    """The five guards (五防) of the ministry's tip, and what else there is (P33)."""

    AGENCY = "agency"
    FEES = "fees"
    LOAN = "loan"
    PAID_INTERNSHIP = "paid_internship"
    PYRAMID = "pyramid"
    OTHER = "other"


GUARD_LABELS = {
    Guard.AGENCY: "防黑中介",
    Guard.FEES: "防乱收费",
    Guard.LOAN: "防培训贷",
    Guard.PAID_INTERNSHIP: "防付费实习",
    Guard.PYRAMID: "防传销",
    Guard.OTHER: "其他提醒",
}

TEMPLATE_LABELS = {
    Guard.AGENCY: "找中介前请核对《人力资源服务许可证》和营业执照，不要把身份证、毕业证原件交给任何中介。"
    "“内推”“保录取”并要求付款的，多为骗局。",
    Guard.FEES: "用人单位不得向求职者收取报名费、押金、服装费、体检费等任何费用。"
    "遇到先交钱再面试、再签约的，请停止付款，保存转账和聊天记录，马上告诉学校。",
    Guard.LOAN: "以“高薪岗位”“先培训后上岗”为名，要求签培训合同、办理分期贷款的，是培训贷。"
    "不要签贷款合同，不要借出身份证和手机，已经签了的请立即联系学校。",
    Guard.PAID_INTERNSHIP: "正规实习不收费。付费“内推”“远程实习”“实习证明”没有岗位保障，也可能泄露个人信息。"
    "请通过学校发布的渠道找实习。",
    Guard.PYRAMID: "被要求异地面试、地点临时改变、到后被收走手机、要求发展下线的，可能是传销。"
    "出发前把地址告诉家人和辅导员，遇险请拨打 110。",
}
"""What an alert on each of the five guards usually says; officers change the words as they need (P33)."""


class Severity(StrEnum):
    """How urgent an alert is."""

    NOTICE = "notice"
    WARNING = "warning"
    DANGER = "danger"


SEVERITY_LABELS = {Severity.NOTICE: "提醒", Severity.WARNING: "预警", Severity.DANGER: "紧急预警"}
SEVERITY_TONES = {Severity.NOTICE: "waiting", Severity.WARNING: "mine", Severity.DANGER: "stopped"}


class Audience(StrEnum):
    """Whom an alert is for."""

    UNIVERSITY = "university"
    DEPARTMENT = "department"
    EVENT = "event"


AUDIENCE_LABELS = {Audience.UNIVERSITY: "全校", Audience.DEPARTMENT: "一个院系", Audience.EVENT: "一场活动"}


class AlertState(StrEnum):
    """State machine Alert."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    EXPIRED = "expired"


ALERT_LABELS = {
    AlertState.DRAFT: "待批准",
    AlertState.APPROVED: "已批准，待发布",
    AlertState.PUBLISHED: "已发布",
    AlertState.EXPIRED: "已结束",
}

ALERT_MOVES: dict[AlertState, frozenset[AlertState]] = {
    # whoever changes an approved alert puts it back before the second officer; what nobody wants is given up
    AlertState.DRAFT: frozenset({AlertState.APPROVED, AlertState.DRAFT, AlertState.EXPIRED}),
    AlertState.APPROVED: frozenset({AlertState.PUBLISHED, AlertState.DRAFT, AlertState.EXPIRED}),
    AlertState.PUBLISHED: frozenset({AlertState.EXPIRED}),
    AlertState.EXPIRED: frozenset(),
}

LONGEST_RUN = timedelta(days=180)
"""An alert that is always there is read by nobody."""


class AlertMoved(Conflict):
    """Another officer was first, or the step does not follow from where the alert is."""

    code = "alert_moved"
    sentence = "这条预警现在是“%(state)s”，不能进行这一步。请刷新页面查看。"


class SecondOfficerApproves(Forbidden):
    """Nobody approves an alert of their own (S41)."""

    code = "second_officer_approves"
    sentence = "这条预警是您写的，须由另一位老师批准。"


class NotBlacklisted(Refusal):
    """An alert names an employer only if this university has blacklisted it (S41, P4)."""

    code = "alert_not_blacklisted"
    sentence = "“%(name)s”不在本校黑名单中，预警不能点名。可以先办理黑名单，或改为不点名的提醒。"
    field = "body"


class AudienceMissing(Invalid):
    """An alert for a department or an event says which."""

    code = "alert_audience_missing"
    sentence = "请选择发给哪个院系或哪场活动。"
    field = "audience"


class AlertPeriodWrong(Invalid):
    """An alert ends after now, within half a year."""

    code = "alert_period_wrong"
    sentence = "请选择今天以后、半年以内的结束日期。"
    field = "until_on"


class AlertTextMissing(Invalid):
    """An alert says what to look out for."""

    code = "alert_text_missing"
    sentence = "请填写标题和正文。"
    field = "body"


@dataclass(frozen=True, kw_only=True)
class AlertDraft:
    """What an officer writes. ``employer_id`` is the employer that it names, if any."""

    guard: Guard
    severity: Severity
    audience: Audience
    title: str
    body: str
    expires_at: datetime
    department_id: int | None = None
    event_id: int | None = None
    employer_id: int | None = None


def move(state: AlertState, to: AlertState) -> AlertState:
    """``to``, if the alert may go there. Raises AlertMoved."""
    if to not in ALERT_MOVES[state]:
        raise AlertMoved(state=ALERT_LABELS[state])
    return to


def check_draft(draft: AlertDraft, now: datetime) -> None:
    """Raises AlertTextMissing, AudienceMissing or AlertPeriodWrong."""
    if not draft.title.strip() or not draft.body.strip():
        raise AlertTextMissing
    if (draft.audience is Audience.DEPARTMENT) != (draft.department_id is not None):
        raise AudienceMissing
    if (draft.audience is Audience.EVENT) != (draft.event_id is not None):
        raise AudienceMissing
    check_period(draft.expires_at, now)


def check_period(expires_at: datetime, now: datetime) -> None:
    """Raises AlertPeriodWrong unless the end lies ahead and within half a year."""
    if not now < expires_at <= now + LONGEST_RUN:
        raise AlertPeriodWrong


def check_approver(author: int, officer: int) -> None:
    """Raises SecondOfficerApproves."""
    if author == officer:
        raise SecondOfficerApproves


def check_named(named: list[tuple[str, bool]]) -> None:
    """Raises NotBlacklisted if one of the employers named, (name, is blacklisted here), may not be (S41)."""
    for name, blacklisted in named:
        if not blacklisted:
            raise NotBlacklisted(name=name)
