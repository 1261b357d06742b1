"""The information desk: who booked, paper tickets, people who come without a booking."""

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.models import Person
from fairs.audit import actions as audit
from fairs.files.answers import sheet_answer
from fairs.files.sheets import write_xlsx
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event
from fairs.programmes.tabs import tabs
from fairs.registrations import actions, queries, sheets, ticketing
from fairs.registrations import desk as reads
from fairs.registrations.badges import badge_of
from fairs.registrations.forms import WalkInForm, walk_in_form
from fairs.registrations.models import Registration
from fairs.registrations.views.blueprint import DESK, bp, is_booking_general
from fairs.students.models import Student
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing, whole

SEARCH = (Student.student_no, Person.name)
PAGE = "/<school>/office/events/<event>/registrations"


def _event(event: str) -> Event:
    return programmes.staff_event(event, access.school().id, access.me())


@bp.get(PAGE)
@access.require(*DESK)
def desk(event: str) -> str:
    """Who booked: looked up by name or number at the information desk, masked."""
    shown = _event(event)
    return _desk_page(shown, walk_in_form(shown.id, clock.now()))


def _desk_page(shown: Event, form: WalkInForm) -> str:
    general = is_booking_general(shown)
    statement = reads.desk_list(shown.id, nobody=not general)
    rows = listing(statement, search=SEARCH, scalars=False)
    return render_template(
        "registrations/desk.html",
        event=shown,
        listing=rows,
        badge_of=badge_of,
        tabs=tabs(shown),
        form=form,
        general=general,
    )


@bp.get(f"{PAGE}.xlsx")
@access.require(*DESK)
def desk_sheet(event: str) -> Any:
    """The same list as a sheet, by day, slot and university; the look is written down."""
    shown = _event(event)
    booked = whole(reads.desk_list(shown.id, nobody=not is_booking_general(shown)), search=SEARCH)
    own = access.school().id
    content = write_xlsx(
        "预约名单", sheets.HEADINGS, [sheets.row_of(one, student, own) for one, student in booked]
    )
    who, now = access.me().person_id, clock.now()
    audit.looked("export_registrations", shown, by=who, now=now, university_id=own)
    return sheet_answer(content, "预约名单.xlsx")


@bp.post(f"{PAGE}/walk-in")
@access.require(*DESK)
def walk_in(event: str) -> Any:
    """Let in a student without a booking: a place kept for that, and a paper ticket to print."""
    shown, now = _event(event), clock.now()
    form = walk_in_form(shown.id, now)
    made = submitted(form, lambda: _admit(shown, form))
    if made:
        return _paper(_event(event), made)
    return _desk_page(_event(event), form), status_of(form)


def _admit(event: Event, form: WalkInForm) -> Registration:
    slot = queries.slot_of(event.id, form.slot.data)
    number = (form.number.data or "").strip()
    return actions.walk_in(slot.id, number, by=access.me().person_id, now=clock.now())


@bp.post(f"{PAGE}/<registration>/print")
@access.require(*DESK)
def print_ticket(event: str, registration: str) -> Response:
    """Issue a ticket on paper, for a phone that is flat or forgotten, and show it for printing."""
    shown = _event(event)
    chosen = reads.at_desk(registration, shown.id)
    ticketing.issue_printed(chosen.id, by=access.me().person_id, now=clock.now())
    return _paper(shown, chosen)


def _paper(event: Event, registration: Registration) -> Response:
    face = ticketing.face(registration)
    page = render_template("registrations/paper.html", event=event, registration=registration, face=face)
    return Response(page, headers={"Cache-Control": "no-store"}, mimetype="text/html")
