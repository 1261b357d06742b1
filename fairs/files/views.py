"""Sheets going in and out: what an office uploaded for an import, and what tasks made for it."""

from typing import Any

from flask import Blueprint

from fairs.accounts import access
from fairs.files import queries
from fairs.files.actions import content_of
from fairs.files.answers import sheet_answer
from fairs.files.rules import FilePurpose

bp = Blueprint("files", __name__)

OFFICE_FILES = frozenset({FilePurpose.IMPORT, FilePurpose.EXPORT})


@bp.get("/<school>/office/files/<file>")
@access.office
def download(file: str) -> Any:
    """A sheet of this university: an import's upload or a task's result."""
    kept = queries.file_of(file, access.school().id, OFFICE_FILES)
    return sheet_answer(content_of(kept), kept.name, kept.media_type)
