"""A university's part in a joint fair: every move that is allowed, and the guards around it."""

from itertools import product

import pytest

from fairs.errors import Refusal
from fairs.joint.rules import (
    CosignOff,
    NotBrought,
    WithdrawalReasonMissing,
    check_cosign,
    check_withdrawal,
)
from fairs.programmes.participation import (
    CHANGEABLE,
    PARTICIPATION_LABELS,
    TRANSITIONS,
    LeadStays,
    ParticipationState,
    QuotaBelowUse,
    WrongParticipation,
    check_changeable,
    check_quota,
    fair_no,
    move,
)
from fairs.programmes.rules import EventState, WrongEventState

ALLOWED = {
    ("invited", "accepted"),
    ("invited", "declined"),
    ("invited", "withdrawn"),
    ("accepted", "withdrawn"),
    ("declined", "invited"),
    ("withdrawn", "invited"),
}


@pytest.mark.parametrize(("state", "to"), list(product(ParticipationState, repeat=2)))
def test_only_listed_moves_are_made_and_the_lead_makes_none(
    state: ParticipationState, to: ParticipationState
) -> None:
    if (state, to) in ALLOWED:
        assert move(state, to) is to
    else:
        with pytest.raises(WrongParticipation, match=PARTICIPATION_LABELS[state]):
            move(state, to)
    with pytest.raises(LeadStays):
        move(state, to, is_lead=True)


def test_every_state_has_a_row_and_a_word() -> None:
    assert set(TRANSITIONS) == set(PARTICIPATION_LABELS) == set(ParticipationState)


@pytest.mark.parametrize("state", list(EventState))
def test_nobody_joins_or_leaves_once_the_doors_are_open(state: EventState) -> None:
    if state in CHANGEABLE:
        check_changeable(state)
    else:
        with pytest.raises(WrongEventState):
            check_changeable(state)
    assert not CHANGEABLE & {EventState.RUNNING, EventState.CLOSED, EventState.CANCELLED}


def test_a_quota_holds_what_is_used() -> None:
    check_quota(5, 5, "tickets")
    check_quota(None, 5, "tickets")
    with pytest.raises(QuotaBelowUse, match="5 个") as refused:
        check_quota(4, 5, "tickets")
    assert refused.value.field == "tickets"


@pytest.mark.parametrize(
    ("co_signing", "brought", "refusal"),
    [(True, True, None), (False, True, CosignOff), (True, False, NotBrought)],
)
def test_signing_needs_the_setting_and_the_posting(
    co_signing: bool, brought: bool, refusal: type[Refusal] | None
) -> None:
    if refusal is None:
        check_cosign(co_signing=co_signing, brought=brought)
    else:
        with pytest.raises(refusal):
            check_cosign(co_signing=co_signing, brought=brought)


def test_who_leaves_says_why_and_a_fair_has_one_number() -> None:
    assert check_withdrawal(" 考试冲突 ") == "考试冲突"
    with pytest.raises(WithdrawalReasonMissing):
        check_withdrawal("  ")
    assert fair_no("10001", "2026-0012") == "10001-2026-0012"
