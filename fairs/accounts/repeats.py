"""The same form sent twice, by the back button or a second press: what it adds is added once.

Pages are never kept by browsers (``no-store``), so whoever goes back gets a fresh form: a key in the form would be
a new one. What was sent is compared instead: by whom, where and what.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
from flask import request, session
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from fairs import clock
from fairs.accounts import access
from fairs.accounts.models import RateWindow
from fairs.config import settings
from fairs.database import db, locked, transaction
from fairs.errors import Conflict

T = TypeVar("T")
KIND = "form"
WITHIN = timedelta(minutes=10)
"""Whoever sends the same again later means it: a second round, a second pass."""
NOT_TYPED = frozenset({"csrf_token", "once", "version"})


class SentBefore(Conflict):
    """The same person has just sent the same, and it was done."""

    code = "sent_before"
    sentence = "同样的内容刚才已经提交成功，没有重复记录。确实要再提交一份，请先改动内容。"


def unrepeated(action: Callable[[], T]) -> Callable[[], T]:
    """``action`` for the form of this request, done once: the same content again within ten minutes is refused.

    For forms that add something which no constraint keeps single. What is remembered and what ``action`` does are
    one transaction: a refused form may be sent again. The result raises SentBefore, and whatever ``action`` raises.
    """
    key = _key()

    @transaction
    def first() -> T:
        _remember(key, clock.now())
        return action()

    return first


def _key() -> str:
    viewer = access.viewer()
    who = f"person:{viewer.person_id}" if viewer else f"browser:{session.get('csrf_token', '')}"
    typed = sorted(item for item in request.form.items(multi=True) if item[0] not in NOT_TYPED)
    files = sorted((name, kept.filename or "") for name, kept in request.files.items(multi=True))
    return hashlib.sha256(json.dumps([who, request.full_path, typed, files]).encode()).hexdigest()


def _remember(key: str, now: datetime) -> None:
    insert = sqlite_insert if settings().sqlite else postgresql_insert
    new = {"kind": KIND, "key_hash": key, "began_at": now, "count": 0}
    db.session.execute(
        insert(RateWindow).values(new).on_conflict_do_nothing(index_elements=["kind", "key_hash"])
    )
    row = locked(sa.select(RateWindow).where(RateWindow.kind == KIND, RateWindow.key_hash == key))
    if row.count and now < row.began_at + WITHIN:
        raise SentBefore
    row.began_at, row.count = now, 1
