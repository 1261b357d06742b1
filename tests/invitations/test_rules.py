"""The life of an invitation, what is expected of many, and why an employer is suggested."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.employers.rules import StandingState
from fairs.errors import Refusal
from fairs.invitations.forecast import Expected, History, Rates, Why, expected, rates, reasons, score
from fairs.invitations.links import hash_of, token_of
from fairs.invitations.rules import (
    INVITATION_LABELS,
    INVITATION_MOVES,
    LIVE,
    OPEN,
    AnswerDayWrong,
    InvitationOver,
    InvitationState,
    NotInvitable,
    NotInviting,
    WrongInvitationState,
    answer_until,
    check_answer,
    check_answer_day,
    check_inviting,
    check_move,
    check_standing,
    needs_reminder,
)
from fairs.programmes.rules import EventState

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
S = InvitationState


def test_every_state_has_its_moves_and_words() -> None:
    assert set(INVITATION_MOVES) == set(InvitationState) == set(INVITATION_LABELS)
    assert OPEN < LIVE
    assert all(not INVITATION_MOVES[state] for state in (S.ACCEPTED, S.DECLINED, S.REVOKED))


@given(st.lists(st.sampled_from(InvitationState), max_size=12))
def test_no_way_leads_out_of_an_answer(wishes: list[InvitationState]) -> None:
    state, path = S.SENT, [S.SENT]
    for wish in wishes:
        try:
            check_move(state, wish)
        except Refusal:
            continue
        state = wish
        path.append(state)
    answers = [one for one in path if one in {S.ACCEPTED, S.DECLINED, S.REVOKED}]
    assert len(answers) <= 1
    assert not answers or path[-1] is answers[0]
    # whoever answered was asked: before each answer the invitation was open
    assert all(path[at - 1] in OPEN for at, one in enumerate(path) if one in answers)


@pytest.mark.parametrize(
    ("state", "hours", "refusal"),
    [
        (S.SENT, 1, None),
        (S.OPENED, 1, None),
        (S.OPENED, 0, InvitationOver),
        (S.EXPIRED, 1, InvitationOver),
        (S.REVOKED, 1, InvitationOver),
        (S.DECLINED, 1, WrongInvitationState),
    ],
)
def test_an_answer_is_taken_while_it_is_open(
    state: InvitationState, hours: int, refusal: type[Refusal] | None
) -> None:
    end = NOW + timedelta(hours=hours)
    if refusal is None:
        check_answer(state, end, S.ACCEPTED, NOW)
    else:
        with pytest.raises(refusal):
            check_answer(state, end, S.ACCEPTED, NOW)


def test_when_one_invites_and_until_when_one_answers() -> None:
    until = NOW + timedelta(days=3)
    check_inviting(EventState.APPROVED, until, NOW)
    for state, end in ((EventState.PLANNED, None), (EventState.OPEN, NOW), (EventState.CANCELLED, until)):
        with pytest.raises(NotInviting):
            check_inviting(state, end, NOW)
    assert answer_until(until, NOW) == until
    assert answer_until(None, NOW) == NOW + timedelta(days=7)
    for wrong in (NOW, until + timedelta(seconds=1)):
        with pytest.raises(AnswerDayWrong):
            check_answer_day(wrong, until, NOW)


@pytest.mark.parametrize("state", StandingState)
def test_who_is_suspended_is_not_invited(state: StandingState) -> None:
    if state.value in {"suspended", "blacklisted", "reinstatement_requested", "rejected"}:
        with pytest.raises(NotInvitable):
            check_standing("某公司", state)
    else:
        check_standing("某公司", state)


@pytest.mark.parametrize(
    ("sent_days", "left_hours", "reminded", "state", "due"),
    [
        (5, 40, False, S.SENT, True),
        (5, 40, False, S.OPENED, True),
        (5, 40, True, S.SENT, False),
        (5, 50, False, S.SENT, False),
        (0, 40, False, S.SENT, False),
        (5, -1, False, S.SENT, False),
        (5, 40, False, S.ACCEPTED, False),
    ],
)
def test_one_reminder_before_the_end(
    sent_days: int, left_hours: int, *, reminded: bool, state: InvitationState, due: bool
) -> None:
    sent, end = NOW - timedelta(days=sent_days), NOW + timedelta(hours=left_hours)
    assert needs_reminder(state, sent, end, reminded=reminded, now=NOW) is due


def test_sixty_invited_about_half_accept_and_most_of_them_come() -> None:
    likely = expected(60, 0, Rates())
    assert (likely.low, likely.high) == (23, 31)
    assert likely.mean == pytest.approx(27)
    assert not likely.exceeds(30)
    assert expected(60, 8, Rates()).exceeds(30)
    assert Expected(1, 0, 2).ratio(60, 30) == 2
    assert Expected(1, 0, 2).ratio(60, 0) is None


@given(st.integers(0, 500), st.integers(0, 200), st.integers(0, 300), st.integers(0, 300))
def test_what_is_expected_stays_between_nobody_and_everybody(
    waiting: int, coming: int, accepted: int, came: int
) -> None:
    of = rates(accepted + 50, accepted, came + 20, came)
    likely = expected(waiting, coming, of)
    assert 0 < of.acceptance < 1
    assert 0 < of.show < 1
    assert 0 <= likely.low <= likely.high <= waiting + coming
    assert likely.low - 1 <= likely.mean <= likely.high + 1
    assert expected(waiting + 1, coming, of).mean > likely.mean


def test_history_speaks_for_and_against() -> None:
    regular = History(came=3, fits=True)
    unreliable = History(came=1, missed=2, contacted=True)
    assert [why for why, _count in reasons(regular)] == [Why.FITS, Why.CAME, Why.RELIABLE, Why.FRESH]
    assert [why for why, _count in reasons(unreliable)] == [Why.CAME, Why.MISSED]
    assert [why for why, _count in reasons(History())] == [Why.NEW, Why.FRESH]
    assert score(regular) > score(History(came=3)) > score(History()) > score(unreliable)


def test_a_link_is_personal_and_only_its_hash_is_kept() -> None:
    token = token_of("secret", "abc")
    assert token == token_of("secret", "abc")
    assert len({token, token_of("secret", "abd"), token_of("other", "abc")}) == 3
    assert hash_of(token) != token
    assert len(hash_of(token)) == 64
