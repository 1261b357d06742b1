"""What an employer says of itself, put before universities: its page and its brochure alike. Inside actions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fairs.institutions.models import University
from fairs.postings.queries import employer_type
from fairs.postings.statutes import Stated, statute_of
from fairs.profiles import queries
from fairs.vetting import actions as vetting
from fairs.vetting.doubts import Whole
from fairs.vetting.rules import SubjectKind


def texts_of(words: str) -> dict[str, str]:
    """The words as the rules read them; without any there is nothing to read."""
    return {"description": words} if words else {}


def put_before(
    kind: SubjectKind,
    whole: Whole,
    no: int,
    words: str,
    schools: Sequence[University],
    stated: Stated,
    *,
    by: int,
    now: datetime,
) -> None:
    """Open the case of version ``no`` at each of these universities; what waits of older versions is withdrawn.

    Raises StatuteMissing, StatuteUnproved or FileRefused.
    """
    employer, text = whole.employer, texts_of(words)
    statute = statute_of(text, employer, schools, stated, by=by, now=now)
    for case in queries.cases(employer.id, kind):
        vetting.withdraw_case(case.id, by=by, now=now)
    for school in schools:
        vetting.open_case(
            kind,
            employer.id,
            no,
            employer.legal_name,
            text,
            school.id,
            employer_type=employer_type(employer),
            by=by,
            now=now,
            whole=replace(whole, statute=statute),
        )
