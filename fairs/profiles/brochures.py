"""An employer's recruitment brochure: its text is read and vetted like any other (S35)."""

from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import db, lock, transaction
from fairs.employers import queries as employers
from fairs.employers.actions.papers import Upload
from fairs.employers.models import Employer
from fairs.errors import Refusal
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.postings.hints import Hint
from fairs.postings.statutes import NOTHING, Stated, clauses_in
from fairs.profiles import queries
from fairs.profiles.cases import put_before, texts_of
from fairs.profiles.models import Brochure
from fairs.profiles.reading import extract, remarks_on
from fairs.profiles.rules import NowhereVerified
from fairs.vetting.doubts import Whole
from fairs.vetting.rules import SubjectKind


@transaction
def submit_brochure(
    employer_id: int, upload: Upload, *, by: int, now: datetime, stated: Stated = NOTHING
) -> Brochure:
    """Put a new version of the brochure before every university that has verified the employer.

    Where no text can be read, or little, an officer looks at the file itself. A text with a blocking finding
    needs a statutory ground and its document (``stated``, S36). Raises NowhereVerified, FileRefused,
    BrochureBroken, BrochureTooLong, StatuteMissing or StatuteUnproved.
    """
    employer = lock(Employer, employer_id)
    schools = [row.university for row in employers.verified_schools(employer_id)]
    if not schools:
        raise NowhereVerified
    file = files.keep(upload.content, upload.name, FilePurpose.BROCHURE, by=by, university_id=None, now=now)
    read = extract(upload.content, file.media_type)
    before = queries.brochures(employer_id)
    made = Brochure(
        employer_id=employer_id,
        no=before[0].no + 1 if before else 1,
        file_id=file.id,
        text=read.text,
        pages=read.pages,
        created_by=by,
        created_at=now,
    )
    db.session.add(made)
    whole = Whole(employer, remarks_on(read))
    put_before(SubjectKind.BROCHURE, whole, made.no, made.text, schools, stated, by=by, now=now)
    audit.record("brochure_submitted", employer, by=by, university_id=None, now=now, revision=made.no)
    return made


def clauses_of(upload: Upload, employer_id: int) -> list[Hint]:
    """What the strictest university finds in a file that was not taken; nothing where it cannot be read."""
    try:
        read = extract(upload.content, files.media_type_of(upload.content) or "")
    except Refusal:
        return []
    schools = [row.university for row in employers.verified_schools(employer_id)]
    return clauses_in(texts_of(read.text), employers.employer(employer_id), schools)
