"""The staff's pages of an event's parts: hall, booth plan."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.programmes import actions, board, queries
from fairs.programmes.models import Event
from fairs.programmes.part_forms import PlanForm, hall_form
from fairs.programmes.tabs import tabs
from fairs.programmes.views.blueprint import PLANNERS, bp
from fairs.venues import actions as venue_actions
from fairs.venues import queries as venues
from fairs.venues.layout import PlanSpec
from fairs.venues.rules import BOOTH_SIZE_LABELS, PLAN_LABELS
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


def _mine(event: str) -> Event:
    return queries.staff_event(event, access.school().id, access.me())


@bp.route("/<school>/office/events/<event>/hall", methods=["GET", "POST"])
@access.require(*PLANNERS)
def hall(event: str) -> Any:
    """Take a space for an event."""
    chosen = _mine(event)
    number = chosen.id
    form = hall_form(chosen, queries.occurrences(number))
    done = submitted(
        form,
        lambda: actions.take_space(
            number,
            int(form.space.data),
            late_reason=form.late_reason.data or "" if "late_reason" in form else "",
            by=access.me().person_id,
            now=clock.now(),
        ),
    )
    if done:
        return back_to("programmes.office_event", _("场地已确认。"), event=event)
    chosen = _mine(event)
    days = board.details(chosen)
    page = render_template("programmes/hall.html", form=form, event=chosen, days=days, tabs=tabs(chosen))
    return page, status_of(form)


@bp.route("/<school>/office/events/<event>/plan", methods=["GET", "POST"])
@access.require(*PLANNERS)
def plan(event: str) -> Any:
    """Draw the booth plan of a fair, in rows, and look at it."""
    chosen, form = _mine(event), PlanForm()
    number, here = chosen.id, access.school().id
    done = submitted(
        form,
        lambda: venue_actions.create_plan(
            number, _spec(form), university_id=here, by=access.me().person_id, now=clock.now()
        ),
    )
    if done:
        return back_to("programmes.plan", _("展位图已生成，请查看后发布。"), event=event)
    return _plan_page(event, form), status_of(form)


def _plan_page(event: str, form: PlanForm) -> str:
    chosen = _mine(event)
    latest = venues.latest_plan(chosen.id)
    return render_template(
        "programmes/plan.html",
        form=form,
        event=chosen,
        tabs=tabs(chosen),
        plan=latest,
        plan_label=PLAN_LABELS[latest.state] if latest else "",
        drawing=venues.map_of(latest.id) if latest else None,
        sizes=BOOTH_SIZE_LABELS,
    )


def _spec(form: Any) -> PlanSpec:
    return PlanSpec(
        booths=form.booths.data,
        large=form.large.data or 0,
        power=form.power.data or 0,
        accessible=form.accessible.data or 0,
        per_row=form.per_row.data,
    )


@bp.post("/<school>/office/events/<event>/plan/publish")
@access.require(*PLANNERS)
def publish_plan(event: str) -> Response:
    """Let people see the newest plan."""
    latest = venues.found_plan(_mine(event).id)
    venue_actions.publish_plan(
        latest.id, university_id=access.school().id, by=access.me().person_id, now=clock.now()
    )
    return back_to("programmes.plan", _("展位图已发布，学生和单位可以看到。"), event=event)
