"""Walking the booths of a running fair with a phone: the list with its progress, one booth (P14)."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.exhibitors.models import Exhibitor
from fairs.files.answers import list_answer
from fairs.postings import queries as postings
from fairs.profiles import queries as profiles
from fairs.programmes.models import Event
from fairs.programmes.tabs import tabs
from fairs.protection import actions, booths, sheets
from fairs.protection.badges import seen_badge
from fairs.protection.forms import InspectionForm
from fairs.protection.inspecting import FAULT_LABELS, MEASURE_LABELS, RUNNING, Measure, Point, progress
from fairs.protection.views.blueprint import bp
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

WALKS = (*OFFICE, RoleKind.DEPT_COORDINATOR, RoleKind.DOOR_STAFF)
FLOOR = "/<school>/office/events/<event>/inspection"


def _event(public_id: str) -> Event:
    return booths.floor_event(public_id, access.school().id, access.me())


@bp.get("/<school>/office/inspections")
@access.require(*WALKS)
def inspections() -> Any:
    """The fairs that go on now; with only one, its floor at once."""
    events = booths.running(access.school().id, access.me())
    if len(events) == 1:
        return redirect(url_for("protection.floor", event=events[0].public_id))
    return render_template("protection/inspections.html", events=events)


@bp.get(FLOOR)
@access.require(*WALKS)
def floor(event: str) -> str:
    """The booths by number: which have been looked at, what was found."""
    chosen = _event(event)
    rows = booths.lines(chosen.id)
    return render_template(
        "protection/floor.html",
        event=chosen,
        rows=rows,
        progress=progress([row.place.id for row in rows], [row.place.id for row in rows if row.seen]),
        found=[one for row in rows for one in row.seen if one.measure is not Measure.NONE],
        tabs=tabs(chosen),
        is_running=chosen.state in RUNNING,
        fault_labels={point.value: _(label) for point, label in FAULT_LABELS.items()},
        measures=MEASURE_LABELS,
        seen_badge=seen_badge,
        is_office=access.me().has(OFFICE, chosen.university_id),
    )


@bp.get(f"{FLOOR}.xlsx")
@access.require(*WALKS)
def floor_sheet(event: str) -> Any:
    """The same as a sheet."""
    rows = booths.lines(_event(event).id)
    return list_answer(_("展位巡查"), sheets.floor_headings(), (sheets.floor_row(row) for row in rows))


@bp.route(f"{FLOOR}/<place>", methods=["GET", "POST"])
@access.require(*WALKS)
def inspect(event: str, place: str) -> Any:
    """Look at one booth: four answers, then on to the next."""
    chosen = _event(event)
    stand, form = booths.place(place, chosen.id), InspectionForm()
    number, by = stand.id, access.me().person_id
    if submitted(
        form,
        unrepeated(
            lambda: actions.inspect(number, form.seen(), form.once.data or "", by=by, now=clock.now())
        ),
    ):
        return _onward(event, number)
    return render_template("protection/inspect.html", form=form, **_booth(_event(event), place)), status_of(
        form
    )


def _booth(event: Event, place: str) -> dict[str, Any]:
    """A booth with the texts that were vetted for it."""
    stand: Exhibitor = booths.place(place, event.id)
    brought = booths.brought(stand, event.university_id)
    line = next((row for row in booths.lines(event.id) if row.place.id == stand.id), None)
    return {
        "event": event,
        "line": line,
        "place": stand,
        "points": list(Point),
        "brochure": profiles.approved_brochure(stand.employer_id, event.university_id),
        "texts": [postings.content_of(one.revision) for one in brought if one.is_vetted],
        "unvetted": [one.revision.title for one in brought if not one.is_vetted],
        "fault_labels": {point.value: _(label) for point, label in FAULT_LABELS.items()},
    }


def _onward(event: str, number: int) -> Response:
    chosen = _event(event)
    following = booths.following(booths.lines(chosen.id), number)
    if following is None:
        return back_to("protection.floor", _("已记录。所有展位都巡查过了。"), event=event)
    return back_to(
        "protection.inspect", _("已记录。下面是下一个展位。"), event=event, place=following.public_id
    )


@bp.post(f"{FLOOR}/<place>/strike/<inspection>")
@access.office
def strike(event: str, place: str, inspection: str) -> Response:
    """Follow the suggestion to note a strike (P13)."""
    chosen = _event(event)
    booths.place(place, chosen.id)
    row = booths.inspection(inspection, chosen.id)
    actions.confirm_strike(row.id, by=access.me().person_id, now=clock.now())
    return back_to("protection.floor", _("已记违约，单位会收到通知。"), event=event)
