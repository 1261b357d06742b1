"""Programmes and events for tests, made through the actions."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from fairs.accounts import actions as accounts
from fairs.accounts.models import Account, Person
from fairs.accounts.rules import Grant, RoleKind
from fairs.clock import campus_day
from fairs.database import db, transaction
from fairs.institutions.models import University
from fairs.operations import actions as operations
from fairs.operations.rules import Verdict
from fairs.programmes import actions, partners, publishing, queries
from fairs.programmes.drafts import DayDraft, EventDraft, FairDraft, SlotDraft, period_of
from fairs.programmes.gates import Gate
from fairs.programmes.models import Event, Programme
from fairs.programmes.rules import WITH_BOOTHS, EventKind, ProgrammeKind
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from fairs.safety import queries as plans
from fairs.venues import actions as venues
from fairs.venues.layout import PlanSpec
from fairs.venues.models import Space
from fairs.venues.rules import SpaceKind
from tests import factories
from tests.factories import safety


def programme(
    school: University,
    name: str = "2026年校园招聘月",
    starts_on: date = date(2026, 11, 1),
    ends_on: date = date(2026, 12, 31),
    **values: Any,
) -> Programme:
    """A programme of a university, published with its plan document unless ``draft`` is given."""
    is_draft = values.pop("draft", False)
    texts = actions.ProgrammeTexts(
        **({"kind": ProgrammeKind.RECRUITMENT_MONTH} | values),
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    made = actions.create_programme(texts, university_id=school.id, by=None, now=NOON)
    if not is_draft:
        publishing.set_plan(made.id, PLAN, by=None, now=NOON)
        publishing.publish_programme(made.id, by=None, now=NOON)
    return made


PLAN = publishing.PlanDraft(
    owner="陈主任", duties="统筹：就业中心；安全：保卫处", content=b"%PDF-1.4 x", name="方案.pdf"
)


NOON = datetime.fromisoformat("2026-11-21T04:00+00:00")
"""A Saturday noon on campus, as the ``now`` fixture has it."""


def hall(school: University, name: str = "体育馆", net_area: float = 1000.0, **values: Any) -> Space:
    """A hall on a campus of its own name."""
    campus_id = values.pop("campus_id", None) or factories.campus(school, f"{name}校区").id
    draft = venues.SpaceDraft(
        **({"kind": SpaceKind.HALL} | values), campus_id=campus_id, name=name, net_area=net_area
    )
    return venues.create_space(draft, university_id=school.id, by=None, now=NOON)


def security(school: University, login: str = "liu@nanhu.example") -> Account:
    """Somebody of campus security."""
    made = factories.account(login, "刘科长")
    factories.role(made, RoleKind.CAMPUS_SECURITY, university_id=school.id)
    return made


def coordinator(school: University, department_id: int, login: str = "zhao@nanhu.example") -> Account:
    """A department's coordinator."""
    made = factories.account(login, "赵老师")
    factories.role(made, RoleKind.DEPT_COORDINATOR, university_id=school.id, department_id=department_id)
    return made


def grant(person_id: int, kind: RoleKind, school: University, department_id: int) -> None:
    """A role at a department, for somebody who is there already."""
    scope = Grant(kind=kind, university_id=school.id, department_id=department_id)
    accounts.grant_role(person_id, scope, by=None, now=NOON)


def days(first: date, count: int = 1, starts: time = time(9), ends: time = time(15)) -> list[DayDraft]:
    """Days in a row with the same hours."""
    return [DayDraft(on=first + timedelta(days=i), starts=starts, ends=ends) for i in range(count)]


def event(
    school: University,
    title: str = "2027届毕业生秋季双选会",
    kind: EventKind = EventKind.JOB_FAIR,
    *,
    on: Sequence[DayDraft] | None = None,
    slots: SlotDraft | None = None,
    fair: FairDraft | None = None,
    now: datetime = NOON,
    **values: Any,
) -> Event:
    """A draft event a week from ``now``: one day, three slots of 300."""
    draft = EventDraft(
        kind=kind,
        title=title,
        university_id=school.id,
        days=on or days(campus_day(now) + timedelta(days=7)),
        slots=slots or SlotDraft(count=3, capacity=300, walk_in_quota=20),
        fair=fair or FairDraft(expected_attendance=800),
        **values,
    )
    ends_at = period_of(draft.days[-1])[1]
    # what is over was planned before it began
    return actions.create_event(draft, by=None, now=now if now < ends_at else ends_at - timedelta(days=30))


def draft_fair(school: University, **values: Any) -> Event:
    """A fair of which nobody outside knows yet."""
    return event(school, **values)


def joined(event: Event, partner: University, *, now: datetime = NOON) -> Event:
    """The event, after ``partner`` has accepted its invitation."""
    row = queries.invited_part(event.id, partner.id)
    by = factories.account(f"yes-{event.id}-{partner.slug}@example.com").person_id
    partners.answer_invitation(
        event.id, partner.id, accept=True, note="", version=row.version, by=by, now=now
    )
    return event


def prepared(made: Event, *, by: int, now: datetime = NOON, booths: int = 20) -> Event:
    """An event with a hall of its own, a booth plan published and a safety plan written, still a draft."""
    housed(made, by=by, now=now, booths=booths)
    if plans.needs_plan(made):
        safety.written(made, by=by, now=now)
    return made


def housed(made: Event, *, by: int, now: datetime = NOON, booths: int = 20) -> Event:
    """An event with a hall of its own and a booth plan published."""
    space = hall(made.university, f"{made.no} 馆")
    for day in queries.occurrences(made.id):
        booking = venues.Booking(day.id, day.starts_at, day.ends_at)
        venues.book_space(space.id, booking, firm=True, by=by, now=now)
    if made.kind in WITH_BOOTHS:
        plan = venues.create_plan(
            made.id,
            PlanSpec(booths=booths, large=2, power=4, accessible=2),
            university_id=made.university_id,
            by=by,
            now=now,
        )
        venues.publish_plan(plan.id, university_id=made.university_id, by=by, now=now)
    return made


def sign_all(made: Event, *, officer: int, guard: int, now: datetime = NOON) -> Event:
    """Send an event to review and sign every gate that waits."""
    operations.send_to_review(made.id, by=officer, now=now)
    for gate, row in queries.gates(made.id).items():
        if row.state.value == "submitted" and gate is not Gate.LICENCE:
            by = guard if gate is Gate.SAFETY else officer
            operations.sign_gate(made.id, gate, Verdict.ACCEPT, "同意", by=by, now=now)
    return made


def open_fair(
    school: University,
    *,
    officer: Account | None = None,
    guard: Account | None = None,
    now: datetime = NOON,
    booths: int = 20,
    **values: Any,
) -> Event:
    """A fair that takes bookings: hall, published map, every gate signed."""
    officer = officer or factories.officer(school, f"open-{school.slug}@example.com")
    guard = guard or security(school, f"guard-{school.slug}@example.com")
    by, guard_id = officer.person_id, guard.person_id
    made = prepared(event(school, now=now, **values), by=by, now=now, booths=booths)
    sign_all(made, officer=by, guard=guard_id, now=now)
    safety.licensed(made, by=by, now=now)
    return operations.open_event(made.id, by=by, now=now)


@transaction
def tickets(made: Event, count: int) -> list[int]:
    """``count`` people with a ticket for the first slot of the first day; their numbers."""
    day = queries.occurrences(made.id)[0]
    slot = queries.slots(day.id)[0]
    people = [Person(name=f"同学{number}", email=f"t{number}@nanhu.example") for number in range(count)]
    db.session.add_all(people)
    db.session.flush()
    db.session.add_all(
        Registration(
            occurrence_id=day.id,
            entry_slot_id=slot.id,
            person_id=person.id,
            university_id=made.university_id,
            state=RegistrationState.TICKETED,
            uid=f"ticket-{person.id}@fairs",
            calendar_changed_at=NOON,
            created_at=NOON,
        )
        for person in people
    )
    return [person.id for person in people]
