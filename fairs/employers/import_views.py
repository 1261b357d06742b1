"""Pages of the import of employers, for the office."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from fairs import clock
from fairs.accounts import access
from fairs.employers import imports
from fairs.employers.directory import COLUMNS
from fairs.employers.import_forms import ApplyForm
from fairs.employers.rules import EMPLOYER_KIND_LABELS, OWNERSHIP_LABELS, SIZE_LABELS
from fairs.files import queries as files
from fairs.files.answers import sheet_answer
from fairs.files.faults import fault_sheet
from fairs.files.forms import SheetForm
from fairs.files.imports import Words, preview_of
from fairs.files.models import File
from fairs.files.rules import FilePurpose
from fairs.files.templates import template_xlsx
from fairs.web.forms import status_of, submitted

bp = Blueprint("employer_imports", __name__)

WORDS: Words = {
    "uscc": str,
    "legal_name": str,
    "kind": EMPLOYER_KIND_LABELS.__getitem__,
    "ownership": OWNERSHIP_LABELS.__getitem__,
    "size": SIZE_LABELS.__getitem__,
    "contact": str,
    "mail": str,
}
HEADINGS = tuple({column.key: column.title for column in COLUMNS}[key] for key in WORDS)


@bp.get("/<school>/office/employers/template.xlsx")
@access.office
def template() -> Any:
    """An empty sheet to fill in."""
    return sheet_answer(template_xlsx(COLUMNS, "用人单位"), "单位导入模板.xlsx")


@bp.route("/<school>/office/employers/import", methods=["GET", "POST"])
@access.office
def upload() -> Any:
    """Hand in a filled-in template."""
    form, me, here = SheetForm(), access.me().person_id, access.school().id
    kept = submitted(
        form,
        lambda: imports.hand_in(
            form.sheet.data.read(), form.sheet.data.filename, by=me, university_id=here, now=clock.now()
        ),
    )
    if kept:
        return redirect(url_for("employer_imports.preview", file=kept.public_id))
    return render_template("employers/import_upload.html", form=form, columns=COLUMNS), status_of(form)


@bp.route("/<school>/office/employers/import/<file>", methods=["GET", "POST"])
@access.office
def preview(file: str) -> Any:
    """What the import would do; confirming it queues the task that does it."""
    form, number = ApplyForm(), _kept(file).id
    task = submitted(form, lambda: imports.begin_import(_wish(form, number), clock.now()))
    if task:
        return redirect(url_for("tasks.task", task=task.public_id))
    plan = imports.import_plan(_kept(file), access.school().id)
    form.shown.data = plan.fingerprint
    part, page = request.args.get("part", ""), request.args.get("page", 1, type=int)
    shown = preview_of(plan, WORDS, part=part, page=page)
    return render_template(
        "employers/import_preview.html", form=form, preview=shown, headings=HEADINGS, columns=COLUMNS
    ), status_of(form)


@bp.get("/<school>/office/employers/import/<file>/errors.xlsx")
@access.office
def faults(file: str) -> Any:
    """Every fault of a handed-in sheet, to be mended in the office."""
    plan = imports.import_plan(_kept(file), access.school().id)
    return sheet_answer(fault_sheet(plan, COLUMNS), "问题清单.xlsx")


def _kept(public_id: str) -> File:
    return files.file_of(public_id, access.school().id, frozenset({FilePurpose.IMPORT}))


def _wish(form: ApplyForm, file_id: int) -> imports.Wish:
    return imports.Wish(
        file_id=file_id,
        university_id=access.school().id,
        by=access.me().person_id,
        shown=form.shown.data or "",
        verified=form.standing.data == "verified",
        links=form.links.data,
    )
