"""States of a case, verdicts, and what an officer's decision needs."""

from enum import StrEnum

from fairs.errors import Invalid, Refusal


class SubjectKind(StrEnum):
    """What can be vetted (S35)."""

    POSTING = "posting"
    EVENT = "event"
    EMPLOYER_PROFILE = "employer_profile"
    BROCHURE = "brochure"


class CaseState(StrEnum):
    """State machine JobPosting revision, as far as vetting owns it."""

    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


CASE_LABELS = {
    CaseState.IN_REVIEW: "待审核",
    CaseState.APPROVED: "已通过",
    CaseState.RETURNED: "已退回",
    CaseState.REJECTED: "未通过",
    CaseState.APPEALED: "申诉中",
    CaseState.WITHDRAWN: "已撤回",
}


class VerdictKind(StrEnum):
    """What an officer may decide."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"


OUTCOME = {
    VerdictKind.APPROVE: CaseState.APPROVED,
    VerdictKind.RETURN: CaseState.RETURNED,
    VerdictKind.REJECT: CaseState.REJECTED,
}
CASE_MOVES: dict[CaseState, frozenset[CaseState]] = {
    CaseState.IN_REVIEW: frozenset(
        {CaseState.APPROVED, CaseState.RETURNED, CaseState.REJECTED, CaseState.WITHDRAWN}
    ),
    CaseState.RETURNED: frozenset({CaseState.APPEALED}),
    CaseState.REJECTED: frozenset({CaseState.APPEALED}),
    CaseState.APPEALED: frozenset({CaseState.APPROVED, CaseState.REJECTED}),
    CaseState.APPROVED: frozenset(),
    CaseState.WITHDRAWN: frozenset(),
}


class AlreadyDecided(Refusal):
    """Another officer decided this case first (the losing half of a race)."""

    code = "already_decided"
    sentence = "这条信息已由其他老师处理（%(state)s），请看下一条。"


class BlockedClause(Refusal):
    """Text with a blocking finding cannot be approved by this officer (S36)."""

    code = "blocked_clause"
    sentence = "文中还有必须修改的内容（%(quotes)s），请退回修改；确有法定依据的，由主任处理。"


class VerdictReasonMissing(Invalid):
    """A return or rejection must say why (S34)."""

    code = "verdict_reason_missing"
    sentence = "请写明退回原因，单位会看到这段文字。"
    field = "reason"


def check_decision(state: CaseState, verdict: VerdictKind, reason: str) -> CaseState:
    """The state a decision leads to. Raises AlreadyDecided or VerdictReasonMissing (S34)."""
    outcome = OUTCOME[verdict]
    if outcome not in CASE_MOVES[state]:
        raise AlreadyDecided(state=CASE_LABELS[state])
    if verdict is not VerdictKind.APPROVE and not reason.strip():
        raise VerdictReasonMissing
    return outcome


def check_blocks(verdict: VerdictKind, blocking: tuple[str, ...], *, may_override: bool) -> None:
    """Raises BlockedClause if text with blocking clauses would be approved without the right to (S36)."""
    if verdict is VerdictKind.APPROVE and blocking and not may_override:
        raise BlockedClause(quotes="、".join(f"“{quote}”" for quote in blocking[:3]))
