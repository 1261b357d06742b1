"""By what law an employer keeps a clause that should go, with the document that says so (S36): for every text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fairs.clauses.rules import Severity
from fairs.employers.actions.papers import Upload
from fairs.employers.models import Employer
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.institutions import duties
from fairs.institutions.models import University
from fairs.postings.hints import Hint, hints, strictest
from fairs.postings.queries import employer_type
from fairs.vetting.doubts import Statute
from fairs.vetting.rules import check_statute


@dataclass(frozen=True)
class Stated:
    """What an author hands in for a clause that should go: the law, and the document that shows it."""

    ground: str = ""
    document: Upload | None = None


NOTHING = Stated()


def clauses_in(texts: Mapping[str, str], employer: Employer, schools: Iterable[University]) -> list[Hint]:
    """What the strictest of these universities finds in an employer's texts ({field: text})."""
    profile = strictest(duties.chosen(school.settings, "clause_profile") for school in schools)
    return hints(texts, employer_type(employer), profile)


def statute_of(
    texts: Mapping[str, str],
    employer: Employer,
    schools: Iterable[University],
    stated: Stated,
    *,
    by: int,
    now: datetime,
) -> Statute | None:
    """The author's ground and kept document, if the strictest of the schools finds what should go; else None.

    What was stated for words that hold no such clause (any more) is not kept. Inside an action. Raises
    StatuteMissing, StatuteUnproved or FileRefused.
    """
    found = clauses_in(texts, employer, schools)
    blocking = tuple(hint.quote for hint in found if hint.severity is Severity.BLOCK)
    check_statute(blocking, stated.ground, has_document=stated.document is not None)
    if not blocking or stated.document is None:
        return None
    content, name = stated.document.content, stated.document.name
    file = files.keep(
        content, name, FilePurpose.EVIDENCE, by=by, university_id=None, now=now, field="document"
    )
    return Statute(stated.ground, file.id)
