"""What an employer is told about the decision on its page or its brochure. Only actions call this."""

from collections.abc import Mapping
from datetime import datetime

from fairs.database import db, found
from fairs.employers import queries as employers
from fairs.employers.models import Employer
from fairs.institutions.models import University
from fairs.messages import actions as messages
from fairs.vetting.models import Decision, VettingCase
from fairs.vetting.rules import VerdictKind


def tell_decision(decision: Decision, mails: Mapping[str, str], now: datetime) -> None:
    """Queue the letter of ``mails`` for the verdict; lifting a block decides nothing yet, so it tells nothing."""
    if decision.verdict is VerdictKind.LIFT:
        return
    case = found(db.session.get(VettingCase, decision.case_id))
    employer = found(db.session.get(Employer, case.subject_id))
    university = found(db.session.get(University, case.university_id))
    messages.queue(
        mails[decision.verdict.value],
        employers.contact_people(employer.id),
        {
            "employer": employer.legal_name,
            "employer_id": employer.public_id,
            "university": university.name,
            "slug": university.slug,
            "reason": decision.reason,
        },
        subject=employer,
        university_id=university.id,
        dedupe=f"decision:{decision.id}",
        now=now,
    )
