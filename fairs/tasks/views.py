"""Pages of background work: what runs, how far it is, stopping it and going on."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.files.answers import list_answer
from fairs.tasks import actions, exports, queries
from fairs.tasks.badges import badge_of
from fairs.tasks.rules import FIGURE_LABELS, KIND_LABELS, TASK_LABELS, can_resume, is_open
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to

bp = Blueprint("tasks", __name__)
exports.install()


@bp.get("/<school>/office/tasks")
@access.office
def index() -> str:
    """The background work of the school, latest first."""
    return render_template(
        "tasks/index.html",
        listing=listing(queries.tasks(access.school().id, request.args), scalars=False),
        kinds=KIND_LABELS,
        states=TASK_LABELS,
        badge_of=badge_of,
    )


@bp.get("/<school>/office/tasks.xlsx")
@access.office
def sheet() -> Any:
    """The same list as a sheet."""
    rows = whole(queries.tasks(access.school().id, request.args))
    headings = (_("任务"), _("状态"), _("发起人"), _("开始时间"), _("完成时间"))
    cells = (
        (
            _(KIND_LABELS.get(task.kind, task.kind)),
            _(TASK_LABELS[task.state]),
            name or _("系统"),
            task.created_at,
            task.finished_at,
        )
        for task, name in rows
    )
    return list_answer(_("后台任务"), headings, cells)


@bp.get("/<school>/office/tasks/<task>")
@access.office
def task(task: str) -> str:
    """One piece of work; while it goes on, the page asks again every two seconds."""
    here = queries.task_of(task, access.school().id)
    return render_template(
        "tasks/task.html",
        task=here,
        title=KIND_LABELS.get(here.kind, here.kind),
        state=badge_of(here.state),
        asked_by=queries.asked_by(here),
        file=queries.result_file(here),
        figures=[(FIGURE_LABELS[name], here.result[name]) for name in FIGURE_LABELS if name in here.result],
        goes_on=is_open(here.state),
        can_resume=can_resume(here.state),
    )


@bp.post("/<school>/office/tasks/<task>/stop")
@access.office
def stop(task: str) -> Response:
    """Ask the work to stop."""
    actions.stop(queries.task_of(task, access.school().id).id, clock.now())
    return back_to("tasks.task", _("已请求停止。"), "info", task=task)


@bp.post("/<school>/office/tasks/<task>/resume")
@access.office
def resume(task: str) -> Response:
    """Queue stopped or failed work again."""
    actions.resume(queries.task_of(task, access.school().id).id, clock.now())
    return back_to("tasks.task", _("已重新排队。"), task=task)
