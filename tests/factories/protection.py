"""A university with a shown posting, a student who reports it, and officers who look into it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fairs.accounts.models import Account
from fairs.employers.models import Employer
from fairs.institutions.models import Department, University
from fairs.postings.models import Posting
from fairs.protection import actions, queries
from fairs.protection.actions import Draft, Reporter
from fairs.protection.alerts import AlertDraft, Audience, Guard, Severity
from fairs.protection.models import Alert, Report
from fairs.protection.rules import Reason, Source
from tests import factories
from tests.factories import exhibitors as made
from tests.factories import registrations as booked


@dataclass
class Ward:
    """Who and what a report is about."""

    school: University
    department: Department
    officer: Account
    director: Account
    firm: Employer
    hr: Account
    posting: Posting
    student: Account
    now: datetime


def ward(now: datetime) -> Ward:
    """Everything that a report needs."""
    school = factories.university()
    department = factories.department(school)
    officer = factories.officer(school)
    director = factories.officer(school, "director@nanhu.example")
    firm = made.employer("晨星电子有限公司", verified_at=[school])
    hr = made.contact(firm)
    shown = made.posting(firm, school, officer, now=now)
    return Ward(school, department, officer, director, firm, hr, shown, booked.student(department, 1), now)


def report(here: Ward, by: Account | None = None, once: str = "one", **values: Any) -> Report:
    """A report of the posting: by name, or a visitor's without ``by``."""
    target = queries.posting_target(here.posting.public_id, here.school.id, here.now)
    text = values.pop("text", "面试后要求先交 200 元服装费。")
    named = values.pop("named", True)
    who = (
        Reporter(Source.STUDENT, by.person_id, named=named) if by else Reporter(Source.VISITOR, contact="139")
    )
    return actions.report(target, Draft(Reason.FEE, text, once, **values), who, now=here.now)


def alert(here: Ward, **values: Any) -> Alert:
    """An alert for everybody, written by the officer."""
    usual = {
        "guard": Guard.FEES,
        "severity": Severity.WARNING,
        "audience": Audience.UNIVERSITY,
        "title": "先交钱的不要信",
        "body": "正规招聘不收费。",
        "expires_at": here.now + timedelta(days=30),
    }
    draft = AlertDraft(**(usual | values))
    return actions.draft_alert(draft, university_id=here.school.id, by=here.officer.person_id, now=here.now)
