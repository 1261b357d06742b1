"""What a scanner sends: a batch of scans, each read by itself so that a bad one never blocks the others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairs.checkin.rules import Direction, ScanMode
from fairs.errors import Invalid

MOST = 200
LONGEST_CODE = 200
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class BadBatch(Invalid):
    """The whole batch cannot be read."""

    code = "bad_batch"
    sentence = "扫码记录的格式不对：需要 scans 列表，每批最多 %(most)s 条。"


@dataclass(frozen=True)
class Reading:
    """One scan as the device tells it; ``scanned_at`` is by the device's own clock."""

    client_id: str
    code: str
    direction: Direction
    scanned_at: datetime
    mode: ScanMode


@dataclass(frozen=True)
class Unreadable:
    """An item that is no scan; the answer to it is final, so that the device does not send it for ever."""

    client_id: str


@dataclass(frozen=True)
class Batch:
    """A batch in its order; ``sent_at`` is by the device's clock, None if it does not say."""

    sent_at: datetime | None
    items: tuple[Reading | Unreadable, ...]


def read_batch(body: Any) -> Batch:
    """The batch in the JSON value ``body``. Raises BadBatch."""
    scans = body.get("scans") if isinstance(body, Mapping) else None
    if not isinstance(scans, list) or len(scans) > MOST:
        raise BadBatch(most=MOST)
    return Batch(_instant(body.get("sent_at")), tuple(_item(scan) for scan in scans))


def _item(scan: Any) -> Reading | Unreadable:
    values = scan if isinstance(scan, Mapping) else {}
    client_id = str(values.get("client_id", ""))[:36].lower()
    scanned_at, code = _instant(values.get("scanned_at")), values.get("code")
    direction, mode = values.get("direction"), values.get("mode", ScanMode.ONLINE)
    if (
        scanned_at is None
        or not _UUID.fullmatch(client_id)
        or not isinstance(code, str)
        or direction not in list(Direction)
        or mode not in list(ScanMode)
    ):
        return Unreadable(client_id)
    return Reading(client_id, _plain(code), Direction(direction), scanned_at, ScanMode(mode))


def _plain(code: str) -> str:
    """The code without what no database takes (NUL, half characters), and not longer than any of ours."""
    return code[:LONGEST_CODE].replace("\x00", "").encode("utf-8", "replace").decode()


def _instant(value: Any) -> datetime | None:
    """An aware instant within the years that a database can hold, or None."""
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo is not None and 2000 <= at.year <= 2999 else None
