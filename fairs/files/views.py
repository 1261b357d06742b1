"""Sheets going in and out: what an office uploaded for an import, and what tasks made for it."""

import io
from typing import Any

from flask import Blueprint, Response, send_file

from fairs.accounts import access
from fairs.files import queries
from fairs.files.actions import content_of
from fairs.files.rules import SHEET, FilePurpose

bp = Blueprint("files", __name__)

OFFICE_FILES = frozenset({FilePurpose.IMPORT, FilePurpose.EXPORT})


def sheet_answer(content: bytes, name: str) -> Response:
    """A workbook to be saved as ``name``; browsers keep no copy of it."""
    answer: Any = send_file(io.BytesIO(content), SHEET, as_attachment=True, download_name=f"{name}.xlsx")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/<school>/office/files/<file>")
@access.office
def download(file: str) -> Any:
    """A sheet of this university: an import's upload or a task's result."""
    kept = queries.file_of(file, access.school().id, OFFICE_FILES)
    answer = send_file(
        io.BytesIO(content_of(kept)), kept.media_type, as_attachment=True, download_name=kept.name
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
