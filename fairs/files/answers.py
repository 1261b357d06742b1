"""Sheets as answers to a request."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import send_file

from fairs.files.rules import SHEET
from fairs.files.sheets import write_xlsx


def sheet_answer(content: bytes, name: str, media_type: str = SHEET) -> Any:
    """``content`` to be saved as ``name``; browsers and proxies keep no copy of it."""
    answer = send_file(io.BytesIO(content), media_type, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def list_answer(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Any:
    """A list as a sheet to be saved under its title."""
    return sheet_answer(write_xlsx(title, headings, rows), f"{title}.xlsx")
