"""A student's pages: booking, the ticket, the season; and the service worker that keeps a ticket for a dead zone."""

from pathlib import Path
from typing import Any

from flask import current_app, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event
from fairs.registrations import actions, queries, ticketing
from fairs.registrations.badges import badge_of
from fairs.registrations.forms import SlotForm
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from fairs.registrations.views.blueprint import bp
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


@bp.route("/<school>/events/<event>/book", methods=["GET", "POST"])
@access.signed_in
def book(event: str) -> Any:
    """The slots of an event with the places left; book one, or wait for one."""
    shown = programmes.public_event(event, access.school().id)
    form = SlotForm()
    booked = submitted(form, lambda: _book(shown, form))
    if booked:
        return _to_ticket(booked, _said(booked))
    days = programmes.occurrences(shown.id)
    return render_template("registrations/book.html", event=shown, occurrences=days, form=form), status_of(
        form
    )


def _book(event: Event, form: SlotForm) -> Registration:
    slot = queries.slot_of(event.id, form.slot.data)
    who, now = access.me().person_id, clock.now()
    return actions.book(slot.id, who, now, accepts_waiting=bool(form.waiting.data))


def _said(registration: Registration) -> str:
    if registration.state is RegistrationState.WAITING:
        return str(_("已加入候补。有名额时按顺序递补，并发消息通知您。"))
    return str(_("预约成功。请在出发前打开一次票面，之后没有网络也能出示。"))


def _to_ticket(registration: Registration, sentence: str) -> Response:
    return back_to(
        "registrations.ticket",
        sentence,
        school=registration.university.slug,
        registration=registration.public_id,
    )


@bp.get("/<school>/tickets/<registration>")
@access.signed_in
def ticket(registration: str) -> str:
    """One's own ticket: what to show at the door, and the ways to another slot or out."""
    shown = _own(registration)
    return render_template(
        "registrations/ticket.html",
        registration=shown,
        event=shown.occurrence.event,
        badge=badge_of(shown.state),
        face=ticketing.face(shown),
        ahead=queries.ahead_of(shown) if shown.state is RegistrationState.WAITING else 0,
        others=queries.places(shown.occurrence_id),
        now=clock.now(),
    )


def _own(registration: str) -> Registration:
    return queries.own_registration(registration, access.me().person_id, access.school().id)


@bp.post("/<school>/tickets/<registration>/move")
@access.signed_in
def move(registration: str) -> Response:
    """Go to another slot of the day."""
    mine, slot = _own(registration), SlotForm().slot.data
    wanted = queries.slot_of(mine.occurrence.event_id, slot)
    waits = bool(SlotForm().waiting.data)
    moved = actions.move_slot(
        mine.id, wanted.id, clock.now(), by=access.me().person_id, accepts_waiting=waits
    )
    return _to_ticket(moved, _moved(moved))


def _moved(registration: Registration) -> str:
    if registration.state is RegistrationState.WAITING:
        return str(_("已改为候补这个时段，排队时间不变。"))
    return str(_("已更换时段。"))


@bp.post("/<school>/tickets/<registration>/cancel")
@access.signed_in
def cancel(registration: str) -> Response:
    """Give the place back."""
    actions.cancel(_own(registration).id, by=access.me().person_id, now=clock.now())
    return back_to("registrations.mine", _("已取消，名额已让给其他同学。需要时可以重新预约。"))


@bp.get("/me/season")
@access.signed_in
def mine() -> str:
    """All of one's bookings: what is to come, and what was."""
    rows, now = queries.mine(access.me().person_id), clock.now()
    coming = [row for row in rows if row.ended_at is None and row.occurrence.ends_at > now]
    past = [row for row in rows if row not in coming]
    return render_template(
        "registrations/mine.html",
        coming=list(reversed(coming)),
        past=past,
        ahead=queries.ahead_of_all(coming),
        badge_of=badge_of,
    )


@bp.get("/sw.js")
@access.public
def service_worker() -> Response:
    """The service worker, served from the root because its scope is the folder that it comes from."""
    script = Path(current_app.static_folder or "", "registrations", "sw.js").read_text("utf-8")
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
