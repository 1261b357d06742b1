"""Sheets as answers to a request."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import Response, send_file

from fairs.files.actions import content_of
from fairs.files.models import File
from fairs.files.rules import SHEET
from fairs.files.sheets import write_xlsx


def shown(file: File, name: str = "") -> Response:
    """The bytes of an upload under its name or ``name``, shown by the browser, never run by it and not kept."""
    response = send_file(
        io.BytesIO(content_of(file)), mimetype=file.media_type, download_name=name or file.name
    )
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def sheet_answer(content: bytes, name: str, media_type: str = SHEET) -> Any:
    """``content`` to be saved as ``name``; browsers and proxies keep no copy of it."""
    answer = send_file(io.BytesIO(content), media_type, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def list_answer(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    log: Callable[[int], None] | None = None,
) -> Any:
    """A list as a sheet to be saved under its title; ``log`` writes down that so many rows are taken away.

    Every cell is read before ``log`` is called: writing ends the reading so far, and whatever is read from a
    row after that asks the database again, row by row.
    """
    cells = [tuple(row) for row in rows]
    if log is not None:
        log(len(cells))
    return sheet_answer(write_xlsx(title, headings, cells), f"{title}.xlsx")
