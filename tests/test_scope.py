"""Every address of the application, walked by everybody: what is not theirs does not exist for them.

The routes come from the application itself; ``tests/factories/world.py`` holds one thing for each of their
arguments, so a route with an argument of a new kind fails here until the world has such a thing.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts.rules import RoleKind
from fairs.employers import queries as employers
from tests.walking import KINDS, SignIn, Walk, Way, reaches, ways, whoever_may

OPEN_TO_EMPLOYERS = {"exhibitors.apply": {200, 422}, "allocation.place": {302}}
"""An open fair is public: any employer may read what it asks for. Applying is refused with the form's 422."""


@pytest.fixture
def walk(app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    """A walk that must meet no fault."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    walk = Walk(app, sign_in)
    yield walk
    assert "\n".join(walk.faults) == ""


def test_a_visitor_is_sent_to_sign_in(app: Flask, walk: Walk) -> None:
    visitor = app.test_client()
    for way in ways(app):
        path = way.path(walk.names)
        if way.access.scope == "anyone":
            walk.expect(visitor, way, path, {200, 302, 304, 404, 409, 410, 422}, "visitor")
        elif way.access.scope == "pass":
            if way.endpoint != "checkin.day_pass":  # whoever has the link has the pass
                walk.expect(visitor, way, path, {401}, "without a pass")
        else:
            answer = visitor.open(path, method=way.method)
            if not (answer.location or "").startswith("/sign-in"):
                walk.faults.append(f"visitor {way} → {answer.status_code} {answer.location}")


def test_people_of_another_university_find_nothing(app: Flask, walk: Walk) -> None:
    b, visitor = walk.world.b, app.test_client()
    own = walk.own(b)
    for way in ways(app):
        if way.access.scope == "pass":
            continue
        for name in ("officer", "coordinator", "security", "student", "employer"):
            browser = walk.browser(b, name)
            _with_their_address(walk, way, browser, visitor, name)
            if reaches(way, name):
                _with_our_address(walk, way, browser, name, own)


def _with_their_address(walk: Walk, way: Way, browser: FlaskClient, visitor: FlaskClient, name: str) -> None:
    """A's address with A's things, asked for by somebody of B."""
    path = way.path(walk.names)
    if way.access.scope in {"school", "employer"}:
        walk.expect(browser, way, path, {404}, f"B's {name} at A:")
    elif way.endpoint == "registrations.book":
        walk.expect(browser, way, path, {200, 404} if way.method == "GET" else {404}, f"B's {name} at A:")
    elif way.access.scope == "person" and way.ids:
        walk.expect(browser, way, path, {404}, f"B's {name} at A:")
    elif way.access.scope == "anyone" and "school" in way.rule.arguments and way.method == "GET":
        same = visitor.get(path).status_code
        walk.expect(browser, way, path, {same}, f"B's {name} at A, as a visitor:")


def _with_our_address(walk: Walk, way: Way, browser: FlaskClient, name: str, own: dict[str, str]) -> None:
    """B's address, or B's employer, with A's things."""
    if "school" in way.rule.arguments and way.ids - {"employer"}:
        walk.expect(browser, way, way.path(walk.names | own), {404}, f"A's things for B's {name}:")
    if way.access.scope == "employer" and way.ids - {"employer"}:
        mixed = walk.names | own | {"school": walk.world.a.slug}
        allowed = OPEN_TO_EMPLOYERS.get(way.endpoint, {404})
        walk.expect(browser, way, way.path(mixed), allowed, f"A's things for B's {name} as itself:")


def test_public_pages_of_another_university_have_none_of_our_things(app: Flask, walk: Walk) -> None:
    visitor, own = app.test_client(), walk.own(walk.world.b)
    for way in ways(app):
        if way.access.scope == "anyone" and "school" in way.rule.arguments and way.ids:
            walk.expect(visitor, way, way.path(walk.names | own), {404}, "visitor of B:")


def test_people_of_the_same_university_keep_to_their_roles(app: Flask, walk: Walk) -> None:
    a, one_of_each = walk.world.a, {kind: name for name, kind in reversed(KINDS.items())}
    for way in ways(app):
        for name in one_of_each.values():
            browser = walk.browser(a, name)
            if way.access.scope == "school" and not reaches(way, name):
                # an employer's contact belongs to no university: its offices do not exist for them
                outside = KINDS[name] is RoleKind.EMPLOYER_HR
                walk.expect(browser, way, way.path(walk.names), {404 if outside else 403}, name)
            if way.access.scope == "employer" and name != "employer":
                walk.expect(browser, way, way.path(walk.names), {404}, name)
        if way.access.kinds & {RoleKind.DEPT_COORDINATOR} and "event" in way.ids:
            stranger = walk.browser(a, "stranger")
            walk.expect(stranger, way, way.path(walk.names), {403, 404}, "another department's coordinator")


def test_things_of_others_do_not_exist(app: Flask, walk: Walk) -> None:
    a, competitor = walk.world.a, walk.world.a.people["competitor"]
    employer = _employer_of(competitor.person_id)
    for way in ways(app):
        if way.access.scope == "employer" and way.ids - {"employer"}:
            allowed = OPEN_TO_EMPLOYERS.get(way.endpoint, {404})
            path = way.path(walk.names | {"employer": employer})
            walk.expect(walk.browser(a, "competitor"), way, path, allowed, "competitor:")
        if way.access.scope == "person" and way.ids and way.endpoint != "registrations.book":
            for name in ("classmate", "officer", "employer"):
                walk.expect(walk.browser(a, name), way, way.path(walk.names), {404}, name)


def _employer_of(person_id: int) -> str:
    return str(employers.memberships(person_id)[0].employer.public_id)


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
]
NONSENSE = (
    {"page": "-1", "sort": "';--", "q": "字" * 5000},
    {"page": "x", "sort": "-';--", "q": "a\x00b"} | dict.fromkeys(FILTERS, "';--"),
    {"page": "9" * 30, "sort": "😀", "q": "😀%_\\"} | dict.fromkeys(FILTERS, "😀\x00"),
    {"page": "", "sort": "", "q": ""} | dict.fromkeys(FILTERS, "9" * 30),
)
JUNK = ("nonsense", "';--", "😀", "9" * 400, "a\x00b")
ANSWERED = set(range(200, 500))
"""Anything but a fault of the server."""


def test_nonsense_in_an_address_is_answered(app: Flask, walk: Walk) -> None:
    for way in ways(app):
        browser = whoever_may(walk, way)
        for value in JUNK:
            if way.rule.arguments - {"school", "employer"}:
                walk.expect(browser, way, way.junk(walk.names, value), ANSWERED, "junk:")


def test_nonsense_in_a_query_is_answered(app: Flask, walk: Walk) -> None:
    for way in ways(app):
        if way.method != "GET":
            continue
        browser = whoever_may(walk, way)
        for number, query in enumerate(NONSENSE):
            said = f"nonsense {number}:"
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


def test_nonsense_in_a_form_is_answered(app: Flask, walk: Walk) -> None:
    forms = [way for way in ways(app) if way.method == "POST" and "GET" in way.rule.methods]
    for way in sorted(forms, key=lambda way: bool(LAST.search(way.endpoint))):
        browser, path = whoever_may(walk, way), way.path(walk.names)
        page = Fields()
        page.feed(browser.get(path).text)
        for kind in set(page.kinds.values()) & set(TYPED):
            names = [name for name, own in page.kinds.items() if own == kind]
            for value in TYPED[kind]:
                sent = page.values | dict.fromkeys(names, value)
                walk.expect(browser, way, path, ANSWERED, f"{kind} {value[:9]!r}:", data=sent)
