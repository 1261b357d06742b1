"""The demo's events at work: planned, signed, opened, called off, run and closed by their schools' staff."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from fairs.clock import at_campus, campus
from fairs.database import transaction
from fairs.demo.events import End, Wanted
from fairs.demo.safety import secure
from fairs.demo.world import School
from fairs.operations import actions as operations
from fairs.operations.rules import Verdict
from fairs.programmes import actions as programmes
from fairs.programmes import partners as partners_at
from fairs.programmes import publishing
from fairs.programmes import queries as events
from fairs.programmes.actions import ProgrammeTexts
from fairs.programmes.drafts import (
    DayDraft,
    EventDraft,
    FairDraft,
    PartnerDraft,
    ProgrammeDraft,
    SlotDraft,
)
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.publishing import PlanDraft
from fairs.programmes.rules import (
    WITH_BOOTHS,
    EventMode,
    EventScope,
    ProgrammeKind,
)
from fairs.safety import queries as plans
from fairs.venues import actions as venues
from fairs.venues.actions import Booking
from fairs.venues.layout import PlanSpec

PLAN_DOCUMENT = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF"
)
"""The smallest PDF: what matters in the demo is that a plan document is there."""


@dataclass
class Made:
    """An event that was made: its number, its plan, and when the demo did what."""

    id: int
    wanted: Wanted
    school: School
    created: datetime
    days: list[date] = field(default_factory=list)

    @property
    def with_booths(self) -> bool:
        """Whether employers stand at it."""
        return self.wanted.kind in WITH_BOOTHS

    @property
    def asked(self) -> datetime:
        """When employers asked for booths."""
        return self.created + timedelta(days=2)

    @property
    def opened(self) -> datetime:
        """When booking began."""
        return self.created + timedelta(days=4)


def month_of(
    school: School, first: date, last: date, *, name: str, theme: str, cohort: int, now: datetime
) -> int:
    """A recruitment month of a school; its number."""
    texts = ProgrammeTexts(
        kind=ProgrammeKind.RECRUITMENT_MONTH,
        name=name,
        theme=theme,
        cohort=cohort,
        starts_on=first,
        ends_on=last,
    )
    by = school.staff["officer"]
    made = programmes.create_programme(texts, university_id=school.id, by=by, now=now).id
    publish(made, name, by=by, now=now)
    return made


def publish(programme_id: int, name: str, *, by: int, now: datetime) -> None:
    """Publish a programme with its plan document."""
    plan = PlanDraft(
        owner="顾主任",
        duties="统筹和统计：就业中心；单位邀请：各院系；场地：后勤处；安全：保卫处；宣传：校团委。",
        content=PLAN_DOCUMENT,
        name=f"{name}工作方案.pdf",
    )
    publishing.set_plan(programme_id, plan, by=by, now=now)
    publishing.publish_programme(programme_id, by=by, now=now)


def make(
    wanted: Sequence[Wanted],
    school: School,
    partners: Sequence[School],
    month: int,
    start: date,
    now: datetime,
) -> Iterator[Made]:
    """The wanted events of a school, created and prepared as far as their end asks; not opened yet."""
    for one in wanted:
        yield _prepare(one, school, partners if one.joint else (), month, start, now)


@transaction
def _prepare(
    wanted: Wanted, school: School, partners: Sequence[School], month: int, start: date, now: datetime
) -> Made:
    days = [start + timedelta(days=wanted.day + n) for n in range(wanted.days)]
    first = at_campus(days[0], time(8))
    created = min(first, now) - timedelta(days=9)
    officer = school.staff["officer"]
    event = programmes.create_event(
        _draft(wanted, school, partners, month, days, now), by=officer, now=created
    )
    for partner in partners:
        row = events.invited_part(event.id, partner.id)
        by = partner.staff["officer"]
        partners_at.answer_invitation(
            event.id, partner.id, accept=True, note="", version=row.version, by=by, now=created
        )
    made = Made(event.id, wanted, school, created, days)
    for occurrence in events.occurrences(event.id):
        booking = Booking(
            occurrence_id=occurrence.id, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at
        )
        venues.book_space(school.halls[wanted.hall], booking, firm=True, by=officer, now=created)
    if made.with_booths:
        spec = PlanSpec(
            booths=wanted.booths, large=wanted.booths // 8, power=wanted.booths // 3, accessible=2
        )
        plan = venues.create_plan(event.id, spec, university_id=school.id, by=officer, now=created)
        venues.publish_plan(plan.id, university_id=school.id, by=officer, now=created)
    if wanted.end is not End.DRAFT:
        if plans.needs_plan(event):
            secure(event, officer, created)
        _review(made)
    return made


def _draft(
    wanted: Wanted,
    school: School,
    partners: Sequence[School],
    month: int,
    days: Sequence[date],
    now: datetime,
) -> EventDraft:
    starts, ends = _hours(wanted, now)
    place = {"gym": "体育馆", "centre": "学生活动中心", "home": "就业之家"}.get(wanted.hall, "教学楼")
    return EventDraft(
        kind=wanted.kind,
        title=wanted.title,
        university_id=school.id,
        department_id=school.departments[wanted.department] if wanted.department else None,
        scope=EventScope.DEPARTMENT if wanted.department else EventScope.SCHOOL,
        summary="请带好校园卡和简历，按预约时段入场。招聘单位不得收取任何费用。",
        days=[DayDraft(on=day, starts=starts, ends=ends, place=place) for day in days],
        slots=SlotDraft(count=wanted.slots, capacity=wanted.places // wanted.slots, walk_in_quota=10),
        fair=FairDraft(
            expected_attendance=wanted.places * wanted.days,
            requests_until=at_campus(days[0], time(8)) - timedelta(days=1),
            free_cancel_until=at_campus(days[0], time(8)) - timedelta(days=1),
            hold_until=at_campus(days[0], starts) + timedelta(minutes=30),
        ),
        targets=wanted.targets,
        partners=[PartnerDraft(university_id=p.id, ticket_quota=100, booth_quota=20) for p in partners],
        programmes=[ProgrammeDraft(programme_id=month)],
        mode=EventMode.HYBRID if wanted.online_url else EventMode.ONSITE,
        online_url=wanted.online_url,
        host=wanted.host,
        series=wanted.series,
        items=wanted.items,
        place_kind=wanted.place_kind,
    )


def _hours(wanted: Wanted, now: datetime) -> tuple[time, time]:
    if wanted.hours != (0, 0):
        return time(wanted.hours[0]), time(wanted.hours[1])
    # an event that runs today is under way whenever the demo is loaded
    hour = campus(now).hour
    return time(max(0, min(hour - 1, 20))), time(min(23, max(hour + 3, 4)), 59 if hour >= 20 else 0)


def _review(made: Made) -> None:
    staff, asked = made.school.staff, made.created + timedelta(days=1)
    operations.send_to_review(made.id, by=staff["officer"], now=asked)
    if made.wanted.end is End.REVIEW:
        return
    signers = {
        Gate.DEPARTMENT: "head",
        Gate.PLAN: "officer",
        Gate.VETTING: "officer",
        Gate.SAFETY: "security",
    }
    states = {gate: row.state for gate, row in events.gates(made.id).items()}
    for gate, state in states.items():
        if state is GateState.SUBMITTED and gate in signers:
            operations.sign_gate(made.id, gate, Verdict.ACCEPT, by=staff[signers[gate]], now=asked)


def open_booking(made: Made) -> None:
    """Open the event if its end asks for it."""
    if made.wanted.end not in {End.DRAFT, End.REVIEW, End.APPROVED}:
        operations.open_event(made.id, by=made.school.staff["officer"], now=made.opened)


def call_off(made: Made, now: datetime) -> None:
    """Cancel or postpone the event if that is its end."""
    officer, end = made.school.staff["officer"], made.wanted.end
    if end is End.CANCELLED:
        operations.cancel_event(
            made.id, "主讲人行程变化，活动取消，给您带来不便请谅解。", by=officer, now=now
        )
    elif end is End.POSTPONED:
        operations.postpone_event(made.id, "场馆临时检修，新的时间另行通知。", by=officer, now=now)


def day_of(made: Made) -> datetime:
    """The morning of the event's first day."""
    return at_campus(made.days[0], time(8))


def run(made: Made, now: datetime) -> None:
    """Lock or start the event, as its end asks."""
    officer, end = made.school.staff["officer"], made.wanted.end
    if end is End.LOCKED:
        operations.lock_event(made.id, by=officer, now=now)
    elif end in {End.RUNNING, End.CLOSED}:
        operations.start(made.id, by=officer, now=min(day_of(made), now))


def close(made: Made) -> None:
    """Close an event that is over, late on its last day."""
    if made.wanted.end is End.CLOSED:
        late = at_campus(made.days[-1], time(18))
        operations.close_event(made.id, forced=True, by=made.school.staff["officer"], now=late)
