"""Signing in, locking out, activating, accepting."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from fairs.accounts import actions, queries
from fairs.accounts.models import Account
from fairs.accounts.rules import (
    AccountLocked,
    DocumentKind,
    Grant,
    LinkExpired,
    RoleKind,
    SignInRefused,
)
from fairs.database import db
from tests import factories

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"


@pytest.fixture
def account(app: Flask) -> Account:
    made = factories.account("wang@example.com")
    return actions.set_password(made.id, PASSWORD)


def test_right_password_signs_in_whatever_the_case_of_the_login(account: Account) -> None:
    proved = actions.sign_in(" Wang@Example.com ", PASSWORD, NOW)
    assert proved.account_id == account.id
    assert db.session.get(Account, account.id).failed_attempts == 0


def test_wrong_password_and_unknown_login_answer_alike(account: Account) -> None:
    with pytest.raises(SignInRefused) as wrong:
        actions.sign_in("wang@example.com", "nonsense nonsense", NOW)
    with pytest.raises(SignInRefused) as unknown:
        actions.sign_in("nobody@example.com", PASSWORD, NOW)
    assert str(wrong.value) == str(unknown.value)


def test_an_account_without_password_cannot_be_entered(app: Flask) -> None:
    factories.account("new@example.com")
    with pytest.raises(SignInRefused):
        actions.sign_in("new@example.com", "nobody has this password", NOW)


def test_after_five_failures_even_the_right_password_waits_but_others_do_not(account: Account) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            actions.sign_in("wang@example.com", "nonsense nonsense", NOW)
    with pytest.raises(AccountLocked):
        actions.sign_in("wang@example.com", PASSWORD, NOW)
    other = factories.account("other@example.com")
    actions.set_password(other.id, PASSWORD)
    assert actions.sign_in("other@example.com", PASSWORD, NOW).account_id == other.id
    assert actions.sign_in("wang@example.com", PASSWORD, NOW + timedelta(minutes=2))


def test_activation_link_is_good_once(app: Flask) -> None:
    made = factories.account("new@example.com")
    token = actions.activation_token(made)
    actions.activate(token, PASSWORD)
    assert actions.sign_in("new@example.com", PASSWORD, NOW)
    with pytest.raises(LinkExpired):
        actions.activate(token, "another long password")
    with pytest.raises(LinkExpired):
        actions.activate(token + "x", PASSWORD)


def test_setting_a_password_ends_sessions(account: Account) -> None:
    epoch = account.session_epoch
    actions.set_password(account.id, "another long password")
    assert queries.viewer(account.id, epoch, NOW.date()) is None
    assert queries.viewer(account.id, epoch + 1, NOW.date()) is not None


def test_the_same_role_twice_is_one_and_ends(account: Account) -> None:
    school = factories.university()
    grant = Grant(kind=RoleKind.CAREER_OFFICER, university_id=school.id)
    first = actions.grant_role(account.person_id, grant, by=None, now=NOW)
    assert actions.grant_role(account.person_id, grant, by=None, now=NOW).id == first.id
    assert queries.grants(account.person_id, NOW.date()) == (grant,)
    actions.end_roles(account.person_id, RoleKind.CAREER_OFFICER, today=NOW.date() + timedelta(days=1))
    assert queries.grants(account.person_id, NOW.date() + timedelta(days=1)) == ()


def test_acceptance_is_recorded_once_with_its_version(account: Account) -> None:
    for _ in range(2):
        actions.accept(account.person_id, DocumentKind.PRIVACY_NOTICE, university_id=None, now=NOW)
    seen = queries.viewer(account.id, account.session_epoch, NOW.date())
    assert seen.accepted == {(DocumentKind.PRIVACY_NOTICE, 1)}
