"""Who may take the next step: two pairs of eyes, and a way on for small offices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.errors import Refusal
from fairs.vetting import judges
from fairs.vetting.judges import DecidedBefore, LiftNeedsSecond, OwnSubmission, SecondOfficerNeeded
from fairs.vetting.rules import CASE_MOVES, EARLIER_DECISION, OUTCOME, CaseState, VerdictKind, check_lift

A, B, C, HR = 1, 2, 3, 9
LIFT, BACK, APPEAL, APPROVE = (
    VerdictKind.LIFT,
    VerdictKind.RETURN,
    VerdictKind.APPEAL,
    VerdictKind.APPROVE,
)
RETURNED = [(BACK, A), (APPEAL, HR)]
CONTESTED_LIFT = [(LIFT, A), (BACK, B), (APPEAL, HR)]
APPEALED, LIFTING = CaseState.APPEALED, CaseState.LIFTING


@pytest.mark.parametrize(
    ("state", "steps", "office", "may"),
    [
        (CaseState.IN_REVIEW, [], {A, B, C}, {A, B, C}),
        (LIFTING, [(LIFT, A)], {A, B, C}, {B, C}),
        (LIFTING, [(LIFT, A)], {A}, set()),
        (APPEALED, RETURNED, {A, B, C}, {B, C}),
        (APPEALED, RETURNED, {A}, set()),
        (LIFTING, [*RETURNED, (LIFT, B)], {A, B, C}, {C}),
        (LIFTING, [*RETURNED, (LIFT, B)], {A, B}, {A}),
        (APPEALED, CONTESTED_LIFT, {A, B, C}, {C}),
        (APPEALED, CONTESTED_LIFT, {A, B}, {A}),
        # nobody new is left: who proposed first comes before the one appealed against
        (LIFTING, [*CONTESTED_LIFT, (LIFT, C)], {A, B, C}, {A}),
        (LIFTING, [*CONTESTED_LIFT, (LIFT, C)], {B, C}, {B}),
        (LIFTING, [*CONTESTED_LIFT, (LIFT, C)], {A, B, C, 4}, {4}),
        (LIFTING, [*CONTESTED_LIFT, (LIFT, A)], {A, B}, {B}),
    ],
)
def test_whose_turn_it_is(
    state: CaseState, steps: list[tuple[VerdictKind, int]], office: set[int], may: set[int]
) -> None:
    assert judges.judges(state, HR, steps, office) == may


@pytest.mark.parametrize(
    ("state", "officer", "author", "steps", "refused"),
    [
        (CaseState.IN_REVIEW, A, A, [], OwnSubmission),
        (APPEALED, A, HR, RETURNED, SecondOfficerNeeded),
        (LIFTING, A, HR, [(LIFT, A)], LiftNeedsSecond),
        (APPEALED, A, HR, CONTESTED_LIFT, DecidedBefore),
        (LIFTING, B, HR, [*CONTESTED_LIFT, (LIFT, C)], SecondOfficerNeeded),
    ],
)
def test_who_may_not_is_told_why(
    state: CaseState,
    officer: int,
    author: int,
    steps: list[tuple[VerdictKind, int]],
    refused: type[Exception],
) -> None:
    with pytest.raises(refused):
        judges.check_officer(state, officer, author, steps, {A, B, C})


VERDICTS = st.sampled_from([LIFT, BACK, VerdictKind.REJECT, APPEAL, APPROVE])


@given(
    tries=st.lists(st.tuples(VERDICTS, st.integers(0, 4)), max_size=12),
    office=st.sets(st.integers(0, 4), min_size=1),
)
def test_a_blocking_clause_always_has_two_who_agree_and_three_are_never_stuck(
    tries: list[tuple[VerdictKind, int]], office: set[int]
) -> None:
    state, steps = CaseState.IN_REVIEW, list[tuple[VerdictKind, int]]()
    for verdict, by in tries:
        appealed = any(done is APPEAL for done, _by in steps)
        who = HR if verdict is APPEAL else by
        if OUTCOME[verdict] not in CASE_MOVES[state] or (verdict is APPEAL and appealed):
            continue
        if verdict is not APPEAL:
            if by not in judges.judges(state, HR, steps, office):
                continue
            try:
                check_lift(state, verdict, ("限男性",), "依据")
            except Refusal:
                continue
        steps.append((verdict, who))
        state = OUTCOME[verdict]
        if state in judges.SECOND:
            turn = judges.judges(state, HR, steps, office)
            assert turn or len(office) < 2
            last = [by for done, by in steps if done in EARLIER_DECISION][-1]
            assert last not in turn
    if state is CaseState.APPROVED:
        (proposed, first), (agreed, second) = steps[-2:]
        assert (proposed, agreed) == (LIFT, APPROVE)
        assert first != second
