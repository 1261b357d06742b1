"""The office's pages of a fair's booths: who waits, who stands where, giving and taking by hand."""

from collections.abc import Iterable
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.allocation import actions, floor, queries, quotas, runs
from fairs.allocation.forms import EndForm, RunForm, SeatForm
from fairs.allocation.history import history
from fairs.allocation.models import BoothAssignment
from fairs.allocation.roster import roster_xlsx
from fairs.allocation.views.blueprint import bp
from fairs.database import found
from fairs.employers.models import Employer
from fairs.errors import Forbidden
from fairs.exhibitors import actions as places
from fairs.exhibitors import queries as exhibitors
from fairs.exhibitors.badges import badge_of
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import EXHIBITOR_LABELS, WAITING, ExhibitorState, Needs, is_missed
from fairs.files.answers import sheet_answer
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event
from fairs.programmes.tabs import tabs
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to

BOOTHS = "/<school>/office/events/<event>/booths"
worker = access.require(*OFFICE, RoleKind.DEPT_COORDINATOR)
SEARCH = (Employer.legal_name,)
SORTS = {"name": Employer.legal_name, "asked": Exhibitor.requested_at}


def _event(public_id: str) -> Event:
    """A fair that the viewer may work on: officers on all, coordinators on their department's."""
    event, who = programmes.led_event(public_id, access.school().id), access.me()
    if not who.has(OFFICE, event.university_id) and event.department_id not in who.departments(
        event.university_id
    ):
        raise Forbidden
    found(programmes.fair_of(event.id))
    return event


def _seat(event: str, place: str) -> Exhibitor:
    return queries.request_of(place, _event(event).id)


def _back(sentence: str, place: Exhibitor) -> Response:
    return back_to("allocation.seat", sentence, event=place.event.public_id, place=place.public_id)


def _me() -> int:
    return access.me().person_id


@bp.get(BOOTHS)
@worker
def board(event: str) -> str:
    """All requests of a fair with booth, fit or what stands in the way; the map; starting a run."""
    here = _event(event)
    rows = listing(
        queries.requests(here.id, request.args.get("state", "")),
        search=SEARCH,
        sorts=SORTS,
    )
    return render_template(
        "allocation/board.html", listing=rows, form=RunForm(), **_overview(here, rows.items)
    )


def _overview(event: Event, shown: Iterable[Exhibitor]) -> dict[str, Any]:
    return {
        "event": event,
        "tabs": tabs(event),
        "outlook": queries.outlook(event.id, [row for row in shown if row.state in WAITING]),
        "figures": exhibitors.figures(event.id),
        "booths": queries.booths(event.id),
        "drawing": floor.office_map(event.id),
        "run": queries.last_run(runs.dedupe_of(event.id)),
        "quotas": [row for row in programmes.schools(event.id) if row.booth_quota is not None],
        "used": quotas.used(event.id),
        "states": [(state.value, _(label)) for state, label in EXHIBITOR_LABELS.items()],
        "badge_of": badge_of,
        "read_needs": Needs.read,
    }


@bp.get(f"{BOOTHS}.xlsx")
@worker
def roster(event: str) -> Any:
    """The exhibitors as a sheet, with staff and number plates for security."""
    here = _event(event)
    wanted = queries.requests(here.id, request.args.get("state", ""))
    places = [place for (place,) in whole(wanted, search=SEARCH, sorts=SORTS)]
    return sheet_answer(roster_xlsx(places), f"{here.title}-参会单位.xlsx")


@bp.get(f"{BOOTHS}/cards")
@worker
def cards(event: str) -> str:
    """A card for each confirmed booth, to print and put up, with the theme of the programme (S2, D6)."""
    here = _event(event)
    return render_template(
        "allocation/cards.html",
        event=here,
        day=programmes.occurrences(here.id)[0],
        programmes=programmes.programmes_of(here.id),
        rows=queries.confirmed(here.id),
    )


@bp.post(BOOTHS)
@worker
def start(event: str) -> Response:
    """Let the solver place all who wait."""
    here, form = _event(event), RunForm()
    task = runs.start_allocation(here.id, by=_me(), now=clock.now(), rearrange=form.rearrange.data)
    if access.me().has(OFFICE, here.university_id):
        return back_to("tasks.task", _("已开始安排展位。"), "info", task=task.public_id)
    return back_to("allocation.board", _("已开始安排展位，请稍后刷新。"), "info", event=event)


@bp.route(f"{BOOTHS}/<place>", methods=["GET", "POST"])
@worker
def seat(event: str, place: str) -> Any:
    """One request: what is asked for, which booth, and everything that can be done with it."""
    here = _seat(event, place)
    assignment, form = queries.assignment_of(here.id), SeatForm()
    form.offer(queries.seats(here.event_id, here))
    if submitted(form, lambda: _give(form, here)):
        return _back(_("展位已安排，已通知单位。"), here)
    form.holding.data = assignment.public_id if assignment else ""
    form.version.data = assignment.version if assignment else here.version
    return render_template("allocation/seat.html", form=form, **_facts(here, assignment)), status_of(form)


def _give(form: SeatForm, place: Exhibitor) -> BoothAssignment:
    version, now = form.version.data or 0, clock.now()
    if form.holding.data:
        shown = queries.own_assignment(form.holding.data, place.id)
        return actions.move_assignment(shown.id, form.booth.data, version, by=_me(), now=now)
    return actions.offer_by_hand(place.id, form.booth.data, version, by=_me(), now=now)


def _facts(place: Exhibitor, assignment: BoothAssignment | None) -> dict[str, Any]:
    return {
        "place": place,
        "event": place.event,
        "assignment": assignment,
        "booth": queries.booths(place.event_id).get(assignment.booth_key) if assignment else None,
        "outlook": queries.outlook(place.event_id, [place])[place.id],
        "drawing": floor.office_map(place.event_id, chosen=place.id),
        "needs": Needs.read(place.needs),
        "zones": dict(exhibitors.zones(place.event_id)),
        "postings": exhibitors.postings_of(place.id),
        "reps": exhibitors.reps(place.id),
        "history": history(place, office=True),
        "state": badge_of(place.state, office=True),
        "waits": place.state in WAITING,
        "now": clock.now(),
    }


@bp.post(f"{BOOTHS}/<place>/lock")
@worker
def lock(event: str, place: str) -> Response:
    """Keep the exhibitor at its booth in later runs, or no longer."""
    here = _seat(event, place)
    held = found(queries.assignment_of(here.id))
    locked, version = request.form.get("locked") == "yes", request.form.get("version", 0, type=int)
    actions.lock_assignment(held.id, locked, version, by=_me(), now=clock.now())
    return _back(_("已固定，重新安排时不会移动。") if locked else _("已取消固定。"), here)


@bp.post(f"{BOOTHS}/<place>/priority")
@worker
def priority(event: str, place: str) -> Response:
    """Serve a request first in the next run, or in turn again."""
    here = _seat(event, place)
    first, version = request.form.get("first") == "yes", request.form.get("version", 0, type=int)
    places.set_priority(here.id, int(first), version, _me(), clock.now())
    return _back(_("下次安排时优先。") if first else _("已取消优先。"), here)


@bp.route(f"{BOOTHS}/<place>/end", methods=["GET", "POST"])
@worker
def end(event: str, place: str) -> Any:
    """Take the booth or the whole place back, with a reason that the employer reads."""
    here = _seat(event, place)
    assignment, form = queries.assignment_of(here.id), EndForm()
    fair = programmes.fair_of(here.event_id)
    form.offer(
        holds=assignment is not None,
        missed=is_missed(here.state, fair.hold_until if fair else None, clock.now()),
    )
    if submitted(form, lambda: _end(form, here)):
        return _back(_("已处理，已通知单位。"), here)
    form.holding.data = assignment.public_id if assignment else ""
    form.held_version.data = assignment.version if assignment else 0
    form.version.data = here.version
    return render_template("allocation/end.html", form=form, place=here, event=here.event), status_of(form)


def _end(form: EndForm, place: Exhibitor) -> None:
    now, reason = clock.now(), form.reason.data or ""
    if form.how.data == "release":
        held = queries.own_assignment(form.holding.data or "", place.id)
        actions.release(held.id, reason, form.held_version.data or 0, by=_me(), now=now)
    elif form.how.data == "no_show":
        held, gone = queries.own_assignment(form.holding.data or "", place.id), ExhibitorState.NO_SHOW
        actions.release(held.id, reason, form.held_version.data or 0, by=_me(), now=now, to=gone)
    else:
        actions.revoke_place(place.id, reason, form.version.data or 0, by=_me(), now=now)
