"""Postings for tests: an employer that a university trusts, and content without any finding."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from fairs.accounts.models import Account
from fairs.accounts.rules import RoleKind
from fairs.clock import campus_day
from fairs.employers.actions.papers import Upload
from fairs.employers.models import Employer, EmployerContact, EmployerStanding
from fairs.employers.rules import ContactState, EmployerKind, EmployerSize, Ownership, StandingState
from fairs.institutions.models import University
from fairs.postings import actions
from fairs.postings.content import Content
from fairs.postings.models import Posting
from fairs.postings.rules import PostingKind
from fairs.postings.statutes import Stated
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import VerdictKind
from tests import factories

STATUTE = Upload(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "依据.pdf")
STATED = Stated("《女职工劳动保护特别规定》附录", STATUTE)
LONG_AGO = datetime(2026, 9, 1, tzinfo=UTC)


def employer(*schools: University, name: str = "江南精密制造有限公司", **values: Any) -> Employer:
    """An employer that these universities have verified."""
    defaults = {
        "kind": EmployerKind.ENTERPRISE,
        "ownership": Ownership.PRIVATE,
        "size": EmployerSize.MEDIUM,
        "industry": "装备制造",
        "region": "江苏南京",
        "uscc_exemption": "测试单位",
        "created_at": LONG_AGO,
    }
    made = factories.saved(Employer(legal_name=name, **(defaults | values)))
    for school in schools:
        verified(made, school)
    return made


def verified(
    of: Employer, school: University, state: StandingState = StandingState.VERIFIED
) -> EmployerStanding:
    """The standing of an employer at a university."""
    return factories.saved(EmployerStanding(university_id=school.id, employer_id=of.id, state=state))


def recruiter(of: Employer, login: str = "hr@jiangnan.example", name: str = "周敏") -> Account:
    """A contact of an employer, who may write its postings."""
    made = factories.account(login, name)
    factories.role(made, RoleKind.EMPLOYER_HR, employer_id=of.id)
    factories.saved(
        EmployerContact(employer_id=of.id, person_id=made.person_id, state=ContactState.ACTIVE, is_owner=True)
    )
    return made


def content(**values: Any) -> Content:
    """A complete posting in which the clause engine finds nothing."""
    defaults = {
        "title": "机械设计工程师",
        "headcount": 5,
        "city": "南京",
        "degree": "bachelor",
        "salary_min": 8000,
        "salary_max": 12000,
        "description": "负责产线夹具设计，与工艺团队协作。",
        "requirements": "本科及以上学历，会使用三维设计软件。",
        "benefits": "五险一金，带薪年假。",
        "valid_until": date(2027, 1, 1),
    }
    return Content(**(defaults | values))


OF_KIND: dict[PostingKind, dict[str, Any]] = {
    PostingKind.INTERNSHIP: {"period": "3 个月", "days_per_week": 4},
    PostingKind.TRAINEESHIP: {"period": "6 个月"},
    PostingKind.FLEXIBLE: {"settlement": "按周结算"},
    PostingKind.RESEARCH_ASSISTANT: {"period": "1 年"},
    PostingKind.GRASSROOTS: {"project": "乡村振兴计划", "period": "2 年"},
}
"""What each kind of work states besides."""


def draft(
    of: Employer, by: Account, *, now: datetime, kind: PostingKind = PostingKind.JOB, **values: Any
) -> Posting:
    """A draft, valid for sixty days from ``now``."""
    values = {"valid_until": campus_day(now) + timedelta(days=60)} | OF_KIND.get(kind, {}) | values
    return actions.draft_posting(of.id, kind, content(**values), by=by.person_id, now=now)


def submitted(
    of: Employer, by: Account, *schools: University, now: datetime, **values: Any
) -> list[VettingCase]:
    """A posting before these universities, with a ground for whatever is found in it; its cases."""
    posting = draft(of, by, now=now, **values)
    numbers = [one.id for one in schools]
    return actions.submit_revision(posting.id, numbers, by=by.person_id, now=now, stated=STATED)


def published(
    of: Employer, by: Account, officer: Account, school: University, *, now: datetime, **values: Any
) -> VettingCase:
    """A posting that a university shows; the case in which it was approved."""
    case = submitted(of, by, school, now=now, **values)[0]
    decide(case, officer, VerdictKind.APPROVE, now=now)
    return case


def decide(
    case: VettingCase,
    officer: Account,
    verdict: VerdictKind,
    reason: str = "",
    *,
    now: datetime,
) -> None:
    """An officer's decision on the case as it is now."""
    actions.decide_posting(case.id, verdict, reason, case.version, officer.person_id, now)
