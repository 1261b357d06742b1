"""Fixtures: the application on SQLite and on PostgreSQL, a fresh database per test, a client, signing in.

A test that asks for ``app`` (or for anything built on it) runs once per database. Pure tests ask for nothing.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from fairs.database import db
from tests import stages


class Client(FlaskClient):
    """A browser without JavaScript; request and test read what the other, or a worker, wrote before."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        # the test's own context is open, so that a request would find what the one before left there
        for name in list(g):
            g.pop(name)
        db.session.rollback()
        response = super().open(*args, **kwargs)
        db.session.rollback()
        return response


@pytest.fixture(scope="session")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stages.Staging]:
    """Applications and database templates of this test process, made when first asked for."""
    staging = stages.Staging(tmp_path_factory.mktemp("stage"), os.environ.get("PYTEST_XDIST_WORKER", "main"))
    yield staging
    staging.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The database under test."""
    return str(request.param)


@pytest.fixture
def app(staging: stages.Staging, database: str) -> Iterator[Flask]:
    """The application on an empty, migrated database; its context is open."""
    app = staging.fresh(database)
    app.test_client_class = Client
    with app.app_context():
        yield app
        db.session.remove()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser."""
    return app.test_client()


@pytest.fixture
def now() -> datetime:
    """A Saturday noon on campus; rules and actions take it as an argument."""
    return datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture
def sign_in(app: Flask) -> Callable[..., FlaskClient]:
    """A browser in which the given account is signed in."""

    def sign_in(account: Any) -> FlaskClient:
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"] = f"{account.id}:{account.session_epoch}"
            session["_fresh"] = True
        return browser

    return sign_in


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop this checkout's PostgreSQL when the last test process is done."""
    if not hasattr(session.config, "workerinput"):
        stages.stop_postgresql()


ROOT = Path(__file__).resolve().parent.parent
