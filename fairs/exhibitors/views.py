"""Pages of an employer's places at fairs: all of them, asking for one, naming the staff."""

from datetime import datetime
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.database import found
from fairs.employers import queries as employers
from fairs.exhibitors import actions, bringing, queries
from fairs.exhibitors.badges import badge_of
from fairs.exhibitors.deadlines import time_left
from fairs.exhibitors.forms import BringForm, RepForm, RequestForm
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import WAITING
from fairs.institutions import queries as institutions
from fairs.postings import queries as postings
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing
from fairs.web.refusals import back_to

bp = Blueprint("exhibitors", __name__)
bp.add_app_template_filter(datetime.fromisoformat, "instant")
bp.add_app_template_filter(time_left)
PLACE = "/employer/<employer>/fairs/<school>/<event>"
FEW_PLACES, MOST_PLACES = 10, 200
"""Own places on the page: the latest few, or all that are asked for."""
OPEN_FAIRS = 8
"""Fairs to choose from on a page of that list."""


@bp.get("/employer/<employer>/fairs")
@access.for_employer
def mine() -> str:
    """The employer's places at fairs, and the fairs that take requests, those of its universities first."""
    now = clock.now()
    verified = {standing.university_id for standing in employers.verified_schools(g.employer_id)}
    most = MOST_PLACES if request.args.get("places") == "all" else FEW_PLACES
    places = queries.places_of(g.employer_id, most + 1)
    open_fairs = queries.open_fairs(g.employer_id, now, verified, request.args.get("at", "")[:40])
    return render_template(
        "exhibitors/mine.html",
        places=places[:most],
        more_places=len(places) > most,
        listing=listing(open_fairs, search=[Event.title], scalars=False, per_page=OPEN_FAIRS),
        schools=[(one.slug, one.name) for one in institutions.universities()],
        verified=verified,
        badge_of=badge_of,
        now=now,
    )


@bp.route(f"{PLACE}/apply", methods=["GET", "POST"])
@access.for_employer
def apply(event: str) -> Any:
    """Ask for a place, or change a request that has no booth yet."""
    fair_event = queries.fair_event(event, access.school().id)
    place = _live_place(fair_event)
    if place and place.state not in WAITING:
        return redirect(_page_of(fair_event))
    form = _request_form(fair_event, place)
    if submitted(form, lambda: _ask(form, fair_event, place)):
        sentence = _("申请已修改。") if place else _("申请已提交，安排展位后会通知您。")
        return back_to("allocation.place", sentence, employer=g.employer_public_id, event=event)
    return _form_page(form, fair_event, place), status_of(form)


def _live_place(event: Event) -> Exhibitor | None:
    place = queries.place_of(g.employer_id, event.id)
    return place if place and place.ended_at is None else None


def _page_of(event: Event) -> str:
    return url_for("allocation.place", employer=g.employer_public_id, event=event.public_id)


def _request_form(event: Event, place: Exhibitor | None) -> RequestForm:
    form = RequestForm()
    form.offer(
        queries.offered_postings(g.employer_id, event.university_id, clock.now()),
        queries.zones(event.id),
        queries.majors_by_department(event.university_id),
    )
    form.offer_schools(programmes.schools(event.id), event.university_id)
    if place:
        if not form.is_submitted():
            form.fill(place, queries.postings_of(place.id))
            form.through.data = queries.through(place.id) or event.university_id
        return form
    last = queries.last_place(g.employer_id, event.university_id)
    if last:
        form.offer_again(queries.reps(last.id))
        if not form.is_submitted():
            most = found(programmes.fair_of(event.id)).max_reps
            form.begin_with(last, queries.postings_of(last.id), most)
    return form


def _ask(form: RequestForm, event: Event, place: Exhibitor | None) -> Exhibitor:
    by, now = access.me().person_id, clock.now()
    if place:
        return actions.edit_request(place.id, **form.values(), version=form.version.data or 0, by=by, now=now)
    return actions.request_place(
        event.id, g.employer_id, **form.values(), rep_ids=form.rep_ids(), by=by, now=now
    )


def _form_page(form: RequestForm, event: Event, place: Exhibitor | None) -> str:
    return render_template(
        "exhibitors/apply.html",
        form=form,
        event=event,
        place=place,
        fair=programmes.fair_of(event.id),
        occurrences=programmes.occurrences(event.id),
        majors=queries.majors_by_department(event.university_id),
        is_verified=employers.is_verified(g.employer_id, event.university_id),
        is_open=queries.takes_requests(event.id, clock.now()),
        last=None if place else queries.last_place(g.employer_id, event.university_id),
        now=clock.now(),
    )


@bp.route(f"{PLACE}/staff", methods=["GET", "POST"])
@access.for_employer
def staff(event: str) -> Any:
    """The staff who come, each with a code to report in with (P27)."""
    fair_event = queries.fair_event(event, access.school().id)
    place = queries.own_place(g.employer_id, fair_event.id)
    form = RepForm()
    if submitted(
        form, unrepeated(lambda: actions.add_rep(place.id, **_rep(form), by=_me(), now=clock.now()))
    ):
        return back_to("exhibitors.staff", _("已添加参会人员。"), employer=g.employer_public_id, event=event)
    return render_template(
        "exhibitors/staff.html",
        form=form,
        event=fair_event,
        place=place,
        reps=queries.reps(place.id),
        most=found(programmes.fair_of(fair_event.id)).max_reps,
    ), status_of(form)


def _rep(form: RepForm) -> dict[str, Any]:
    return {"name": form.name.data, "phone": form.phone.data, "plate": form.plate.data or ""}


def _me() -> int:
    return access.me().person_id


@bp.post(f"{PLACE}/staff/<rep>/end")
@access.for_employer
def end_staff(event: str, rep: str) -> Response:
    """Take a name off the list."""
    fair_event = queries.fair_event(event, access.school().id)
    place = queries.own_place(g.employer_id, fair_event.id)
    actions.end_rep(queries.own_rep(rep, place.id).id, by=_me(), now=clock.now())
    return back_to("exhibitors.staff", _("已移除。"), employer=g.employer_public_id, event=event)


@bp.route("/employer/<employer>/postings/<posting>/fairs", methods=["GET", "POST"])
@access.for_employer
def bring(posting: str) -> Any:
    """At which of its fairs the employer shows a posting."""
    one, now = postings.posting(posting, g.employer_id), clock.now()
    form, number = BringForm(), one.id
    form.offer(bringing.choices(number, g.employer_id, now))
    chosen = form.fairs.data or []
    if submitted(form, lambda: bringing.bring_posting(number, g.employer_id, chosen, by=_me(), now=now)):
        return back_to("exhibitors.bring", _("已保存。"), posting=posting)
    revision = postings.latest_revision(one.id)
    page = render_template("exhibitors/bring.html", form=form, posting=one, title=revision.title)
    return page, status_of(form)


bp.add_app_template_global(bringing.public_fairs, "posting_fairs")
