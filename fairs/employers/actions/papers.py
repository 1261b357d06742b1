"""Papers of an employer: handing in, replacing, looking at them."""

from dataclasses import dataclass
from datetime import date, datetime

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, lock, transaction
from fairs.employers import queries
from fairs.employers.actions.standings import touch_reviews
from fairs.employers.models import Credential, Employer
from fairs.employers.papers import CredentialKind, check_paper_date
from fairs.files import actions as files
from fairs.files.models import File
from fairs.files.rules import FilePurpose


@dataclass(frozen=True)
class Upload:
    """A file as it came from the browser."""

    content: bytes
    name: str


@transaction
def add_credential(
    employer_id: int,
    kind: CredentialKind,
    upload: Upload,
    *,
    number: str = "",
    valid_until: date | None = None,
    principal_id: int | None = None,
    by: int | None,
    now: datetime,
) -> Credential:
    """Hand in a paper; it replaces the one of its kind (and principal). Raises FileRefused or PaperExpired."""
    lock(Employer, employer_id)
    check_paper_date(valid_until, campus_day(now))
    purpose = FilePurpose.IDENTITY if kind is CredentialKind.CONTACT_ID else FilePurpose.CREDENTIAL
    file = files.keep(upload.content, upload.name, purpose, by=by, university_id=None, now=now)
    for before in queries.papers_like(employer_id, kind, principal_id):
        before.ended_at = now
        if kind is CredentialKind.CONTACT_ID and before.file is not None:
            before.file.purge_after = now
    paper = Credential(
        employer_id=employer_id,
        kind=kind,
        number=number.strip(),
        valid_until=valid_until,
        file_id=file.id,
        principal_employer_id=principal_id,
        created_at=now,
    )
    db.session.add(paper)
    touch_reviews(employer_id, now)
    employer = queries.employer(employer_id)
    audit.record("paper_added", employer, by=by, university_id=None, now=now, kind=kind.value)
    return paper


def look_at_paper(paper: Credential, *, by: int, now: datetime) -> tuple[File, bytes]:
    """The file of a paper and its bytes; a look at an identity paper is written down (P37)."""
    if paper.kind is CredentialKind.CONTACT_ID:
        audit.looked("identity_paper", paper, by=by, now=now)
    file = paper.file
    assert file is not None  # asked for by its file
    return file, files.content_of(file)
