"""Fairs with booths, employers that may come, their postings and requests."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from fairs.accounts.models import Account
from fairs.accounts.rules import RoleKind
from fairs.clock import campus_day
from fairs.employers.models import Employer, EmployerContact, EmployerStanding
from fairs.employers.rules import ContactState, EmployerKind, EmployerSize, Ownership, StandingState
from fairs.exhibitors import actions
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import Needs
from fairs.institutions.models import University
from fairs.postings.models import Posting, PostingPublication, PostingRevision
from fairs.postings.rules import PostingKind
from fairs.programmes.models import Event, EventSchool, Fair, Occurrence
from fairs.programmes.rules import EventKind, EventState
from fairs.venues.models import Plan, PlanBooth, Zone
from fairs.venues.rules import BoothSize, PlanState
from fairs.vetting.models import Decision, VettingCase
from fairs.vetting.rules import CaseState, SubjectKind, VerdictKind
from tests.factories import account, role, saved

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
"""A Saturday noon on campus, two weeks before the fair."""

STARTS_AT = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)


def fair(
    school: University, title: str = "冬季双选会", *, now: datetime = NOW, event: Any = None, **values: Any
) -> Event:
    """An open fair of one morning, two weeks after ``now``, that takes requests."""
    starts_at = now + (STARTS_AT - NOW)
    made = saved(
        Event(
            **{
                "no": title[:20],
                "university_id": school.id,
                "kind": EventKind.JOB_FAIR,
                "title": title,
                "state": EventState.OPEN,
                "published_at": now - timedelta(days=3),
                "created_at": now - timedelta(days=9),
            }
            | (event or {})
        )
    )
    defaults = {
        "requests_until": now + timedelta(days=7),
        "free_cancel_until": starts_at - timedelta(days=1),
        "offer_hours": 48,
        "max_reps": 2,
    }
    saved(Fair(event_id=made.id, **(defaults | values)))
    saved(EventSchool(event_id=made.id, university_id=school.id))
    saved(
        Occurrence(
            event_id=made.id,
            ordinal=1,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=4),
            place="体育馆一层",
            uid=f"occurrence-{made.public_id}@localhost",
            calendar_changed_at=now,
        )
    )
    return made


def plan(
    event: Event, booths: Iterable[dict[str, Any]], *, zones: Sequence[tuple[str, str, str]] = ()
) -> Plan:
    """A published plan in one row of standard booths, numbered A01…; ``zones``: (key, kind, name)."""
    made = saved(Plan(event_id=event.id, version=1, state=PlanState.PUBLISHED, created_at=NOW))
    numbers = {
        key: saved(Zone(plan_id=made.id, key=key, kind=kind, name=name)).id for key, kind, name in zones
    }
    for place, values in enumerate(booths, start=1):
        zone = values.pop("zone", None)
        defaults = {
            "booth_key": f"A{place:02d}",
            "number": f"A{place:02d}",
            "geometry": {"x": 3.0 * place, "y": 2.0, "w": 3.0, "h": 3.0},
        }
        saved(PlanBooth(plan_id=made.id, zone_id=numbers.get(zone), **(defaults | values)))
    return made


def employer(name: str = "晨星电子", *, verified_at: Iterable[University] = (), **values: Any) -> Employer:
    """An employer, verified at some universities."""
    defaults = {
        "uscc_exemption": "测试",
        "legal_name": name,
        "kind": EmployerKind.ENTERPRISE,
        "ownership": Ownership.PRIVATE,
        "size": EmployerSize.MEDIUM,
        "industry": "",
        "created_at": NOW,
    }
    made = saved(Employer(**(defaults | values)))
    for school in verified_at:
        saved(EmployerStanding(university_id=school.id, employer_id=made.id, state=StandingState.VERIFIED))
    return made


def contact(of: Employer, login: str = "wang@chenxing.example", name: str = "王女士") -> Account:
    """An active contact of an employer, with an account."""
    made = account(login, name)
    role(made, RoleKind.EMPLOYER_HR, employer_id=of.id)
    saved(
        EmployerContact(employer_id=of.id, person_id=made.person_id, state=ContactState.ACTIVE, is_owner=True)
    )
    return made


def posting(
    of: Employer, school: University, by: Account, title: str = "硬件工程师", *, now: datetime = NOW
) -> Posting:
    """A posting that the university shows from before ``now`` until long after."""
    made = saved(
        Posting(publishing_employer_id=of.id, hiring_employer_id=of.id, kind=PostingKind.JOB, created_at=now)
    )
    revision = saved(
        PostingRevision(
            posting_id=made.id,
            no=1,
            title=title,
            headcount=3,
            city="南京",
            valid_until=campus_day(now) + timedelta(days=71),
            fields={"salary": "8000–12000 元/月", "majors": []},
            created_at=now,
            frozen_at=now,
        )
    )
    case = saved(
        VettingCase(
            university_id=school.id,
            subject_kind=SubjectKind.POSTING,
            subject_id=made.id,
            revision_no=1,
            title=title,
            text={},
            rulebook_version="1",
            state=CaseState.APPROVED,
            submitted_at=now,
            due_at=now,
        )
    )
    decision = saved(Decision(case_id=case.id, seq=1, verdict=VerdictKind.APPROVE, by=by.person_id, at=now))
    saved(
        PostingPublication(
            posting_id=made.id,
            revision_id=revision.id,
            university_id=school.id,
            decision_id=decision.id,
            from_at=now - timedelta(days=1),
            until_at=now + timedelta(days=60),
        )
    )
    return made


def request(event: Event, of: Employer, by: Account, *, now: datetime = NOW, **needs: Any) -> Exhibitor:
    """A request for a place at the fair with one posting, published for it."""
    brought = posting(of, event.university, by, now=now)
    return actions.request_place(event.id, of.id, Needs(**needs), [], [brought.id], by.person_id, now)


def requests(event: Event, count: int, by: Account, **needs: Any) -> list[Exhibitor]:
    """Requests of ``count`` employers, a minute apart."""
    return [
        request(
            event,
            employer(f"{event.no}第{place}公司", verified_at=[event.university]),
            by,
            now=NOW + timedelta(minutes=place),
            **needs,
        )
        for place in range(1, count + 1)
    ]


STANDARD = {"size": BoothSize.STANDARD}
LARGE = {"size": BoothSize.LARGE}
