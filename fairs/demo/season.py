"""The demo's events: a month with some twenty of them in every state, and the month of the class of 2023."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from fairs.clock import at_campus, campus
from fairs.database import transaction
from fairs.demo.world import School
from fairs.operations import actions as operations
from fairs.operations.rules import Verdict
from fairs.programmes import actions as programmes
from fairs.programmes import queries as events
from fairs.programmes.actions import ProgrammeTexts
from fairs.programmes.drafts import (
    DayDraft,
    EventDraft,
    FairDraft,
    PartnerDraft,
    ProgrammeDraft,
    SlotDraft,
    Target,
)
from fairs.programmes.gates import PASSED, Gate, GateState
from fairs.programmes.rules import (
    WITH_BOOTHS,
    EventKind,
    EventScope,
    ProgrammeKind,
    TargetDimension,
)
from fairs.venues import actions as venues
from fairs.venues.actions import Booking
from fairs.venues.layout import PlanSpec


class End(StrEnum):
    """How far an event of the demo has come."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    OPEN = "open"
    LOCKED = "locked"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


K, D, E = EventKind, TargetDimension, End


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One event of the demo: days from today, the hall, how many booths and places, and how far it has come."""

    title: str
    day: int
    end: End
    kind: EventKind = K.SPECIALTY_FAIR
    hall: str = "centre"
    hours: tuple[int, int] = (9, 12)
    booths: int = 0
    places: int = 120
    slots: int = 2
    targets: tuple[Target, ...] = ()
    department: str | None = None
    joint: bool = False
    days: int = 1


def _majors(*codes: str) -> tuple[Target, ...]:
    return tuple((D.MAJOR, code) for code in codes)


SEASON = (
    Wanted(
        title="2027届毕业生秋季大型双选会",
        day=-12,
        end=E.CLOSED,
        kind=K.JOB_FAIR,
        hall="gym",
        hours=(9, 16),
        booths=60,
        places=400,
        slots=4,
    ),
    Wanted(
        title="机械与材料专场招聘会", day=-9, end=E.CLOSED, booths=20, targets=_majors("080202", "080203")
    ),
    Wanted(
        title="青禾精密宣讲会",
        day=-8,
        end=E.CLOSED,
        kind=K.INFO_SESSION,
        hall="a101",
        hours=(14, 16),
        slots=1,
    ),
    Wanted(
        title="经济管理学院专场",
        day=-6,
        end=E.CLOSED,
        booths=16,
        department="EM",
        targets=_majors("120203", "020301", "120202"),
    ),
    Wanted(
        title="简历门诊与模拟面试",
        day=-5,
        end=E.CLOSED,
        kind=K.WORKSHOP,
        hall="b201",
        hours=(14, 17),
        slots=1,
        places=40,
    ),
    Wanted(
        title="校企供需对接会",
        day=-3,
        end=E.CLOSED,
        kind=K.DOCKING_MEETING,
        hall="a102",
        hours=(9, 11),
        slots=1,
    ),
    Wanted(
        title="计算机学院小型专场招聘会",
        day=0,
        end=E.RUNNING,
        booths=24,
        department="CS",
        hours=(0, 0),
        targets=_majors("080901", "080902", "080910"),
        places=150,
    ),
    Wanted(
        title="云杉数据宣讲会", day=0, end=E.RUNNING, kind=K.INFO_SESSION, hall="a101", hours=(0, 0), slots=1
    ),
    Wanted(
        title="校园招聘月双选会（冬季场）",
        day=6,
        end=E.OPEN,
        kind=K.JOB_FAIR,
        hall="gym",
        hours=(9, 16),
        booths=60,
        places=400,
        slots=4,
        days=2,
    ),
    Wanted(
        title="两校联合双选会",
        day=12,
        end=E.OPEN,
        kind=K.JOB_FAIR,
        hall="gym",
        hours=(9, 15),
        booths=50,
        places=300,
        slots=3,
        joint=True,
    ),
    Wanted(
        title="医药生物行业专场招聘会",
        day=3,
        end=E.OPEN,
        booths=20,
        targets=_majors("071001", "083001", "070301"),
    ),
    Wanted(title="土木与建筑专场招聘会", day=5, end=E.LOCKED, booths=18, targets=_majors("081001", "120103")),
    Wanted(title="专精特新中小企业专场", day=9, end=E.OPEN, booths=24),
    Wanted(
        title="北辰智能宣讲会", day=2, end=E.OPEN, kind=K.INFO_SESSION, hall="a101", hours=(15, 17), slots=1
    ),
    Wanted(
        title="长风能源宣讲会", day=4, end=E.OPEN, kind=K.INFO_SESSION, hall="a102", hours=(15, 17), slots=1
    ),
    Wanted(
        title="求职礼仪工作坊",
        day=1,
        end=E.OPEN,
        kind=K.WORKSHOP,
        hall="b201",
        hours=(19, 21),
        slots=1,
        places=40,
    ),
    Wanted(
        title="外语人才专场招聘会", day=14, end=E.APPROVED, booths=12, targets=_majors("050201", "050207")
    ),
    Wanted(
        title="艺术设计作品招聘展",
        day=16,
        end=E.REVIEW,
        booths=14,
        department="AR",
        targets=_majors("130502", "130504"),
    ),
    Wanted(
        title="公共就业服务进校园",
        day=18,
        end=E.DRAFT,
        kind=K.PUBLIC_SERVICE_DAY,
        hall="home",
        hours=(9, 16),
        slots=1,
    ),
    Wanted(
        title="海棠食品宣讲会",
        day=7,
        end=E.CANCELLED,
        kind=K.INFO_SESSION,
        hall="a102",
        hours=(9, 11),
        slots=1,
    ),
    Wanted(title="法律人才专场招聘会", day=10, end=E.POSTPONED, booths=10, targets=_majors("030101")),
)

HISTORY = (
    Wanted(
        title="2023届毕业生双选会",
        day=4,
        end=E.CLOSED,
        kind=K.JOB_FAIR,
        hall="gym",
        hours=(9, 16),
        booths=40,
        places=300,
        slots=3,
    ),
    Wanted(title="重点领域专场招聘会", day=12, end=E.CLOSED, booths=16),
    Wanted(
        title="24365 线上招聘月宣讲",
        day=18,
        end=E.CLOSED,
        kind=K.INFO_SESSION,
        hall="a101",
        hours=(14, 16),
        slots=1,
    ),
    Wanted(title="民营企业专场招聘会", day=27, end=E.CLOSED, booths=18),
)


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
    return programmes.create_programme(texts, university_id=school.id, by=school.staff["officer"], now=now).id


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
            hold_until=at_campus(days[0], time(9, 30)),
        ),
        targets=wanted.targets,
        partners=[PartnerDraft(university_id=p.id, ticket_quota=100, booth_quota=20) for p in partners],
        programmes=[ProgrammeDraft(programme_id=month)],
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
        Gate.PLAN: "officer",
        Gate.VETTING: "officer",
        Gate.SAFETY: "security",
        Gate.LICENCE: "security",
    }
    states = {gate: row.state for gate, row in events.gates(made.id).items()}
    for gate, state in states.items():
        if state not in PASSED and state is not GateState.DRAFTING:
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
