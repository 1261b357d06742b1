"""A feed as an HTTP answer that costs nothing while nothing has changed."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from threading import Lock
from urllib.parse import quote

from flask import request
from werkzeug.wrappers import Response

from fairs.calendars.feed import MEDIA_TYPE, Feed, etag, join, vevent

# Building an entry takes half a millisecond, and clients ask for the same ones all day.
_vevent = lru_cache(maxsize=4096)(vevent)


@dataclass(frozen=True)
class Made:
    """A feed as it is sent."""

    body: bytes
    tag: str
    changed_at: datetime | None


MOST_KEPT = 64
"""Public feeds kept by a process, some 200 kB each."""
KEPT: dict[Hashable, Made] = {}
_lock = Lock()


def answer(feed: Feed, *, download: str = "") -> Response:
    """The feed, or 304 to whoever has it already (If-None-Match, else If-Modified-Since).

    ``download``: a file name, for a file to be added once.
    """
    response = _response(_make(feed))
    if download:
        name = f"filename=\"event.ics\"; filename*=UTF-8''{quote(download)}"
        response.headers["Content-Disposition"] = f"attachment; {name}"
    return response.make_conditional(request)


def kept_answer(version: Hashable, feed: Callable[[], Feed]) -> Response:
    """The same for a feed that many read: built once for each ``version``, which must name all that it depends on."""
    made = KEPT.get(version)
    if made is None:
        made = _make(feed())
        with _lock:
            KEPT[version] = made
            while len(KEPT) > MOST_KEPT:
                del KEPT[next(iter(KEPT))]
    return _response(made).make_conditional(request)


def _make(feed: Feed) -> Made:
    ordered = sorted(feed.entries, key=lambda entry: (entry.starts_at, entry.uid))
    body = join(feed, map(_vevent, ordered))
    return Made(body, etag(body), max((entry.changed_at for entry in feed.entries), default=None))


def _response(made: Made) -> Response:
    response = Response(made.body, content_type=MEDIA_TYPE)
    response.set_etag(made.tag)
    response.last_modified = made.changed_at
    response.headers["Cache-Control"] = "no-cache"
    return response
