"""The office's pages of programmes: lists, making, the tree, the week board, publishing."""

from typing import Any

from flask import current_app, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.accounts.rules import OFFICE
from fairs.clock import campus_day
from fairs.files.actions import content_of
from fairs.files.answers import sheet_answer
from fairs.programmes import actions, publishing, queries, season_board
from fairs.programmes import season_queries as seasons
from fairs.programmes.forms import spoken
from fairs.programmes.rules import EVENT_KIND_LABELS, PROGRAMME_LABELS
from fairs.programmes.season_forms import plan_document_form, programme_form
from fairs.programmes.seasons import TEMPLATE_KINDS
from fairs.programmes.states import badge_of, season_badge_of
from fairs.programmes.views.blueprint import PLANNERS, SEASON_READERS, bp
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

ONE = "/<school>/office/programmes/<programme>"


def _me() -> int:
    return access.me().person_id


def _own(programme: str) -> Any:
    return seasons.own_programme(programme, access.school().id)


@bp.get("/<school>/office/programmes")
@access.require(*SEASON_READERS)
def office_programmes() -> str:
    """The programmes of the university and those above it."""
    return render_template(
        "programmes/office_programmes.html",
        programmes=queries.programmes(access.school().id, archived=True),
        labels=PROGRAMME_LABELS,
        templates=TEMPLATE_KINDS,
        badge_of=season_badge_of,
        may_make=access.me().has(OFFICE, access.school().id),
    )


@bp.route("/<school>/office/programmes/new", methods=["GET", "POST"])
@access.office
def new_programme() -> Any:
    """Start a programme, from nothing or from a template (``?kind=``)."""
    here, now = access.school().id, clock.now()
    form = programme_form(here, campus_day(now))
    made = submitted(
        form,
        unrepeated(lambda: actions.create_programme(form.texts(), university_id=here, by=_me(), now=now)),
    )
    if made:
        sentence = _("系列活动已建立（未公布）。上传工作方案后即可公布。")
        return back_to("programmes.office_programme", sentence, programme=made.public_id)
    return render_template("programmes/programme_form.html", form=form, programme=None), status_of(form)


@bp.get(ONE)
@access.require(*SEASON_READERS)
def office_programme(programme: str) -> str:
    """One programme: its tree with counts, its days, its events week by week, its plan document."""
    here = access.school().id
    chosen = queries.programme(programme, here)
    return render_template(
        "programmes/office_programme.html",
        programme=chosen,
        kind=PROGRAMME_LABELS[chosen.kind],
        labels=EVENT_KIND_LABELS,
        kinds=spoken(EVENT_KIND_LABELS),
        badge_of=badge_of,
        season_badge=season_badge_of(chosen.state),
        endpoints=current_app.view_functions,  # pages of features above are named, never imported
        plan=seasons.plan_of(chosen.id),
        may_change=chosen.university_id == here and access.me().has(OFFICE, here),
        may_plan=access.me().has(set(PLANNERS), here),
        **season_board.page(chosen, here, request.args, public=False),
    )


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@access.office
def edit_programme(programme: str) -> Any:
    """Word a programme of the own university anew."""
    chosen, now = _own(programme), clock.now()
    form = programme_form(access.school().id, campus_day(now), chosen)
    number = chosen.id
    done = submitted(form, lambda: actions.edit_programme(number, form.texts(), by=_me(), now=now))
    if done:
        return back_to("programmes.office_programme", _("修改已保存。"), programme=programme)
    return render_template("programmes/programme_form.html", form=form, programme=chosen), status_of(form)


@bp.route(f"{ONE}/plan", methods=["GET", "POST"])
@access.office
def programme_plan(programme: str) -> Any:
    """Hand in the plan document with its owner and duties (S31)."""
    chosen = _own(programme)
    number = chosen.id
    form = plan_document_form(seasons.plan_of(number))
    done = submitted(form, lambda: publishing.set_plan(number, form.draft(), by=_me(), now=clock.now()))
    if done:
        return back_to("programmes.office_programme", _("工作方案已保存。"), programme=programme)
    return render_template("programmes/programme_plan.html", form=form, programme=chosen), status_of(form)


@bp.get(f"{ONE}/plan/file")
@access.require(*SEASON_READERS)
def programme_plan_file(programme: str) -> Any:
    """The plan document itself."""
    kept = seasons.plan_file(_own(programme).id)
    return sheet_answer(content_of(kept), kept.name, kept.media_type)


@bp.post(f"{ONE}/<any(publish,draft,archive):step>")
@access.office
def move_programme(programme: str, step: str) -> Response:
    """Let everybody see it, make it a draft again, or archive it."""
    ways = {
        "publish": (publishing.publish_programme, _("系列活动已公布。")),
        "draft": (publishing.take_back_programme, _("系列活动已收回，只有本校老师能看到。")),
        "archive": (publishing.archive_programme, _("系列活动已归档，可在历年对比中查看。")),
    }
    action, sentence = ways[step]
    action(_own(programme).id, by=_me(), now=clock.now())
    return back_to("programmes.office_programme", sentence, programme=programme)


@bp.get("/<school>/office/month")
@access.require(*PLANNERS)
def office_month() -> str:
    """Everything of a month by day, with states and what clashes."""
    first = season_board.month_of(request.args.get("month", ""), campus_day(clock.now()))
    shown = season_board.month(access.school().id, access.me(), first)
    return render_template(
        "programmes/office_month.html", month=shown, badge_of=badge_of, labels=EVENT_KIND_LABELS
    )
