"""An employer's recruitment brochure: its text is read and vetted like any other (S35)."""

from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import db, lock, transaction
from fairs.employers import queries as employers
from fairs.employers.actions.papers import Upload
from fairs.employers.models import Employer
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.profiles import queries
from fairs.profiles.cases import open_case
from fairs.profiles.models import Brochure
from fairs.profiles.reading import extract
from fairs.profiles.rules import NowhereVerified
from fairs.vetting import actions as vetting
from fairs.vetting.rules import SubjectKind


@transaction
def submit_brochure(employer_id: int, upload: Upload, *, by: int, now: datetime) -> Brochure:
    """Put a new version of the brochure before every university that has verified the employer.

    Where no text can be read (scanned pictures), an officer looks at the file itself. Raises NowhereVerified,
    FileRefused, BrochureBroken or BrochureTooLong.
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
    for case in queries.cases(employer_id, SubjectKind.BROCHURE):
        vetting.withdraw_case(case.id, by=by, now=now)
    for school in schools:
        open_case(SubjectKind.BROCHURE, employer, made.no, made.text, school, by=by, now=now)
    audit.record("brochure_submitted", employer, by=by, university_id=None, now=now, revision=made.no)
    return made
