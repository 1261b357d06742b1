"""List pages: search, sort, page and export from one description (see docs/pages.md)."""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import request, url_for

from fairs.database import db

Rows = sa.Select[*tuple[Any, ...]]
"""A statement of any columns."""

PER_PAGE = 25
COUNTED_MOST = 1_000
"""Rows counted of a list that only grows; 40 pages are more than anybody turns."""
EXPORT_MOST = 20_000


@dataclass
class Listing:
    """One page of a list, and the URLs of its neighbours. ``args`` are the remembered query parameters.

    With ``more`` there are rows beyond ``total``, which nobody counted and no page shows.
    """

    items: Sequence[Any]
    total: int
    page: int
    q: str
    sort: str
    args: Mapping[str, str] = field(default_factory=dict)
    more: bool = False
    per_page: int = PER_PAGE

    @property
    def numbers(self) -> list[int | None]:
        """The pages to choose from: the first, the last and those around this one; None stands for a gap."""
        near = range(max(1, self.page - 1), min(self.pages, self.page + 1) + 1)
        shown = sorted({1, self.pages, *near})
        gaps = itertools.pairwise(shown)
        return [shown[0], *(n for a, b in gaps for n in ((b,) if b - a == 1 else (None, b)))]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, math.ceil(self.total / self.per_page))

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list, without its order and page: for an export, or an action on all of it."""
        return {name: value for name, value in self.args.items() if name not in {"sort", "page", "format"}}

    def url(self, **changes: Any) -> str:
        """This list with other parameters; any change but of the page goes back to page 1."""
        args = {k: v for k, v in self.args.items() if k != "page" or "page" in changes} | changes
        kept = {key: value for key, value in args.items() if value not in {"", None}}
        return url_for(request.endpoint or "", **(request.view_args or {}), **kept)

    def sort_url(self, key: str) -> str:
        """This list sorted by ``key``, or the other way round if it already is."""
        return self.url(sort=f"-{key}" if self.sort == key else key)


def listing(
    statement: Rows,
    *,
    search: Sequence[Any] = (),
    sorts: Mapping[str, Any] | None = None,
    default_sort: str = "",
    scalars: bool = True,
    most: int | None = None,
    per_page: int | None = None,
) -> Listing:
    """The asked page of ``statement`` (two bounded queries: rows and count).

    ``search``: columns looked through for ``?q=``; ``sorts``: column per ``?sort=`` key (a leading "-" turns
    it round). With ``scalars`` the items are the first column, else whole rows. ``most``: rows that are counted and
    paged through at most, for lists that only grow: beyond it one searches.
    """
    args = {key: value for key, value in request.args.items() if value}
    q = args.get("q", "").strip()[:60]
    statement = searched(statement, q, search)
    total, size = _count(statement, most), per_page or PER_PAGE
    more = most is not None and total > most
    total = min(total, most) if most is not None else total
    page = min(max(1, request.args.get("page", 1, type=int)), max(1, math.ceil(total / size)))
    sort = args.get("sort", default_sort)
    ordered = _ordered(statement, sort, sorts or {}).limit(size).offset((page - 1) * size)
    items = db.session.scalars(ordered).all() if scalars else db.session.execute(ordered).all()
    return Listing(items=items, total=total, page=page, q=q, sort=sort, args=args, more=more, per_page=size)


def _count(statement: Rows, most: int | None) -> int:
    """How many rows there are; with ``most`` at most one more than that is looked at."""
    rows = statement.order_by(None)
    rows = rows if most is None else rows.limit(most + 1)
    return db.session.scalar(sa.select(sa.func.count()).select_from(rows.subquery())) or 0


def whole(
    statement: Rows,
    *,
    search: Sequence[Any] = (),
    sorts: Mapping[str, Any] | None = None,
    default_sort: str = "",
) -> Sequence[Any]:
    """Every row of the list that ``listing`` shows page by page, for an export: at most EXPORT_MOST whole rows."""
    wanted = narrowed(statement, request.args, search=search, sorts=sorts, default_sort=default_sort)
    return db.session.execute(wanted.limit(EXPORT_MOST)).all()


def narrowed(
    statement: Rows,
    args: Mapping[str, str],
    *,
    search: Sequence[Any] = (),
    sorts: Mapping[str, Any] | None = None,
    default_sort: str = "",
) -> Rows:
    """The rows that the parameters of a list's address ask for, in its order, all pages."""
    wanted = searched(statement, args.get("q", ""), search)
    return _ordered(wanted, args.get("sort") or default_sort, sorts or {})


def searched(statement: Rows, q: str, search: Sequence[Any]) -> Rows:
    """The rows of ``statement`` where one of the columns ``search`` contains ``q``; an export needs it too."""
    q = q.strip()[:60]
    if not q or not search:
        return statement
    escaped = q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return statement.where(sa.or_(*(column.ilike(f"%{escaped}%", escape="\\") for column in search)))


def _ordered(statement: Rows, sort: str, sorts: Mapping[str, Any]) -> Rows:
    column = sorts.get(sort.lstrip("-"))
    if column is None:
        return statement
    ordered = statement.order_by(None).order_by(column.desc() if sort.startswith("-") else column.asc())
    # equal rows keep their order from page to page
    tie = getattr(statement.column_descriptions[0]["entity"], "id", None)
    return ordered if tie is None else ordered.order_by(tie)


def each_once(column: Any, *where: sa.ColumnElement[bool]) -> sa.CTE:
    """Every value of an indexed ``column`` once, as ``value`` (a last NULL tells the end).

    Steps through the index from one value to the next: DISTINCT reads every row for a handful of values.
    ``where`` may name only what stands before the column in that index.
    """
    first = sa.select(sa.func.min(column).label("value")).where(*where)
    steps = first.cte(f"each_{column.key}", recursive=True)
    following = sa.select(sa.func.min(column)).where(*where, column > steps.c.value).scalar_subquery()
    return steps.union_all(sa.select(following).where(steps.c.value.is_not(None)))
