"""What an employer says of itself, put before a university: its page and its brochure alike. Inside actions."""

from datetime import datetime

from fairs.employers.models import Employer
from fairs.institutions.models import University
from fairs.postings.queries import employer_type
from fairs.vetting import actions as vetting
from fairs.vetting.doubts import Whole
from fairs.vetting.rules import SubjectKind


def open_case(
    kind: SubjectKind, employer: Employer, no: int, text: str, school: University, *, by: int, now: datetime
) -> None:
    """Open the case of version ``no``; without a text there is nothing for the rules to read."""
    vetting.open_case(
        kind,
        employer.id,
        no,
        employer.legal_name,
        {"description": text} if text else {},
        school.id,
        employer_type=employer_type(employer),
        by=by,
        now=now,
        whole=Whole(employer),
    )
