"""Pages of the import of employers, for the office."""

from dataclasses import asdict
from datetime import datetime

from flask import Blueprint

from fairs.employers import imports
from fairs.employers.directory import COLUMNS
from fairs.employers.import_forms import ApplyForm
from fairs.employers.rules import EMPLOYER_KIND_LABELS, OWNERSHIP_LABELS, SIZE_LABELS
from fairs.files.importing import Confirmed, Importing, add_import
from fairs.files.imports import Words
from fairs.tasks.models import Task

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


def _begin(form: ApplyForm, confirmed: Confirmed, now: datetime) -> Task:
    verified, links = form.standing.data == "verified", bool(form.links.data)
    return imports.begin_import(imports.Wish(**asdict(confirmed), verified=verified, links=links), now)


IMPORT = Importing(
    path="/<school>/office/employers",
    names=("用人单位", "单位导入模板.xlsx"),
    columns=COLUMNS,
    headings=tuple({column.key: column.title for column in COLUMNS}[key] for key in WORDS),
    form=ApplyForm,
    pages=("employers/import_upload.html", "employers/import_preview.html"),
    hand_in=imports.hand_in,
    plan=lambda file, school: imports.import_plan(file, school.id),
    words=lambda _school: WORDS,
    begin=_begin,
)
add_import(bp, IMPORT)
