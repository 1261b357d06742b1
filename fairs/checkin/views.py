"""The scanner page of a day pass, and the office's page of an event's door."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.checkin import actions, gates, queries
from fairs.checkin.badges import badge_of
from fairs.checkin.forms import GateForm, PassForm
from fairs.checkin.passes import COOKIE
from fairs.checkin.rules import DIRECTION_LABELS, SHOWINGS, Direction, Tone
from fairs.config import settings
from fairs.database import found
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event
from fairs.programmes.tabs import tabs
from fairs.registrations.qr import drawing
from fairs.web.forms import SelectChoice, status_of, submitted
from fairs.web.refusals import back_to

bp = Blueprint("checkin", __name__)
RUNS_DOOR = (*OFFICE, RoleKind.DEPT_COORDINATOR)
WATCHES_DOOR = (*RUNS_DOOR, RoleKind.CAMPUS_SECURITY)


@bp.app_context_processor
def for_event_pages() -> dict[str, Any]:
    """What templates/checkin/_figures.html needs wherever it is included."""
    return {"figures_of": queries.figures}


@bp.get("/door/<token>")
@access.by_pass
def day_pass(token: str) -> Response:
    """A day pass's link: the token goes into a cookie and out of the address, then on to the scanner.

    HttpOnly, so that no script can read it and no kept page, history or screenshot contains it; Lax and not
    Strict, because the link is opened from a chat or a camera and the redirect must still carry it.
    """
    now = clock.now()
    device_pass = actions.opened(token, now)
    answer = redirect(url_for("checkin.scanner"))
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int((device_pass.expires_at - now).total_seconds()),
        httponly=True,
        secure=settings().secure,
        samesite="Lax",
    )
    return answer


@bp.get("/door")
@access.by_pass
def scanner() -> str:
    """The scanner: everything else happens in the browser and through the interface."""
    device_pass = actions.opened(request.cookies.get(COOKIE, ""), clock.now())
    showings = {verdict.value: [show.tone.value, _(show.sentence)] for verdict, show in SHOWINGS.items()}
    hall = queries.hall(device_pass.gate.event_id, device_pass.gate.space_id, clock.now())
    return render_template("checkin/scanner.html", device_pass=device_pass, showings=showings, hall=hall)


def _event(public_id: str) -> Event:
    """An event whose door the viewer may see. Raises NotFound."""
    return programmes.staff_event(public_id, access.school().id, access.me())


@bp.get("/<school>/office/events/<event>/door")
@access.require(*WATCHES_DOOR)
def door(event: str) -> str:
    """Gates, day passes, who is inside, and the latest scans."""
    shown = _event(event)
    return render_template("checkin/door.html", **(_door(shown) | _live(shown)))


def _door(event: Event) -> dict[str, Any]:
    passes: dict[int, list[Any]] = {}
    for row in gates.passes(event.id):
        passes.setdefault(row.gate_id, []).append(row)
    return {
        "event": event,
        "gates": gates.of_event(event.id),
        "passes": passes,
        "now": clock.now(),
        "tabs": tabs(event),
    }


def _live(event: Event) -> dict[str, Any]:
    refused = {
        verdict: number
        for verdict, number in sorted(queries.by_verdict(event.id).items(), key=lambda row: -row[1])
        if SHOWINGS[verdict].tone is not Tone.GREEN
    }
    return {
        "event": event,
        "halls": queries.fullness(event.id, clock.now()),
        "refused": refused,
        "scans": queries.latest(event.id),
        "badge_of": badge_of,
        "directions": DIRECTION_LABELS,
    }


@bp.get("/<school>/office/events/<event>/door/live")
@access.require(*WATCHES_DOOR)
def live(event: str) -> str:
    """The part of the door page that changes while people come, asked for every few seconds."""
    return render_template("checkin/_live.html", **_live(_event(event)))


@bp.route("/<school>/office/events/<event>/door/gates", methods=["GET", "POST"])
@access.require(*RUNS_DOOR)
def new_gate(event: str) -> Any:
    """Set up a gate."""
    shown, form = _event(event), GateForm()
    halls = {space.public_id: space for space in gates.halls(shown.id)}
    form.space.choices = [SelectChoice(number, space.name) for number, space in halls.items()]
    if submitted(form, lambda: _create_gate(shown, halls[form.space.data].id, form)):
        return back_to("checkin.door", _("入口已设置。接下来为每部手机发一张通行证。"), event=event)
    return render_template("checkin/gate.html", event=shown, form=form), status_of(form)


def _create_gate(event: Event, space_id: int, form: GateForm) -> Any:
    direction = Direction(form.direction.data)
    who, now = access.me().person_id, clock.now()
    return actions.create_gate(event.id, space_id, form.name.data or "", direction, by=who, now=now)


@bp.route("/<school>/office/events/<event>/door/gates/<gate>/passes", methods=["GET", "POST"])
@access.require(*RUNS_DOOR)
def new_pass(event: str, gate: str) -> Any:
    """Issue a day pass and show its link, which is told only now."""
    shown, form = _event(event), PassForm()
    chosen = gates.gate(gate, shown.id)
    duty = gates.duty(request.args.get("shift", ""), chosen)
    issued = submitted(form, unrepeated(lambda: _issue(form, chosen.id, duty.id if duty else None)))
    if duty and duty.person and not form.is_submitted():
        form.label.data = duty.person.name
    if not issued:
        return render_template("checkin/pass.html", event=shown, gate=chosen, form=form), status_of(form)
    link = url_for("checkin.day_pass", token=issued.token, _external=True)
    page = render_template(
        "checkin/issued.html", event=shown, issued=issued.device_pass, link=link, code=drawing(link)
    )
    return make_response(page, 200, {"Cache-Control": "no-store"})


def _issue(form: PassForm, gate_id: int, shift_id: int | None) -> actions.IssuedPass:
    who, label, hours = access.me().person_id, form.label.data or "", form.hours.data or 0
    return actions.issue_pass(gate_id, label, hours, shift_id=shift_id, by=who, now=clock.now())


@bp.post("/<school>/office/events/<event>/door/passes/<device_pass>/revoke")
@access.require(*WATCHES_DOOR)
def revoke(event: str, device_pass: str) -> Response:
    """Take a day pass back."""
    chosen = gates.device_pass(device_pass, _event(event).id)
    actions.revoke_pass(chosen.id, by=access.me().person_id, now=clock.now())
    return back_to("checkin.door", _("通行证已停用。"), event=event)


@bp.post("/<school>/office/events/<event>/door/scans/<scan>/undo")
@access.require(*RUNS_DOOR)
def undo(event: str, scan: str) -> Response:
    """Take a scan back that concerned the wrong person."""
    chosen = found(queries.scan(scan, _event(event).id))
    actions.undo(chosen.id, by=access.me().person_id, now=clock.now())
    return back_to("checkin.door", _("已撤销这次扫码。"), event=event)
