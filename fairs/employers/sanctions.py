"""Strikes, suspensions, the blacklist, and how an employer gets out of them (P4, P12, P13). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from fairs.employers.rules import STANDING_LABELS, StandingState, WrongStanding
from fairs.errors import Conflict, Forbidden, Invalid, Refusal
from fairs.institutions import duties


class SanctionKind(StrEnum):
    """What can be held against an employer at one university (P4, P12, P13)."""

    STRIKE = "strike"
    SUSPENSION = "suspension"
    BLACKLIST = "blacklist"


SANCTION_LABELS = {
    SanctionKind.STRIKE: "违约记录",
    SanctionKind.SUSPENSION: "暂停",
    SanctionKind.BLACKLIST: "黑名单",
}

BARRING = {
    SanctionKind.SUSPENSION: StandingState.SUSPENDED,
    SanctionKind.BLACKLIST: StandingState.BLACKLISTED,
}
"""The standing that a sanction brings about; a strike leaves it as it is."""


class StrikeReason(StrEnum):
    """For what a strike is given."""

    LATE = "late"
    NO_SHOW = "no_show"
    BREACH = "breach"


STRIKE_LABELS = {
    StrikeReason.LATE: "过了免责期限才取消参会",
    StrikeReason.NO_SHOW: "确认参会后没有到场",
    StrikeReason.BREACH: "招聘会现场违反学校规定",
}
"""The reason as it is kept and shown."""


class AppealState(StrEnum):
    """State machine of a request against a sanction."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


APPEAL_LABELS = {
    AppealState.ASKED: "等待复核",
    AppealState.GRANTED: "已同意",
    AppealState.REFUSED: "未获同意",
}

APPEAL_MOVES: dict[AppealState, frozenset[AppealState]] = {
    AppealState.ASKED: frozenset({AppealState.GRANTED, AppealState.REFUSED}),
    AppealState.GRANTED: frozenset(),
    AppealState.REFUSED: frozenset(),
}

APPEAL_WORKDAYS = 5
"""Working days within which a request against a sanction is answered."""
ASK_AGAIN_AFTER = timedelta(days=30)
"""After a refusal the same sanction is looked at again only after this time."""


class SecondOfficer(Forbidden):
    """Whoever imposed a sanction does not decide about the request against it."""

    code = "second_officer"
    sentence = "这项决定是您作出的，复核须由另一位老师处理。"


class EvidenceMissing(Invalid):
    """Nobody is blacklisted without a document that shows why (P4)."""

    code = "evidence_missing"
    sentence = "列入黑名单须上传证据材料（PDF 或图片）。"
    field = "evidence"


class PeriodWrong(Invalid):
    """A sanction ends on a day to come; a blacklist entry always has an end."""

    code = "period_wrong"
    sentence = "请填写今天以后的截止日期；列入黑名单必须写明期限。"
    field = "until_on"


class ExplanationMissing(Invalid):
    """A request is a written explanation (P13)."""

    code = "explanation_missing"
    sentence = "请写明情况说明，老师会据此复核。"
    field = "reason"


class SanctionOver(Conflict):
    """The sanction was lifted or decided about in the meantime."""

    code = "sanction_over"
    sentence = "这条记录刚刚已被处理，请刷新页面查看。"


class AskedTooSoon(Refusal):
    """A refused request may be repeated after a while, with something new."""

    code = "asked_too_soon"
    sentence = "上次申诉未获同意，%(day)s 以后可以再次提出。如有新的材料，请先联系就业中心。"


class AppealWaits(Refusal):
    """While a request waits, it is decided, and not passed by."""

    code = "appeal_waits"
    sentence = "单位已提出申诉，请在申诉中作出决定。"


class Barred(Refusal):
    """Too many strikes within the period: no new place at a fair of this university (P13)."""

    code = "barred"
    sentence = (
        "贵单位在这所学校的违约记录已达上限，%(until)s 前不能申请展位。"
        "可以在“各校审核情况”中提交盖章的情况说明，申请撤销。"
    )


@dataclass(frozen=True)
class StrikePolicy:
    """How many strikes within how many days bar for how many days (P13)."""

    most: int = 2
    within: int = 365
    bar: int = 365

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> "StrikePolicy":
        """The policy of a university: ``strikes_most``, ``strikes_within_days``, ``strikes_bar_days``."""
        return cls(
            most=duties.whole(settings, "strikes_most"),
            within=duties.whole(settings, "strikes_within_days"),
            bar=duties.whole(settings, "strikes_bar_days"),
        )


def barred_until(strikes: Iterable[date], policy: StrikePolicy) -> date | None:
    """Until when (inclusive) strikes on these days bar an employer; None if they never reached the limit (P13).

    It follows from the strikes alone, so that a voided strike lifts it at once.
    """
    days = sorted(strikes)
    ends = [
        last + timedelta(days=policy.bar)
        for first, last in zip(days, days[policy.most - 1 :], strict=False)
        if (last - first).days <= policy.within
    ]
    return max(ends, default=None)


def check_not_barred(strikes: Iterable[date], policy: StrikePolicy, today: date) -> None:
    """Raises Barred while the strikes keep an employer from asking for a place (P13)."""
    until = barred_until(strikes, policy)
    if until is not None and today <= until:
        raise Barred(until=until)


def check_sanction(kind: SanctionKind, until_on: date | None, today: date, *, evidence: bool) -> None:
    """Raises PeriodWrong or EvidenceMissing: a blacklist entry has both an end and a document (P4)."""
    if (until_on is None and kind is SanctionKind.BLACKLIST) or (until_on is not None and until_on <= today):
        raise PeriodWrong
    if kind is SanctionKind.BLACKLIST and not evidence:
        raise EvidenceMissing


def check_liftable(kind: SanctionKind, state: StandingState) -> None:
    """Raises AppealWaits or WrongStanding unless an officer alone may end the sanction.

    A strike and a suspension may; a blacklist entry ends by a request that somebody else grants.
    """
    if kind is SanctionKind.STRIKE:
        return
    check_no_request(state)
    if kind is SanctionKind.BLACKLIST:
        raise WrongStanding(state=STANDING_LABELS[state])


def check_no_request(state: StandingState) -> None:
    """Raises AppealWaits while the employer's request waits: it is answered before anything new is imposed."""
    if state is StandingState.REINSTATEMENT_REQUESTED:
        raise AppealWaits


def check_explanation(text: str) -> None:
    """Raises ExplanationMissing for an empty one."""
    if not text.strip():
        raise ExplanationMissing


def check_ask_again(refused_on: date | None, today: date) -> None:
    """Raises AskedTooSoon within 30 days of a refusal."""
    if refused_on is not None and today < refused_on + ASK_AGAIN_AFTER:
        raise AskedTooSoon(day=refused_on + ASK_AGAIN_AFTER)


def check_second(officer: int, imposed_by: int | None) -> None:
    """Raises SecondOfficer if the same person would judge their own decision."""
    if officer == imposed_by:
        raise SecondOfficer


def check_appeal_move(state: AppealState, to: AppealState) -> None:
    """Raises SanctionOver for a request that was decided already."""
    if to not in APPEAL_MOVES[state]:
        raise SanctionOver


def standing_after(valid_until: date | None, today: date) -> StandingState:
    """What an employer is once nothing is held against it: verified while its check holds, else expired."""
    holds = valid_until is not None and valid_until >= today
    return StandingState.VERIFIED if holds else StandingState.EXPIRED
