"""The main ways of each role, and what every template may count on."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext as _

from fairs.accounts.access import viewer
from fairs.institutions import queries as institutions
from fairs.web.language import current


@dataclass(frozen=True)
class Way:
    """An entry of the main navigation."""

    label: str
    url: str
    icon: str
    active: bool


def way(label: str, icon: str, endpoint: str, **values: Any) -> Way:
    """A navigation entry to an endpoint, active on its own page."""
    url = url_for(endpoint, **values)
    return Way(label, url, icon, request.path == url)


def ways() -> list[Way]:
    """The main navigation for whoever looks."""
    return [way(_("首页"), "home", "home.index")]


def install(app: Flask) -> None:
    """Give every template the viewer, the school, the hotlines and the navigation."""

    @app.context_processor
    def context() -> dict[str, Any]:
        return {
            "viewer": viewer(),
            "school": g.get("school"),
            "hotlines": institutions.hotlines(g.get("school")),
            "nav": ways(),
            "locale": current(),
        }
