"""Pages of a university's parts: campuses, departments, majors; staffing."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.administration import queries
from fairs.administration.actions import school as actions
from fairs.administration.forms import RenameForm, part_form
from fairs.administration.rules import LED_BY, LIGHT_LABELS
from fairs.administration.views.blueprint import bp, leading, reading
from fairs.clock import campus_day
from fairs.institutions import duties
from fairs.web.badges import Badge
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

PART_LABELS = {"campus": "校区", "department": "院系", "major": "专业"}


@bp.get("/<school>/office/organisation")
@reading
def organisation() -> str:
    """Staffing, the university's data, its campuses, departments and majors."""
    here, today = access.school(), campus_day(clock.now())
    cohorts = queries.cohorts(here, today)
    return render_template(
        "administration/organisation.html",
        cohorts=[(one, Badge(LIGHT_LABELS[one.tone], one.tone)) for one in cohorts],
        ratio=duties.whole(here.settings, "staff_ratio"),
        uncovered=queries.without_coordinator(here.id, today),
        campuses=queries.campuses(here.id),
        departments=queries.departments(here.id),
        majors=queries.majors(here.id),
        code_of=queries.code_of,
        may=access.me().has(LED_BY, here.id),
    )


@bp.route("/<school>/office/organisation/new/<any(campus, department, major):kind>", methods=["GET", "POST"])
@leading
def new_part(kind: str) -> Any:
    """A new campus, department or major."""
    here, who = access.school().id, access.me().person_id
    form = part_form(kind, here)
    done = submitted(
        form, lambda: actions.add_part(form.draft(kind), university_id=here, by=who, now=clock.now())
    )
    if done:
        return back_to("administration.organisation", _("已新增。"))
    title = _(PART_LABELS[kind])
    return render_template("administration/new_part.html", form=form, title=title), status_of(form)


@bp.route(
    "/<school>/office/organisation/<any(campus, department, major):kind>/<code>", methods=["GET", "POST"]
)
@leading
def part(kind: str, code: str) -> Any:
    """Another name for a part, or putting it away."""
    here, who = access.school().id, access.me().person_id
    row = queries.part(kind, code, here)
    form, facts = RenameForm(obj=row), {"name": row.name, "ended": row.ended_at is not None}
    done = submitted(
        form,
        lambda: actions.rename_part(
            row, (form.name.data or "").strip(), university_id=here, by=who, now=clock.now()
        ),
    )
    if done:
        return back_to("administration.organisation", _("名称已修改。"))
    facts |= {"kind": kind, "code": code, "title": _(PART_LABELS[kind])}
    return render_template("administration/part.html", form=form, **facts), status_of(form)


@bp.post("/<school>/office/organisation/<any(campus, department, major):kind>/<code>/<any(end, resume):verb>")
@leading
def put_away(kind: str, code: str, verb: str) -> Response:
    """Offer a part no longer, or again."""
    here, who = access.school().id, access.me().person_id
    act = actions.end_part if verb == "end" else actions.resume_part
    act(queries.part(kind, code, here), university_id=here, by=who, now=clock.now())
    said = _("已停用，不再出现在新的选项中。") if verb == "end" else _("已重新启用。")
    return back_to("administration.organisation", said)
