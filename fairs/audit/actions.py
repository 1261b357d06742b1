"""Writing the trail: a row with each change, a seal from ``jobs``, a line for each look at personal data."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from fairs.audit.models import AccessLog, Audit
from fairs.audit.rules import FIRST_SEAL, seal_of
from fairs.database import db, transaction

BATCH = 1000
NO_FILTERS: Mapping[str, str] = MappingProxyType({})


@transaction
def record(
    action: str,
    subject: Any,
    *,
    by: int | None,
    university_id: int | None,
    now: datetime,
    **detail: Any,
) -> None:
    """Write down that ``by`` (a person's id, None for the system) did ``action`` to the row ``subject``.

    Called inside the action that makes the change, so that both are kept or neither. ``detail`` holds plain
    JSON values and never personal data beyond ids.
    """
    db.session.flush()
    db.session.add(
        Audit(
            at=now,
            actor_id=by,
            university_id=university_id,
            action=action,
            subject_kind=subject.__tablename__,
            subject_id=getattr(subject, "id", None) or getattr(subject, "event_id", None),
            detail=detail,
        )
    )


@transaction
def looked(purpose: str, subject: Any, *, by: int, now: datetime, university_id: int | None = None) -> None:
    """Write down that ``by`` read personal data which is masked by default (P37).

    ``university_id``: at which university, where the subject does not say so itself.
    """
    db.session.add(
        AccessLog(
            at=now,
            actor_id=by,
            university_id=university_id or getattr(subject, "university_id", None),
            purpose=purpose,
            subject_kind=subject.__tablename__,
            subject_id=subject.id,
        )
    )


@transaction
def export(
    what: str, university: Any, rows: int, filters: Mapping[str, str] = NO_FILTERS, *, by: int, now: datetime
) -> None:
    """Write down that ``by`` takes away a list of ``what`` with personal data of ``rows`` people (P37)."""
    record(
        "export_list",
        university,
        by=by,
        university_id=university.id,
        now=now,
        what=what,
        rows=rows,
        filters=dict(filters),
    )


@transaction
def seal(most: int = BATCH) -> int:
    """Seal up to ``most`` rows into the hash chain, in id order; how many were sealed.

    The place in the chain (``seq``) is given here, so a row that commits late joins the end of the chain.
    """
    last = db.session.scalars(
        sa.select(Audit).where(Audit.seq.is_not(None)).order_by(Audit.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq or 0, last.seal or "") if last else (0, FIRST_SEAL)
    rows = db.session.scalars(
        sa.select(Audit).where(Audit.seq.is_(None)).order_by(Audit.id).limit(most).with_for_update()
    ).all()
    for row in rows:
        seq += 1
        row.seq, row.seal = seq, seal_of(previous, seq, _content(row))
        previous = row.seal
    return len(rows)


def _content(row: Any) -> list[Any]:
    return [
        row.at.isoformat(),
        row.actor_id,
        row.university_id,
        row.action,
        row.subject_kind,
        row.subject_id,
        row.detail,
    ]


def verify() -> tuple[int, int | None, int]:
    """(rows looked at, the first ``seq`` that does not fit or None, unsealed rows at the tail).

    Goes through the chain in batches, so that it takes little memory however long the trail is.
    """
    previous, count = FIRST_SEAL, 0
    while rows := db.session.execute(_sealed_after(count)).all():
        for row in rows:
            count += 1
            if row.seq != count or row.seal != seal_of(previous, count, _content(row)):
                return count, count, unsealed()
            previous = row.seal
    return count, None, unsealed()


def _sealed_after(seq: int) -> sa.Select[Any]:
    sealed = (Audit.seq, Audit.seal, Audit.at, Audit.actor_id, Audit.university_id, Audit.action)
    about = (Audit.subject_kind, Audit.subject_id, Audit.detail)
    return sa.select(*sealed, *about).where(Audit.seq > seq).order_by(Audit.seq).limit(BATCH)


def unsealed() -> int:
    """How many rows wait for their seal."""
    waiting = sa.select(sa.func.count()).select_from(Audit).where(Audit.seq.is_(None))
    return db.session.scalar(waiting) or 0
