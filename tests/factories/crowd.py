"""More of everything in a world: what a page showed once, it then shows often."""

from datetime import timedelta

from fairs import clock
from fairs.accounts.models import Account
from fairs.allocation.models import BoothAssignment
from fairs.allocation.rules import BoothOfferState
from fairs.checkin import admitting, gates
from fairs.employers.models import Employer
from fairs.employers.rules import StandingState
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import ExhibitorState
from fairs.institutions import queries as institutions
from fairs.invitations.models import Invitation
from fairs.livestreams.models import LivePresenter, LiveSession, LiveWords
from fairs.livestreams.rules import LiveState
from fairs.messages.rules import MessageState
from fairs.onsite.models import Incident
from fairs.onsite.rules import IncidentKind, Severity
from fairs.postings import queries as postings_of
from fairs.postings.rules import PostingKind
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event, Occurrence, ProgrammeEvent
from fairs.programmes.rules import TargetDimension
from fairs.tasks import actions as tasks
from fairs.venues import queries as venues
from fairs.venues.models import PlanBooth
from tests import factories
from tests.factories import calendars, messages, postings
from tests.factories import checkin as door
from tests.factories import employers as firms
from tests.factories import programmes as planned
from tests.factories import registrations as booked
from tests.factories.world import World


class Crowd:
    """Adds to a world."""

    def __init__(self, world: World) -> None:
        self.world, self.school, self.now = world, world.a.school, clock.now()
        self.people, self.number = world.a.people, 100

    def grow(self, by: int) -> None:
        """``by`` more of everything."""
        for _ in range(by):
            self.number += 1
            name = f"{self.number}号"
            self._employer(name)
            self._event(name)
            self._visitor(name)
            self._stream(name)
            self._mail()
            self._work(name)

    def _employer(self, name: str) -> None:
        waiting = firms.employer(f"{name}候审公司")
        firms.standing(waiting, self.school, StandingState.SUBMITTED)
        made = firms.verified(self.school, f"{name}科技公司")
        hr = firms.contact(made, f"hr{self.number}@crowd.example")
        postings.submitted(made, hr, self.school, now=self.now, title=f"{name}岗位")
        shown = postings.published(made, hr, self.people["officer"], self.school, now=self.now)
        place = self._exhibitor(made, ExhibitorState.CONFIRMED)
        revision = postings_of.latest_revision(shown.subject_id)
        factories.saved(ExhibitorPosting(exhibitor_id=place.id, posting_revision_id=revision.id))
        self._exhibitor(waiting, ExhibitorState.REQUESTED)
        factories.saved(
            Invitation(
                event_id=self.world.event.id,
                employer_id=waiting.id,
                email=f"hr{self.number}@crowd.example",
                token_hash=f"{self.number:064d}",
                introducer=f"{name}商会",
                created_at=self.now,
                expires_at=self.now + timedelta(days=3),
            )
        )
        # the employer of the world has more postings and colleagues too
        own, chief = self.world.a.employer, self.people["employer"]
        assert own is not None
        kind = list(PostingKind)[self.number % 2]  # a day has its limit for each kind
        postings.submitted(own, chief, self.school, now=self.now, title=f"{name}自招", kind=kind)
        firms.contact(own, f"colleague{self.number}@crowd.example", f"{name}同事", is_owner=False)

    def _exhibitor(self, of: Employer, state: ExhibitorState) -> Exhibitor:
        event = self.world.event
        place = factories.saved(
            Exhibitor(
                event_id=event.id,
                employer_id=of.id,
                state=state,
                uid=calendars.uid(),
                calendar_changed_at=self.now,
                requested_at=self.now,
            )
        )
        plan = venues.latest_plan(event.id)
        assert plan is not None
        if state is ExhibitorState.CONFIRMED:
            key = f"X{self.number}"
            factories.saved(PlanBooth(plan_id=plan.id, booth_key=key, number=key, geometry=BOOTH))
            factories.saved(
                BoothAssignment(
                    event_id=event.id,
                    exhibitor_id=place.id,
                    booth_key=key,
                    plan_id=plan.id,
                    state=BoothOfferState.CONFIRMED,
                    offered_at=self.now,
                )
            )
        return place

    def _event(self, name: str) -> None:
        department = institutions.departments(self.school.id)[0]
        starts_at = self.now + timedelta(hours=30, minutes=self.number)
        made = calendars.event(self.school, starts_at, title=f"{name}宣讲会", department=department)
        calendars.target(made, TargetDimension.MAJOR, "080901")
        programme = programmes.programme(self.world.names["programme"], self.school.id)
        factories.saved(ProgrammeEvent(programme_id=programme.id, event_id=made.id))
        day = _day(made)
        slot = calendars.slot(day)
        calendars.booking(self.people["student"], day, slot)
        calendars.shift(self.people["door_staff"], day)
        own = self.world.a.employer
        assert own is not None
        calendars.appearance(own, made, booth=None)
        today = clock.campus_day(self.now)
        planned.programme(self.school, f"{name}季", today, today + timedelta(days=60))
        planned.hall(self.school, f"{name}馆")

    def _visitor(self, name: str) -> None:
        department = institutions.departments(self.school.id)[0]
        visitor: Account = booked.student(department, self.number, f"李{name}")
        day = _day(self.world.event)
        mine = calendars.booking(visitor, day, programmes.slots(day.id)[0], at=self.now)
        gate = gates.gate(self.world.names["gate"], self.world.event.id)
        issued = door.device(gate, self.now)
        admitting.admit(issued.device_pass.id, door.reading(f"x{mine.id}", self.now), 0, self.now)
        door.gate(self.world.event, gates.halls(self.world.event.id)[0], self.now, name)
        factories.saved(
            Incident(
                university_id=self.school.id,
                event_id=self.world.event.id,
                once=name,
                kind=IncidentKind.OTHER,
                severity=Severity.SERIOUS,
                text=name,
                noted_by=visitor.person_id,
                at=self.now,
            )
        )

    def _stream(self, name: str) -> None:
        """One that the organiser announced and one that the world's employer proposes, whoever else speaks then."""
        own = self.world.a.employer
        assert own is not None
        starts_at = _day(self.world.event).starts_at + timedelta(minutes=self.number)
        for host, state in ((None, LiveState.ANNOUNCED), (own.id, LiveState.DRAFT)):
            row = factories.saved(
                LiveSession(
                    event_id=self.world.event.id,
                    employer_id=host,
                    platform="校园直播平台",
                    url="https://live.example/crowd",
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(minutes=30),
                    state=state,
                    uid=calendars.uid(),
                    calendar_changed_at=self.now,
                    announced_at=None if host else self.now,
                    created_at=self.now,
                )
            )
            words = {"title": f"{name}直播", "clean": True, "words_read": "x", "created_at": self.now}
            factories.saved(LiveWords(session_id=row.id, no=1, **words))
            if host is None:
                factories.saved(LivePresenter(session_id=row.id, employer_id=own.id))

    def _mail(self) -> None:
        sent = messages.queued(self.people["student"], self.now, self.school, link=f"/activate/{self.number}")
        calendars.change(sent, state=MessageState.SENT, sent_at=self.now, title="通知", body="正文")

    def _work(self, name: str) -> None:
        officer = self.people["officer"].person_id
        tasks.enqueue(
            "students.import", {}, dedupe=name, university_id=self.school.id, by=officer, now=self.now
        )


BOOTH = {"x": 3.0, "y": 2.0, "w": 3.0, "h": 3.0}


def _day(event: Event) -> Occurrence:
    return programmes.occurrences(event.id)[0]
