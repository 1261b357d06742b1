"""Codes, papers, states and what may be decided."""

from datetime import date

import pytest

from fairs.employers import codes, papers, registration, rules
from fairs.employers.papers import CredentialKind
from fairs.employers.rules import EmployerKind, StandingState

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("typed", ["91350100M000100Y43", "91350100m000100y43", " 9135 0100 M000 100Y43 "])
def test_worked_example_of_the_standard(typed: str) -> None:
    assert codes.clean_uscc(typed) == "91350100M000100Y43"


def test_full_width_digits_from_a_pasted_page() -> None:
    assert codes.clean_uscc("９１３５０１００M000100Y43") == "91350100M000100Y43"


def test_check_value_31_is_written_as_zero() -> None:
    assert codes.clean_uscc("911101080WTCDKQQ00") == "911101080WTCDKQQ00"


@pytest.mark.parametrize("typed", ["", "91350100M000100Y44", "9135O100M000100Y43", "91350100M000100Y4"])
def test_wrong_codes(typed: str) -> None:
    with pytest.raises(codes.UsccInvalid):
        codes.clean_uscc(typed)


def test_a_body_without_a_code_says_why() -> None:
    assert registration.clean_identity("", " 驻华机构 ") == (None, "驻华机构")
    with pytest.raises(registration.ExemptionMissing):
        registration.clean_identity("", " ")
    with pytest.raises(codes.UsccInvalid):
        registration.clean_identity("", None)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [("", ""), ("www.qinghe.example", "https://www.qinghe.example"), ("http://a.cn/x", "http://a.cn/x")],
)
def test_websites(typed: str, clean: str) -> None:
    assert registration.clean_website(typed) == clean


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "ftp://a.cn", "nowhere", "https://a b.cn"])
def test_websites_that_are_none(typed: str) -> None:
    with pytest.raises(registration.WebsiteWrong):
        registration.clean_website(typed)


def test_each_kind_has_its_papers() -> None:
    always = {
        CredentialKind.BUSINESS_LICENCE,
        CredentialKind.LETTER_OF_AUTHORITY,
        CredentialKind.CONTACT_ID,
    }
    assert papers.required_papers(EmployerKind.ENTERPRISE) == always
    assert papers.required_papers(EmployerKind.BRANCH) == always | {
        CredentialKind.PARENT_LICENCE,
        CredentialKind.PARENT_AUTHORISATION,
    }
    assert papers.required_papers(EmployerKind.HR_AGENCY) > always
    assert CredentialKind.BUSINESS_LICENCE not in papers.required_papers(EmployerKind.MILITARY, exempt=True)


def test_missing_papers_are_named() -> None:
    with pytest.raises(papers.PapersMissing, match="单位委托书"):
        papers.check_papers(EmployerKind.ENTERPRISE, frozenset({CredentialKind.BUSINESS_LICENCE}))


def test_a_verification_ends_with_its_papers() -> None:
    assert rules.default_valid_until(TODAY, []) == date(2027, 11, 21)
    assert rules.default_valid_until(TODAY, [date(2027, 3, 1)]) == date(2027, 3, 1)
    assert rules.default_valid_until(TODAY, [date(2026, 1, 1)]) == date(2026, 11, 22)
    with pytest.raises(rules.ValidUntilWrong):
        rules.check_valid_until(TODAY, TODAY)


def test_states_lead_only_where_they_may() -> None:
    rules.check_move(StandingState.SUBMITTED, StandingState.RETURNED)
    with pytest.raises(rules.WrongStanding, match="未通过"):
        rules.check_move(StandingState.REJECTED, StandingState.VERIFIED)
    with pytest.raises(rules.WrongStanding):
        rules.check_hand_in(StandingState.VERIFIED)


@pytest.mark.parametrize("to", [StandingState.RETURNED, StandingState.REJECTED])
def test_a_no_gives_its_reason(to: StandingState) -> None:
    with pytest.raises(rules.ReasonMissing):
        rules.check_reason(to, "  ")
    rules.check_reason(to, "名称不一致")
    rules.check_reason(StandingState.VERIFIED, "")


def test_name_and_code_are_frozen_under_a_sanction() -> None:
    rules.check_identity_change({StandingState.VERIFIED, StandingState.RETURNED})
    with pytest.raises(rules.IdentityBarred):
        rules.check_identity_change({StandingState.VERIFIED, StandingState.BLACKLISTED})


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        (" ", codes.UsccMissing),
        ("91350100M000100Y4", codes.UsccLength),
        ("91350100M000100Y44", codes.UsccMistyped),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong(typed: str, refusal: type[codes.UsccInvalid]) -> None:
    with pytest.raises(refusal):
        codes.clean_uscc(typed)
