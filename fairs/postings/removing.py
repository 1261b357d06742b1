"""A university stops showing a posting against its employer's will (JobPosting: published → taken down)."""

from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import lock, transaction
from fairs.employers import queries as employers
from fairs.institutions import queries as institutions
from fairs.messages import actions as messages
from fairs.postings import queries
from fairs.postings.actions import take_down
from fairs.postings.models import Posting
from fairs.postings.rules import check_reason


@transaction
def remove_posting(
    posting_id: int, university_id: int, reason: str, *, by: int | None, now: datetime
) -> bool:
    """Show a posting no longer at a university, and tell its employer why; False if it was not shown.

    The employer may write a new version, which is vetted like any other. Raises EndReasonMissing.
    """
    reason = check_reason(reason)
    posting = lock(Posting, posting_id)
    if not take_down(posting_id, university_id, now):
        return False
    audit.record("take_down_posting", posting, by=by, university_id=university_id, now=now, reason=reason)
    params = {
        "title": queries.latest_revision(posting.id).title,
        "university": institutions.university(university_id).name,
        "reason": reason,
        "employer": posting.publishing_employer.public_id,
        "posting": posting.public_id,
    }
    people = employers.contact_people(posting.publishing_employer_id)
    messages.queue(
        "postings/taken_down", people, params, subject=posting, university_id=university_id, now=now
    )
    return True
