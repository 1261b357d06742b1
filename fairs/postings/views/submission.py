"""One posting before its universities: submit, answer a return, appeal, withdraw (E5)."""

from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.clauses.rules import Severity
from fairs.employers import queries as employers
from fairs.institutions import queries as institutions
from fairs.postings import actions, queries, removing
from fairs.postings.content import Content
from fairs.postings.forms import AppealForm, SubmissionForm, TemplateForm, WithdrawForm
from fairs.postings.hints import hints
from fairs.postings.models import Posting
from fairs.postings.quality import quality
from fairs.postings.rules import PostingState, missing_elements
from fairs.postings.versions import seal_of
from fairs.postings.views.blueprint import bp
from fairs.vetting.marks import numbered
from fairs.vetting.rules import CaseState
from fairs.web.forms import SelectChoice, status_of, submitted
from fairs.web.language import called
from fairs.web.refusals import back_to


@bp.get("/employer/<employer>/postings/<posting>")
@access.for_employer
def show(posting: str) -> str:
    """One posting: where it stands at each university, what was said, what to do next."""
    one = queries.posting(posting, g.employer_id)
    return render_template("postings/show.html", appeal=AppealForm(), **_page(one, _submission(one)))


def _page(one: Posting, form: SubmissionForm) -> dict[str, Any]:
    row = queries.overview([queries.latest_revision(one.id)], clock.now())[0]
    content = queries.content_of(row.revision)
    return {
        "posting": one,
        "now": clock.now(),
        "row": row,
        "content": content,
        "majors": queries.majors_named(content.majors)[0],
        "missing_words": "、".join(_(name) for name in missing_elements(content.elements(), one.kind)),
        "quality": quality(content, one.kind),
        "templating": TemplateForm(formdata=None),
        "withdrawing": WithdrawForm(formdata=None),
        **_answered(row),
        "row_sentence": _(_sentence(row)),
        "history": _told(one),
        "appealed": (request.view_args or {}).get("slug"),
        **_found(content, form),
    }


def _answered(row: queries.Overview) -> dict[str, Any]:
    """What universities said of the text, where in this version it is, and by what law its author keeps it."""
    returned, cases = queries.returned(row.schools), [at.case for at in row.schools if at.case]
    own = [case for case in cases if case.revision_no == row.revision.no]
    return {
        "returned": returned,
        "marked": [pair for one in returned if one.case in own for pair in one.numbered],
        "stated": next((case for case in own if case.ground), None),
    }


def _found(content: Content, form: SubmissionForm) -> dict[str, Any]:
    """The clauses of a text, and the form, which asks for a ground where one has to go."""
    found = hints(content.text(), *queries.strictness(g.employer_id))
    blocks = sum(finding.severity is Severity.BLOCK for finding in found)
    return {"form": form, "numbered": numbered(found), "blocks": blocks}


def _told(one: Posting) -> list[dict[str, Any]]:
    return [
        {
            "at": step.at,
            "who": called(step.school) if step.school else "",
            "what": _(step.what),
            "note": step.note,
        }
        for step in queries.history(one)
    ]


SENTENCE_LABELS = {
    "ended": "已撤下，学生不再看到。",
    "appealed": "申诉已提交，等待另一位老师处理。",
    "waiting": "已提交，等待学校审核。",
    "changed": "这是还没有提交的新版本，学校和学生看到的仍是上一版。",
    "returned": "有学校没有通过这一版，请看下面的说明。",
    "hidden": "单位在学校受到限制，学生暂时看不到。恢复后自动重新展示，办法见单位主页。",
    "published": "学生可以看到这条招聘信息。",
    "scheduled": "已通过审核，到开始日期后学生就能看到。",
    "removed": "学校已停止展示，原因见下面的经过。可以修改后重新提交。",
    "expired": "已过有效期。修改有效期后可以重新提交。",
    "draft": "草稿，只有本单位能看到。",
}


def _sentence(row: queries.Overview) -> str:
    """The state in words (a message id)."""
    states = {at.standing.state for at in row.schools if not at.hidden}
    holds = {
        "ended": row.posting.ended_at is not None,
        "appealed": row.waiting and any(at.case.state is CaseState.APPEALED for at in row.schools if at.case),
        "waiting": row.waiting,
        "changed": row.revision.frozen_at is None and bool(row.schools),
        "returned": bool(states & {PostingState.RETURNED, PostingState.REJECTED}),
        "hidden": any(at.hidden for at in row.schools) and PostingState.PUBLISHED not in states,
        "published": PostingState.PUBLISHED in states,
        "scheduled": PostingState.SCHEDULED in states,
        "removed": PostingState.WITHDRAWN in states,
        "expired": bool(states),
    }
    return SENTENCE_LABELS[next((key for key, true in holds.items() if true), "draft")]


def _submission(one: Posting) -> SubmissionForm:
    """The verified universities that have not seen the newest version yet."""
    revision = queries.latest_revision(one.id)
    seen = {at.university.id for at in _schools(one) if at.case and at.case.revision_no == revision.no}
    form = SubmissionForm()
    standings = employers.verified_schools(g.employer_id)
    offered = {at.university_id: called(at.university) for at in standings if at.university_id not in seen}
    form.schools.choices = [SelectChoice(str(number), name) for number, name in offered.items()]
    form.version.data = form.version.data or seal_of(revision)
    if not form.is_submitted():
        form.schools.data = _expected(one, list(offered))
    return form


def _expected(one: Posting, offered: list[int]) -> list[int]:
    """Chosen beforehand: universities that returned the last version; for a first submission, the only one."""
    schools = _schools(one)
    if not schools:
        return offered if len(offered) == 1 else []
    waiting = {at.university.id for at in schools if at.case and at.case.state is CaseState.RETURNED}
    return [number for number in offered if number in waiting]


def _schools(one: Posting) -> list[queries.AtSchool]:
    return queries.overview([queries.latest_revision(one.id)], clock.now())[0].schools


@bp.post("/employer/<employer>/postings/<posting>")
@access.for_employer
def submit(posting: str) -> Any:
    """Put the newest version before the chosen universities."""
    one = queries.posting(posting, g.employer_id)
    form = _submission(one)
    number, by, now = one.id, access.me().person_id, clock.now()
    schools, stated, seen = form.schools.data or (), form.stated(), form.version.data
    if submitted(
        form,
        lambda: actions.submit_revision(number, schools, by=by, now=now, stated=stated, seen=seen),
    ):
        return back_to("postings.mine", _("已提交审核。学校会在 1 至 3 个工作日内答复，结果会发到您的邮箱。"))
    if form.version.errors:  # the page shows what there is now
        form.version.data = seal_of(queries.latest_revision(one.id))
    page = render_template("postings/show.html", appeal=AppealForm(formdata=None), **_page(one, form))
    return page, status_of(form)


@bp.post("/employer/<employer>/postings/<posting>/recall")
@access.for_employer
def recall(posting: str) -> Any:
    """Take a submission back that nobody has answered yet, and go on writing."""
    one = queries.posting(posting, g.employer_id)
    removing.recall_posting(one.id, by=access.me().person_id, now=clock.now())
    return back_to("postings.write", _("已收回，学校不再审核这一版。修改后请重新提交。"), posting=posting)


@bp.post("/employer/<employer>/postings/<posting>/withdraw")
@access.for_employer
def withdraw(posting: str) -> Any:
    """Take a posting back everywhere, with why."""
    one = queries.posting(posting, g.employer_id)
    form, number, by = WithdrawForm(), one.id, access.me().person_id
    now = clock.now()
    if submitted(form, lambda: actions.withdraw_posting(number, form.reason.data or "", by=by, now=now)):
        return back_to("postings.mine", _("已撤下，学生不再看到这条招聘信息。"))
    around = _page(one, _submission(one)) | {"withdrawing": form}
    page = render_template("postings/show.html", appeal=AppealForm(formdata=None), **around)
    return page, status_of(form)


@bp.post("/employer/<employer>/postings/<posting>/appeal/<slug>")
@access.for_employer
def appeal(posting: str, slug: str) -> Any:
    """Contest a university's decision with a statutory ground."""
    one = queries.posting(posting, g.employer_id)
    form, school = AppealForm(), institutions.university_by_slug(slug)
    number, at, by, now = one.id, school.id, access.me().person_id, clock.now()
    if submitted(form, lambda: actions.appeal_posting(number, at, form.reason.data or "", by=by, now=now)):
        return back_to("postings.show", _("申诉已提交，由另一位老师处理。"), posting=posting)
    page = render_template("postings/show.html", appeal=form, **_page(one, _submission(one)))
    return page, status_of(form)
