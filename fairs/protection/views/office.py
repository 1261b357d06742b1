"""The office about reports: the queue, one case with all its reports, its file for the labour bureau."""

from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.audit import actions as audit
from fairs.database import found
from fairs.employers import queries as employers
from fairs.employers.models import Employer
from fairs.files.answers import list_answer, sheet_answer, shown
from fairs.postings import queries as postings
from fairs.protection import actions, dossier, queries, sheets
from fairs.protection.forms import ResultForm
from fairs.protection.models import Complaint
from fairs.protection.rules import REASON_LABELS, SOURCE_LABELS, ComplaintState
from fairs.protection.views.blueprint import bp
from fairs.vetting import queries as vetting
from fairs.vetting.rules import SubjectKind
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to
from fairs.workdays import queries as workdays

SEARCH = (Complaint.title, Employer.legal_name)
SORTS = {"due": Complaint.due_at, "title": Complaint.title, "opened": Complaint.opened_at}
STATE_LABELS = {
    "open": "待办",
    "upheld": "属实，待办结",
    "unfounded": "未发现问题，待办结",
    "closed": "已办结",
    "all": "全部",
}
ONE = "/<school>/office/complaints/<complaint>"


def _case(public_id: str) -> Complaint:
    return queries.complaint(public_id, access.school().id)


@bp.get("/<school>/office/complaints")
@access.office
def complaints() -> str:
    """What students and visitors reported, the first due first."""
    here, now = access.school(), clock.now()
    rows: Any = queries.complaints(here.id, request.args)
    return render_template(
        "protection/complaints.html",
        listing=listing(rows, search=SEARCH, sorts=SORTS, scalars=False),
        states=[(key, _(label)) for key, label in STATE_LABELS.items()],
        reasons=[(one.value, _(label)) for one, label in REASON_LABELS.items()],
        calendar=workdays.calendar(here.id, around=clock.campus_day(now)),
        now=now,
    )


@bp.get("/<school>/office/complaints.xlsx")
@access.office
def complaint_sheet() -> Any:
    """The same list as a sheet."""
    statement: Any = queries.complaints(access.school().id, request.args)
    rows = whole(statement, search=SEARCH, sorts=SORTS)
    return list_answer(_("举报列表"), sheets.case_headings(), (sheets.case_row(*row) for row in rows))


@bp.route(ONE, methods=["GET", "POST"])
@access.office
def complaint(complaint: str) -> Any:
    """One case: every report of it side by side, the vetted text, the next step."""
    case = _case(complaint)
    form = ResultForm(takes_down=case.posting_id is not None, data={"version": case.version})
    number = case.id
    if submitted(form, lambda: _decided(number, form)):
        return back_to("protection.complaint", _("已记录，反映人和单位都会收到通知。"), complaint=complaint)
    case = _case(complaint)
    form.version.data = case.version
    page = render_template("protection/complaint.html", form=form, case=case, **_about(case))
    return page, status_of(form)


def _decided(number: int, form: ResultForm) -> Complaint:
    to, seen = ComplaintState(form.result.data), form.version.data or 0
    answer, ground = form.answer.data or "", form.ground.data or ""
    by = access.me().person_id
    return actions.decide(number, to, answer, ground, version=seen, by=by, now=clock.now())


def _about(case: Complaint) -> dict[str, Any]:
    """What the page of a case shows beside it."""
    of_posting = case.posting_id is not None and case.revision_no is not None
    revision = postings.revision(case.posting_id or 0, case.revision_no or 0) if of_posting else None
    vetted = (
        vetting.latest_case(SubjectKind.POSTING, revision.posting_id, case.university_id)
        if revision
        else None
    )
    return {
        "reports": queries.reports(case.id),
        "reason_labels": REASON_LABELS,
        "source_labels": SOURCE_LABELS,
        "posting": revision.posting if revision else None,
        "content": postings.content_of(revision) if revision else None,
        "vetted": vetted,
        "earlier": queries.earlier(case),
        "standing": employers.standing(case.employer_id, case.university_id),
        "now": clock.now(),
        "calendar": workdays.calendar(case.university_id, around=clock.campus_day(clock.now())),
    }


_STEPS = {
    "accept": (actions.accept, "已受理，反映人会收到通知。"),
    "investigate": (actions.investigate, "已开始核查。"),
    "close": (actions.close, "已办结。"),
}
STEP_LABELS = {step: sentence for step, (_do, sentence) in _STEPS.items()}


@bp.post(f"{ONE}/<any(accept, investigate, close):verb>")
@access.office
def move_complaint(complaint: str, verb: str) -> Any:
    """Take a case up, begin to look into it, or close it."""
    act, sentence = _STEPS[verb]
    seen = request.form.get("version", 0, type=int)
    act(_case(complaint).id, version=seen, by=access.me().person_id, now=clock.now())
    return back_to("protection.complaint", _(sentence), complaint=complaint)


@bp.post(f"{ONE}/reports/<report>/reporter")
@access.office
def reporter(complaint: str, report: str) -> Response:
    """Who reported by name, or how to reach them; the look is written down (P37)."""
    one = queries.report(report, _case(complaint).id)
    text = actions.reveal(one, by=access.me().person_id, now=clock.now())
    return Response(text, mimetype="text/plain", headers={"Cache-Control": "no-store"})


@bp.get(f"{ONE}/reports/<report>/picture")
@access.office
def picture(complaint: str, report: str) -> Response:
    """The picture of a report, shown by the browser and never run by it."""
    file = queries.picture(queries.report(report, _case(complaint).id))
    return shown(file, "picture")


@bp.post(f"{ONE}/file")
@access.office
def case_file(complaint: str) -> Any:
    """The case as a ZIP for the labour bureau; taking it away is written down (S37)."""
    case, now, me = _case(complaint), clock.now(), access.me().person_id
    audit.export("case_file", found(access.school()), 1, {"complaint": case.public_id}, by=me, now=now)
    content = dossier.case_file(_case(complaint), now)
    return sheet_answer(content, f"case-{complaint}.zip", "application/zip")
