"""The state machines of an employer's account, walked at random: no path reaches a state whose guard is false."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.accounts import limits
from fairs.employers import papers, registration, rules, sanctions
from fairs.employers.marks import CertificateMissing, ChainMissing, TagKind, check_tag
from fairs.employers.rules import BARRED, HANDED_IN_FROM, ContactState, EmployerKind, StandingState
from fairs.employers.sanctions import AppealState, SanctionKind, StrikePolicy
from fairs.errors import Refusal

S, C, A = StandingState, ContactState, AppealState
TODAY = date(2026, 11, 21)
QUICK = settings(max_examples=60, deadline=None)
MACHINES = [
    (rules.STANDING_MOVES, rules.check_move),
    (registration.CONTACT_MOVES, registration.check_contact_move),
    (sanctions.APPEAL_MOVES, sanctions.check_appeal_move),
]


@pytest.mark.parametrize(("moves", "check"), MACHINES)
def test_the_table_is_the_machine(moves: dict, check: object) -> None:
    for state in type(next(iter(moves))):
        for to in type(state):
            if to in moves[state]:
                check(state, to)
            else:
                with pytest.raises(Refusal):
                    check(state, to)


@QUICK
@given(st.lists(st.sampled_from(list(S)), max_size=30))
def test_nobody_is_verified_without_a_review_or_an_end_of_a_restriction(wishes: list[S]) -> None:
    """From a draft on: whoever is verified was handed in before, whoever is out of the blacklist asked or waited."""
    state, path = S.DRAFT, [S.DRAFT]
    for wish in wishes:
        if wish in rules.STANDING_MOVES[state]:
            state = wish
            path.append(wish)
    for before, after in pairwise(path):
        if after is S.VERIFIED:
            assert before in rules.IN_REVIEW | {S.SUSPENDED, S.REINSTATEMENT_REQUESTED}
        if before is S.BLACKLISTED:
            assert after in {S.REINSTATEMENT_REQUESTED, S.EXPIRED}
        if after is S.SUBMITTED:
            assert before in HANDED_IN_FROM | {S.VERIFIED}
    if S.VERIFIED in path:
        assert S.SUBMITTED in path[: path.index(S.VERIFIED)]


@QUICK
@given(
    st.lists(st.integers(0, 900), max_size=8),
    st.integers(1, 4),
    st.integers(30, 400),
    st.integers(1, 400),
)
def test_strikes_bar_exactly_when_they_come_close_together(
    offsets: list[int], most: int, within: int, bar: int
) -> None:
    policy = StrikePolicy(most, within, bar)
    days = [TODAY - timedelta(days=offset) for offset in offsets]
    until = sanctions.barred_until(days, policy)
    close = any(sum(0 <= (last - day).days <= within for day in days) >= most for last in days)
    assert (until is not None) == close
    if until is not None:
        assert until - timedelta(days=bar) in days
    for voided in range(len(days)):  # voiding a strike never makes it worse
        fewer = sanctions.barred_until(days[:voided] + days[voided + 1 :], policy)
        assert fewer is None or (until is not None and fewer <= until)


def test_two_strikes_in_a_year_bar_for_a_year() -> None:
    policy = StrikePolicy.read({})
    assert policy == StrikePolicy(2, 365, 365)
    days = [TODAY - timedelta(days=300), TODAY]
    assert sanctions.barred_until(days[:1], policy) is None
    assert sanctions.barred_until(days, policy) == TODAY + timedelta(days=365)
    assert sanctions.barred_until([TODAY - timedelta(days=366), TODAY], policy) is None
    with pytest.raises(sanctions.Barred):
        sanctions.check_not_barred(days, policy, TODAY + timedelta(days=365))
    sanctions.check_not_barred(days, policy, TODAY + timedelta(days=366))
    assert StrikePolicy.read({"strikes_most": 0, "strikes_within_days": 30, "strikes_bar_days": 90}).most == 2


@pytest.mark.parametrize(
    ("kind", "until", "evidence", "refusal"),
    [
        (SanctionKind.SUSPENSION, None, False, None),
        (SanctionKind.SUSPENSION, TODAY, False, sanctions.PeriodWrong),
        (SanctionKind.BLACKLIST, None, True, sanctions.PeriodWrong),
        (SanctionKind.BLACKLIST, TODAY + timedelta(days=9), False, sanctions.EvidenceMissing),
        (SanctionKind.BLACKLIST, TODAY + timedelta(days=9), True, None),
    ],
)
def test_what_a_sanction_needs(
    kind: SanctionKind, until: date | None, evidence: bool, refusal: type[Refusal] | None
) -> None:
    if refusal is None:
        sanctions.check_sanction(kind, until, TODAY, evidence=evidence)
    else:
        with pytest.raises(refusal):
            sanctions.check_sanction(kind, until, TODAY, evidence=evidence)


def test_who_may_end_what() -> None:
    sanctions.check_liftable(SanctionKind.STRIKE, S.REINSTATEMENT_REQUESTED)
    sanctions.check_liftable(SanctionKind.SUSPENSION, S.SUSPENDED)
    with pytest.raises(sanctions.AppealWaits):
        sanctions.check_liftable(SanctionKind.SUSPENSION, S.REINSTATEMENT_REQUESTED)
    with pytest.raises(rules.WrongStanding):
        sanctions.check_liftable(SanctionKind.BLACKLIST, S.BLACKLISTED)
    with pytest.raises(sanctions.SecondOfficer):
        sanctions.check_second(7, 7)
    sanctions.check_second(7, None)
    with pytest.raises(sanctions.AskedTooSoon):
        sanctions.check_ask_again(TODAY - timedelta(days=29), TODAY)
    sanctions.check_ask_again(TODAY - timedelta(days=30), TODAY)


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_what_an_employer_is_when_nothing_is_held_against_it(offset: int) -> None:
    expected = S.VERIFIED if offset >= 0 else S.EXPIRED
    assert sanctions.standing_after(TODAY + timedelta(days=offset), TODAY) is expected
    assert sanctions.standing_after(None, TODAY) is S.EXPIRED
    assert expected not in BARRED


def test_the_yearly_re_check_begins_thirty_days_before() -> None:
    rules.check_renewal(S.VERIFIED, TODAY + timedelta(days=30), TODAY)
    with pytest.raises(rules.TooEarlyToRenew):
        rules.check_renewal(S.VERIFIED, TODAY + timedelta(days=31), TODAY)
    with pytest.raises(rules.WrongStanding):
        rules.check_renewal(S.SUSPENDED, TODAY, TODAY)


def test_an_exception_from_the_code_takes_two() -> None:
    rules.check_exemption(False, None, 1)
    rules.check_exemption(True, 2, 1)
    for agreed in (None, 1):
        with pytest.raises(rules.ExemptionFirst):
            rules.check_exemption(True, agreed, 1)


def test_agencies_and_tags() -> None:
    papers.check_agency(EmployerKind.HR_AGENCY)
    with pytest.raises(papers.NoAgency):
        papers.check_agency(EmployerKind.ENTERPRISE)
    check_tag(TagKind.KEY_CHAIN, "JX01", "", {"JX01"})
    with pytest.raises(ChainMissing):
        check_tag(TagKind.KEY_CHAIN, "XX", "", {"JX01"})
    with pytest.raises(CertificateMissing):
        check_tag(TagKind.SPECIALISED_SME, "", " ", ())


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_networks(address: str | None, block: str) -> None:
    assert limits.network_of(address) == block
