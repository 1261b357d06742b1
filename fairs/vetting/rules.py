"""States of a case, verdicts, and what an officer's decision needs."""

from enum import StrEnum

from fairs.errors import Invalid, Refusal


class SubjectKind(StrEnum):
    """What can be vetted (S35)."""

    POSTING = "posting"
    EVENT = "event"
    EMPLOYER_PROFILE = "employer_profile"
    BROCHURE = "brochure"
    LIVE_SESSION = "live_session"


SUBJECT_LABELS = {
    SubjectKind.POSTING: "招聘信息",
    SubjectKind.EVENT: "活动文字",
    SubjectKind.EMPLOYER_PROFILE: "单位介绍",
    SubjectKind.BROCHURE: "招聘简章",
    SubjectKind.LIVE_SESSION: "直播标题和介绍",
}


class CaseOrigin(StrEnum):
    """Why a text lies before a university: handed in, or because the rules have changed since."""

    SUBMITTED = "submitted"
    RECHECK = "recheck"


class CaseState(StrEnum):
    """State machine JobPosting revision, as far as vetting owns it.

    ``lifting``: an officer wants to let a blocking clause pass; a second one has to agree.
    """

    IN_REVIEW = "in_review"
    LIFTING = "lifting"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


CASE_LABELS = {
    CaseState.IN_REVIEW: "待审核",
    CaseState.LIFTING: "待第二人复核",
    CaseState.APPROVED: "已通过",
    CaseState.RETURNED: "已退回",
    CaseState.REJECTED: "未通过",
    CaseState.APPEALED: "申诉中",
    CaseState.WITHDRAWN: "已撤回",
}


class VerdictKind(StrEnum):
    """One step on a case: an officer's decision, or the author's appeal against it."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    LIFT = "lift"
    APPEAL = "appeal"


VERDICT_LABELS = {
    VerdictKind.APPROVE: "通过了审核",
    VerdictKind.RETURN: "退回修改",
    VerdictKind.REJECT: "没有通过审核",
    VerdictKind.LIFT: "提请放行，待第二人复核",
    VerdictKind.APPEAL: "提出申诉",
}

EARLIER_DECISION = frozenset({VerdictKind.RETURN, VerdictKind.REJECT, VerdictKind.LIFT})


REASON_LABELS = {
    "clauses": "文中标出的内容不符合国家有关招聘信息的规定，请按建议修改后重新提交。",
    "pay": "薪酬没有写清楚，请写明基本薪酬的范围和构成。",
    "work": "工作内容或任职要求过于笼统，请具体说明。",
    "facts": "工作地点、人数或有效期与实际情况不符，请核对。",
    "entity": "招聘主体与实际用人单位不一致，请说明关系并补充授权材料。",
}
"""What officers most often write when they return a text (O3)."""


OUTCOME = {
    VerdictKind.APPROVE: CaseState.APPROVED,
    VerdictKind.RETURN: CaseState.RETURNED,
    VerdictKind.REJECT: CaseState.REJECTED,
    VerdictKind.LIFT: CaseState.LIFTING,
    VerdictKind.APPEAL: CaseState.APPEALED,
}
WAITING = frozenset({CaseState.IN_REVIEW, CaseState.LIFTING, CaseState.APPEALED})
"""States in which a case waits for an officer."""

CASE_MOVES: dict[CaseState, frozenset[CaseState]] = {
    CaseState.IN_REVIEW: frozenset(
        {
            *(CaseState.APPROVED, CaseState.RETURNED, CaseState.REJECTED),
            *(CaseState.LIFTING, CaseState.WITHDRAWN),
        }
    ),
    CaseState.LIFTING: frozenset(
        {CaseState.APPROVED, CaseState.RETURNED, CaseState.REJECTED, CaseState.WITHDRAWN}
    ),
    CaseState.RETURNED: frozenset({CaseState.APPEALED}),
    CaseState.REJECTED: frozenset({CaseState.APPEALED}),
    CaseState.APPEALED: frozenset(
        {
            *(CaseState.APPROVED, CaseState.RETURNED, CaseState.REJECTED),
            *(CaseState.LIFTING, CaseState.WITHDRAWN),
        }
    ),
    CaseState.APPROVED: frozenset(),
    CaseState.WITHDRAWN: frozenset(),
}


class AlreadyDecided(Refusal):
    """Another officer decided this case first (the losing half of a race)."""

    code = "already_decided"
    sentence = "这条信息已由其他老师处理（%(state)s），请看下一条。"


class TakenBack(AlreadyDecided):
    """The author took the text back while the officer was reading it."""

    code = "taken_back"
    sentence = "对方刚刚收回了这条信息，不用再审核，请看下一条。"


class BlockedClause(Refusal):
    """One officer alone lets no blocking clause pass: a second one has to agree (S36)."""

    code = "blocked_clause"
    sentence = (
        "文中还有必须修改的内容（%(quotes)s），请退回修改；确有法定依据的，请写明依据，提请另一位老师放行。"
    )


class NothingToLift(Refusal):
    """Only text with a blocking clause needs a second officer."""

    code = "nothing_to_lift"
    sentence = "文中没有需要第二人复核的内容，可以直接作出决定。"


class VerdictReasonMissing(Invalid):
    """A return or rejection must say why (S34)."""

    code = "verdict_reason_missing"
    sentence = "请写明退回原因，单位会看到这段文字。"
    field = "reason"


class OverruleReasonMissing(Invalid):
    """Whoever does not share a finding says why."""

    code = "overrule_reason_missing"
    sentence = "请写明为什么“%(quote)s”不用修改。"


class StatuteMissing(Invalid):
    """Who hands in a clause that should go states the law that demands it, with a document (S36)."""

    code = "statute_missing"
    sentence = "文中有必须修改的内容（%(quotes)s）。请按建议修改；确有法定依据的，请写明依据并上传证明材料。"
    field = "ground"


class StatuteUnproved(StatuteMissing):
    """The law is stated, the document is missing."""

    code = "statute_unproved"
    sentence = "请上传证明材料：文中有必须修改的内容（%(quotes)s），写明法定依据后还须附上材料。"
    field = "document"


class OverrideReasonMissing(Invalid):
    """Who approves in spite of a blocking finding writes down the statutory ground (S36)."""

    code = "override_reason_missing"
    sentence = "文中还有建议退回的内容，通过时请写明法定依据。"
    field = "reason"


class NotClean(Refusal):
    """Only texts without findings to be judged may be approved in bulk (O2)."""

    code = "not_clean"
    sentence = "“%(title)s”有需要判断的内容，请打开逐条审核。"


class NotAppealable(Refusal):
    """Only a return or a rejection can be appealed against, and once."""

    code = "not_appealable"
    sentence = "只有被退回或未通过的信息可以申诉，并且只能申诉一次。如需沟通，请联系就业中心。"


class GroundMissing(Invalid):
    """An appeal names its ground (E5)."""

    code = "ground_missing"
    sentence = "请写明申诉依据，例如所依据的法律条款或公告。"
    field = "reason"


def check_decision(state: CaseState, verdict: VerdictKind, reason: str) -> CaseState:
    """The state a decision leads to. Raises AlreadyDecided, TakenBack or VerdictReasonMissing (S34)."""
    outcome = OUTCOME[verdict]
    if state is CaseState.WITHDRAWN:
        raise TakenBack
    if outcome not in CASE_MOVES[state]:
        raise AlreadyDecided(state=CASE_LABELS[state])
    if verdict in {VerdictKind.RETURN, VerdictKind.REJECT} and not reason.strip():
        raise VerdictReasonMissing
    return outcome


def check_lift(state: CaseState, verdict: VerdictKind, blocking: tuple[str, ...], reason: str) -> None:
    """A blocking clause passes only with a statutory ground, and after another officer's proposal (S36).

    An appeal's judge proposes as well: who returned the text did not agree to it.

    ``blocking`` are the quotes of blocking findings. Raises BlockedClause, NothingToLift or
    OverrideReasonMissing.
    """
    if verdict is VerdictKind.LIFT and not blocking:
        raise NothingToLift
    if verdict is VerdictKind.APPROVE and blocking and state is not CaseState.LIFTING:
        raise BlockedClause(quotes=quoted(blocking))
    if verdict in {VerdictKind.APPROVE, VerdictKind.LIFT} and blocking and not reason.strip():
        raise OverrideReasonMissing


def quoted(quotes: tuple[str, ...]) -> str:
    """The first three different quotes in quotation marks."""
    return "、".join(f"“{quote}”" for quote in list(dict.fromkeys(quotes))[:3])


def check_statute(blocking: tuple[str, ...], ground: str, *, has_document: bool) -> None:
    """Raises StatuteMissing or StatuteUnproved if blocking clauses are handed in without ground or document (S36)."""
    if blocking and not ground.strip():
        raise StatuteMissing(quotes=quoted(blocking))
    if blocking and not has_document:
        raise StatuteUnproved(quotes=quoted(blocking))


def may_appeal(state: CaseState, earlier: int) -> bool:
    """Whether a case can be appealed against: a return or a rejection, and once (E5)."""
    return CaseState.APPEALED in CASE_MOVES[state] and not earlier


def check_appeal(state: CaseState, ground: str, earlier: int) -> CaseState:
    """The state an appeal leads to, after ``earlier`` appeals in the same case (E5).

    Raises NotAppealable or GroundMissing.
    """
    if not may_appeal(state, earlier):
        raise NotAppealable
    if not ground.strip():
        raise GroundMissing
    return CaseState.APPEALED
