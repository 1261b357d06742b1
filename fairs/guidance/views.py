"""Pages of what a student wants and keeps, and the gap list for the career centre."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import RoleKind
from fairs.database import found
from fairs.files.answers import sheet_answer
from fairs.files.sheets import write_xlsx
from fairs.guidance import actions, offered, queries, sheets
from fairs.guidance.forms import KeepForm, intent_form
from fairs.guidance.rules import PLAN_LABELS, WHY_LABELS, Reason, Why, Wish, Wishes, gaps
from fairs.guidance.stands import STAND_LABELS
from fairs.students import queries as students
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to, own_path

bp = Blueprint("guidance", __name__)


@bp.app_template_global()
def why_words(reason: Reason) -> str:
    """A reason for an event in the reader's language."""
    return _worded(WHY_LABELS, reason)


@bp.app_template_filter()
def why_of_stand(reason: Reason) -> str:
    """A reason for a stand in the reader's language."""
    return _worded(STAND_LABELS, reason)


def _worded(words: Mapping[Why, str], reason: Reason) -> str:
    names = _("、").join(_(queries.KIND_WORDS.get(name, name)) for name in reason.names)
    return str(_(words[reason.why]) % {"count": reason.count, "names": names})


@bp.app_template_global()
def is_kept(kind: str, number: int) -> bool:
    """Whether the viewer keeps an employer or a posting; read once for a page."""
    if "kept" not in g:
        g.kept = queries.kept_ids(access.me().person_id)
    return number in g.kept[kind]


@dataclass(frozen=True)
class KeptLine:
    """A thing that the viewer keeps, with its page."""

    kind: str
    public_id: str
    name: str
    school: str
    url: str


@bp.app_template_global()
def kept_things() -> list[KeptLine]:
    """What the viewer keeps, with pages at their own school."""
    student = students.studying(access.me().person_id)
    if student is None:
        return []
    slug = student.department.university.slug
    return [
        KeptLine(one.kind, one.public_id, one.name, slug, _page_of(one, slug))
        for one in queries.kept_things(student.person_id)
    ]


def _page_of(one: queries.KeptThing, slug: str) -> str:
    if one.kind == "posting":
        return url_for("postings.read", school=slug, posting=one.public_id)
    return url_for("postings.public", school=slug, q=one.name)


@bp.app_template_global()
def may_keep() -> bool:
    """Whether the viewer is a student, who may keep things."""
    who = access.viewer()
    return who is not None and RoleKind.STUDENT in who.kinds


@bp.route("/me/wishes", methods=["GET", "POST"])
@access.signed_in
def wishes() -> Any:
    """The short survey; it may be skipped, and changed at any time."""
    student = students.student_at(access.me().person_id)
    now = clock.now()
    places = offered.places(student.university_id, now)
    cities = {code: count for (wish, code), count in places.items() if wish is Wish.CITY}
    form = intent_form(cities, queries.wishes(student.person_id))
    person, school = student.person_id, student.university_id
    if submitted(form, lambda: actions.say_wishes(person, school, form.wishes(), now=now)):
        return back_to("home.index", _("已保存。首页的推荐会说明理由，您随时可以修改。"))
    asked = queries.intent(person) is not None
    return render_template("guidance/wishes.html", form=form, asked=asked), status_of(form)


@bp.post("/me/wishes/skip")
@access.signed_in
def skip() -> Response:
    """Do not ask again."""
    student = students.student_at(access.me().person_id)
    person, school = student.person_id, student.university_id
    if queries.intent(person) is None:
        actions.say_wishes(person, school, Wishes(), now=clock.now())
    return back_to("home.index", _("好的，以后可以在“我的预约”里填写。"))


@bp.post("/<school>/saved")
@access.signed_in
def save() -> Response:
    """Keep an employer or a posting, or keep it no longer; without JavaScript too."""
    form, here, now = KeepForm(), access.school().id, clock.now()
    me, thing, kind = access.me().person_id, form.thing.data or "", form.kind.data or ""
    students.student_at(me)
    look = found({"employer": offered.employer, "posting": offered.posting}.get(kind))
    if form.drop.data:
        actions.drop(me, **{f"{kind}_id": offered.kept_number(kind, thing, me)}, now=now)
    else:
        actions.keep(me, **{f"{kind}_id": look(thing, here, now).id}, now=now)
    return redirect(own_path(request.form.get("next", ""), "registrations.mine"))


@bp.get("/<school>/office/gaps")
@access.office
def gap_list() -> str:
    """What students want beside what is on offer, counted; cells below five are hidden."""
    here = access.school().id
    rows = gaps(queries.wanted(here), offered.places(here, clock.now()))
    return render_template(
        "guidance/gaps.html",
        parts=[(wish, [row for row in rows if row.wish is wish]) for wish in Wish],
        plans=queries.plans(here),
        plan_labels=PLAN_LABELS,
        words=sheets.word,
    )


@bp.get("/<school>/office/gaps.xlsx")
@access.office
def gap_sheet() -> Any:
    """The same as a sheet."""
    here = access.school().id
    rows = gaps(queries.wanted(here), offered.places(here, clock.now()))
    content = write_xlsx("意向与岗位对照", sheets.HEADINGS, [sheets.row_of(row) for row in rows])
    return sheet_answer(content, "意向与岗位对照.xlsx")
