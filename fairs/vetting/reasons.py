"""Reasons that officers often give, kept by each university in editions; and how it vets (O3)."""

from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.database import db, found, lock, transaction
from fairs.errors import Conflict, Invalid
from fairs.institutions.models import University
from fairs.vetting.models import ReasonTemplate
from fairs.vetting.rules import REASON_LABELS


class ReasonEmpty(Invalid):
    """A reason has words."""

    code = "reason_empty"
    sentence = "请写明这条原因。"
    field = "text"


def reasons(university_id: int) -> list[ReasonTemplate]:
    """The reasons of a university in force, oldest first; empty if it has none of its own."""
    chosen = sa.select(ReasonTemplate).where(
        ReasonTemplate.university_id == university_id, ReasonTemplate.ended_at.is_(None)
    )
    return list(db.session.scalars(chosen.order_by(ReasonTemplate.id)))


def offered(university_id: int) -> dict[str, str]:
    """The texts to choose from, by key: a university's own, or those that everybody begins with."""
    own = {one.public_id: one.text for one in reasons(university_id)}
    return own or dict(REASON_LABELS)


def reason(public_id: str, university_id: int) -> ReasonTemplate:
    """A reason of a university. Raises NotFound."""
    chosen = sa.select(ReasonTemplate).where(
        ReasonTemplate.public_id == public_id, ReasonTemplate.university_id == university_id
    )
    return found(db.session.scalars(chosen).one_or_none())


def _checked(text: str) -> str:
    if not text.strip():
        raise ReasonEmpty
    return text.strip()[:300]


@transaction
def add_reason(university_id: int, text: str, *, by: int, now: datetime) -> ReasonTemplate:
    """One more reason; the first one of its own brings along those that everybody begins with.

    Raises ReasonEmpty.
    """
    lock(University, university_id)
    words = [] if reasons(university_id) else list(REASON_LABELS.values())
    for one in (*words, _checked(text)):
        made = ReasonTemplate(university_id=university_id, text=one, created_by=by, created_at=now)
        db.session.add(made)
    db.session.flush()
    audit.record("add_reason", made, by=by, university_id=university_id, now=now, text=made.text)
    return made


@transaction
def change_reason(reason_id: int, text: str, *, by: int, now: datetime) -> ReasonTemplate:
    """The next edition of a reason; the last one stays in the record. Raises ReasonEmpty or Conflict."""
    before = lock(ReasonTemplate, reason_id)
    if before.ended_at is not None:
        raise Conflict
    before.ended_at = now
    after = ReasonTemplate(
        university_id=before.university_id,
        text=_checked(text),
        edition=before.edition + 1,
        replaces_id=before.id,
        created_by=by,
        created_at=now,
    )
    db.session.add(after)
    db.session.flush()
    detail = {"before": before.text, "after": after.text, "edition": after.edition}
    audit.record("change_reason", after, by=by, university_id=after.university_id, now=now, **detail)
    return after


@transaction
def end_reason(reason_id: int, *, by: int, now: datetime) -> None:
    """A reason is no longer offered. Raises Conflict."""
    one = lock(ReasonTemplate, reason_id)
    if one.ended_at is not None:
        raise Conflict
    one.ended_at = now
    audit.record("end_reason", one, by=by, university_id=one.university_id, now=now, text=one.text)
