"""The employer's page of one place at a fair: the booth, the answer to an offer, the end."""

from typing import Any

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.allocation import actions, floor, queries
from fairs.allocation.forms import CancelForm
from fairs.allocation.history import history
from fairs.allocation.views.blueprint import bp
from fairs.database import found
from fairs.employers import queries as employers
from fairs.employers import records
from fairs.employers.sanctions import StrikePolicy
from fairs.exhibitors import queries as exhibitors
from fairs.exhibitors.badges import badge_of
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState, Needs, cancelled_state
from fairs.programmes import queries as programmes
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

PLACE = "/employer/<employer>/fairs/<school>/<event>"


def _place(event: str) -> Exhibitor:
    here = exhibitors.fair_event(event, access.school().id)
    return exhibitors.own_place(g.employer_id, here.id)


def _back(sentence: str, place: Exhibitor, tone: str = "success") -> Response:
    event = place.event.public_id
    return back_to("allocation.place", sentence, tone, employer=g.employer_public_id, event=event)


@bp.get(PLACE)
@access.for_employer
def place(event: str) -> Any:
    """One place: where it stands, what to do next, the booth on the map."""
    here = exhibitors.fair_event(event, access.school().id)
    mine = exhibitors.place_of(g.employer_id, here.id)
    if mine is None:
        return redirect(url_for("exhibitors.apply", employer=g.employer_public_id, event=event))
    return render_template("allocation/place.html", **_facts(mine))


def _facts(mine: Exhibitor) -> dict[str, Any]:
    assignment = queries.assignment_of(mine.id)
    plan = queries.booths(mine.event_id)
    return {
        "place": mine,
        "event": mine.event,
        "fair": programmes.fair_of(mine.event_id),
        "occurrences": programmes.occurrences(mine.event_id),
        "assignment": assignment,
        "booth": plan.get(assignment.booth_key) if assignment else None,
        "drawing": floor.own_map(mine.event_id, mine.id) if assignment else None,
        "needs": Needs.read(mine.needs),
        "postings": exhibitors.postings_of(mine.id),
        "reps": exhibitors.reps(mine.id),
        "history": history(mine, office=False),
        "takes_requests": exhibitors.takes_requests(mine.event_id, clock.now()),
        "state": badge_of(mine.state),
        "now": clock.now(),
    }


@bp.post(f"{PLACE}/confirm")
@access.for_employer
def confirm(event: str) -> Response:
    """Say yes to the offered booth."""
    here = _place(event)
    offered = found(queries.last_assignment_of(here.id))
    actions.confirm(offered.id, by=access.me().person_id, now=clock.now())
    return _back(_("展位已确认。请登记参会人员。"), here)


@bp.post(f"{PLACE}/decline")
@access.for_employer
def decline(event: str) -> Response:
    """Say no to the offered booth."""
    here = _place(event)
    offered = found(queries.last_assignment_of(here.id))
    actions.decline(offered.id, by=access.me().person_id, now=clock.now())
    return _back(_("已放弃这个展位，感谢告知。"), here, "info")


@bp.post(f"{PLACE}/rejoin")
@access.for_employer
def rejoin(event: str) -> Response:
    """Wait again after an offer has lapsed."""
    here = _place(event)
    actions.rejoin(here.id, by=access.me().person_id, now=clock.now())
    return _back(_("已重新加入候补，有合适的展位时会通知您。"), here)


@bp.route(f"{PLACE}/cancel", methods=["GET", "POST"])
@access.for_employer
def cancel(event: str) -> Any:
    """Not coming after all; the page says how that counts before it is done (P12)."""
    here, form = _place(event), CancelForm()
    fair, now = programmes.fair_of(here.event_id), clock.now()
    to = cancelled_state(here.state, fair.free_cancel_until if fair else None, now)
    reason = form.reason.data or ""
    if submitted(form, lambda: actions.cancel_request(here.id, reason, by=access.me().person_id, now=now)):
        return _back(_("已取消参会。"), here, "info")
    late = to is ExhibitorState.CANCELLED_LATE
    return render_template(
        "allocation/cancel.html",
        form=form,
        place=here,
        event=here.event,
        fair=fair,
        late=late,
        **_strikes(here),
    ), status_of(form)


def _strikes(here: Exhibitor) -> dict[str, Any]:
    """What one more breach would mean (P13)."""
    standing = employers.standing(here.employer_id, here.event.university_id)
    return {
        "policy": StrikePolicy.read(here.event.university.settings),
        "strikes": len(records.strike_days(standing.id)) if standing else 0,
    }


@bp.get(f"{PLACE}/letter")
@access.for_employer
def letter(event: str) -> str:
    """The confirmation to print: when, where, which booth, who comes, what is free of charge to cancel until when."""
    here = _place(event)
    return render_template(
        "allocation/letter.html",
        **_facts(here),
        firm=employers.employer(g.employer_id),
        programmes=programmes.programmes_of(here.event_id),
    )
