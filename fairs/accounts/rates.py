"""Counting what may be done only so often; the counts are shared by all processes through the database."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from fairs.accounts.limits import PER_MAILBOX, PER_NETWORK, WINDOW, check_count, is_over, key_hash, network_of
from fairs.accounts.models import RateWindow
from fairs.config import settings
from fairs.database import db, locked, transaction


def spend(kind: str, now: datetime, *, address: str | None, mailbox: str | None = None) -> None:
    """Count one ``kind`` for a network address and, if given, a mailbox. Raises TooOften.

    The count is kept even if what follows is refused: otherwise guessing would cost nothing.
    """
    if mailbox is not None:
        _check(kind, f"mailbox:{mailbox}", PER_MAILBOX[kind], now)
    _check(kind, f"network:{network_of(address)}", PER_NETWORK[kind], now)


def _check(kind: str, key: str, most: int, now: datetime) -> None:
    began_at, count = _count(kind, key_hash(key), now)
    check_count(count, most, began_at, now)


@transaction
def _count(kind: str, key: str, now: datetime) -> tuple[datetime, int]:
    insert = sqlite_insert if settings().sqlite else postgresql_insert
    new = {"kind": kind, "key_hash": key, "began_at": now, "count": 0}
    db.session.execute(
        insert(RateWindow).values(new).on_conflict_do_nothing(index_elements=["kind", "key_hash"])
    )
    row = locked(sa.select(RateWindow).where(RateWindow.kind == kind, RateWindow.key_hash == key))
    if is_over(row.began_at, now):
        row.began_at, row.count = now, 0
    row.count += 1
    return row.began_at, row.count


@transaction
def forget_rates(now: datetime) -> int:
    """Remove the counts of hours long past; how many."""
    old = sa.delete(RateWindow).where(RateWindow.began_at < now - 2 * WINDOW)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]  # a DELETE's result has it
