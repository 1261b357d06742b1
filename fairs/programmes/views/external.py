"""Pages of activities that others run: the office keeps them, everybody sees them, students say they took part."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.programmes import external
from fairs.programmes import season_queries as seasons
from fairs.programmes.campaigns import ActivityState, campaigns
from fairs.programmes.season_forms import activity_form
from fairs.programmes.season_models import ExternalActivity
from fairs.programmes.states import activity_badge_of
from fairs.programmes.views.blueprint import bp
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing
from fairs.web.refusals import back_to

OFFICE = "/<school>/office/activities"


def _me() -> int:
    return access.me().person_id


@bp.get(OFFICE)
@access.office
def office_activities() -> str:
    """The activities of others that we show, with how many students say that they took part."""
    page = listing(
        seasons.activities(access.school().id),
        search=[ExternalActivity.title, ExternalActivity.organiser],
        sorts={"when": ExternalActivity.starts_at, "title": ExternalActivity.title},
        default_sort="-when",
    )
    counted = seasons.parts_counted([row.id for row in page.items])
    return render_template(
        "programmes/office_activities.html",
        listing=page,
        counted=counted,
        campaigns=campaigns(),
        badge_of=activity_badge_of,
    )


@bp.route(f"{OFFICE}/new", methods=["GET", "POST"])
@access.office
def new_activity() -> Any:
    """Write down an activity of somebody else."""
    here = access.school().id
    form = activity_form(here)
    made = submitted(
        form,
        unrepeated(
            lambda: external.create_activity(form.draft(), university_id=here, by=_me(), now=clock.now())
        ),
    )
    if made:
        return back_to("programmes.office_activities", _("外部活动已保存为草稿，核对后请公布。"))
    return render_template("programmes/activity_form.html", form=form, activity=None), status_of(form)


@bp.route(f"{OFFICE}/<activity>", methods=["GET", "POST"])
@access.office
def edit_activity(activity: str) -> Any:
    """Word an activity anew."""
    here = access.school().id
    row = seasons.activity(activity, here)
    form, number = activity_form(here, row), row.id
    version = form.version.data or 0
    done = submitted(
        form,
        lambda: external.edit_activity(number, form.draft(), version=version, by=_me(), now=clock.now()),
    )
    if done:
        return back_to("programmes.office_activities", _("修改已保存，订阅的日历会跟着更新。"))
    row = seasons.activity(activity, here)
    return render_template(
        "programmes/activity_form.html", form=form, activity=row, badge_of=activity_badge_of
    ), status_of(form)


@bp.post(f"{OFFICE}/<activity>/<any(publish,cancel):step>")
@access.office
def move_activity(activity: str, step: str) -> Response:
    """Show it to everybody, or mark it as called off."""
    row = seasons.activity(activity, access.school().id)
    if step == "publish":
        external.publish_activity(row.id, by=_me(), now=clock.now())
        return back_to("programmes.office_activities", _("外部活动已公布，并进入公开日历。"))
    external.cancel_activity(row.id, by=_me(), now=clock.now())
    return back_to("programmes.office_activities", _("外部活动已标为取消，日历里会显示已取消。"))


@bp.get("/<school>/activities/<activity>")
@access.public
def activity(activity: str) -> str:
    """One activity of somebody else: link, deadline, for whom; a student says here that it was attended."""
    row, now, who = seasons.public_activity(activity, access.school().id), clock.now(), access.viewer()
    here = row.university_id
    return render_template(
        "programmes/activity.html",
        activity=row,
        badge=activity_badge_of(row.state),
        campaign=campaigns().get(row.campaign),
        is_student=who is not None and seasons.is_student(who.person_id, here),
        part=seasons.part_in(row.id, who.person_id) if who else None,
        counted=seasons.parts_counted([row.id]).get(row.id, 0),
        may_join=row.state is ActivityState.PUBLISHED and now < (row.deadline_at or row.ends_at),
        has_begun=row.state is ActivityState.PUBLISHED and now >= row.starts_at,
    )


@bp.post("/<school>/activities/<activity>/<any(took,undo):verb>")
@access.signed_in
def activity_part(activity: str, verb: str) -> Response:
    """I took part; or I did not after all."""
    row = seasons.public_activity(activity, access.school().id)
    if verb == "took":
        external.took_part(row.id, _me(), clock.now())
        return back_to("programmes.activity", _("已记录您参加了这项活动。"), activity=activity)
    external.take_back_part(row.id, _me(), clock.now())
    return back_to("programmes.activity", _("已撤回记录。"), activity=activity)
