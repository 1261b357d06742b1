"""Texts as JSON lines, checked one by one: what the ``vetting`` commands read and write. Pure."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from fairs.clauses.engine import check


class BadLine(ValueError):
    """A line that cannot be read; the message says why."""


def numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers from 1, without a byte order mark."""
    for number, line in enumerate(lines, 1):
        yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def parsed(line: bytes) -> dict[str, Any]:
    """The object of one line with at least a ``text``; raises BadLine."""
    try:
        item = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as fault:
        raise BadLine(f"not JSON in UTF-8: {fault}") from fault
    if not isinstance(item, dict):
        raise BadLine("not a JSON object")
    if not isinstance(item.get("text"), str):
        raise BadLine("no text")
    for name in ("field", "employer_type"):
        if not isinstance(item.get(name, ""), str | None):
            raise BadLine(f"{name} is not a string")
    return item


def checked(line: bytes, profile: str) -> bytes:
    """The findings of one line as a line without its end; raises BadLine."""
    item = parsed(line)
    findings = check(item["text"], item.get("field") or "description", item.get("employer_type"), profile)
    result = {"id": item.get("id"), "findings": [one._asdict() for one in findings]}
    try:
        return json.dumps(result, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half of a surrogate pair is a legal escape in JSON but no legal UTF-8
        return json.dumps(result).encode()
