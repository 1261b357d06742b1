"""The day of an event on one page, incidents, and the closing check of a hall (C5 to C8, O7, D7)."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.audit import actions as audit
from fairs.checkin import queries as door
from fairs.files.answers import list_answer
from fairs.onsite import actions, queries
from fairs.onsite.badges import check_badge, incident_badge
from fairs.onsite.forms import IncidentForm, OutcomeForm, SweepForm
from fairs.onsite.models import Incident
from fairs.onsite.rules import (
    INCIDENT_KIND_LABELS,
    INCIDENT_LABELS,
    NOTED_IN,
    SEVERITY_LABELS,
    CheckState,
    IncidentState,
    Point,
    is_over,
)
from fairs.programmes import queries as programmes
from fairs.programmes import tabs
from fairs.programmes.models import Event
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to

bp = Blueprint("onsite", __name__)
STAFF = (*sorted(OFFICE), RoleKind.DEPT_COORDINATOR, RoleKind.CAMPUS_SECURITY)
SCENE = "/<school>/office/events/<event>/scene"
TAB_LABELS = {"scene": "现场"}
SEARCH = (Incident.text, Event.title)
SORTS = {"at": Incident.at, "event": Event.title}
tabs.add(tabs.Tab(TAB_LABELS["scene"], "bolt", "onsite.scene", 52, tabs.was_public))


@bp.app_context_processor
def for_event_pages() -> dict[str, Any]:
    """What templates/onsite/_halls.html needs wherever it is included."""
    return {
        "swept_halls": queries.halls,
        "hall_badge": check_badge,
        "may_sweep": _may_sweep,
        "swept_from": _is_over,
    }


def _may_sweep(hall: queries.SweptHall, event: Event) -> bool:
    """Whether the viewer can sign this hall off now."""
    mine = access.me().has({RoleKind.CAMPUS_SECURITY}, event.university_id)
    return mine and hall.state is not CheckState.CLEAR and _is_over(hall, event)


def _is_over(hall: queries.SweptHall, event: Event) -> bool:
    """Whether this hall's day is over, so that it is swept."""
    return is_over(event.state, hall.day.ends_at, clock.now())


def _event(public_id: str) -> Event:
    return programmes.staff_event(public_id, access.school().id, access.me())


@bp.get(SCENE)
@access.require(*STAFF)
def scene(event: str) -> str:
    """How full the halls are, what happened, how the halls were left."""
    chosen = _event(event)
    return render_template("onsite/scene.html", tabs=tabs.tabs(chosen), **_now(chosen))


@bp.get(f"{SCENE}/live")
@access.require(*STAFF)
def live(event: str) -> str:
    """The part of the page that changes while people come, asked for every few seconds."""
    return render_template("onsite/_live.html", **_now(_event(event)))


def _now(event: Event) -> dict[str, Any]:
    now = clock.now()
    return {
        "event": event,
        "halls": door.fullness(event.id, now),
        "incidents": queries.of_event(event.id),
        "may_note": event.state in NOTED_IN,
        "kinds": INCIDENT_KIND_LABELS,
        "incident_badge": incident_badge,
    }


@bp.route(f"{SCENE}/incidents/new", methods=["GET", "POST"])
@access.require(*STAFF)
def note(event: str) -> Any:
    """Note what happened."""
    chosen, form = _event(event), IncidentForm()
    number, by = chosen.id, access.me().person_id
    form.offer(queries.spaces(number))
    if submitted(
        form, unrepeated(lambda: actions.note_incident(number, form.seen(), by=by, now=clock.now()))
    ):
        return back_to("onsite.scene", _("已记录。"), event=event)
    return render_template("onsite/note.html", event=_event(event), form=form), status_of(form)


@bp.route(f"{SCENE}/incidents/<incident>", methods=["GET", "POST"])
@access.require(*STAFF)
def incident(event: str, incident: str) -> Any:
    """One incident; whoever has dealt with it writes how."""
    number, form = queries.incident(incident, _event(event).id).id, OutcomeForm()
    by = access.me().person_id
    if submitted(form, lambda: actions.settle_incident(number, form.text.data or "", by=by, now=clock.now())):
        return back_to("onsite.scene", _("已了结。"), event=event)
    shown = queries.incident(incident, _event(event).id)
    about = {"severities": SEVERITY_LABELS, "kinds": INCIDENT_KIND_LABELS, "incident_badge": incident_badge}
    page = render_template("onsite/incident.html", event=shown.event, one=shown, form=form, **about)
    return page, status_of(form)


@bp.route(f"{SCENE}/halls/<day>/<space>", methods=["GET", "POST"])
@access.require(RoleKind.CAMPUS_SECURITY)
def sweep(event: str, day: str, space: str) -> Any:
    """The closing check of a hall, signed by campus security."""
    chosen = _event(event)
    number, hall, form = chosen.id, queries.hall(chosen.id, day, space), SweepForm()
    if not form.is_submitted():
        form.seen.data = hall.last.public_id if hall.last else ""
    if submitted(form, lambda: _swept(number, day, space, form)):
        return back_to("onsite.scene", _("已记录，签署人和时间已留存。"), event=event)
    shown, hall = _event(event), queries.hall(number, day, space)
    page = render_template(
        "onsite/sweep.html",
        event=shown,
        hall=hall,
        form=form,
        points=[point.value for point in Point],
        is_over=_is_over(hall, shown),
        inside=door.inside(hall.day.id).get(hall.space.id, 0),
        open_incidents=queries.open_incidents(number, hall.space.id),
    )
    return page, status_of(form)


def _swept(number: int, day: str, space: str, form: SweepForm) -> Any:
    by, seen = access.me().person_id, form.seen.data or ""
    return actions.sweep_hall(number, day, space, form.sweep(), seen=seen, by=by, now=clock.now())


@bp.get("/<school>/office/incidents")
@access.require(*STAFF)
def incidents() -> str:
    """What happened at all events."""
    statement = queries.incidents(access.school().id, access.me(), request.args)
    return render_template(
        "onsite/incidents.html",
        listing=listing(statement, search=SEARCH, sorts=SORTS),
        states=[(one.value, _(INCIDENT_LABELS[one])) for one in IncidentState],
        kinds=INCIDENT_KIND_LABELS,
        incident_badge=incident_badge,
    )


@bp.get("/<school>/office/incidents.xlsx")
@access.require(*STAFF)
def incident_sheet() -> Any:
    """The same list as a sheet; taking it away is written down."""
    statement = queries.incidents(access.school().id, access.me(), request.args)
    rows = [row[0] for row in whole(statement, search=SEARCH, sorts=SORTS)]
    headings = (
        _("活动"), _("场馆"), _("发生了什么"), _("程度"), _("具体情况"), _("记录人"), _("时间"),
        _("状态"), _("怎样处理的"), _("了结人"), _("了结时间"),
    )  # fmt: skip
    here, me, now = access.school(), access.me().person_id, clock.now()
    return list_answer(
        _("现场情况"),
        headings,
        (_row(one) for one in rows),
        lambda count: audit.export("incidents", here, count, dict(request.args), by=me, now=now),
    )


def _row(one: Incident) -> tuple[Any, ...]:
    return (
        one.event.title,
        one.space.name if one.space else "",
        _(INCIDENT_KIND_LABELS[one.kind]),
        _(SEVERITY_LABELS[one.severity]),
        one.text,
        one.author.name,
        one.at,
        _(INCIDENT_LABELS[one.state]),
        one.outcome,
        one.settler.name if one.settler else "",
        one.settled_at,
    )
