"""What no database can hold is refused at the edge, before any feature reads it."""

from typing import Any

from flask import Flask, abort, request

NUL = "\x00"
"""PostgreSQL keeps no text with this character, and nobody types it."""


def install(app: Flask) -> None:
    """Look at every request, before the school of its address is looked up."""
    app.url_value_preprocessor(_refuse_nul)


def _refuse_nul(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    texts = (request.path, *_texts(request.args), *_texts(request.form))
    if any(NUL in text for text in texts):
        abort(400)


def _texts(fields: Any) -> list[str]:
    return [text for name, value in fields.items(multi=True) for text in (name, value)]
