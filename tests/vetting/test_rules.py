"""Who may decide what, and when an appeal is possible."""

import pytest

from fairs.errors import Refusal
from fairs.vetting import rules
from fairs.vetting.rules import CaseState, VerdictKind


@pytest.mark.parametrize(
    ("state", "verdict", "outcome"),
    [
        (CaseState.IN_REVIEW, VerdictKind.APPROVE, CaseState.APPROVED),
        (CaseState.IN_REVIEW, VerdictKind.RETURN, CaseState.RETURNED),
        (CaseState.APPEALED, VerdictKind.RETURN, CaseState.RETURNED),
        (CaseState.APPEALED, VerdictKind.APPROVE, CaseState.APPROVED),
    ],
)
def test_decision_leads_on(state: CaseState, verdict: VerdictKind, outcome: CaseState) -> None:
    assert rules.check_decision(state, verdict, "理由") is outcome


@pytest.mark.parametrize("state", [CaseState.APPROVED, CaseState.REJECTED, CaseState.WITHDRAWN])
def test_decided_case_is_not_decided_again(state: CaseState) -> None:
    with pytest.raises(rules.AlreadyDecided):
        rules.check_decision(state, VerdictKind.APPROVE, "")


def test_return_needs_a_reason() -> None:
    with pytest.raises(rules.VerdictReasonMissing):
        rules.check_decision(CaseState.IN_REVIEW, VerdictKind.RETURN, "  ")


def test_blocking_clause_needs_the_right_and_a_reason() -> None:
    quotes = ("限男性",)
    with pytest.raises(rules.BlockedClause, match="限男性"):
        rules.check_blocks(VerdictKind.APPROVE, quotes, may_override=False)
    rules.check_blocks(VerdictKind.APPROVE, quotes, may_override=True)
    rules.check_blocks(VerdictKind.RETURN, quotes, may_override=False)
    with pytest.raises(rules.OverrideReasonMissing):
        rules.check_override(VerdictKind.APPROVE, quotes, " ")
    rules.check_override(VerdictKind.APPROVE, quotes, "《女职工劳动保护特别规定》附录")


@pytest.mark.parametrize(
    ("officer", "author", "first", "refused"),
    [(1, 1, None, rules.OwnSubmission), (1, 2, 1, rules.SecondOfficerNeeded), (1, 2, 3, None)],
)
def test_officer_is_neither_author_nor_first_judge(
    officer: int, author: int, first: int | None, refused: type[Refusal] | None
) -> None:
    if refused is None:
        rules.check_officer(officer, author, first)
    else:
        with pytest.raises(refused):
            rules.check_officer(officer, author, first)


def test_appeal_is_for_what_was_refused_and_once() -> None:
    assert rules.check_appeal(CaseState.RETURNED, "依据", 0) is CaseState.APPEALED
    with pytest.raises(rules.NotAppealable):
        rules.check_appeal(CaseState.RETURNED, "依据", 1)
    with pytest.raises(rules.NotAppealable):
        rules.check_appeal(CaseState.APPROVED, "依据", 0)
    with pytest.raises(rules.GroundMissing):
        rules.check_appeal(CaseState.REJECTED, " ", 0)
