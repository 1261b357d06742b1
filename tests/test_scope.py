"""Every address of the application, walked by everybody: what is not theirs does not exist for them.

The routes come from the application itself; ``tests/factories/world.py`` holds one thing for each of their
arguments, so a route with an argument of a new kind fails here until the world has such a thing.
"""

import itertools
import re
from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts.rules import RoleKind
from fairs.employers import queries as employers
from tests.walking import KINDS, Walk, Way, reaches, ways

Some = Callable[[Sequence[str]], Sequence[str]]
FOR_EVERY_STUDENT = {"registrations.book", "programmes.activity_part"}
"""What each student of the school may do with a public thing for themselves."""

OPEN_TO_EMPLOYERS = {
    "exhibitors.apply": {200, 422},
    "allocation.place": {302},
    "docking.own": {200, 404, 422},  # of whom this university has not verified it does not exist
}
"""An open fair is public: any employer may read what it asks for. Applying is refused with the form's 422."""


OPEN_TO_DEPARTMENTS = {
    "docking.tables": {200, 403},
    "docking.tables_sheet": {200},
    "docking.book": {200, 422},
}
"""Every department has a seat at a docking meeting, whoever holds it; meetings of others are none of its own."""


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """Who may open what is decided alike on every database."""
    return str(request.param)


@pytest.fixture(params=[3, pytest.param(1, marks=pytest.mark.proof)])
def some(request: pytest.FixtureRequest) -> Some:
    """Of people at a route every third, in turn from route to route; in the proof run all of them.

    Who may open what stands once for each route, and one guard reads it: what matters is that every route has
    its guard and that every kind of people meets it.
    """
    step, turn = request.param, itertools.count()

    def some(names: Sequence[str]) -> Sequence[str]:
        return names[next(turn) % step :: step]

    return some


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


def test_people_of_another_university_find_nothing(app: Flask, walk: Walk, some: Some) -> None:
    b, visitor = walk.world.b, app.test_client()
    own = walk.own(b)
    for way in ways(app):
        if way.access.scope == "pass":
            continue
        for name in some(("officer", "coordinator", "security", "student", "employer")):
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


def test_people_of_the_same_university_keep_to_their_roles(app: Flask, walk: Walk, some: Some) -> None:
    a, one_of_each = walk.world.a, {kind: name for name, kind in reversed(KINDS.items())}
    for way in ways(app):
        for name in some(tuple(one_of_each.values())):
            browser = walk.browser(a, name)
            if way.access.scope == "school" and not reaches(way, name):
                # an employer's contact belongs to no university: its offices do not exist for them
                outside = KINDS[name] is RoleKind.EMPLOYER_HR
                walk.expect(browser, way, way.path(walk.names), {404 if outside else 403}, name)
            if way.access.scope == "employer" and name != "employer":
                walk.expect(browser, way, way.path(walk.names), {404}, name)
        if way.access.kinds & {RoleKind.DEPT_COORDINATOR} and "event" in way.ids:
            stranger = walk.browser(a, "stranger")
            allowed = OPEN_TO_DEPARTMENTS.get(way.endpoint, {403, 404})
            walk.expect(stranger, way, way.path(walk.names), allowed, "another department's coordinator")


def test_things_of_others_do_not_exist(app: Flask, walk: Walk) -> None:
    a, competitor = walk.world.a, walk.world.a.people["competitor"]
    employer = _employer_of(competitor.person_id)
    for way in ways(app):
        if way.access.scope == "employer" and way.ids - {"employer"}:
            allowed = OPEN_TO_EMPLOYERS.get(way.endpoint, {404})
            path = way.path(walk.names | {"employer": employer})
            walk.expect(walk.browser(a, "competitor"), way, path, allowed, "competitor:")
        if way.access.scope == "person" and way.ids and way.endpoint not in FOR_EVERY_STUDENT:
            for name in ("classmate", "officer", "employer"):
                walk.expect(walk.browser(a, name), way, way.path(walk.names), {404}, name)


def test_things_named_in_a_query_are_ones_own(app: Flask, walk: Walk) -> None:
    a, b, names = walk.world.a, walk.world.b, walk.names
    competitor = _employer_of(a.people["competitor"].person_id)
    asked = (
        (walk.browser(b, "officer"), f"/{b.slug}/office/events/{names['event']}/clone", {404}),
        (walk.browser(b, "coordinator"), f"/{b.slug}/office/events/{names['event']}/clone", {404}),
        (walk.browser(b, "officer"), f"/{b.slug}/office/events/new?programme={names['programme']}", {200}),
        (
            walk.browser(a, "competitor"),
            f"/employer/{competitor}/postings/new?copy={names['posting']}",
            {404},
        ),
    )
    for browser, path, allowed in asked:
        answer = browser.get(path)
        assert answer.status_code in allowed, path
        assert not {"2027届毕业生秋季双选会", "2026年校园招聘月"} & set(re.findall(r"[^\s<>]+", answer.text))


def _employer_of(person_id: int) -> str:
    return str(employers.memberships(person_id)[0].employer.public_id)
