"""Texts to begin with: an employer's templates, and copies of earlier postings for another cohort (E4, S24)."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.postings import queries
from fairs.postings.actions import draft_posting
from fairs.postings.content import Content
from fairs.postings.models import Posting, PostingRevision, PostingTemplate
from fairs.postings.rules import NothingToCopy, PostingKind, TemplateNameMissing, check_validity

MOST_COPIES = 50
"""Postings copied at once."""


def templates_of(employer_id: int) -> list[PostingTemplate]:
    """The templates of an employer, by name."""
    chosen = sa.select(PostingTemplate).where(
        PostingTemplate.employer_id == employer_id, PostingTemplate.ended_at.is_(None)
    )
    return list(db.session.scalars(chosen.order_by(PostingTemplate.name).limit(100)))


def template(public_id: str, employer_id: int) -> PostingTemplate:
    """A template of this employer. Raises NotFound."""
    chosen = sa.select(PostingTemplate).where(
        PostingTemplate.public_id == public_id,
        PostingTemplate.employer_id == employer_id,
        PostingTemplate.ended_at.is_(None),
    )
    return found(db.session.scalars(chosen).one_or_none())


def content_of(one: PostingTemplate) -> Content:
    """The text of a template; its dates are left to whoever writes."""
    kept: dict[str, Any] = dict(one.content)
    return Content(**(kept | {"majors": tuple(kept.get("majors", ()))}))


def earlier(employer_id: int, today: date) -> sa.Select[PostingRevision]:
    """Postings that may be copied: withdrawn ones and those whose validity is over, the latest first."""
    over = sa.or_(Posting.ended_at.is_not(None), PostingRevision.valid_until < today)
    return queries.of_employer(employer_id).where(over)


@transaction
def keep_template(posting_id: int, name: str, *, by: int, now: datetime) -> PostingTemplate:
    """Keep the newest version of a posting as a template. Raises TemplateNameMissing or Conflict."""
    posting = lock(Posting, posting_id)
    if not name.strip():
        raise TemplateNameMissing
    content = asdict(queries.content_of(queries.latest_revision(posting.id)))
    dateless = {key: value for key, value in content.items() if key not in {"valid_from", "valid_until"}}
    kept = PostingTemplate(
        employer_id=posting.publishing_employer_id,
        name=name.strip()[:60],
        kind=posting.kind,
        content=dateless | {"majors": list(content["majors"])},
        created_by=by,
        created_at=now,
    )
    db.session.add(kept)
    db.session.flush()
    audit.record("keep_template", kept, by=by, university_id=None, now=now)
    return kept


@transaction
def end_template(template_id: int, *, by: int, now: datetime) -> None:
    """Give a template up. Twice is once."""
    one = lock(PostingTemplate, template_id)
    if one.ended_at is None:
        one.ended_at = now
        audit.record("end_template", one, by=by, university_id=None, now=now)


@transaction
def copy_postings(
    employer_id: int,
    public_ids: Sequence[str],
    *,
    cohort: int | None,
    valid_until: date,
    by: int,
    now: datetime,
) -> list[Posting]:
    """New drafts with the text of earlier postings, for another cohort and with new dates; the rest stays.

    Raises NothingToCopy or ValidityWrong.
    """
    check_validity(valid_until, campus_day(now))
    chosen = (
        queries.of_employer(employer_id)
        .where(Posting.public_id.in_(public_ids[:MOST_COPIES]))
        .options(contains_eager(PostingRevision.posting))
    )
    rows = list(db.session.scalars(chosen))
    if not rows:
        raise NothingToCopy
    return [_copied(row, cohort, valid_until, by=by, now=now) for row in rows]


def _copied(
    row: PostingRevision, cohort: int | None, valid_until: date, *, by: int, now: datetime
) -> Posting:
    content = queries.content_of(row)
    fresh = replace(content, cohort=cohort or content.cohort, valid_from=None, valid_until=valid_until)
    source = row.posting
    kind: PostingKind = source.kind
    return draft_posting(
        source.publishing_employer_id,
        kind,
        fresh,
        by=by,
        now=now,
        hiring_employer_id=source.hiring_employer_id,
        copied_from_id=source.id,
    )
