"""The officers' pages: one posting to be decided, and many clean ones at once (O2, O3)."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.employers import queries as employers
from fairs.employers.models import Employer
from fairs.files.answers import sheet_answer
from fairs.files.sheets import write_xlsx
from fairs.postings import actions, queries, removing, sheets
from fairs.postings.forms import RemovalForm
from fairs.postings.hints import Hint, hints
from fairs.postings.models import PostingRevision
from fairs.postings.quality import quality
from fairs.postings.rules import POSTING_KIND_LABELS, POSTING_STATE_LABELS
from fairs.postings.views.blueprint import bp
from fairs.vetting import queries as vetting
from fairs.vetting.desk import after_decision, answer_of, case_page, decided, decision_form
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import SubjectKind
from fairs.web.forms import status_of, submitted
from fairs.web.lists import EXPORT_MOST, listing, searched
from fairs.web.refusals import back_to


@bp.route("/<school>/office/vetting/<case>", methods=["GET", "POST"])
@access.office
def vet(case: str) -> Any:
    """Judge one posting: its clauses with their law, the employer, the verdict."""
    one = vetting.case(case, access.school().id, SubjectKind.POSTING)
    form = decision_form(one)
    if decided(form, one, actions.decide_posting):
        return after_decision(one)
    return render_template("postings/vet.html", form=form, **case_page(one), **_facts(one)), answer_of(form)


OFFICE_FIELDS = {"title": "title", "summary": "description", "description": "description"}
"""Fields of the office's own forms whose words are vetted (events, live streams), and as what they are read."""


@bp.app_template_global("words_found")
def words_found(name: str, words: str | None) -> list[Hint]:
    """What this university's profile finds in a field of the office's own words."""
    profile = vetting.policy(access.school().id).profile
    return hints({OFFICE_FIELDS[name]: (words or "").replace("\r\n", "\n")}, None, profile)


@bp.post("/<school>/office/hints")
@access.require(*OFFICE, RoleKind.DEPT_COORDINATOR)
def office_hints() -> str:
    """Clauses in the words of an event or a live stream, while they are typed."""
    field = request.args.get("field", "")
    field = field if field in OFFICE_FIELDS else "description"
    text = request.form.get(field, "")[:5000]
    found = words_found(field, text)
    return render_template("postings/_hints.html", field=field, findings=found, asked=bool(text))


@bp.post("/<school>/office/vetting/<case>/take-down")
@access.office
def take_down(case: str) -> Any:
    """Stop showing an approved posting, be it that it was approved by a slip."""
    one = vetting.case(case, access.school().id, SubjectKind.POSTING)
    form, by, now = RemovalForm(), access.me().person_id, clock.now()
    number, here = one.subject_id, one.university_id
    if submitted(form, lambda: removing.remove_posting(number, here, form.why.data or "", by=by, now=now)):
        return back_to("postings.vet", _("已停止展示，单位会收到邮件。"), case=case)
    around = case_page(one) | _facts(one) | {"removing": form}
    return render_template("postings/vet.html", form=decision_form(one), **around), status_of(form)


def _facts(case: VettingCase) -> dict[str, Any]:
    """The rest of the posting, and who offers it."""
    revision = queries.revision(case.subject_id, case.revision_no)
    posting = revision.posting
    content = queries.content_of(revision)
    good = quality(content, posting.kind)
    return {
        "posting": posting,
        "content": content,
        "majors": queries.majors_named(content.majors)[0],
        "quality": good,
        "missing_words": "、".join(_(element) for element in good.missing),
        "employer": posting.publishing_employer,
        "standing": employers.standing(posting.publishing_employer_id, case.university_id),
        "removing": RemovalForm(formdata=None),
        "shown": queries.state_of(posting, access.school(), clock.now()),
        "published": len(
            queries.published_of_employer(posting.publishing_employer_id, case.university_id, clock.now())
        ),
    }


SEARCH = (PostingRevision.title, PostingRevision.city, Employer.legal_name)
SORTS = {
    "title": PostingRevision.title,
    "until": PostingRevision.valid_until,
    "employer": Employer.legal_name,
}


@bp.get("/<school>/office/postings")
@access.office
def office_list() -> str:
    """Every posting that the university was given to read, in whatever state."""
    here = access.school().id
    rows = listing(_chosen(here), search=SEARCH, sorts=SORTS)
    return render_template(
        "postings/office.html",
        listing=rows,
        rows=[(row, _here(row, here)) for row in queries.overview(rows.items, clock.now())],
        states=[(state.value, _(label)) for state, label in POSTING_STATE_LABELS.items() if state != "draft"],
        kinds=[(kind.value, _(label)) for kind, label in POSTING_KIND_LABELS.items()],
    )


def _chosen(university_id: int) -> Any:
    state, kind = request.args.get("state", ""), request.args.get("kind", "")
    return queries.narrowed(
        queries.before_school(university_id), clock.now(), state=state, kind=kind, university_id=university_id
    )


def _here(row: queries.Overview, university_id: int) -> queries.AtSchool | None:
    return next((at for at in row.schools if at.university.id == university_id), None)


@bp.get("/<school>/office/postings.xlsx")
@access.office
def office_sheet() -> Any:
    """The same list as a sheet."""
    here = access.school().id
    chosen = searched(_chosen(here), request.args.get("q", ""), SEARCH)
    rows = queries.overview(queries.whole(chosen, EXPORT_MOST), clock.now())
    return sheet_answer(write_xlsx("招聘信息", sheets.HEADINGS, sheets.rows(rows, here)), "招聘信息.xlsx")
