"""The parts of an event's staff page: a row of links to which every feature adds its own."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext as _

from fairs.accounts.access import access_of, school, viewer
from fairs.programmes.models import Event
from fairs.programmes.queries import SEES_ALL
from fairs.programmes.rules import WITH_BOOTHS, EventState


def _always(_event: Event) -> bool:
    return True


def has_booths(event: Event) -> bool:
    """Whether an event has booths (and so exhibitors, a map, an allocation)."""
    return event.kind in WITH_BOOTHS


def was_public(event: Event) -> bool:
    """Whether an event was ever published, so that people may have booked."""
    return event.published_at is not None and event.state is not EventState.DRAFT


@dataclass(frozen=True)
class Tab:
    """A link on an event's staff page. ``endpoint`` takes ``event`` (public id); ``label`` is a message id."""

    label: str
    icon: str
    endpoint: str
    order: int
    applies: Callable[[Event], bool] = _always


@dataclass(frozen=True)
class TabLink:
    """A tab as shown."""

    label: str
    icon: str
    url: str
    active: bool


TAB_LABELS = {
    "overview": "概览",
    "hall": "场地",
    "plan": "展位图",
    "gates": "开放前审核",
    "booths": "单位和展位",
    "door": "检票",
}
_TABS = [
    Tab(TAB_LABELS["overview"], "layout-dashboard", "programmes.office_event", 0),
    Tab(TAB_LABELS["hall"], "map-pin", "programmes.hall", 10),
    Tab(TAB_LABELS["plan"], "map", "programmes.plan", 20, has_booths),
    Tab(TAB_LABELS["gates"], "shield-check", "operations.gates", 30),
    # pages of features above are named, never imported
    Tab(TAB_LABELS["booths"], "layout-grid", "allocation.board", 40, has_booths),
    Tab(TAB_LABELS["door"], "door-enter", "checkin.door", 50, was_public),
]


def add(tab: Tab) -> None:
    """Add a tab (from a feature's views, when they are imported); the same endpoint twice is one."""
    if all(there.endpoint != tab.endpoint for there in _TABS):
        _TABS.append(tab)


def may_open(endpoint: str) -> bool:
    """Whether a page of the school of this request is there and open to the viewer's role (also in templates)."""
    if endpoint not in current_app.view_functions:
        return False
    access, who = access_of(endpoint), viewer()
    return who is not None and access is not None and who.has(access.kinds, school().id)


def may_see(event: Event) -> bool:
    """Whether the event's staff page is the viewer's: a coordinator sees those of the own department."""
    here, who = event.university_id, viewer()
    if who is None:
        return False
    return who.has(SEES_ALL, here) or event.department_id in who.departments(here)


def tabs(event: Event) -> list[TabLink]:
    """The tabs of an event, in order: those whose pages this installation has and the viewer may open."""
    links = []
    for tab in sorted(_TABS, key=lambda one: one.order):
        if may_open(tab.endpoint) and tab.applies(event):
            url = url_for(tab.endpoint, event=event.public_id)
            links.append(TabLink(_(tab.label), tab.icon, url, request.path == url))
    return links
