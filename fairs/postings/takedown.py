"""A university stops showing a posting against its employer's will (JobPosting: published → taken down)."""

from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.database import db, found, lock, transaction
from fairs.employers import queries as employers
from fairs.institutions.models import University
from fairs.messages import actions as messages
from fairs.postings import queries
from fairs.postings.models import Posting, PostingPublication
from fairs.postings.rules import check_reason


@transaction
def take_down(posting_id: int, university_id: int, reason: str, *, by: int | None, now: datetime) -> bool:
    """Show a posting no longer at a university, and tell its employer why; False if it was not shown.

    The employer may write a new version, which is vetted like any other. Raises EndReasonMissing.
    """
    reason = check_reason(reason)
    posting = lock(Posting, posting_id)
    shown = db.session.scalars(
        sa.select(PostingPublication)
        .where(
            PostingPublication.posting_id == posting_id,
            PostingPublication.university_id == university_id,
            PostingPublication.taken_down_at.is_(None),
        )
        .with_for_update()
    ).one_or_none()
    if shown is None:
        return False
    shown.taken_down_at = now
    audit.record("take_down_posting", posting, by=by, university_id=university_id, now=now, reason=reason)
    _tell(posting, university_id, reason, now)
    return True


def _tell(posting: Posting, university_id: int, reason: str, now: datetime) -> None:
    params = {
        "title": queries.latest_revision(posting.id).title,
        "university": found(db.session.get(University, university_id)).name,
        "reason": reason,
        "employer": posting.publishing_employer.public_id,
        "posting": posting.public_id,
    }
    people = employers.contact_people(posting.publishing_employer_id)
    messages.queue(
        "postings/taken_down", people, params, subject=posting, university_id=university_id, now=now
    )
