"""Rests after wrong passwords, passwords, roles in force."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fairs.accounts.rules import (
    FREE_ATTEMPTS,
    AccountLocked,
    DocumentKind,
    Grant,
    PasswordTooWeak,
    RoleKind,
    Viewer,
    check_attempt,
    check_password,
    in_force,
    locked_until,
)

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def test_first_attempts_are_free_then_rests_grow() -> None:
    assert locked_until(FREE_ATTEMPTS - 1, NOW) is None
    rests = [locked_until(FREE_ATTEMPTS + n, NOW) - NOW for n in range(6)]
    assert rests == sorted(rests)
    assert rests[0] == timedelta(minutes=1)
    assert rests[-1] == timedelta(hours=1)


def test_a_resting_account_says_for_how_long() -> None:
    with pytest.raises(AccountLocked, match="2 分钟"):
        check_attempt(NOW + timedelta(seconds=90), NOW)
    check_attempt(NOW, NOW)
    check_attempt(None, NOW)


@pytest.mark.parametrize("password", ["short", "wang@example.com", "WANG@EXAMPLE.COM"])
def test_weak_passwords(password: str) -> None:
    with pytest.raises(PasswordTooWeak):
        check_password(password, "wang@example.com")


@pytest.mark.parametrize(
    ("from_on", "until_on", "expected"),
    [
        (date(2026, 11, 21), None, True),
        (date(2026, 11, 22), None, False),
        (date(2026, 1, 1), date(2026, 11, 21), True),
        (date(2026, 1, 1), date(2026, 11, 20), False),
    ],
)
def test_roles_count_on_both_end_days(from_on: date, until_on: date | None, expected: bool) -> None:
    assert in_force(from_on, until_on, date(2026, 11, 21)) is expected


def test_a_student_must_accept_the_current_notice() -> None:
    student = Viewer(
        person_id=1,
        account_id=1,
        name="李同学",
        language="zh",
        grants=(Grant(kind=RoleKind.STUDENT, university_id=1),),
        accepted=frozenset({(DocumentKind.PRIVACY_NOTICE, 0)}),
    )
    assert student.missing_documents() == (DocumentKind.PRIVACY_NOTICE,)
