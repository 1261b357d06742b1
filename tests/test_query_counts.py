"""A page asks the database as often for thirty rows as for three."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.calendars import answers
from fairs.database import db
from tests.factories.crowd import Crowd
from tests.factories.world import World
from tests.walking import SignIn, Walk, ways, whoever_may

FEW, MANY = 3, 30
HOMES = ("student", "employer", "officer", "coordinator", "security", "door_staff", "leader")


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """The statements that are sent meanwhile, with how often each."""
    sent: Counter[str] = Counter()

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent[statement] += 1

    sa.event.listen(db.engine, "before_cursor_execute", count)
    yield sent
    sa.event.remove(db.engine, "before_cursor_execute", count)


def _pages(app: Flask, walk: Walk) -> dict[str, tuple[FlaskClient, str]]:
    """Every page that can be read, with somebody who may; and everybody's home."""
    pages = {
        str(way): (whoever_may(walk, way), way.path(walk.names))
        for way in ways(app)
        if way.method == "GET" and way.endpoint not in {"health.ready", "accounts.language"}
    }
    return pages | {f"home of {name}": (walk.browser(walk.world.a, name), "/") for name in HOMES}


def _asked(pages: dict[str, tuple[FlaskClient, str]], *, again: bool = False) -> dict[str, Counter[str]]:
    asked = {}
    for name, (browser, path) in pages.items():
        if not again:
            browser.get(path)  # what is kept for later requests is read once
        answers.KEPT.clear()  # a feed is asked for as if nobody had it
        with counted() as statements:
            assert browser.get(path).status_code < 500, path
        asked[name] = statements
    return asked


def test_many_rows_take_no_more_queries_than_few(app: Flask, world: World, sign_in: SignIn) -> None:
    walk = Walk(app, world, sign_in)
    crowd, pages = Crowd(walk.world), _pages(app, walk)
    crowd.grow(FEW)
    few = _asked(pages)
    crowd.grow(MANY - FEW)
    many = _asked(pages, again=True)
    assert [
        _told(name, few[name], many[name]) for name in pages if many[name].total() > few[name].total()
    ] == []


def _told(page: str, few: Counter[str], many: Counter[str]) -> str:
    """Which statement a page sends once per row."""
    statement, times = (many - few).most_common(1)[0]
    read = " ".join(statement.partition("FROM")[2].split())
    return f"{page}: {few.total()} → {many.total()}; {times} more of … FROM {read[:300]}"


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """How often a page asks does not depend on whom it asks."""
    return str(request.param)
