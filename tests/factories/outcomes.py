"""A fair that is over: employers with confirmed places, students who booked, some of whom were scanned."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from fairs.accounts.models import Account
from fairs.checkin.models import Gate, Scan
from fairs.checkin.rules import Direction, HolderKind, ScanMode, Verdict
from fairs.database import new_public_id, transaction
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import ExhibitorState
from fairs.institutions.models import University
from fairs.outcomes import actions, queries
from fairs.outcomes.actions import Said
from fairs.outcomes.counting import computed
from fairs.outcomes.figures import fingerprint
from fairs.outcomes.models import ClosingSnapshot
from fairs.postings.models import PostingRevision
from fairs.programmes import queries as events
from fairs.programmes.models import Event, Fair
from fairs.programmes.rules import EventState
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from tests import factories
from tests.factories import checkin as door
from tests.factories import exhibitors as stands
from tests.factories import registrations as booked

MORNING = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)
"""Nine o'clock on campus, a Thursday; the fair of four hours is over at one."""
EVENING = MORNING + timedelta(hours=9, minutes=30)


@dataclass
class Over:
    """The fair and its people."""

    event: Event
    officer: Account
    students: list[Account] = field(default_factory=list)
    exhibitors: list[Exhibitor] = field(default_factory=list)
    contacts: list[Account] = field(default_factory=list)
    gate: Gate | None = None


@transaction
def over(
    school: University,
    *,
    starts_at: datetime = MORNING,
    employers: int = 3,
    students: int = 3,
    came: int = 2,
    title: str = "冬季双选会",
    login: str = "officer",
) -> Over:
    """A closed fair; the first ``came`` of its students were let in, nobody has called the roll."""
    made = booked.open_event(school, starts_at, title, state=EventState.CLOSED)
    factories.saved(Fair(event_id=made.id))
    there = Over(made, factories.officer(school, f"{login}@{school.slug}.example"))
    for number in range(1, employers + 1):
        _stand(there, school, number, starts_at)
    department = factories.department(school, f"D{title[:2]}", f"{title[:2]}学院")
    there.gate = factories.saved(
        Gate(
            event_id=made.id,
            space_id=door.hall(school, f"{title}馆").id,
            name="北门",
            direction=Direction.IN,
        )
    )
    for number in range(1, students + 1):
        student = booked.student(department, number + made.id * 100, f"学生{number}")
        there.students.append(student)
        _book(there, student, starts_at, came=number <= came, minute=number)
    return there


def _stand(there: Over, school: University, number: int, now: datetime) -> None:
    firm = stands.employer(f"{there.event.title}第{number}公司", verified_at=[school], industry="制造业")
    there.contacts.append(stands.contact(firm, f"hr{number}-{there.event.id}@firm.example"))
    exhibitor = factories.saved(
        Exhibitor(
            event_id=there.event.id,
            employer_id=firm.id,
            state=ExhibitorState.CONFIRMED,
            uid=f"{new_public_id()}@test",
            calendar_changed_at=now,
        )
    )
    posting = stands.posting(firm, school, there.officer, now=now - timedelta(days=9))
    revision = PostingRevision.query.filter_by(posting_id=posting.id).one()
    factories.saved(ExhibitorPosting(exhibitor_id=exhibitor.id, posting_revision_id=revision.id))
    there.exhibitors.append(exhibitor)


def _book(there: Over, student: Account, starts_at: datetime, *, came: bool, minute: int) -> None:
    day = events.occurrences(there.event.id)[0]
    factories.saved(
        Registration(
            occurrence_id=day.id,
            person_id=student.person_id,
            university_id=there.event.university_id,
            state=RegistrationState.CHECKED_OUT if came else RegistrationState.TICKETED,
            uid=f"{new_public_id()}@test",
            calendar_changed_at=starts_at,
            created_at=starts_at,
        )
    )
    if came:
        scanned(there, student, Direction.IN, starts_at + timedelta(minutes=minute))
        scanned(there, student, Direction.OUT, starts_at + timedelta(minutes=60 + minute))


def scanned(there: Over, student: Account, direction: Direction, at: datetime) -> Scan:
    """A student goes through the gate."""
    assert there.gate is not None
    return factories.saved(
        Scan(
            client_id=str(uuid.uuid4()),
            gate_id=there.gate.id,
            occurrence_id=events.occurrences(there.event.id)[0].id,
            direction=direction,
            code_hash="",
            holder_kind=HolderKind.STUDENT,
            holder_id=student.person_id,
            verdict=Verdict.IN_OK if direction is Direction.IN else Verdict.OUT_OK,
            mode=ScanMode.ONLINE,
            scanned_at=at,
            corrected_at=at,
            received_at=at,
        )
    )


def roll(there: Over, count: int, now: datetime = EVENING) -> None:
    """The first ``count`` employers are ticked off."""
    arrived = {one.public_id for one in there.exhibitors[:count]}
    actions.call_roll(there.event.id, arrived, by=there.officer.person_id, now=now)


def said(there: Over, **changes: object) -> Said:
    """What an organiser says who looked at the figures as they are now."""
    return Said(**({"shown": fingerprint(computed(there.event))} | changes))


def closed(there: Over, count: int = 2, now: datetime = EVENING) -> ClosingSnapshot:
    """The roll is called and the computed figures are confirmed."""
    roll(there, count, now)
    return actions.confirm_figures(there.event.id, said(there), by=there.officer.person_id, now=now)


def latest(there: Over) -> dict[str, int]:
    """The kept figures by name."""
    return {figure.value: n for figure, n in queries.latest([there.event.id])[there.event.id].items()}
