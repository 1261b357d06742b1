"""Who may decide what, and when an appeal is possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.clauses.rules import Profile
from fairs.vetting import rules, sampling
from fairs.vetting.policy import VettingPolicy
from fairs.vetting.rules import CaseState, VerdictKind


@pytest.mark.parametrize(
    ("state", "verdict", "outcome"),
    [
        (CaseState.IN_REVIEW, VerdictKind.APPROVE, CaseState.APPROVED),
        (CaseState.IN_REVIEW, VerdictKind.RETURN, CaseState.RETURNED),
        (CaseState.APPEALED, VerdictKind.RETURN, CaseState.RETURNED),
        (CaseState.APPEALED, VerdictKind.APPROVE, CaseState.APPROVED),
        (CaseState.APPEALED, VerdictKind.LIFT, CaseState.LIFTING),
    ],
)
def test_decision_leads_on(state: CaseState, verdict: VerdictKind, outcome: CaseState) -> None:
    assert rules.check_decision(state, verdict, "理由") is outcome


@pytest.mark.parametrize("state", [CaseState.APPROVED, CaseState.REJECTED, CaseState.WITHDRAWN])
def test_decided_case_is_not_decided_again(state: CaseState) -> None:
    with pytest.raises(rules.AlreadyDecided):
        rules.check_decision(state, VerdictKind.APPROVE, "")


def test_who_reads_what_was_taken_back_is_told_so() -> None:
    with pytest.raises(rules.TakenBack, match="收回"):
        rules.check_decision(CaseState.WITHDRAWN, VerdictKind.APPROVE, "")


def test_return_needs_a_reason() -> None:
    with pytest.raises(rules.VerdictReasonMissing):
        rules.check_decision(CaseState.IN_REVIEW, VerdictKind.RETURN, "  ")


def test_blocking_clause_passes_only_with_a_reason_and_a_second_officer() -> None:
    quotes, ground = ("限男性",), "《女职工劳动保护特别规定》附录"
    approve, fresh = VerdictKind.APPROVE, CaseState.IN_REVIEW
    for alone in (fresh, CaseState.APPEALED):  # whoever refused did not agree
        with pytest.raises(rules.BlockedClause, match="限男性"):
            rules.check_lift(alone, approve, quotes, ground)
    with pytest.raises(rules.NothingToLift):
        rules.check_lift(fresh, VerdictKind.LIFT, (), ground)
    for state, verdict in (
        (fresh, VerdictKind.LIFT),
        (CaseState.APPEALED, VerdictKind.LIFT),
        (CaseState.LIFTING, approve),
    ):
        with pytest.raises(rules.OverrideReasonMissing):
            rules.check_lift(state, verdict, quotes, " ")
        rules.check_lift(state, verdict, quotes, ground)
    rules.check_lift(fresh, VerdictKind.RETURN, quotes, "")
    rules.check_lift(fresh, approve, (), "")


@pytest.mark.parametrize(("ground", "document"), [("", True), ("《某法》第三条", False), (" ", False)])
def test_a_blocking_clause_is_handed_in_only_with_ground_and_document(ground: str, document: bool) -> None:
    with pytest.raises(rules.StatuteMissing, match="限男性"):
        rules.check_statute(("限男性",), ground, has_document=document)
    with pytest.raises(rules.StatuteMissing, match="（“限男性”、“已婚”）"):
        rules.check_statute(("限男性", "限男性", "已婚"), ground, has_document=document)
    rules.check_statute((), ground, has_document=document)
    rules.check_statute(("限男性",), "《某法》第三条", has_document=True)


def test_appeal_is_for_what_was_refused_and_once() -> None:
    assert rules.check_appeal(CaseState.RETURNED, "依据", 0) is CaseState.APPEALED
    with pytest.raises(rules.NotAppealable):
        rules.check_appeal(CaseState.RETURNED, "依据", 1)
    with pytest.raises(rules.NotAppealable):
        rules.check_appeal(CaseState.APPROVED, "依据", 0)
    with pytest.raises(rules.GroundMissing):
        rules.check_appeal(CaseState.REJECTED, " ", 0)


def test_the_policy_is_that_of_the_duty_table() -> None:
    assert VettingPolicy.read({}) == VettingPolicy()
    assert VettingPolicy.read({"vetting_workdays": 9, "vetting_sample_share": -4}) == VettingPolicy()
    strict = {"vetting_workdays": 1, "clause_profile": "campus_strict", "vetting_sample_share": 100}
    assert VettingPolicy.read(strict) == VettingPolicy(1, Profile.CAMPUS_STRICT, 100)


@given(st.sets(st.integers(1, 10_000), max_size=60), st.integers(0, 100), st.integers(0, 2**31))
def test_a_sample_is_repeated_by_its_seed_and_has_its_share(pool: set[int], share: int, seed: int) -> None:
    chosen = sampling.drawn(list(pool), share, seed)
    assert chosen == sampling.drawn(sorted(pool, reverse=True), share, seed)
    assert set(chosen) <= pool
    assert len(pool) * share / 100 <= len(chosen) < len(pool) * share / 100 + 1


def test_the_second_look_is_another_officers_and_says_why_it_disagrees() -> None:
    agreed, disagreed = sampling.SampleVerdict.AGREED, sampling.SampleVerdict.DISAGREED
    with pytest.raises(sampling.OwnDecision):
        sampling.check_review(1, 1, None, agreed, "")
    with pytest.raises(sampling.AlreadyReviewed):
        sampling.check_review(1, 2, agreed, agreed, "")
    with pytest.raises(sampling.DisagreementUnexplained):
        sampling.check_review(1, 2, None, disagreed, " ")
    sampling.check_review(1, 2, None, agreed, "")
