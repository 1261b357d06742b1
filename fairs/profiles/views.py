"""An employer's own page: written by it, decided by the office, read by everybody."""

import io
from typing import Any

from flask import Blueprint, Response, g, render_template, send_file
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.database import found
from fairs.employers import queries as employers
from fairs.employers.office_forms import upload_of
from fairs.employers.rules import EMPLOYER_KIND_LABELS, OWNERSHIP_LABELS, SIZE_LABELS
from fairs.files.actions import content_of
from fairs.files.models import File
from fairs.postings import queries as postings
from fairs.postings import shelves
from fairs.postings.forms import AppealForm
from fairs.postings.hints import Hint, hints
from fairs.postings.statute_forms import check_while_typed
from fairs.profiles import actions, brochures, queries
from fairs.profiles.forms import BrochureForm, ProfileForm
from fairs.profiles.reading import Extract, remarks_on
from fairs.profiles.rules import SHOWN_IN
from fairs.profiles.shelf import SHELVES
from fairs.vetting import queries as vetting
from fairs.vetting.desk import after_decision, answer_of, case_page, decided, decision_form
from fairs.vetting.marks import numbered
from fairs.vetting.rules import SubjectKind
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

bp = Blueprint("profiles", __name__)
bp.add_app_template_global(queries.with_page, "shown_units")
KEPT_SECONDS = 3600
for shelf in SHELVES:
    shelves.register(shelf)


@bp.route("/employer/<employer>/profile", methods=["GET", "POST"])
@access.for_employer
def edit() -> Any:
    """Write the employer's own page; each verified university decides on it before students see it."""
    before = queries.latest(g.employer_id)
    form = ProfileForm(data={"introduction": before.introduction if before else ""})
    check_while_typed(form.introduction)
    who, number, stated = access.me().person_id, g.employer_id, form.stated()

    def send() -> Any:
        text, logo = form.introduction.data or "", upload_of(form.logo)
        return actions.submit_profile(number, text, logo, by=who, now=clock.now(), stated=stated)

    if submitted(form, send):
        sentence = _("单位介绍已提交，各校审核通过后展示给学生。")
        return back_to("profiles.edit", sentence, employer=g.employer_public_id)
    return render_template("profiles/edit.html", form=form, found=_found(form), **_own()), status_of(form)


def _found(form: ProfileForm) -> list[Hint]:
    """Clauses in the words that stand there."""
    words = (form.introduction.data or "").replace("\r\n", "\n")
    return hints({"description": words}, *postings.strictness(g.employer_id))


def _own() -> dict[str, Any]:
    standings = employers.standings(g.employer_id)
    return {
        "employer": employers.employer(g.employer_id),
        "rows": queries.at_schools(g.employer_id),
        "latest": queries.latest(g.employer_id),
        "now": clock.now(),
        "shown_at": [row.university for row in standings if row.state in SHOWN_IN],
    }


@bp.get("/employer/<employer>/profile/logo")
@access.for_employer
def own_logo() -> Response:
    """The logo of the newest version."""
    return _picture(found(found(queries.latest(g.employer_id)).logo))


@bp.get("/<school>/employers/<unit>")
@access.public
def show(unit: str) -> str:
    """An employer as a university shows it: approved words, postings, fairs to come."""
    here, now = access.school(), clock.now()
    employer = queries.shown_employer(unit, here.id)
    return render_template(
        "profiles/show.html",
        employer=employer,
        profile=queries.approved(employer.id, here.id),
        brochure=queries.approved_brochure(employer.id, here.id),
        publications=postings.published_of_employer(employer.id, here.id, now),
        fairs=queries.coming_fairs(employer.id, here.id, now),
        kinds=EMPLOYER_KIND_LABELS,
        ownerships=OWNERSHIP_LABELS,
        sizes=SIZE_LABELS,
    )


@bp.get("/<school>/employers/<unit>/logo")
@access.public
def logo(unit: str) -> Response:
    """The approved logo."""
    here = access.school()
    employer = queries.shown_employer(unit, here.id)
    picture = _picture(found(found(queries.approved(employer.id, here.id)).logo))
    picture.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return picture


@bp.route("/<school>/office/vetting/profiles/<case>", methods=["GET", "POST"])
@access.office
def vet(case: str) -> Any:
    """Decide on an employer's own page."""
    one = vetting.case(case, access.school().id, SubjectKind.EMPLOYER_PROFILE)
    form = decision_form(one)
    if decided(form, one, actions.decide_case):
        return after_decision(one)
    words = queries.revision(one.subject_id, one.revision_no)
    page = render_template("profiles/vet.html", form=form, revision=words, **case_page(one))
    return page, answer_of(form)


@bp.get("/<school>/office/vetting/profiles/<case>/logo")
@access.office
def vet_logo(case: str) -> Response:
    """The logo that is decided on."""
    one = vetting.case(case, access.school().id, SubjectKind.EMPLOYER_PROFILE)
    return _picture(found(queries.revision(one.subject_id, one.revision_no).logo))


@bp.route("/employer/<employer>/brochure", methods=["GET", "POST"])
@access.for_employer
def brochure() -> Any:
    """Upload the recruitment brochure; what is found in its text, and where it stands."""
    form, number, who = BrochureForm(), g.employer_id, access.me().person_id
    upload, stated = upload_of(form.file), form.stated()

    def send() -> Any:
        return brochures.submit_brochure(number, found(upload), by=who, now=clock.now(), stated=stated)

    if submitted(form, send):
        sentence = _("招聘简章已提交，各校审核通过后学生可以下载。")
        return back_to("profiles.brochure", sentence, employer=g.employer_public_id)
    refused = brochures.clauses_of(upload, number) if upload and form.errors else []
    page = render_template("profiles/brochure.html", form=form, refused=refused, **_own_brochure())
    return page, status_of(form)


def _own_brochure() -> dict[str, Any]:
    latest = next(iter(queries.brochures(g.employer_id)), None)
    rows = queries.at_schools(g.employer_id, SubjectKind.BROCHURE)
    newest = rows[0].case.id if rows else 0
    return {
        "employer": employers.employer(g.employer_id),
        "latest": latest,
        "little": latest is not None and remarks_on(Extract(latest.text, latest.pages)),
        "rows": rows,
        "now": clock.now(),
        "numbered": numbered(vetting.findings(newest)),
    }


@bp.route("/employer/<employer>/profile/appeal/<case>", methods=["GET", "POST"])
@access.for_employer
def appeal(case: str) -> Any:
    """Contest what a university said of the employer's page or brochure."""
    row, form, who = queries.own_case(case, g.employer_id), AppealForm(), access.me().person_id
    number, of_brochure = row.case.id, row.case.subject_kind is SubjectKind.BROCHURE
    if submitted(form, lambda: actions.appeal_case(number, form.reason.data or "", by=who, now=clock.now())):
        back = "profiles.brochure" if of_brochure else "profiles.edit"
        return back_to(back, _("申诉已提交，由另一位老师处理。"), employer=g.employer_public_id)
    marked = numbered(vetting.findings(number))
    page = render_template("profiles/appeal.html", form=form, row=row, numbered=marked)
    return page, status_of(form)


@bp.route("/<school>/office/vetting/brochures/<case>", methods=["GET", "POST"])
@access.office
def vet_brochure(case: str) -> Any:
    """Decide on a brochure by its text, or by the file where no text could be read."""
    one = vetting.case(case, access.school().id, SubjectKind.BROCHURE)
    form = decision_form(one)
    if decided(form, one, actions.decide_case):
        return after_decision(one)
    made = queries.brochure(one.subject_id, one.revision_no)
    page = render_template("profiles/vet_brochure.html", form=form, brochure=made, **case_page(one))
    return page, answer_of(form)


@bp.get("/<school>/office/vetting/brochures/<case>/file")
@access.office
def vet_brochure_file(case: str) -> Response:
    """The brochure that is decided on."""
    one = vetting.case(case, access.school().id, SubjectKind.BROCHURE)
    return _download(queries.brochure(one.subject_id, one.revision_no).file)


@bp.get("/<school>/employers/<unit>/brochure")
@access.public
def public_brochure(unit: str) -> Response:
    """The approved brochure."""
    here = access.school()
    employer = queries.shown_employer(unit, here.id)
    return _download(found(queries.approved_brochure(employer.id, here.id)).file)


def _download(file: File) -> Response:
    response = send_file(
        io.BytesIO(content_of(file)), mimetype=file.media_type, download_name=file.name, as_attachment=True
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response


def _picture(file: File) -> Response:
    response = send_file(io.BytesIO(content_of(file)), mimetype=file.media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response
