"""The safety plan: read whole, written in steps, handed in, printed."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.database import found
from fairs.files.actions import content_of
from fairs.files.answers import sheet_answer
from fairs.programmes.tabs import tabs
from fairs.safety import actions, board, contents, document, forms, people, queries, rosters
from fairs.safety.contents import CHECKLIST, SECTION_LABELS
from fairs.safety.rules import POSITION_LABELS
from fairs.safety.views.blueprint import PLANNERS, READERS, bp, event_of, may_plan, set_responsible, today
from fairs.web.forms import status_of, submitted
from fairs.web.language import current
from fairs.web.refusals import back_to


@bp.get("/<school>/office/events/<event>/safety")
@access.require(*READERS)
def plan(event: str) -> str:
    """The plan whole, with its state, its history, and what may be done now."""
    chosen = event_of(event)
    page = board.plan_page(chosen, access.me(), may_plan=may_plan(), today=today())
    return render_template("safety/plan.html", tabs=tabs(chosen), **page)


@bp.get("/<school>/office/events/<event>/safety/paper")
@access.require(*READERS)
def paper(event: str) -> str:
    """The plan on paper: with the map, the people on duty, and room for signatures."""
    chosen = event_of(event)
    signed = queries.signed_submission(chosen.id)
    return render_template(
        "safety/paper.html",
        event=chosen,
        parts=document.parts_of(signed.snapshot if signed else queries.snapshot(chosen)),
        drawing=board.drawing_of(chosen),
        signed=signed,
        signer=queries.signer_of(signed.signed_by) if signed else "",
        roster=board.roster_page(chosen, may_plan=False),
        labels=POSITION_LABELS,
    )


@bp.route("/<school>/office/events/<event>/safety/write/<step>", methods=["GET", "POST"])
@access.require(*PLANNERS)
def write(event: str, step: str) -> Any:
    """A step of the plan; what was typed is kept, whole or not."""
    chosen = event_of(event)
    written = queries.plan_of(chosen.id)
    if step == CHECKLIST:
        return _checklist(event, written)
    section = found(contents.section(step))
    form, number = forms.section_form(section, written), chosen.id
    version = request.form.get("version", written.version if written else 0, type=int)
    done = submitted(
        form,
        lambda: actions.save_section(
            number,
            step,
            forms.written(form, section),
            forms.uploads(form, section),
            version=version,
            by=access.me().person_id,
            now=clock.now(),
        ),
    )
    return _next(event, step) if done else _step_page(event, step, form)


def _checklist(event: str, written: Any) -> Any:
    chosen = event_of(event)
    checklist = queries.checklist_of(chosen, written)
    form, number = forms.checklist_form(checklist, written, current()), chosen.id
    version = request.form.get("version", written.version if written else 0, type=int)
    done = submitted(
        form,
        lambda: actions.save_answers(
            number,
            forms.answered(form, checklist),
            version=version,
            by=access.me().person_id,
            now=clock.now(),
        ),
    )
    return _next(event, CHECKLIST) if done else _step_page(event, CHECKLIST, form)


def _next(event: str, step: str) -> Response:
    following = contents.step_after(step)
    if following is None or request.form.get("then") == "stop":
        return back_to("safety.plan", _("已保存。请核对全部内容。"), event=event)
    return redirect(url_for("safety.write", event=event, step=following))


def _step_page(event: str, step: str, form: Any) -> Any:
    chosen = event_of(event)
    written, order = queries.plan_of(chosen.id), contents.steps()
    checklist = queries.checklist_of(chosen, written)
    page = render_template(
        "safety/checklist.html" if step == CHECKLIST else "safety/write.html",
        event=chosen,
        form=form,
        step=step,
        title=_(SECTION_LABELS[step]),
        place=order.index(step) + 1,
        steps=[(key, _(SECTION_LABELS[key])) for key in order],
        version=written.version if written else 0,
        files=queries.files_of(written),
        checklist=checklist,
        language=current(),
        upload=forms.UPLOAD,
        roster=rosters.by_duty(chosen.id) if step == "staff" else [],
    )
    return page, status_of(form)


@bp.post("/<school>/office/events/<event>/safety/submit")
@access.require(*PLANNERS)
def submit(event: str) -> Response:
    """Hand the plan in again."""
    actions.submit(event_of(event).id, by=access.me().person_id, now=clock.now())
    return back_to("safety.plan", _("方案已提交，保卫处会收到通知。"), event=event)


@bp.post("/<school>/office/events/<event>/safety/revise")
@access.require(*PLANNERS)
def revise(event: str) -> Response:
    """Open a signed plan again."""
    actions.revise(event_of(event).id, by=access.me().person_id, now=clock.now())
    return back_to("safety.plan", _("可以修改方案了。修改后需要重新提交签署。"), event=event)


@bp.post("/<school>/office/events/<event>/safety/copy")
@access.require(*PLANNERS)
def copy(event: str) -> Response:
    """Begin with the plan of last time."""
    actions.copy_last(event_of(event).id, by=access.me().person_id, now=clock.now())
    return back_to("safety.plan", _("已按上一次的方案填写，请逐项核对。检查清单需要重新回答。"), event=event)


@bp.get("/<school>/office/events/<event>/safety/files/<file>")
@access.require(*READERS)
def file(event: str, file: str) -> Any:
    """A file of the plan or the licence."""
    kept = queries.file_of(event_of(event), file)
    return sheet_answer(content_of(kept), kept.name, kept.media_type)


@bp.route("/<school>/office/events/<event>/safety/responsible", methods=["GET", "POST"])
@access.require(*PLANNERS)
def event_responsible(event: str) -> Any:
    """Who answers for this event, where it is not who answers for its school."""
    chosen, form = event_of(event), forms.ResponsibleForm()
    form.where.choices = forms.choices([("", chosen.title)])
    scope = people.Scope(university_id=chosen.university_id, event_id=chosen.id)
    done = submitted(form, lambda: set_responsible(scope, form))
    if done:
        return back_to("safety.event_responsible", _("责任人已保存。"), event=event)
    shown = event_of(event)
    page = render_template(
        "safety/event_responsible.html",
        event=shown,
        form=form,
        there=queries.responsible(shown),
        labels=POSITION_LABELS,
    )
    return page, status_of(form)
