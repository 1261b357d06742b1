"""Fixtures: the application on SQLite and on PostgreSQL, a fresh database per test, a client, signing in.

A test that asks for ``app`` (or for anything built on it) runs once per database. Pure tests ask for nothing.
"""

import contextvars
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from fairs.database import db
from tests import clocks, stages
from tests.clocks import Clock
from tests.factories import world as worlds
from tests.factories.world import World
from tests.walking import Walk

# the same examples everywhere, and no verdict by the clock: a busy machine is not a fault
hypothesis.settings.register_profile("fairs", deadline=None, derandomize=True)
hypothesis.settings.load_profile("fairs")


class Client(FlaskClient):
    """A browser without JavaScript; afterwards the test reads what the request wrote.

    Forms are sent with a valid CSRF token, as a page would; ``plain=True`` sends none.
    """

    def open(self, *args: Any, plain: bool = False, **kwargs: Any) -> Any:
        if kwargs.get("method") == "POST" and not plain:
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), "X-CSRFToken": self._token()}
        # a request of its own: without this it would share ``g`` and the session with the test's context
        response = contextvars.Context().run(super().open, *args, **kwargs)
        db.session.rollback()
        return response

    def _token(self) -> str:
        with self.session_transaction() as session:
            session.setdefault("csrf_token", "a-browser-of-the-tests")
            raw = session["csrf_token"]
        signer = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token")
        return str(signer.dumps(raw))


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
    if database == "sqlite":  # its file goes
        stages.let_go(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser."""
    return app.test_client()


@pytest.fixture
def now() -> datetime:
    """A Saturday noon on campus; rules and actions take it as an argument."""
    return datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture
def at_now(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Pages, tasks and deliveries read ``now``, too: for tests whose dates are written out, so that they last."""
    ours = clocks.hung(monkeypatch)
    ours.goes_to(now)
    return ours


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


@pytest.fixture
def world(app: Flask, staging: stages.Staging, database: str) -> World:
    """A world with one thing of every kind."""
    return staging.set_up(app, database, "world", worlds.world).again()


@pytest.fixture
def walk(
    app: Flask, world: World, sign_in: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Walk]:
    """A walk that must meet no fault."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    walk = Walk(app, world, sign_in)
    yield walk
    assert "\n".join(walk.faults) == ""


LONG = (
    "test_jobs",
    "test_delivery",
    "test_serve",
    "test_query_counts",
    "test_nonsense",
    "test_scope",
    "test_load",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, so that no process is left with one at the end while the others are done."""
    items.sort(key=lambda item: (not item.get_closest_marker("journey"), item.path.stem not in LONG))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop this checkout's PostgreSQL when the last test process is done."""
    if not hasattr(session.config, "workerinput"):
        stages.stop_postgresql()
