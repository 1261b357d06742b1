"""The blueprint of safety, who reads and who writes, and its place on an event's page."""

from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.clock import campus_day
from fairs.programmes import queries as events
from fairs.programmes import steps
from fairs.programmes.models import Event
from fairs.programmes.tabs import Tab, add
from fairs.safety import board, people, queries
from fairs.safety.models import ResponsiblePerson
from fairs.safety.rules import LINE_LABELS, Position

bp = Blueprint("safety", __name__)

PLANNERS = (*sorted(OFFICE), RoleKind.DEPT_COORDINATOR)
READERS = (*PLANNERS, RoleKind.CAMPUS_SECURITY)

TAB_LABELS = {"safety": "安全", "roster": "值班"}
add(Tab(TAB_LABELS["safety"], "shield-lock", "safety.plan", 32))
add(Tab(TAB_LABELS["roster"], "users", "safety.roster", 45))


def event_of(public_id: str) -> Event:
    """An event that the viewer may see. Raises NotFound."""
    return events.staff_event(public_id, access.school().id, access.me())


def may_plan() -> bool:
    """Whether the viewer prepares events here."""
    return access.me().has(set(PLANNERS), access.school().id)


def today() -> Any:
    """The day on campus."""
    return campus_day(clock.now())


def set_responsible(scope: people.Scope, form: Any) -> ResponsiblePerson:
    """Name the person of a form."""
    named = people.Named(
        name=form.name.data, title=form.title.data, phone=form.phone.data, login=form.login.data or ""
    )
    position, me = Position(form.position.data), access.me().person_id
    return people.set_responsible(scope, position, named, by=me, now=clock.now())


@bp.app_context_processor
def for_event_pages() -> dict[str, Any]:
    """What templates/safety/_event.html needs wherever it is included."""
    return {"safety_of": lambda event: board.event_part(event, today())}


def _plan_step(event: Event) -> steps.Step | None:
    """The safety plan among the steps before an event's review."""
    if not queries.needs_plan(event):
        return None
    missing = queries.missing_for_review(event)
    label, url = _(LINE_LABELS["security_plan"]), url_for("safety.plan", event=event.public_id)
    note = _("还缺：%(missing)s", missing=_("、").join(_(one) for one in missing)) if missing else None
    return (label, "todo" if missing else "done", url, note)


steps.add(_plan_step)
