"""What an employer is told about the decision on its page or its brochure. Only actions call this."""

from datetime import datetime

from fairs.database import db, found
from fairs.employers import queries as employers
from fairs.employers.models import Employer
from fairs.institutions.models import University
from fairs.messages import actions as messages
from fairs.profiles.rules import MAILS
from fairs.vetting.models import Decision, VettingCase


def tell_decision(decision: Decision, case: VettingCase, now: datetime) -> None:
    """Queue the letter for the verdict on ``case``, if it has one."""
    mail = MAILS[case.subject_kind].get(decision.verdict)
    if mail is None:
        return
    employer = found(db.session.get(Employer, case.subject_id))
    university = found(db.session.get(University, case.university_id))
    messages.queue(
        mail,
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
