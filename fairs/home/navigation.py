"""The main ways of each role, and what every template may count on."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext as _

from fairs.accounts.access import viewer
from fairs.accounts.rules import OFFICE, RoleKind, Viewer
from fairs.employers import queries as employers
from fairs.employers.rules import ContactState
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.web.language import current

_OF_DEPARTMENT = frozenset({RoleKind.DEPT_COORDINATOR, RoleKind.DEPT_HEAD})
WORKS = OFFICE | _OF_DEPARTMENT | {RoleKind.CAMPUS_SECURITY, RoleKind.SCHOOL_LEADER, RoleKind.AUDITOR}
"""Who has a desk at a university, and its ways on every page."""


@dataclass(frozen=True)
class Way:
    """An entry of the main navigation; one with ``more`` opens them and goes nowhere itself."""

    label: str
    url: str
    icon: str
    active: bool
    more: tuple["Way", ...] = ()


def way(label: str, icon: str, endpoint: str, **values: Any) -> Way:
    """A navigation entry to an endpoint, active on its own page."""
    url = url_for(endpoint, **values)
    return Way(label, url, icon, request.path == url)


def _more(*found: Way) -> Way:
    """What is needed once a day or less: the menu stays on one line beside a long name of a school."""
    return Way(_("更多"), "", "dots", any(one.active for one in found), found)


def ways() -> list[Way]:
    """The main navigation for whoever looks."""
    who = viewer()
    here = g.get("school")
    if who is None:
        return _visitors(here)
    found = [way(_("首页"), "home", "home.index")]
    found += _student() if RoleKind.STUDENT in who.kinds else []
    found += _employer(who) if RoleKind.EMPLOYER_HR in who.kinds else []
    found += _staff(who, here)
    return found


def _visitors(here: University | None) -> list[Way]:
    found = [way(_("首页"), "home", "home.index")]
    if here is not None:
        found += [
            way(_("活动"), "calendar", "programmes.events", school=here.slug),
            way(_("岗位"), "briefcase", "postings.public", school=here.slug),
            way(_("依法维权"), "shield-check", "protection.rights", school=here.slug),
        ]
    return found


def _student() -> list[Way]:
    return [
        way(_("我的预约"), "ticket", "registrations.mine"),
        way(_("消息"), "bell", "messages.inbox"),
        way(_("日历"), "rss", "calendars.my_links"),
    ]


def _employer(who: Viewer) -> list[Way]:
    mine = g.get("employer_public_id") or _only_employer(who)
    found = [way(_("消息"), "bell", "messages.inbox")]
    if mine:
        found += [
            way(_("单位"), "building", "employers.home", employer=mine),
            way(_("招聘信息"), "briefcase", "postings.mine", employer=mine),
            way(_("招聘会与展位"), "map-pin", "exhibitors.mine", employer=mine),
        ]
    return found


def _only_employer(who: Viewer) -> str | None:
    """The employer of somebody who works for one: its ways stand on every page, not on its own alone."""
    mine = [one for one in employers.memberships(who.person_id) if one.state is ContactState.ACTIVE]
    return mine[0].employer.public_id if len(mine) == 1 else None


def _staff(who: Viewer, here: University | None) -> list[Way]:
    if here is None:
        worked = [gr.university_id for gr in who.grants if gr.kind in WORKS | {RoleKind.DOOR_STAFF}]
        here = institutions.university(worked[0]) if worked and worked[0] else None
    if here is None:
        return []
    slug = here.slug
    if who.has(OFFICE, here.id):
        return _office(slug)
    if who.has({RoleKind.DEPT_COORDINATOR}, here.id):
        return [
            way(_("活动"), "calendar", "programmes.office_events", school=slug),
            way(_("安全"), "shield-lock", "safety.overview", school=slug),
            way(_("总结"), "chart-bar", "outcomes.closings", school=slug),
        ]
    if who.has({RoleKind.DEPT_HEAD}, here.id):
        return [way(_("活动"), "calendar", "programmes.office_events", school=slug)]
    if who.has({RoleKind.DOOR_STAFF}, here.id):
        return [way(_("展位巡查"), "clipboard-check", "protection.inspections", school=slug)]
    if who.has({RoleKind.SCHOOL_LEADER, RoleKind.AUDITOR}, here.id):
        return _reading(slug, checks=who.has({RoleKind.AUDITOR}, here.id))
    if who.has({RoleKind.CAMPUS_SECURITY}, here.id):
        return [
            way(_("活动"), "calendar", "programmes.office_events", school=slug),
            way(_("安全"), "shield-lock", "safety.overview", school=slug),
        ]
    return []


def _reading(slug: str, *, checks: bool) -> list[Way]:
    """For whoever reads and changes nothing; an auditor ``checks`` how the university is run, too."""
    found = [
        way(_("活动"), "calendar", "programmes.office_events", school=slug),
        way(_("系列"), "list-check", "programmes.office_programmes", school=slug),
        way(_("总结"), "chart-bar", "outcomes.closings", school=slug),
    ]
    return [*found, way(_("管理"), "settings", "administration.overview", school=slug)] if checks else found


def _office(slug: str) -> list[Way]:
    return [
        way(_("审核"), "clipboard-check", "vetting.queue", school=slug),
        way(_("用人单位"), "building", "employers.office_queue", school=slug),
        way(_("活动"), "calendar", "programmes.office_events", school=slug),
        way(_("举报"), "message-report", "protection.complaints", school=slug),
        _more(
            way(_("系列"), "list-check", "programmes.office_programmes", school=slug),
            way(_("安全"), "shield-lock", "safety.overview", school=slug),
            way(_("总结"), "chart-bar", "outcomes.closings", school=slug),
            way(_("学生"), "users", "students.roster_page", school=slug),
            way(_("消息"), "mail", "messages.sent", school=slug),
            way(_("管理"), "settings", "administration.overview", school=slug),
        ),
    ]


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
