"""Each step of the journeys is a page at most three clicks from the person's home (docs/journeys.md).

The pages are crawled as a person would press: along links and GET forms, breadth first, one address of each kind.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from fairs import clock
from fairs.accounts.models import Role
from fairs.accounts.rules import RoleKind
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.programmes import queries as programmes
from fairs.programmes.rules import EventState
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from tests import factories
from tests.factories.calendars import change
from tests.factories.world import World
from tests.walking import SignIn

FARTHEST = 3
TESTS = Path(__file__).resolve().parent
ROW = re.compile(r"^\| ([A-Z]\d+) \|[^|]+\| ([^|]+) \| (\w+) \| (\w+) \| (\d) \| ([^|]+) \|$", re.MULTILINE)
LINK = re.compile(r'<a\s[^>]*?href="([^"#]+)|<form\s(?=[^>]*method="get")[^>]*?action="([^"#]+)')


@dataclass(frozen=True)
class Row:
    """A page of a step: who gets there in how many clicks, at which time of a fair."""

    step: str
    page: str
    who: str
    when: str
    clicks: int
    tests: tuple[str, ...]


def rows() -> list[Row]:
    """The table of the journeys, a row for each page of a step."""
    text = (TESTS.parent / "docs" / "journeys.md").read_text("utf-8")
    return [
        Row(step, page, who, when, int(clicks), tuple(tests.split()))
        for step, pages, who, when, clicks, tests in ROW.findall(text)
        for page in re.findall(r"`([\w.]+)`", pages)
    ]


class Crawl:
    """Presses links and sends GET forms, one address of each endpoint (the ``fair``'s where there are several), until
    everything wanted is found.
    """

    def __init__(self, app: Flask, browser: FlaskClient, start: str, wanted: set[str], fair: str) -> None:
        self.routes: MapAdapter = app.url_map.bind("localhost")
        self.browser, self.wanted, self.fair = browser, wanted, fair
        self.depths: dict[str, int] = {}
        pages = {self._endpoint(start): start}
        for depth in range(FARTHEST + 1):
            pages = self._level(pages, depth)

    def _level(self, pages: dict[str, str], depth: int) -> dict[str, str]:
        """What the pages of a level lead to; those of the features that are looked for are opened first."""
        coming: dict[str, str] = {}
        self.depths |= dict.fromkeys(pages, depth)
        wanted = {page.partition(".")[0] for page in self._missing(coming)}
        for endpoint in sorted(pages, key=lambda one: one.partition(".")[0] not in wanted):
            if depth == FARTHEST or not self._missing(coming):
                break
            for link in self._links(pages[endpoint], depth):
                endpoint_of = self._endpoint(link)
                if endpoint_of not in coming or (self.fair in link and self.fair not in coming[endpoint_of]):
                    coming[endpoint_of] = link
        return {endpoint: link for endpoint, link in coming.items() if endpoint not in self.depths}

    def _missing(self, coming: dict[str, str]) -> set[str]:
        return self.wanted - set(self.depths) - set(coming)

    def _endpoint(self, path: str) -> str:
        try:
            return str(self.routes.match(urlsplit(path).path)[0])
        except HTTPException:
            return ""

    def _links(self, path: str, depth: int) -> Iterator[str]:
        answer = self.browser.get(path)
        while answer.status_code in {301, 302}:
            self.depths.setdefault(self._endpoint(answer.headers["Location"]), depth)
            answer = self.browser.get(answer.headers["Location"])
        if answer.mimetype == "text/html":
            for link, form in LINK.findall(answer.text):
                where = urlsplit(unescape(link or form))
                if not where.netloc and where.path.startswith("/"):
                    yield where.path + (f"?{where.query}" if where.query else "")


class Season:
    """A world in which a fair comes, is on, and is over; everybody with a browser and a home."""

    def __init__(self, app: Flask, world: World, sign_in: SignIn) -> None:
        self.app, self.world = app, world
        newcomer = factories.account("neu@nanhu.example", "新同事")
        kind, since = RoleKind.EMPLOYER_HR, date(2020, 1, 1)
        factories.saved(
            Role(person_id=newcomer.person_id, kind=kind, from_on=since, employer_id=self.world.a.employer.id)
        )
        self.browsers = {name: sign_in(account) for name, account in self.world.a.people.items()}
        self.browsers |= {
            "newcomer": sign_in(newcomer),
            "visitor": app.test_client(),
            "helper": app.test_client(),
        }
        self.homes = defaultdict(lambda: "/", helper=f"/door/{self.world.device}")

    def comes_to(self, when: str) -> None:
        """It is now before the fair, its day, or after it."""
        if when == "day":
            change(self.world.event, state=EventState.RUNNING)
            place = Exhibitor.query.filter_by(public_id=self.world.names["place"]).one()
            change(place, state=ExhibitorState.CONFIRMED)
        if when == "after":
            change(self.world.event, state=EventState.CLOSED)
            now, day = clock.now(), programmes.occurrences(self.world.event.id)[0]
            change(day, starts_at=now - timedelta(hours=34), ends_at=now - timedelta(hours=30))
            mine = Registration.query.filter_by(public_id=self.world.names["registration"]).one()
            change(mine, state=RegistrationState.CHECKED_OUT)

    def found(self, who: str, wanted: set[str]) -> dict[str, int]:
        """Endpoint → clicks, from this person's home."""
        fair = self.world.names["event"]
        return Crawl(self.app, self.browsers[who], self.homes[who], wanted, fair).depths


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """Where links lead does not depend on the database."""
    return str(request.param)


def test_each_step_is_at_most_three_clicks_from_home(app: Flask, world: World, sign_in: SignIn) -> None:
    season, far = Season(app, world, sign_in), []
    for when in ("before", "day", "after"):
        season.comes_to(when)
        here: dict[str, list[Row]] = defaultdict(list)
        for row in rows():
            if row.when == when:
                here[row.who].append(row)
        for who, steps in here.items():
            depths = season.found(who, {row.page for row in steps})
            far += [
                f"{row.step} {who}, {when}: {row.page} {depths.get(row.page, 'not found')}, not {row.clicks}"
                for row in steps
                if depths.get(row.page, 99) > row.clicks
            ]
    assert "\n".join(far) == ""


def test_the_table_is_whole_and_its_tests_are_there() -> None:
    steps = {row.step for row in rows()}
    wanted = {
        f"{who}{n}"
        for who, last in (("E", 10), ("T", 10), ("D", 8), ("O", 8), ("C", 8))
        for n in range(1, last + 1)
    }
    assert wanted - steps == set()
    assert max(row.clicks for row in rows()) <= FARTHEST
    assert [name for row in rows() for name in row.tests if not (TESTS / f"{name}.py").exists()] == []
