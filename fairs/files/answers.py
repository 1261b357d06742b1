"""Sheets as answers to a request."""

import io
from typing import Any

from flask import send_file

from fairs.files.rules import SHEET


def sheet_answer(content: bytes, name: str, media_type: str = SHEET) -> Any:
    """``content`` to be saved as ``name``; browsers and proxies keep no copy of it."""
    answer = send_file(io.BytesIO(content), media_type, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
