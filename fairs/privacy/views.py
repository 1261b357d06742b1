"""Pages of a person's rights: what is stored, the file, consent, erasure; and the officers' queue of requests."""

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.audit import actions as audit
from fairs.database import found
from fairs.files.answers import sheet_answer
from fairs.privacy import actions, collected, queries
from fairs.privacy.badges import badge_of
from fairs.privacy.forms import DecisionForm, ErasureForm, WithdrawForm
from fairs.students import queries as students
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing
from fairs.web.refusals import back_to

bp = Blueprint("privacy", __name__)


@bp.get("/me/data")
@access.signed_in
def data() -> str:
    """What is stored about me, and what I can do about it."""
    return _data_page(ErasureForm())


def _data_page(form: ErasureForm) -> str:
    student = students.student_at(access.me().person_id)
    return render_template(
        "privacy/data.html",
        form=form,
        student=student,
        sections=collected.sections(student.person_id),
        labels=collected.SECTION_LABELS,
        last=queries.last_request(student.person_id),
        badge_of=badge_of,
    )


@bp.get("/me/data.json")
@access.signed_in
def download() -> Any:
    """The same as a file."""
    student, now = students.student_at(access.me().person_id), clock.now()
    content = collected.as_file(collected.sections(student.person_id), now)
    audit.looked("own_data", student, by=student.person_id, now=now)
    return sheet_answer(content, "我的数据.json", "application/json")


@bp.post("/me/data/withdraw")
@access.signed_in
def withdraw() -> Response:
    """Take a consent back."""
    kind = found(WithdrawForm().kind())
    actions.withdraw_consent(access.me().person_id, kind, now=clock.now())
    return back_to("home.index", _("已撤回同意，未来的预约已取消。需要继续使用时请重新阅读并同意。"))


@bp.post("/me/data/erasure")
@access.signed_in
def ask() -> Any:
    """Ask to be forgotten."""
    form, student = ErasureForm(), students.student_at(access.me().person_id)
    if submitted(form, lambda: actions.ask_erasure(student, form.reason.data or "", now=clock.now())):
        return back_to("privacy.data", _("申请已提交，学校会在 15 个工作日内答复。"))
    return _data_page(form), status_of(form)


@bp.post("/me/data/erasure/withdraw")
@access.signed_in
def take_back() -> Response:
    """Take the request back."""
    actions.withdraw_request(access.me().person_id, now=clock.now())
    return back_to("privacy.data", _("已撤回注销申请。"))


@bp.get("/<school>/office/erasure")
@access.office
def office() -> str:
    """The requests to be forgotten, those that wait first."""
    rows = listing(queries.requests(access.school().id), search=queries.SEARCH)
    return render_template("privacy/office.html", listing=rows, form=DecisionForm(), badge_of=badge_of)


@bp.post("/<school>/office/erasure/<erasure>")
@access.office
def decide(erasure: str) -> Response:
    """Carry a request out, or decline it with a reason."""
    request = queries.request_at(erasure, access.school().id)
    form, by, now = DecisionForm(), access.me().person_id, clock.now()
    if form.decline.data:
        actions.decline(request.id, form.answer.data or "", by=by, now=now)
        return back_to("privacy.office", _("已答复申请人。"))
    actions.erase(request.id, by=by, now=now)
    return back_to("privacy.office", _("已注销，个人信息已清除；到场统计保留但不再关联到个人。"))
