"""Pages of an event's steps: gates to sign, opening, closing, moving, cancelling."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.database import found
from fairs.operations import actions, board, queries
from fairs.operations.forms import CloseForm, ReasonForm, day_form
from fairs.operations.rules import Verdict
from fairs.programmes import queries as events
from fairs.programmes.gates import Gate
from fairs.programmes.models import Event
from fairs.programmes.states import badge_of
from fairs.programmes.tabs import tabs
from fairs.safety import queries as safety
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

bp = Blueprint("operations", __name__)

PLANNERS = (*sorted(OFFICE), RoleKind.DEPT_COORDINATOR)
SIGNERS = (*sorted(OFFICE), RoleKind.CAMPUS_SECURITY)


def _mine(event: str) -> Event:
    return events.staff_event(event, access.school().id, access.me())


def _step(event: str, action: Callable[..., Any], sentence: str) -> Response:
    action(_mine(event).id, by=access.me().person_id, now=clock.now())
    return back_to("programmes.office_event", sentence, event=event)


@bp.get("/<school>/office/events/<event>/gates")
@access.require(*SIGNERS, RoleKind.DEPT_COORDINATOR)
def gates(event: str) -> str:
    """The gates before opening: what each says, who signed, and what the viewer may sign."""
    chosen = _mine(event)
    return render_template(
        "operations/gates.html",
        event=chosen,
        tabs=tabs(chosen),
        state=badge_of(chosen.state),
        gates=board.gates(chosen, access.me()),
        lines=safety.lines(chosen),
    )


@bp.post("/<school>/office/events/<event>/gates/<gate>")
@access.require(*SIGNERS)
def sign_gate(event: str, gate: str) -> Response:
    """Sign or refuse a gate."""
    chosen = _mine(event)
    kind = found({one.value: one for one in Gate}.get(gate))
    verdict = found({one.value: one for one in Verdict}.get(request.form.get("verdict", "")))
    note = request.form.get("note", "")[:300]
    seen = request.form.get("seen", type=int)
    actions.sign_gate(chosen.id, kind, verdict, note, seen=seen, by=access.me().person_id, now=clock.now())
    said = (
        _("已签署，签署人和时间已记录。")
        if verdict is Verdict.ACCEPT
        else _("已退回，办理的老师会看到原因。")
    )
    return back_to("operations.gates", said, event=event)


@bp.post("/<school>/office/events/<event>/review")
@access.require(*PLANNERS)
def review(event: str) -> Response:
    """Hand the plan to those who sign."""
    return _step(event, actions.send_to_review, _("已提交审核，签署后即可开放报名。"))


@bp.post("/<school>/office/events/<event>/open")
@access.require(*PLANNERS)
def open_event(event: str) -> Response:
    """Open booking."""
    return _step(event, actions.open_event, _("报名已开放，学生和单位可以看到这场活动。"))


@bp.post("/<school>/office/events/<event>/lock")
@access.require(*PLANNERS)
def lock_event(event: str) -> Response:
    """End booking."""
    return _step(event, actions.lock_event, _("报名已截止，展位图已定稿。"))


@bp.post("/<school>/office/events/<event>/start")
@access.require(*PLANNERS)
def start(event: str) -> Response:
    """The doors open."""
    return _step(event, actions.start, _("活动已开始。"))


@bp.route("/<school>/office/events/<event>/close", methods=["GET", "POST"])
@access.require(*PLANNERS)
def close_event(event: str) -> Any:
    """End an event, after a look into the hall."""
    chosen, form = _mine(event), CloseForm()
    number, forced = chosen.id, bool(form.cleared.data)
    done = submitted(
        form,
        lambda: actions.close_event(number, forced=forced, by=access.me().person_id, now=clock.now()),
    )
    if done:
        return back_to("programmes.office_event", _("活动已结束。"), event=event)
    page = render_template(
        "operations/close.html", form=form, event=_mine(event), inside=queries.inside(number)
    )
    return page, status_of(form)


@bp.route("/<school>/office/events/<event>/cancel", methods=["GET", "POST"])
@access.require(*PLANNERS)
def cancel_event(event: str) -> Any:
    """Call an event off, on a page of its own that says who will hear of it."""
    return _with_reason(
        event, actions.cancel_event, "operations/cancel.html", _("活动已取消，相关人员会收到通知。")
    )


@bp.route("/<school>/office/events/<event>/postpone", methods=["GET", "POST"])
@access.require(*PLANNERS)
def postpone_event(event: str) -> Any:
    """Put an event off, on a page of its own that says who will hear of it."""
    sentence = _("活动已延期，相关人员会收到通知。确定新日期后请修改时间并重新提交审核。")
    return _with_reason(event, actions.postpone_event, "operations/postpone.html", sentence)


def _with_reason(event: str, action: Callable[..., Any], template: str, sentence: str) -> Any:
    form, number = ReasonForm(), _mine(event).id
    done = submitted(
        form, lambda: action(number, form.reason.data, by=access.me().person_id, now=clock.now())
    )
    if done:
        return back_to("programmes.office_event", sentence, event=event)
    page = render_template(
        template,
        form=form,
        event=_mine(event),
        exhibitors=len(queries.exhibitor_people(number)),
        students=len(queries.ticket_people(number)),
    )
    return page, status_of(form)


@bp.route("/<school>/office/events/<event>/days/<day>", methods=["GET", "POST"])
@access.require(*PLANNERS)
def move_day(event: str, day: str) -> Any:
    """Move a day of an event."""
    chosen = _mine(event)
    occurrence = events.occurrence(day, chosen.id)
    form, number = day_form(occurrence), occurrence.id
    done = submitted(
        form, lambda: actions.move_day(number, form.draft(), by=access.me().person_id, now=clock.now())
    )
    if done:
        return back_to("programmes.office_event", _("时间已修改。"), event=event)
    page = render_template(
        "operations/move_day.html",
        form=form,
        event=_mine(event),
        people=len(queries.people_concerned(chosen.id)),
    )
    return page, status_of(form)
