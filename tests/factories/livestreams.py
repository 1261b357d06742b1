"""Live streams at an open fair: officers, an employer with a confirmed place, students who booked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fairs.accounts.models import Account
from fairs.database import new_public_id
from fairs.employers.models import Employer
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.institutions.models import Department
from fairs.livestreams import actions, words
from fairs.livestreams.models import LiveSession
from fairs.livestreams.rules import LiveDraft, Side
from fairs.programmes import queries as events
from fairs.programmes.models import Event, Occurrence
from fairs.registrations import actions as booking
from fairs.vetting import actions as vetting
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import VerdictKind
from tests import factories
from tests.factories import employers as firms
from tests.factories import programmes as make
from tests.factories import registrations as booked

LINK = "https://live.example/room/8"


@dataclass
class Stage:
    """The people and things of the tests; times are those of ``now``."""

    now: datetime

    def __post_init__(self) -> None:
        self.school = factories.university()
        self.officer = factories.officer(self.school)
        self.second = factories.officer(self.school, "second@nanhu.example")
        self.guard = make.security(self.school)
        self.department: Department = factories.department(self.school)
        self.event: Event = self.fair()
        self.employer = firms.verified(self.school)
        self.hr = firms.contact(self.employer)
        self.place = exhibit(self.event, self.employer)
        self.student: Account = booked.student(self.department)

    def fair(self, title: str = "秋季双选会") -> Event:
        """Another open fair a week from now."""
        people = {"officer": self.officer, "guard": self.guard}
        return make.open_fair(self.school, title=title, now=self.now, **people)

    @property
    def day(self) -> Occurrence:
        """The first day of the fair."""
        return events.occurrences(self.event.id)[0]

    @property
    def by(self) -> int:
        """The officer."""
        return self.officer.person_id

    def draft(self, hours: float = 1, **values: Any) -> LiveDraft:
        """A stream of an hour, so many hours after the fair's start."""
        starts_at = self.day.starts_at + timedelta(hours=hours)
        fields = {"title": "直播带岗专场", "platform": "校园直播平台", "url": LINK, "starts_at": starts_at}
        return LiveDraft(**({"ends_at": starts_at + timedelta(hours=1)} | fields | values))

    def plan(self, hours: float = 1, event: Event | None = None, **values: Any) -> LiveSession:
        """A stream that the organiser plans."""
        draft, number = self.draft(hours, **values), (event or self.event).id
        return actions.plan_session(number, draft, Side.ORGANISER, by=self.by, now=self.now)

    def announced(self, hours: float = 1, **values: Any) -> LiveSession:
        """A stream that everybody sees."""
        row = self.plan(hours, **values)
        return actions.announce(row.id, version=row.version, by=self.by, now=self.now)

    def propose(self, hours: float = 1, **values: Any) -> LiveSession:
        """A stream that the employer proposes."""
        draft = self.draft(hours, employer_id=self.employer.id, **values)
        return actions.plan_session(self.event.id, draft, Side.EMPLOYER, by=self.hr.person_id, now=self.now)

    def case(self, row: LiveSession) -> VettingCase:
        """The case on the newest words of a stream."""
        case = words.standing(row).case
        assert case is not None
        return case

    def decide(self, row: LiveSession, verdict: VerdictKind = VerdictKind.APPROVE, reason: str = "") -> None:
        """An officer's decision on the newest words."""
        case = self.case(row)
        vetting.decide_text(case.id, verdict, reason, case.version, self.second.person_id, self.now)

    def book(self, account: Account | None = None) -> Account:
        """A student with a ticket."""
        who = account or self.student
        booking.book(events.slots(self.day.id)[0].id, who.person_id, self.now)
        return who


def exhibit(event: Event, employer: Employer, state: ExhibitorState = ExhibitorState.CONFIRMED) -> Exhibitor:
    """An employer's place at a fair."""
    return factories.saved(
        Exhibitor(
            event_id=event.id,
            employer_id=employer.id,
            state=state,
            uid=f"{new_public_id()}@test",
            calendar_changed_at=event.created_at,
            requested_at=event.created_at,
        )
    )
