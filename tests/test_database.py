"""The ground: transactions, locks, reading without writing, times, conflicts told in words."""

import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts.models import Account, Person
from fairs.database import db, lock, transaction
from fairs.errors import Conflict, Invalid
from tests import factories


def test_outermost_action_commits_and_inner_joins(app: Flask) -> None:
    @transaction
    def inner() -> None:
        db.session.add(Person(name="李同学"))

    @transaction
    def outer() -> None:
        inner()
        raise Invalid

    with pytest.raises(Invalid):
        outer()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


def test_outside_an_action_nothing_is_written(app: Flask) -> None:
    db.session.add(Person(name="李同学"))
    with pytest.raises(sa.exc.DBAPIError, match=r"(?i)read.?only"):
        db.session.flush()
    db.session.rollback()


def test_parallel_increments_lose_nothing(app: Flask) -> None:
    account = factories.account()
    number = account.id

    @transaction
    def increment() -> None:
        row = lock(Account, number)
        row.failed_attempts += 1

    def work() -> None:
        with app.app_context():
            for _ in range(10):
                increment()
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert db.session.get(Account, number).failed_attempts == 40


def test_violated_constraint_becomes_its_sentence(app: Flask) -> None:
    factories.account("wang@example.com")
    with pytest.raises(Conflict, match="请直接登录"):
        factories.account("wang@example.com")


def test_naive_times_are_refused_and_aware_ones_come_back_in_utc(app: Flask) -> None:
    account = factories.account(locked_until=datetime(2026, 11, 21, 20, 0, tzinfo=UTC))
    assert account.locked_until == datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    assert account.locked_until.tzinfo is UTC
    with pytest.raises(sa.exc.StatementError, match="naive"):
        factories.account("b@example.com", locked_until=datetime(2026, 11, 21))  # noqa: DTZ001  # what must be refused
