"""Nothing that can be typed, clicked or sent empty is answered with a fault of the server."""

import itertools
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask

from tests.walking import Walk, ways, whoever_may

Some = Callable[[Sequence[Any]], Sequence[Any]]
FILTERS = [
    *(
        "state",
        "kind",
        "risk",
        "industry",
        "city",
        "major",
        "department",
        "part",
        "like",
        "programme",
        "copy",
    ),
    *("next", "uscc", "lang", "field", "degree", "cohort", "action", "person", "by", "from", "until", "past"),
    *("mode", "tag", "free", "month", "when"),
]
NONSENSE = (
    {"page": "-1", "sort": "';--", "q": "字" * 5000} | dict.fromkeys(FILTERS, "9" * 30),
    {"page": "x", "sort": "-';--", "q": "a\x00b"} | dict.fromkeys(FILTERS, "';--"),
    {"page": "9" * 30, "sort": "😀", "q": "😀%_\\"} | dict.fromkeys(FILTERS, "😀\x00"),
)
JUNK = ("nonsense", "';--", "😀", "9" * 400, "a\x00b")
ANSWERED = set(range(200, 500))
"""Anything but a fault of the server."""


@pytest.fixture(params=[3, pytest.param(1, marks=pytest.mark.proof)])
def some(request: pytest.FixtureRequest) -> Some:
    """Of the ways to write nonsense every third, in turn from route to route; in the proof run all of them.

    One parser reads each kind of argument for all routes: what matters is that every route meets nonsense and
    that every kind of nonsense meets many routes.
    """
    step, turn = request.param, itertools.count()

    def some(kinds: Sequence[Any]) -> Sequence[Any]:
        return kinds[next(turn) % min(step, len(kinds)) :: step]

    return some


# PostgreSQL is the stricter of the two (it refuses NUL characters and far dates); SQLite joins in the proof run
pytestmark = pytest.mark.parametrize(
    "database", ["postgresql", pytest.param("sqlite", marks=pytest.mark.proof)], indirect=True
)


def test_nonsense_in_an_address_is_answered(app: Flask, walk: Walk, some: Some) -> None:
    for way in ways(app):
        browser = whoever_may(walk, way)
        for value in some(JUNK):
            if way.rule.arguments - {"school", "employer"}:
                walk.expect(browser, way, way.junk(walk.names, value), ANSWERED, "junk:")


def test_nonsense_in_a_query_is_answered(app: Flask, walk: Walk, some: Some) -> None:
    for way in ways(app):
        if way.method != "GET":
            continue
        browser = whoever_may(walk, way)
        for query in some(NONSENSE):
            said = f"nonsense {query['page'][:3]}:"
            walk.expect(browser, way, way.path(walk.names), ANSWERED, said, query_string=query)


def test_an_empty_form_is_answered(app: Flask, walk: Walk) -> None:
    for way in ways(app):
        if way.method == "POST":
            walk.expect(whoever_may(walk, way), way, way.path(walk.names), ANSWERED, "empty:")


TYPED = {
    "text": ("😀';--", "字" * 5000, "a\x00b", ""),
    "number": ("-1", "9" * 30, "x", "0"),
    "date": ("0001-01-01", "9999-12-31", "2026-02-30"),
    "time": ("00:00", "23:59", "25:61"),
    "email": ("a@b", "字@字.字", "a" * 300 + "@nanhu.example"),
    "select": ("", "nonsense"),
    "hidden": ("", "-1"),
}
"""What nobody should type, by kind of field."""
PLAIN = {"text": "普通的话", "number": "1", "date": "2026-12-24", "time": "12:30", "email": "a@nanhu.example"}
ALIKE = {"textarea": "text", "search": "text", "tel": "text", "datetime-local": "date", "password": "text"}
LAST = re.compile(r"cancel|postpone|close|end|withdraw|decline")
"""Endpoints that end what others need."""


class Fields(HTMLParser):
    """The fields of a page with their kinds and values: the first choice of each list, every box ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: dict[str, str] = {}
        self.values: dict[str, str] = {}
        self.listing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "option" and not self.values.get(self.listing, "x"):
            self.values[self.listing] = found.get("value", "")
        if tag in {"input", "select", "textarea"} and name and name != "csrf_token":
            kind = found.get("type", "text") if tag == "input" else tag
            self.kinds[name] = ALIKE.get(kind, kind)
            self.values[name] = found.get("value", "") or PLAIN.get(self.kinds[name], "")
            self.listing = name if tag == "select" else self.listing


def test_nonsense_in_a_form_is_answered(app: Flask, walk: Walk, some: Some) -> None:
    forms = [way for way in ways(app) if way.method == "POST" and "GET" in way.rule.methods]
    for way in sorted(forms, key=lambda way: bool(LAST.search(way.endpoint))):
        browser, path = whoever_may(walk, way), way.path(walk.names)
        page = Fields()
        page.feed(browser.get(path).text)
        for kind in set(page.kinds.values()) & set(TYPED):
            names = [name for name, own in page.kinds.items() if own == kind]
            for value in some(TYPED[kind]):
                sent = page.values | dict.fromkeys(names, value)
                walk.expect(browser, way, path, ANSWERED, f"{kind} {value[:9]!r}:", data=sent)
