"""The hash chain that makes the audit trail tamper-evident (S128)."""

import hashlib
import json
from typing import Any

FIRST_SEAL = "0" * 64


def seal_of(previous: str, seq: int, content: list[Any]) -> str:
    """The seal of the row at ``seq``: SHA-256 over the seal before it and the row's content."""
    text = json.dumps([previous, seq, content], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
