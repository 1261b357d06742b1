"""Pages of booking, tickets and waiting lists, and the service worker that keeps a ticket for a dead zone."""

from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.models import Person
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.audit import actions as audit
from fairs.files.answers import sheet_answer
from fairs.files.sheets import write_xlsx
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event
from fairs.programmes.tabs import tabs
from fairs.registrations import actions, queries, sheets, ticketing
from fairs.registrations.badges import badge_of
from fairs.registrations.forms import SlotForm
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from fairs.students.models import Student
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing
from fairs.web.refusals import back_to

bp = Blueprint("registrations", __name__)
DESK = (*OFFICE, RoleKind.DEPT_COORDINATOR)


@bp.app_context_processor
def for_event_pages() -> dict[str, Any]:
    """What templates/registrations/_book.html needs wherever it is included."""
    return {
        "slot_places": queries.places,
        "own_booking": own_booking,
        "is_bookable": is_bookable,
        "full_quota": full_quota,
    }


def full_quota(event: Event) -> queries.Quota | None:
    """The viewer's university's quota at a joint fair if it is used up: then one can only wait (S17)."""
    who = access.viewer()
    student = queries.student_for(event.id, who.person_id) if who else None
    quota = queries.quotas(event.id).get(student.university_id) if student else None
    return quota if quota and quota.full else None


def own_booking(occurrence_id: int) -> Registration | None:
    """The viewer's live registration for a day."""
    who = access.viewer()
    return queries.live_registration(occurrence_id, who.person_id) if who else None


def is_bookable(event: Event) -> bool:
    """Whether students book at this event now."""
    return event.state in actions.BOOKABLE


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
    moved = actions.move_slot(mine.id, wanted.id, clock.now(), by=access.me().person_id)
    return _to_ticket(moved, _("已更换时段。"))


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
        "registrations/mine.html", coming=list(reversed(coming)), past=past, badge_of=badge_of
    )


@bp.get("/<school>/office/events/<event>/registrations")
@access.require(*DESK)
def desk(event: str) -> str:
    """Who booked: looked up by name or number at the information desk, masked."""
    shown = programmes.staff_event(event, access.school().id, access.me())
    rows = listing(queries.desk_list(shown.id), search=(Student.student_no, Person.name), scalars=False)
    return render_template(
        "registrations/desk.html", event=shown, listing=rows, badge_of=badge_of, tabs=tabs(shown)
    )


@bp.get("/<school>/office/events/<event>/registrations.xlsx")
@access.require(*DESK)
def desk_sheet(event: str) -> Any:
    """All bookings of an event as a sheet, by day, slot and university; the look is written down."""
    shown = programmes.staff_event(event, access.school().id, access.me())
    here = access.school().id
    rows = [sheets.row_of(*row, here) for row in queries.desk_rows(shown.id)]
    content = write_xlsx("预约名单", sheets.HEADINGS, rows)
    audit.looked("export_registrations", shown, by=access.me().person_id, now=clock.now())
    return sheet_answer(content, "预约名单.xlsx")


@bp.post("/<school>/office/events/<event>/registrations/<registration>/print")
@access.require(*DESK)
def print_ticket(event: str, registration: str) -> Response:
    """Issue a ticket on paper, for a phone that is flat or forgotten, and show it for printing."""
    shown = programmes.staff_event(event, access.school().id, access.me())
    chosen = queries.at_desk(registration, shown.id)
    ticketing.issue_printed(chosen.id, by=access.me().person_id, now=clock.now())
    face = ticketing.face(chosen)
    page = render_template("registrations/paper.html", event=shown, registration=chosen, face=face)
    return Response(page, headers={"Cache-Control": "no-store"}, mimetype="text/html")


@bp.get("/sw.js")
@access.public
def service_worker() -> Response:
    """The service worker, served from the root because its scope is the folder that it comes from."""
    script = Path(current_app.static_folder or "", "registrations", "sw.js").read_text("utf-8")
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
