"""Work about single events: the most urgent few by name, the others as one line that leads to their list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.database import db
from fairs.home.rules import LABELS, Waiting
from fairs.institutions.models import University
from fairs.programmes.models import Event

FEW = 3


def few(statement: Any) -> tuple[list[Any], int]:
    """The first few rows of a statement, and how many it has in all: one query that reads no more."""
    rows = db.session.execute(statement.add_columns(sa.func.count().over().label("of")).limit(FEW)).all()
    return [tuple(row)[:-1] for row in rows], rows[0].of if rows else 0


def one_by_one(
    school: University,
    label: str,
    rows: Sequence[tuple[Event, datetime | None]],
    total: int,
    *,
    endpoint: str,
    listed: str,
    filters: Mapping[str, str] | None = None,
) -> list[Waiting]:
    """A line for each (event, due); for the others of ``total``, one that leads to the page ``listed``."""
    here = {"school": school.slug}
    lines = [
        Waiting(
            label=LABELS[label],
            count=1,
            due_at=due_at,
            note=event.title,
            endpoint=endpoint,
            values=here | {"event": event.public_id},
        )
        for event, due_at in rows
    ]
    return [*lines, *others(label, total - len(lines), lines, listed, here | dict(filters or {}))]


def others(
    label: str, count: int, lines: Sequence[Waiting], listed: str, values: Mapping[str, str]
) -> list[Waiting]:
    """The line for ``count`` more than the ``lines``, to stand below them; none where there are no more."""
    if count <= 0:
        return []
    last = lines[-1].due_at if lines else None
    return [
        Waiting(
            label=LABELS[label], count=count, due_at=last, is_rest=True, endpoint=listed, values=dict(values)
        )
    ]
