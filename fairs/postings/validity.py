"""Postings near their end, and past it: the employer hears of both, each once (E4)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, transaction
from fairs.employers import queries as employers
from fairs.institutions.models import University
from fairs.messages import actions as messages
from fairs.postings.models import Posting, PostingPublication
from fairs.postings.rules import EXPIRY_NOTICE

MOST = 500


@transaction
def tell_validity(now: datetime, most: int = MOST) -> int:
    """Tell employers whose postings end within a week, and whose ended; how many were told.

    Whether a posting is shown is derived from its dates; this only says so, and writes the end down.
    """
    ending = _shown().where(
        PostingPublication.reminded_at.is_(None),
        PostingPublication.until_at > now,
        PostingPublication.until_at <= now + EXPIRY_NOTICE,
    )
    over = _shown().where(PostingPublication.expired_at.is_(None), PostingPublication.until_at <= now)
    told = 0
    for one in db.session.scalars(ending.limit(most)):
        one.reminded_at = now
        # whoever posted for less than a week knows
        told += one.until_at - one.from_at > EXPIRY_NOTICE and _tell("postings/ending", one, now)
    for one in db.session.scalars(over.limit(most)):
        one.expired_at = now
        audit.record("expire_posting", one.posting, by=None, university_id=one.university_id, now=now)
        told += _tell("postings/expired", one, now)
    return told


def _shown() -> sa.Select[PostingPublication]:
    return (
        sa.select(PostingPublication)
        .join(PostingPublication.posting)
        .where(PostingPublication.taken_down_at.is_(None), Posting.ended_at.is_(None))
        .options(joinedload(PostingPublication.posting), joinedload(PostingPublication.revision))
        .order_by(PostingPublication.until_at)
    )


def _tell(kind: str, one: PostingPublication, now: datetime) -> int:
    posting = one.posting
    school = db.session.get_one(University, one.university_id)
    return messages.queue(
        kind,
        employers.contact_people(posting.publishing_employer_id),
        {
            "title": one.revision.title,
            "university": school.name,
            "employer": posting.publishing_employer.public_id,
            "posting": posting.public_id,
            "until": campus_day(one.until_at).isoformat(),
        },
        subject=posting,
        university_id=one.university_id,
        dedupe=f"{kind}:{one.id}",
        now=now,
    )
