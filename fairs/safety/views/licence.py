"""The licence of a large event: whether it is needed, and every step with the police."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import RoleKind
from fairs.database import found
from fairs.programmes import permits
from fairs.programmes import queries as events
from fairs.programmes.models import Event
from fairs.programmes.tabs import tabs
from fairs.safety import actions, board, forms, licences
from fairs.safety.board import VERB_LABELS
from fairs.safety.licensed import licence_of
from fairs.safety.views.blueprint import PLANNERS, READERS, bp, event_of, may_plan, today
from fairs.venues import queries as venues
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


@bp.get("/<school>/office/events/<event>/licence")
@access.require(*READERS)
def licence(event: str) -> str:
    """Whether the event needs a licence, how far it is, and what may be recorded."""
    chosen = event_of(event)
    page = board.licence_page(chosen, access.me(), today())
    return render_template("safety/licence.html", tabs=tabs(chosen), may_plan=may_plan(), **page)


@bp.route("/<school>/office/events/<event>/licence/numbers", methods=["GET", "POST"])
@access.require(*PLANNERS)
def declare(event: str) -> Any:
    """Say anew how many are expected, and who may come."""
    chosen, form = event_of(event), forms.DeclareForm()
    number, fair = chosen.id, found(events.fair_of(chosen.id))
    if not form.is_submitted():
        form.expected.data, form.open_to_public.data = fair.expected_attendance, fair.open_to_public
    done = submitted(
        form,
        lambda: actions.declare(
            number,
            form.expected.data or 0,
            open_to_public=bool(form.open_to_public.data),
            by=access.me().person_id,
            now=clock.now(),
        ),
    )
    if done:
        return back_to("safety.licence", _("人数已更新。"), event=event)
    return _form_page(event, form, _("预计人数和参加范围"), _("已签署的安全工作方案需要重新提交。"))


@bp.route("/<school>/office/events/<event>/licence/answer", methods=["GET", "POST"])
@access.require(RoleKind.CAMPUS_SECURITY)
def answer(event: str) -> Any:
    """Campus security says whether the event counts as a large public one."""
    form, number = forms.today_in(forms.AnswerForm(), today()), event_of(event).id
    if not form.is_submitted():
        form.answered_by.data = access.me().name
    done = submitted(
        form,
        lambda: licences.assess(
            number,
            form.counts.data == "yes",
            form.answered_by.data,
            form.on.data,
            form.note.data,
            by=access.me().person_id,
            now=clock.now(),
        ),
    )
    if done:
        return back_to("safety.licence", _("答复已登记，就业中心会收到通知。"), event=event)
    return _form_page(event, form, _("登记答复"), _("答复人、日期和依据会保留在许可页面上。"))


def _form_page(event: str, form: Any, title: str, lead: str, version: int | None = None) -> Any:
    page = render_template(
        "safety/licence_form.html", event=event_of(event), form=form, title=title, lead=lead, version=version
    )
    return page, status_of(form)


FORMS: dict[str, Callable[[], Any]] = {
    "apply": forms.ApplyForm,
    "accept": forms.AcceptForm,
    "grant": forms.GrantForm,
    "refuse": forms.RefuseForm,
}


def _recorded(verb: str, number: int, form: Any, version: int) -> Any:
    who: dict[str, Any] = {"version": version, "by": access.me().person_id, "now": clock.now()}
    if verb == "apply":
        return licences.apply(number, form.authority.data, form.on.data, **who)
    if verb == "accept":
        return licences.accept(number, form.on.data, **who)
    if verb == "refuse":
        return licences.refuse(number, form.reason.data, form.on.data, **who)
    paper = licences.Paper(
        number=form.number.data, decided_on=form.on.data, upload=forms.upload_of(form.paper)
    )
    return licences.grant(number, paper, **who)


@bp.route(
    "/<school>/office/events/<event>/licence/<any(apply, accept, grant, refuse):verb>",
    methods=["GET", "POST"],
)
@access.require(*READERS)
def record(event: str, verb: str) -> Any:
    """Write down what happened with the police."""
    chosen = event_of(event)
    there, number = found(licence_of(chosen.id)), chosen.id
    form = forms.today_in(FORMS[verb](), today())
    if verb == "apply" and not form.is_submitted():
        form.authority.data = there.authority
    version = request.form.get("version", there.version, type=int)
    done = submitted(form, lambda: _recorded(verb, number, form, version))
    if done:
        return back_to("safety.licence", _("已登记。"), event=event)
    lead = _("请按公安机关的书面材料填写。")
    return _form_page(event, form, _(VERB_LABELS[verb]), lead, version)


@bp.route("/<school>/office/events/<event>/licence/change", methods=["GET", "POST"])
@access.require(*READERS)
def change(event: str) -> Any:
    """Prepare a change of a licensed event."""
    chosen = event_of(event)
    there, number = found(licence_of(chosen.id)), chosen.id
    spaces = venues.spaces(chosen.university_id)
    persons = permits.arrangement(number).persons
    days = events.occurrences(number)
    form = forms.change_form(days, [(one.public_id, one.name) for one in spaces], persons)
    version = request.form.get("version", there.version, type=int)
    by_name = {one.public_id: one.id for one in spaces}
    done = submitted(form, lambda: _ask_change(number, form, by_name, version))
    if done:
        return back_to("safety.licence", _("变更内容已保存，向公安机关申请后请登记。"), event=event)
    lead = _("取得变更许可之前，活动的时间、地点和人数保持不变。")
    return _form_page(event, form, _(VERB_LABELS["change"]), lead, version)


def _ask_change(number: int, form: Any, spaces: dict[str, int], version: int) -> Any:
    wanted = form.wanted(events.occurrences(number), permits.arrangement(number), spaces)
    return licences.ask_change(
        number, wanted, form.reason.data, version=version, by=access.me().person_id, now=clock.now()
    )


@bp.post("/<school>/office/events/<event>/licence/drop")
@access.require(*READERS)
def drop(event: str) -> Response:
    """Think better of a change."""
    chosen: Event = event_of(event)
    there = found(licence_of(chosen.id))
    version = request.form.get("version", there.version, type=int)
    licences.drop_change(chosen.id, version=version, by=access.me().person_id, now=clock.now())
    return back_to("safety.licence", _("已放弃变更，原许可继续有效。"), event=event)
