"""Pages of students and their import: the reference of a list page and of an import."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from fairs import clock
from fairs.accounts import access
from fairs.accounts.models import Person
from fairs.files import queries as files
from fairs.files.answers import sheet_answer
from fairs.files.faults import fault_sheet
from fairs.files.forms import SheetForm
from fairs.files.imports import preview_of
from fairs.files.rules import FilePurpose
from fairs.files.sheets import write_xlsx
from fairs.files.templates import template_xlsx
from fairs.institutions import queries as institutions
from fairs.students import actions, queries, roster, sheets
from fairs.students.forms import ApplyForm
from fairs.students.models import Student
from fairs.students.rules import DEGREE_LABELS, STUDENT_STATE_LABELS
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing

bp = Blueprint("students", __name__)

SEARCH = (Student.student_no, Person.name)
SORTS = {"number": Student.student_no, "name": Person.name, "cohort": Student.cohort}


@bp.get("/<school>/office/students")
@access.office
def roster_page() -> str:
    """The students of the school: searched, filtered, sorted, 25 a page."""
    here = access.school().id
    return render_template(
        "students/roster.html",
        listing=listing(
            queries.students(here, request.args), search=SEARCH, sorts=SORTS, default_sort="number"
        ),
        departments=[(row.code, row.name) for row in institutions.departments(here)],
        cohorts=[(year, year) for year in queries.cohorts(here)],
        degrees=DEGREE_LABELS,
        states=STUDENT_STATE_LABELS,
    )


@bp.get("/<school>/office/students.xlsx")
@access.office
def export() -> Any:
    """The same list as a sheet, in the columns of the import."""
    students = queries.for_export(access.school().id, request.args, SEARCH)
    content = write_xlsx("学生名单", sheets.HEADINGS, sheets.sheet_rows(students))
    actions.export(access.school(), len(students), request.args, by=access.me().person_id, now=clock.now())
    return sheet_answer(content, "学生名单.xlsx")


@bp.post("/<school>/office/students/<person>/reveal/<field>")
@access.office
def reveal(person: str, field: str) -> Response:
    """One masked value in full; the look is logged."""
    text = actions.reveal(person, access.school().id, field, by=access.me().person_id, now=clock.now())
    return Response(text, mimetype="text/plain", headers={"Cache-Control": "no-store"})


@bp.get("/<school>/office/students/template.xlsx")
@access.office
def template() -> Any:
    """An empty sheet to fill in."""
    return sheet_answer(template_xlsx(roster.COLUMNS, "学生名单"), "学生导入模板.xlsx")


@bp.route("/<school>/office/students/import", methods=["GET", "POST"])
@access.office
def upload() -> Any:
    """Hand in a filled-in template."""
    form, me, here = SheetForm(), access.me().person_id, access.school().id
    kept = submitted(
        form,
        lambda: actions.hand_in(
            form.sheet.data.read(), form.sheet.data.filename, by=me, university_id=here, now=clock.now()
        ),
    )
    if kept:
        return redirect(url_for("students.preview", file=kept.public_id))
    return render_template("students/upload.html", form=form, columns=roster.COLUMNS), status_of(form)


@bp.route("/<school>/office/students/import/<file>", methods=["GET", "POST"])
@access.office
def preview(file: str) -> Any:
    """What the import would do; confirming it queues the task that does it."""
    form, number = ApplyForm(), _file_id(file)
    task = submitted(form, lambda: actions.begin_import(_wish(form, number), clock.now()))
    if task:
        return redirect(url_for("tasks.task", task=task.public_id))
    plan = queries.import_plan(files.file_of(file, access.school().id, IMPORTS), access.school())
    form.shown.data = plan.fingerprint
    part, page = request.args.get("part", ""), request.args.get("page", 1, type=int)
    shown = preview_of(plan, sheets.words(access.school().id), part=part, page=page)
    return render_template(
        "students/preview.html", form=form, preview=shown, headings=sheets.HEADINGS, columns=roster.COLUMNS
    ), status_of(form)


@bp.get("/<school>/office/students/import/<file>/errors.xlsx")
@access.office
def faults(file: str) -> Any:
    """Every fault of a handed-in sheet, to be mended in the office."""
    plan = queries.import_plan(files.file_of(file, access.school().id, IMPORTS), access.school())
    return sheet_answer(fault_sheet(plan, roster.COLUMNS), "问题清单.xlsx")


IMPORTS = frozenset({FilePurpose.IMPORT})


def _file_id(public_id: str) -> int:
    return files.file_of(public_id, access.school().id, IMPORTS).id


def _wish(form: ApplyForm, file_id: int) -> actions.Wish:
    return actions.Wish(
        file_id=file_id,
        university_id=access.school().id,
        by=access.me().person_id,
        shown=form.shown.data or "",
        gone=form.gone.data,
        links=form.links.data,
    )
