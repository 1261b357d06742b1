"""Pages of an event's steps: gates to sign, opening, starting, closing."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import RoleKind
from fairs.database import found
from fairs.operations import actions, board, queries, texts
from fairs.operations.forms import CloseForm
from fairs.operations.rules import Verdict
from fairs.operations.views.blueprint import PLANNERS, SIGNERS, bp, mine
from fairs.programmes import permits, steps
from fairs.programmes.gates import Gate
from fairs.programmes.kinds import INTERNAL
from fairs.programmes.models import Event
from fairs.programmes.states import badge_of
from fairs.programmes.tabs import tabs
from fairs.safety import queries as safety
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


def _coordinator(event: Event) -> steps.Step | None:
    """The step of an event whose department has nobody in charge (S132)."""
    if permits.coordinated(event, clock.now()):
        return None
    note = _("设置专员后才能提交审核和开放报名。请在“人员与角色”中授予，或联系就业中心主任。")
    leads = access.me().has({RoleKind.CAREER_DIRECTOR, RoleKind.ADMIN}, event.university_id)
    return (_("院系就业专员"), "todo", url_for("administration.people") if leads else None, note)


steps.add(_coordinator)


def _step(event: str, action: Callable[..., Any], sentence: str) -> Response:
    action(mine(event).id, by=access.me().person_id, now=clock.now())
    return back_to("programmes.office_event", sentence, event=event)


@bp.get("/<school>/office/events/<event>/gates")
@access.require(*SIGNERS, RoleKind.DEPT_COORDINATOR)
def gates(event: str) -> str:
    """The gates before opening: what each says, who signed, and what the viewer may sign."""
    chosen = mine(event)
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
    chosen = mine(event)
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


@bp.post("/<school>/office/events/<event>/words")
@access.require(*PLANNERS)
def vet_words(event: str) -> Response:
    """Put the words of an event before the officers."""
    case = texts.hand_in(mine(event).id, by=access.me().person_id, now=clock.now())
    said = _("已送审，由另一位老师审核，结果会发到您的邮箱。") if case else _("没有需要审核的内容。")
    return back_to("operations.gates", said, event=event)


@bp.post("/<school>/office/events/<event>/open")
@access.require(*PLANNERS)
def open_event(event: str) -> Response:
    """Open booking."""
    said = (
        _("已通知须参会人员，会议也在他们的日历里。")
        if mine(event).kind in INTERNAL
        else _("报名已开放，学生和单位可以看到这场活动。")
    )
    return _step(event, actions.open_event, said)


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
    chosen, form = mine(event), CloseForm()
    number, forced = chosen.id, bool(form.cleared.data)
    done = submitted(
        form,
        lambda: actions.close_event(number, forced=forced, by=access.me().person_id, now=clock.now()),
    )
    if done:
        return back_to("programmes.office_event", _("活动已结束。"), event=event)
    page = render_template(
        "operations/close.html", form=form, event=mine(event), inside=queries.inside(number)
    )
    return page, status_of(form)
