"""What universities show of postings: begun by an approval, ended by a take-down. Inside actions."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.clock import at_campus, campus_day
from fairs.database import db
from fairs.employers import queries as employers
from fairs.postings import queries
from fairs.postings.models import Posting, PostingPublication
from fairs.postings.rules import EmployerNotVerified, ValidityOver
from fairs.vetting.models import Decision


def take_down(posting_id: int, university_id: int | None, now: datetime) -> bool:
    """End what is shown, everywhere or at one university; whether anything was. Inside actions."""
    chosen = sa.select(PostingPublication).where(
        PostingPublication.posting_id == posting_id, PostingPublication.taken_down_at.is_(None)
    )
    if university_id is not None:
        chosen = chosen.where(PostingPublication.university_id == university_id)
    shown = list(db.session.scalars(chosen.with_for_update()))
    for publication in shown:
        publication.taken_down_at = now
    db.session.flush()
    return bool(shown)


def publish(posting: Posting, decision: Decision, now: datetime) -> None:
    """Show the version that was approved. Raises EmployerNotVerified or ValidityOver."""
    case = decision.case
    if not employers.is_verified(posting.publishing_employer_id, case.university_id):
        raise EmployerNotVerified
    revision = queries.revision(posting.id, case.revision_no)
    until = at_campus((revision.valid_until or campus_day(now)) + timedelta(days=1), time())
    if until <= now:
        raise ValidityOver
    replaces = take_down(posting.id, case.university_id, now)
    begins = at_campus(revision.valid_from, time()) if revision.valid_from and not replaces else now
    publication = PostingPublication(
        posting_id=posting.id,
        revision_id=revision.id,
        university_id=case.university_id,
        decision_id=decision.id,
        from_at=max(now, begins),
        until_at=until,
    )
    db.session.add(publication)
    audit.record("publish_posting", posting, by=decision.by, university_id=case.university_id, now=now)
