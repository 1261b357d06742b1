"""List pages: search, sort, page and export from one description (see docs/pages.md)."""

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
EXPORT_MOST = 20_000


@dataclass
class Listing:
    """One page of a list, and the URLs of its neighbours. ``args`` are the remembered query parameters."""

    items: Sequence[Any]
    total: int
    page: int
    q: str
    sort: str
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, math.ceil(self.total / PER_PAGE))

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
) -> Listing:
    """The asked page of ``statement`` (two bounded queries: rows and count).

    ``search``: columns looked through for ``?q=``; ``sorts``: column per ``?sort=`` key (a leading "-" turns
    it round). With ``scalars`` the items are the first column, else whole rows.
    """
    args = {key: value for key, value in request.args.items() if value}
    q = args.get("q", "").strip()[:60]
    statement = searched(statement, q, search)
    total = (
        db.session.scalar(sa.select(sa.func.count()).select_from(statement.order_by(None).subquery())) or 0
    )
    page = min(max(1, request.args.get("page", 1, type=int)), max(1, math.ceil(total / PER_PAGE)))
    sort = args.get("sort", default_sort)
    ordered = _ordered(statement, sort, sorts or {}).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    items = db.session.scalars(ordered).all() if scalars else db.session.execute(ordered).all()
    return Listing(items=items, total=total, page=page, q=q, sort=sort, args=args)


def whole(
    statement: Rows,
    *,
    search: Sequence[Any] = (),
    sorts: Mapping[str, Any] | None = None,
    default_sort: str = "",
) -> Sequence[Any]:
    """Every row of the list that ``listing`` shows page by page, for an export: at most EXPORT_MOST whole rows."""
    wanted = searched(statement, request.args.get("q", ""), search)
    ordered = _ordered(wanted, request.args.get("sort") or default_sort, sorts or {})
    return db.session.execute(ordered.limit(EXPORT_MOST)).all()


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
