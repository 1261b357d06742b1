"""The public pages that search engines may read, in files of bounded size."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db, found
from fairs.institutions.models import University
from fairs.postings.models import Posting, PostingPublication
from fairs.postings.queries import published
from fairs.programmes.models import Event
from fairs.programmes.queries import is_public, taking_part

PER_FILE = 5000
"""Addresses in one file; the protocol takes ten times as many."""

STATIC = ("programmes.school", "programmes.events", "postings.public")


@dataclass(frozen=True)
class Entry:
    """A page: its endpoint with the names in its address, and when it last changed."""

    endpoint: str
    values: dict[str, Any]
    changed: date | None = None


def files(school: University, now: datetime) -> int:
    """How many files a university has: one of its fixed pages and events, then its postings."""
    shown = published(school.id, now).order_by(None).with_only_columns(sa.func.count())
    return 1 + -(-(db.session.scalar(shown) or 0) // PER_FILE)


def file(school: University, number: str, now: datetime) -> Sequence[Entry]:
    """The entries of a file, counted from 1. Raises NotFound for what is no number, or beyond the last."""
    known = re.fullmatch("[1-9][0-9]{0,3}", number)
    page = int(number) if known else 0
    return found((_first(school) if page == 1 else _postings(school, page - 2, now)) or None)


def _first(school: University) -> list[Entry]:
    events = sa.select(Event.public_id).where(taking_part(school.id), is_public()).order_by(Event.id.desc())
    pages = [Entry(endpoint, {}) for endpoint in STATIC]
    numbers = db.session.scalars(events.limit(PER_FILE - len(STATIC)))
    return pages + [Entry("programmes.event", {"event": one}) for one in numbers]


def _postings(school: University, page: int, now: datetime) -> list[Entry]:
    if page < 0:
        return []
    chosen = (
        published(school.id, now)
        .order_by(None)
        .order_by(PostingPublication.id)
        .with_only_columns(Posting.public_id, PostingPublication.from_at)
    )
    rows = db.session.execute(chosen.limit(PER_FILE).offset(page * PER_FILE))
    return [Entry("postings.read", {"posting": one}, campus_day(at)) for one, at in rows]
