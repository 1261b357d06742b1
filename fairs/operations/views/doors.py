"""Stopping entry, letting people in again, clearing the hall: by the career centre or campus security (P25, C6)."""

from collections.abc import Callable
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.operations import actions, queries
from fairs.operations.forms import ReasonForm
from fairs.operations.views.blueprint import GUARDS, bp, mine
from fairs.programmes.models import Event
from fairs.programmes.queries import SEES_ALL
from fairs.programmes.rules import EventState
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


@bp.app_template_global()
def may_stop_entry(event: Event) -> bool:
    """Whether the viewer may stop entry to this event now."""
    running = event.state in {EventState.RUNNING, EventState.PAUSED}
    return running and access.me().has(set(GUARDS), event.university_id)


@bp.app_template_global()
def sees_link(event: Event) -> bool:
    """Whether the online address concerns the viewer: booked students, confirmed employers, the event's staff."""
    who = access.viewer()
    if who is None or not event.online_url:
        return False
    return who.has(SEES_ALL, event.university_id) or queries.sees_link(event.id, who.person_id)


@bp.route("/<school>/office/events/<event>/pause", methods=["GET", "POST"])
@access.require(*GUARDS)
def pause_entry(event: str) -> Any:
    """Stop letting people in."""
    return _stop(event, actions.pause_entry, "operations/pause.html", _("已暂停入场，检票设备会拒绝入场。"))


@bp.route("/<school>/office/events/<event>/evacuate", methods=["GET", "POST"])
@access.require(*GUARDS)
def evacuate(event: str) -> Any:
    """Clear the hall."""
    return _stop(event, actions.evacuate, "operations/evacuate.html", _("已通知疏散。清场后请结束活动。"))


def _stop(event: str, action: Callable[..., Any], page: str, sentence: str) -> Any:
    form, number = ReasonForm(), mine(event).id
    done = submitted(
        form, lambda: action(number, form.reason.data, by=access.me().person_id, now=clock.now())
    )
    if done:
        return back_to("onsite.scene", sentence, event=event)
    shown = render_template(
        page,
        form=form,
        event=mine(event),
        inside=queries.inside(number),
        outside=len(queries.not_yet_in(number, clock.now())),
        people=len(queries.people_concerned(mine(event))),
    )
    return shown, status_of(form)


@bp.post("/<school>/office/events/<event>/resume-entry")
@access.require(*GUARDS)
def resume_entry(event: str) -> Response:
    """Let people in again."""
    actions.resume_entry(mine(event).id, by=access.me().person_id, now=clock.now())
    return back_to("onsite.scene", _("已恢复入场，没有入场的预约者会收到通知。"), event=event)
