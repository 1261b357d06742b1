"""A university stops showing a posting (JobPosting: published → taken down); an employer takes a submission back."""

from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import lock, transaction
from fairs.employers import queries as employers
from fairs.institutions import queries as institutions
from fairs.messages import actions as messages
from fairs.postings import queries
from fairs.postings.actions import locked_posting
from fairs.postings.models import Posting, PostingRevision
from fairs.postings.rules import NothingToRecall, check_reason
from fairs.postings.showing import take_down
from fairs.postings.versions import write
from fairs.vetting import actions as vetting_actions
from fairs.vetting import queries as vetting
from fairs.vetting.rules import WAITING, SubjectKind


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


@transaction
def recall_posting(posting_id: int, *, by: int, now: datetime) -> PostingRevision:
    """Take the newest version back where no university has answered it yet, to correct a slip: those reviews end.

    What they show already stays. The same content goes on as a new draft, since what was submitted never
    changes. Raises NothingToRecall or PostingEnded.
    """
    posting = locked_posting(posting_id)
    before = queries.latest_revision(posting.id)
    cases = vetting.cases_of(SubjectKind.POSTING, [posting.id])
    waiting = [case for case in cases if case.revision_no == before.no and case.state in WAITING]
    if not waiting:
        raise NothingToRecall
    for case in waiting:
        vetting_actions.withdraw_case(case.id, by=by, now=now)
    audit.record("recall_posting", posting, by=by, university_id=None, now=now, revision=before.no)
    following = PostingRevision(posting_id=posting.id, no=before.no + 1, created_at=now)
    return write(following, queries.content_of(before))
