"""The staff's pages of events: lists, making, wording, tags."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE
from fairs.files.answers import list_answer
from fairs.programmes import actions, board, queries, tags
from fairs.programmes.forms import organisers_of, spoken, words_form
from fairs.programmes.rules import (
    EVENT_KIND_LABELS,
    EVENT_STATE_LABELS,
    LEVEL_LABELS,
    MODE_LABELS,
    ORGANISER_LABELS,
    OVER,
    SCOPE_LABELS,
)
from fairs.programmes.season_forms import tags_form
from fairs.programmes.states import badge_of
from fairs.programmes.steps import next_action, steps
from fairs.programmes.tabs import tabs
from fairs.programmes.views.blueprint import PLANNERS, STAFF, bp
from fairs.venues import queries as venues
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


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
        is_office=access.me().has(OFFICE, access.school().id),
    )


@bp.get("/<school>/office/events.xlsx")
@access.require(*STAFF)
def office_events_sheet() -> Any:
    """The same list as a sheet."""
    rows = board.staff_sheet(access.school().id, access.me(), request.args)
    headings = (_("编号"), _("活动"), _("类型"), _("院系"), _("开始"), _("状态"))
    cells = (
        (
            event.no,
            event.title,
            _(EVENT_KIND_LABELS[event.kind]),
            event.department.name if event.department else "",
            starts_at,
            _(EVENT_STATE_LABELS[event.state]),
        )
        for event, starts_at in rows
    )
    return list_answer(_("活动列表"), headings, cells)


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


@bp.route("/<school>/office/events/<event>/tags", methods=["GET", "POST"])
@access.require(*PLANNERS)
def tag_event(event: str) -> Any:
    """To which named campaigns, industrial chains and industry committees an event belongs (S9, S19, S92)."""
    chosen = queries.staff_event(event, access.school().id, access.me())
    form, number = tags_form(chosen), chosen.id
    by = access.me().person_id
    done = submitted(
        form,
        lambda: tags.tag_event(number, form.chosen(), version=form.version.data or 0, by=by, now=clock.now()),
    )
    if done:
        return back_to("programmes.office_event", _("标签已保存。"), event=event)
    return render_template("programmes/tags.html", form=form, event=chosen), status_of(form)
