"""Pages of students and their import: the reference of a list page and of an import."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, render_template, request

from fairs import clock
from fairs.accounts import access
from fairs.accounts.models import Person
from fairs.files.exporting import Exporting, export_answer, exporting
from fairs.files.importing import Confirmed, Importing, add_import
from fairs.institutions import queries as institutions
from fairs.students import actions, queries, roster, sheets
from fairs.students.forms import ApplyForm
from fairs.students.models import Student
from fairs.students.rules import DEGREE_LABELS, STUDENT_STATE_LABELS
from fairs.tasks.models import Task
from fairs.web.lists import listing, narrowed

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
    return export_answer(EXPORT, "学生名单")


EXPORT = exporting(
    Exporting(
        key="students.list",
        title="学生名单",
        headings=lambda: sheets.HEADINGS,
        rows=lambda school, filters: narrowed(
            queries.students(school.id, filters), filters, search=SEARCH, sorts=SORTS, default_sort="number"
        ),
        cells=lambda _school, rows: sheets.sheet_rows(student for (student,) in rows),
        log=lambda school, count, filters, by, now: actions.export(school, count, filters, by=by, now=now),
    )
)


@bp.post("/<school>/office/students/<person>/reveal/<field>")
@access.office
def reveal(person: str, field: str) -> Response:
    """One masked value in full; the look is logged."""
    text = actions.reveal(person, access.school().id, field, by=access.me().person_id, now=clock.now())
    return Response(text, mimetype="text/plain", headers={"Cache-Control": "no-store"})


def _begin(form: ApplyForm, confirmed: Confirmed, now: datetime) -> Task:
    gone, links = bool(form.gone.data), bool(form.links.data)
    return actions.begin_import(actions.Wish(**asdict(confirmed), gone=gone, links=links), now)


IMPORT = Importing(
    path="/<school>/office/students",
    names=("学生名单", "学生导入模板.xlsx"),
    columns=roster.COLUMNS,
    headings=sheets.HEADINGS,
    form=ApplyForm,
    pages=("students/upload.html", "students/preview.html"),
    hand_in=actions.hand_in,
    plan=queries.import_plan,
    words=lambda school: sheets.words(school.id),
    begin=_begin,
)
add_import(bp, IMPORT)
