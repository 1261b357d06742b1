"""Walking the application: every route, with a thing for each of its arguments and somebody who may open it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule

from fairs.accounts.access import Access, access_of
from fairs.accounts.rules import RoleKind
from fairs.checkin.passes import COOKIE
from tests.factories.world import ROLES, Campus, World

SignIn = Callable[..., FlaskClient]

NOT_IDS = {
    "school",
    "code",
    "kind",
    "filename",
    "answer",
    "verb",
    "field",
    "slug",
    "step",
    "number",
    "duty",
    "category",
}
"""Arguments that name nothing which belongs to anybody."""

KINDS = ROLES | {
    "officer": RoleKind.CAREER_OFFICER,
    "coordinator": RoleKind.DEPT_COORDINATOR,
    "stranger": RoleKind.DEPT_COORDINATOR,
    "student": RoleKind.STUDENT,
    "classmate": RoleKind.STUDENT,
    "employer": RoleKind.EMPLOYER_HR,
    "competitor": RoleKind.EMPLOYER_HR,
}
"""Which role each person of the world has; "stranger" coordinates another department."""


@dataclass(frozen=True)
class Way:
    """A route with one of its methods."""

    rule: Rule
    method: str
    access: Access

    @property
    def endpoint(self) -> str:
        """The view."""
        return str(self.rule.endpoint)

    @property
    def ids(self) -> set[str]:
        """The arguments that name something."""
        return set(self.rule.arguments) - NOT_IDS

    def path(self, names: dict[str, str], **replaced: str) -> str:
        """The address with these names. Fails for an argument of which the world has no thing."""
        values = replaced.copy()
        for argument in self.rule.arguments - set(replaced):
            own = names.get(f"{self.endpoint}.{argument}", names.get(argument))
            assert own is not None, f"{self.rule}: give tests/factories/world.py a thing for <{argument}>"
            values[argument] = own
        built = self.rule.build(values)
        assert built is not None
        return str(built[1])

    def junk(self, names: dict[str, str], value: str) -> str:
        """The address with ``value`` for each name but the school's and the employer's."""
        free = [name for name in self.rule.arguments - {"school", "employer"} if _is_free(self.rule, name)]
        return self.path(names, **dict.fromkeys(free, value))

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


def _is_free(rule: Rule, argument: str) -> bool:
    """Whether the argument is any text, not one of a fixed list."""
    return not isinstance(rule._converters[argument], AnyConverter)


def ways(app: Flask) -> Iterator[Way]:
    """Every route with GET and with POST."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if rule.endpoint == "static":
            continue
        access = access_of(rule.endpoint) or Access("anyone")
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield Way(rule, method, access)


class Walk:
    """A world, its people's browsers, and what they met."""

    def __init__(self, app: Flask, world: World, sign_in: SignIn) -> None:
        self.app, self.world, self.sign_in = app, world, sign_in
        self.faults: list[str] = []
        self.browsers: dict[int, FlaskClient] = {}
        a, employer = self.world.a, self.world.a.employer
        assert employer is not None
        self.names = self.world.names | {"school": a.slug, "employer": employer.public_id}

    def own(self, campus: Campus) -> dict[str, str]:
        """The names in addresses of somebody of this campus who asks for A's things."""
        assert campus.employer is not None
        return {"school": campus.slug, "employer": campus.employer.public_id}

    def browser(self, campus: Campus, name: str) -> FlaskClient:
        """The browser of a person."""
        account = campus.people[name]
        if account.id not in self.browsers:
            self.browsers[account.id] = self.sign_in(account)
        return self.browsers[account.id]

    def expect(
        self, who: FlaskClient, way: Way, path: str, allowed: set[int], said: str = "", **sent: Any
    ) -> None:
        """Ask for ``path``; what is not answered with one of ``allowed`` is a fault."""
        with who.open(path, method=way.method, **sent) as answer:
            if answer.status_code not in allowed:
                wanted = sorted(allowed) if len(allowed) < 9 else "an answer"
                self.faults.append(f"{said} {way} → {answer.status_code}, not {wanted}   ({path[:120]})")


def reaches(way: Way, name: str) -> bool:
    """Whether somebody with this role may open the page at home."""
    return not way.access.kinds or KINDS[name] in way.access.kinds


def whoever_may(walk: Walk, way: Way) -> FlaskClient:
    """The browser of somebody of A whose page this is."""
    a = walk.world.a
    if way.access.scope == "anyone":
        return walk.app.test_client()
    if way.access.scope == "pass":
        browser = walk.app.test_client()
        browser.set_cookie(COOKIE, walk.world.device)
        return browser
    if way.access.scope == "person":
        return walk.browser(a, "student")
    names = ("employer",) if way.access.scope == "employer" else ("officer", "director", "security")
    return walk.browser(a, next((name for name in names if reaches(way, name)), "security"))
