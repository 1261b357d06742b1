"""The staff's pages of programmes and events: lists, making, wording."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.programmes import actions, board, queries
from fairs.programmes.forms import organisers_of, programme_form, spoken, words_form
from fairs.programmes.rules import (
    EVENT_KIND_LABELS,
    EVENT_STATE_LABELS,
    LEVEL_LABELS,
    MODE_LABELS,
    ORGANISER_LABELS,
    OVER,
    PROGRAMME_LABELS,
    SCOPE_LABELS,
)
from fairs.programmes.states import badge_of
from fairs.programmes.steps import next_action, steps
from fairs.programmes.tabs import tabs
from fairs.programmes.views.blueprint import PLANNERS, STAFF, bp
from fairs.venues import queries as venues
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


@bp.get("/<school>/office/programmes")
@access.require(*PLANNERS)
def office_programmes() -> str:
    """The programmes of the university and those above it."""
    here = access.school().id
    return render_template(
        "programmes/office_programmes.html", programmes=queries.programmes(here), labels=PROGRAMME_LABELS
    )


@bp.route("/<school>/office/programmes/new", methods=["GET", "POST"])
@access.office
def new_programme() -> Any:
    """Start a programme."""
    form, here = programme_form(), access.school().id
    made = submitted(
        form,
        lambda: actions.create_programme(
            form.texts(), university_id=here, by=access.me().person_id, now=clock.now()
        ),
    )
    if made:
        return back_to("programmes.office_programme", _("系列活动已建立。"), programme=made.public_id)
    return render_template("programmes/programme_form.html", form=form, programme=None), status_of(form)


@bp.get("/<school>/office/programmes/<programme>")
@access.require(*PLANNERS)
def office_programme(programme: str) -> str:
    """One programme: its events week by week, and how many of which kind."""
    here = access.school().id
    chosen = queries.programme(programme, here)
    days = queries.events_in(chosen.id, here, public=False)
    return render_template(
        "programmes/office_programme.html",
        programme=chosen,
        weeks=board.by_week(days),
        totals=board.totals(days),
        kind=PROGRAMME_LABELS[chosen.kind],
        labels=EVENT_KIND_LABELS,
        badge_of=badge_of,
    )


@bp.route("/<school>/office/programmes/<programme>/edit", methods=["GET", "POST"])
@access.office
def edit_programme(programme: str) -> Any:
    """Word a programme of the own university anew."""
    chosen = queries.own_programme(programme, access.school().id)
    form = programme_form(chosen)
    number = chosen.id
    done = submitted(
        form,
        lambda: actions.edit_programme(number, form.texts(), by=access.me().person_id, now=clock.now()),
    )
    if done:
        return back_to("programmes.office_programme", _("修改已保存。"), programme=programme)
    return render_template("programmes/programme_form.html", form=form, programme=chosen), status_of(form)


@bp.get("/<school>/office/events")
@access.require(*STAFF)
def office_events() -> str:
    """The events that the viewer may see, searched, filtered and sorted."""
    page = board.staff_page(access.school().id, access.me(), request.args)
    return render_template(
        "programmes/office_events.html",
        listing=page,
        first_days=queries.first_days([event.id for event in page.items]),
        states=spoken(EVENT_STATE_LABELS),
        kinds=spoken(EVENT_KIND_LABELS),
        labels=EVENT_KIND_LABELS,
        badge_of=badge_of,
        may_plan=access.me().has(set(PLANNERS), access.school().id),
    )


@bp.get("/<school>/office/events/<event>")
@access.require(*STAFF)
def office_event(event: str) -> str:
    """One event for its staff: what is missing, what to do next, and everything that is decided."""
    here, me = access.school(), access.me()
    chosen = queries.staff_event(event, here.id, me)
    plan = venues.latest_plan(chosen.id)
    return render_template(
        "programmes/office_event.html",
        event=chosen,
        tabs=tabs(chosen),
        state=badge_of(chosen.state),
        may_plan=me.has(set(PLANNERS), here.id),
        is_over=chosen.state in OVER,
        steps=steps(chosen),
        next_action=next_action(chosen),
        plan=plan,
        drawing=venues.map_of(plan.id) if plan else None,
        **board.about(chosen, here.id),
        **_labels(),
    )


def _labels() -> dict[str, Any]:
    return {
        "kinds": EVENT_KIND_LABELS,
        "scopes": SCOPE_LABELS,
        "levels": LEVEL_LABELS,
        "modes": MODE_LABELS,
        "roles": ORGANISER_LABELS,
    }


@bp.route("/<school>/office/events/<event>/edit", methods=["GET", "POST"])
@access.require(*PLANNERS)
def edit_event(event: str) -> Any:
    """Word an event anew."""
    here = access.school()
    chosen = queries.staff_event(event, here.id, access.me())
    form, number = words_form(chosen), chosen.id
    version = request.form.get("version", chosen.version, type=int)
    done = submitted(
        form,
        lambda: actions.edit_event(
            number,
            form.texts(),
            targets=form.targets(),
            organisers=organisers_of(form, here) or None,
            version=version,
            by=access.me().person_id,
            now=clock.now(),
        ),
    )
    if done:
        return back_to("programmes.office_event", _("修改已保存。"), event=event)
    return render_template("programmes/edit_event.html", form=form, event=chosen), status_of(form)
