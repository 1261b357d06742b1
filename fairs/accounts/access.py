"""Who may open which page. Every view is marked by one of the decorators here; an unmarked one fails.

``<school>`` in a URL becomes ``g.school``; ``<employer>`` in a URL becomes ``g.employer_id``. What belongs to
another university answers 404, what the person's role does not reach answers 403.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask, current_app, g, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.exceptions import InternalServerError
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import queries
from fairs.accounts.actions import SignedIn
from fairs.accounts.rules import OFFICE, RoleKind, Viewer
from fairs.database import db, found
from fairs.errors import Forbidden, NotFound
from fairs.institutions.models import University

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """Who may open a view. ``scope``: anyone | person | school | employer | pass (a scanner's own token)."""

    scope: str
    kinds: frozenset[RoleKind] = frozenset()


def _mark(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]  # functions take attributes; the guard reads it
        return view

    return mark


def public(view: View) -> View:
    """Everybody may open this view; it is on the list in tests/test_architecture.py."""
    return _mark(Access("anyone"))(view)


def by_pass(view: View) -> View:
    """Opened with a scanner's day pass, which the view's action checks itself."""
    return _mark(Access("pass"))(view)


def signed_in(view: View) -> View:
    """Anybody who is signed in; the view shows only what is theirs."""
    return _mark(Access("person"))(view)


def require(*kinds: RoleKind) -> Callable[[View], View]:
    """One of these roles at the university of the URL."""
    return _mark(Access("school", frozenset(kinds)))


def office(view: View) -> View:
    """The career centre of the university of the URL."""
    return _mark(Access("school", OFFICE))(view)


def for_employer(view: View) -> View:
    """A contact of the employer of the URL."""
    return _mark(Access("employer", frozenset({RoleKind.EMPLOYER_HR})))(view)


class SessionUser(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login keeps: the account and its session epoch."""

    def __init__(self, viewer: Viewer, epoch: int) -> None:
        self.viewer = viewer
        self.epoch = epoch

    def get_id(self) -> str:
        return f"{self.viewer.account_id}:{self.epoch}"


def viewer() -> Viewer | None:
    """Whoever is signed in, or None."""
    return getattr(current_user, "viewer", None)


def me() -> Viewer:
    """Whoever is signed in, in views that require it."""
    return found(viewer())


def school() -> University:
    """The university of the URL."""
    here: University | None = g.get("school")
    return found(here)


def begin_session(proved: SignedIn) -> None:
    """Sign the browser in. The session lasts until it is closed or the account's sessions are ended."""
    user = _load(f"{proved.account_id}:{proved.session_epoch}")
    if user is not None:
        login_user(user)


def end_session() -> None:
    """Sign the browser out."""
    logout_user()


def _load(key: str) -> SessionUser | None:
    account, _, epoch = key.partition(":")
    if not (account.isdecimal() and epoch.isdecimal()):
        return None
    found_viewer = queries.viewer(int(account), int(epoch), clock.campus_day(clock.now()))
    return SessionUser(found_viewer, int(epoch)) if found_viewer else None


def install(app: Flask) -> None:
    """Guard every request."""
    manager = LoginManager(app)
    manager.user_loader(_load)
    manager.session_protection = "basic"
    app.url_value_preprocessor(_take_school)
    app.url_defaults(_give_school)
    app.before_request(_guard)


def _take_school(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "school" in values:
        slug = values.pop("school")
        g.school = db.session.scalars(sa.select(University).where(University.slug == slug)).one_or_none()
        if g.school is None:
            raise NotFound


def _give_school(endpoint: str, values: dict[str, Any]) -> None:
    expects = current_app.url_map.is_endpoint_expecting
    if "school" not in values and g.get("school") is not None and expects(endpoint, "school"):
        values["school"] = g.school.slug
    if "employer" not in values and g.get("employer_public_id") and expects(endpoint, "employer"):
        values["employer"] = g.employer_public_id


def access_of(endpoint: str) -> Access | None:
    """How a view is marked; None if it is not."""
    view = current_app.view_functions.get(endpoint)
    return getattr(view, "access", None)


def _guard() -> Response | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    access = access_of(request.endpoint)
    if access is None:
        raise InternalServerError(f"view {request.endpoint} is not marked with who may open it")
    if access.scope in {"anyone", "pass"}:
        return None
    who = viewer()
    if who is None:
        return redirect(url_for("accounts.sign_in", next=_here()))
    _check_scope(access, who)
    if who.missing_documents() and request.blueprint != "accounts":
        return redirect(url_for("accounts.documents", next=_here()))
    return None


def _here() -> str | None:
    """The page to come back to; after a button it is the page on which the button was."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    before = urlsplit(request.referrer or "")
    return before.path if before.netloc == request.host else None


def _check_scope(access: Access, who: Viewer) -> None:
    if access.scope == "school":
        here = school()
        if not who.belongs_to(here.id):
            raise NotFound
        if not who.has(access.kinds, here.id):
            raise Forbidden
    if access.scope == "employer":
        # the employers feature lies above this one, so its table is named, not imported
        employer = sa.table("employer", sa.column("id"), sa.column("public_id"))
        wanted = (request.view_args or {}).pop("employer", "")
        number = db.session.scalar(sa.select(employer.c.id).where(employer.c.public_id == wanted))
        if number is None or number not in who.employers():
            raise NotFound
        if not any(role.employer_id == number and role.kind in access.kinds for role in who.grants):
            raise Forbidden
        g.employer_id, g.employer_public_id = number, wanted
