"""By what law an employer keeps a clause that should go, with the document that says so (S36)."""

from datetime import datetime

from fairs.clauses.rules import Severity
from fairs.employers.actions.papers import Upload
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.institutions import duties
from fairs.institutions.models import University
from fairs.postings import queries
from fairs.postings.content import Content
from fairs.postings.hints import hints, strictest
from fairs.postings.models import Posting
from fairs.vetting.doubts import Statute
from fairs.vetting.rules import check_statute


def statute_of(
    posting: Posting,
    schools: list[University],
    content: Content,
    ground: str,
    document: Upload | None,
    *,
    by: int,
    now: datetime,
) -> Statute | None:
    """The author's ground and document, if the strictest of the schools finds what should go; else None.

    Inside an action. Raises StatuteMissing or FileRefused.
    """
    profile = strictest(duties.chosen(school.settings, "clause_profile") for school in schools)
    found = hints(content.text(), queries.employer_type(posting.hiring_employer), profile)
    blocking = tuple(hint.quote for hint in found if hint.severity is Severity.BLOCK)
    check_statute(blocking, ground, has_document=document is not None)
    if not blocking or document is None:
        return None
    file = files.keep(
        document.content, document.name, FilePurpose.EVIDENCE, by=by, university_id=None, now=now
    )
    return Statute(ground, file.id)
