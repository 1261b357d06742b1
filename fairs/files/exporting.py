"""Lists to be taken away as sheets: short ones at once, long ones as background work with a file at its end."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import request

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE
from fairs.database import db
from fairs.files.answers import list_answer
from fairs.files.imports import chunks
from fairs.institutions.models import University
from fairs.web.lists import Rows

Filters = Mapping[str, str]
"""The parameters of the list's address."""

DIRECT_MOST = 1_000
"""Rows of a sheet that is made while the browser waits: a tenth of a second of processor time."""


@dataclass(frozen=True, kw_only=True)
class Exporting:
    """A list that can be taken away. No part of it may ask for the request: a task has none.

    ``rows`` is the list as a statement, its first column an entity; ``cells`` turns some of its rows into those of
    the sheet; ``log`` writes down who took how many rows away. ``title`` is a message id.
    """

    key: str
    title: str
    headings: Callable[[], Sequence[str]]
    rows: Callable[[University, Filters], Rows]
    cells: Callable[[University, Sequence[Any]], Iterable[Sequence[Any]]]
    log: Callable[[University, int, Filters, int, datetime], None]


EXPORTS: dict[str, Exporting] = {}
"""Every such list by its key, for the task that makes its sheet."""
_later: list[Callable[[Exporting, University, Filters], Any]] = []


def exporting(one: Exporting) -> Exporting:
    """Make a list known; its key begins with the name of its feature."""
    EXPORTS[one.key] = one
    return one


def hand_over(later: Callable[[Exporting, University, Filters], Any]) -> None:
    """Tell who makes long sheets (a feature above this one) and answers with where they will be."""
    _later[:] = [later]


def export_answer(one: Exporting, title: str) -> Any:
    """The sheet of the list at this address, or where it will be.

    Whoever may not see the office's background work gets every sheet at once.
    """
    here, filters = access.school(), request.args.to_dict()
    if _later and access.me().has(OFFICE, here.id) and _is_long(one.rows(here, filters)):
        return _later[0](one, here, filters)
    who, now = access.me().person_id, clock.now()
    return list_answer(
        title,
        one.headings(),
        all_cells(one, here, filters),
        log=lambda count: one.log(here, count, filters, who, now),
    )


def _is_long(statement: Rows) -> bool:
    looked_at = statement.order_by(None).limit(DIRECT_MOST + 1).subquery()
    return (db.session.scalar(sa.select(sa.func.count()).select_from(looked_at)) or 0) > DIRECT_MOST


def all_cells(
    one: Exporting,
    here: University,
    filters: Filters,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Iterator[Sequence[Any]]:
    """Every row of the sheet, some hundred at a time; ``told`` hears (done, of how many) before each of these.

    Which rows there are is read first, so that nothing is left out or doubled by what others write meanwhile.
    """
    statement = one.rows(here, filters)
    entity = statement.column_descriptions[0]["entity"]
    numbers, done = db.session.scalars(statement.with_only_columns(entity.id)).all(), 0
    for part in chunks(numbers):
        told(done, len(numbers))
        done += len(part)
        yield from one.cells(here, db.session.execute(statement.where(entity.id.in_(part))).all())
