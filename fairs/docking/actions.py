"""What changes docking meetings: the plan of tables, asking, answering, cancelling, minutes."""

from dataclasses import dataclass
from datetime import datetime

from fairs.accounts import queries as accounts
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.audit import actions as audit
from fairs.clock import campus, campus_day
from fairs.database import db, found, lock, transaction
from fairs.docking import queries
from fairs.docking.models import DockingPlan, TableMeeting
from fairs.docking.rules import (
    ENDED,
    MeetingState,
    NoSuchSitting,
    NoTables,
    NotVerified,
    Side,
    check_answers,
    check_bookable,
    check_change,
    check_changeable,
    check_minuted,
    check_move,
    check_plan,
    free_table,
)
from fairs.employers import queries as employers
from fairs.errors import Conflict, NotFound
from fairs.institutions.models import Department
from fairs.messages import actions as messages
from fairs.programmes import queries as events
from fairs.programmes.models import Event


@transaction
def set_tables(event_id: int, tables: int, minutes: int, *, by: int, now: datetime) -> DockingPlan:
    """Say how many tables there are and how long a sitting is. Raises NotOneTable, PlanInUse."""
    event = lock(Event, event_id)
    check_plan(tables, minutes, min(day.ends_at - day.starts_at for day in events.occurrences(event_id)))
    plan = queries.plan_of(event_id)
    if plan is None:
        plan = DockingPlan(event_id=event_id, tables=tables, minutes=minutes)
        db.session.add(plan)
    else:
        booked = [row.table_no for row in queries.meetings(event_id)]
        check_change(booked, minutes_changed=plan.minutes != minutes, tables=tables)
        plan.tables, plan.minutes = tables, minutes
    _record("set_docking_tables", event, by, now, tables=tables, minutes=minutes)
    return plan


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A meeting as asked for: when (the day's public id and the number of the sitting), who, about what."""

    day: str
    sitting_no: int
    employer_id: int
    department_id: int
    topic: str = ""


@transaction
def ask(event_id: int, wish: Wish, side: Side, *, by: int, now: datetime) -> TableMeeting:
    """Ask for a meeting; it holds the first free table, and the other side is told.

    Raises NotBookable, NoTables, NoSuchSitting, NotVerified, NotFound for another university's department,
    AllTaken, and Conflict where employer or department is taken at that time.
    """
    event = lock(Event, event_id)
    check_bookable(event.state)
    time, table_no = _place(event, wish.day, wish.sitting_no, now)
    department = found(db.session.get(Department, wish.department_id))
    if department.university_id != event.university_id:
        raise NotFound
    if not employers.is_verified(wish.employer_id, event.university_id):
        raise NotVerified
    row = TableMeeting(
        event_id=event_id,
        occurrence_id=time.day.id,
        sitting_no=wish.sitting_no,
        table_no=table_no,
        employer_id=wish.employer_id,
        department_id=department.id,
        asked_side=side,
        asked_by=by,
        asked_at=now,
        topic=wish.topic.strip(),
    )
    db.session.add(row)
    db.session.flush()
    _record("ask_docking", event, by, now, employer=row.employer_id, department=department.name)
    _tell(row, "docking/asked", _other(side), now)
    return row


def _place(event: Event, day: str, sitting_no: int, now: datetime) -> tuple[queries.Time, int]:
    """A sitting to come and its first free table. Raises NoTables, NoSuchSitting, AllTaken."""
    plan = queries.plan_of(event.id)
    if plan is None:
        raise NoTables
    time = next((one for one in queries.times(event) if one.key == f"{day}-{sitting_no}"), None)
    if time is None or time.sitting.starts_at <= now:
        raise NoSuchSitting
    return time, free_table(plan.tables, queries.taken_tables(time.day.id, sitting_no))


@dataclass(frozen=True, kw_only=True)
class Change:
    """A meeting as it shall be: day (public id), number of the sitting, topic; ``version`` as it was shown."""

    day: str
    sitting_no: int
    topic: str
    version: int


@transaction
def change(meeting_id: int, to: Change, side: Side, *, by: int, now: datetime) -> TableMeeting:
    """Another time or topic; the other side is told, and answers unless only the topic of an agreed one is new.

    Raises NotBookable, WrongMeetingState, NoSuchSitting, AllTaken, and Conflict where employer or department is
    taken at that time or somebody else changed the meeting meanwhile.
    """
    event = lock(Event, found(db.session.get(TableMeeting, meeting_id)).event_id)
    row = lock(TableMeeting, meeting_id)
    check_bookable(event.state)
    check_changeable(row.state)
    if row.version != to.version:
        raise Conflict
    if (row.occurrence.public_id, row.sitting_no) != (to.day, to.sitting_no):
        time, row.table_no = _place(event, to.day, to.sitting_no, now)
        if row.state is not MeetingState.ASKED:
            _move(row, MeetingState.ASKED, "", now)
        row.occurrence, row.sitting_no = time.day, to.sitting_no
    if row.state is MeetingState.ASKED:
        row.asked_side, row.asked_by, row.asked_at, row.answered_at = side, by, now, None
    row.topic = to.topic.strip()
    db.session.flush()
    _record("change_docking", event, by, now, employer=row.employer_id)
    _tell(row, "docking/changed", _other(side), now)
    return row


@transaction
def answer(
    meeting_id: int, side: Side, *, agree: bool, reason: str = "", by: int, now: datetime
) -> TableMeeting:
    """Agree to a meeting or decline it, as the ``side`` that was asked; who asked is told.

    Raises OwnQuestion, WrongMeetingState, NotBookable.
    """
    row = lock(TableMeeting, meeting_id)
    check_answers(row.asked_side, side)
    check_bookable(row.event.state)
    _move(row, MeetingState.AGREED if agree else MeetingState.DECLINED, reason, now)
    row.answered_at = now
    _record("answer_docking", row.event, by, now, state=row.state.value)
    _tell(row, "docking/answered", row.asked_side, now)
    return row


@transaction
def cancel(meeting_id: int, reason: str, side: Side, *, by: int, now: datetime) -> TableMeeting:
    """Call a meeting off; the other side is told. Raises WrongMeetingState."""
    row = lock(TableMeeting, meeting_id)
    _move(row, MeetingState.CANCELLED, reason, now)
    _record("cancel_docking", row.event, by, now, reason=row.reason)
    _tell(row, "docking/cancelled", _other(side), now)
    return row


@transaction
def write_minutes(
    meeting_id: int, minutes: str, follow_up: str, *, version: int, by: int, now: datetime
) -> TableMeeting:
    """Keep what was said and what follows; the meeting counts as held.

    Raises NotYetMinuted, WrongMeetingState, Conflict if somebody else wrote meanwhile.
    """
    row = lock(TableMeeting, meeting_id)
    check_minuted(row.event.state)
    if row.version != version:
        raise Conflict
    if row.state is not MeetingState.HELD:
        _move(row, MeetingState.HELD, "", now)
    row.minutes, row.follow_up = minutes.strip(), follow_up.strip()
    _record("write_docking_minutes", row.event, by, now, employer=row.employer_id)
    return row


def _move(row: TableMeeting, to: MeetingState, reason: str, now: datetime) -> None:
    check_move(row.state, to)
    row.state, row.reason = to, reason.strip()
    if to in ENDED:
        row.ended_at = now


def _other(side: Side) -> Side:
    return Side.DEPARTMENT if side is Side.EMPLOYER else Side.EMPLOYER


def _record(action: str, event: Event, by: int, now: datetime, **detail: object) -> None:
    audit.record(action, event, by=by, university_id=event.university_id, now=now, **detail)


def _tell(row: TableMeeting, kind: str, side: Side, now: datetime) -> None:
    people = employers.contact_people(row.employer_id) if side is Side.EMPLOYER else _hosts(row, now)
    messages.queue(
        kind, people, _facts(row, side), subject=row, university_id=row.event.university_id, now=now
    )


def _hosts(row: TableMeeting, now: datetime) -> list[int]:
    """The department's coordinators; where nobody is set, the career centre."""
    today = campus_day(now)
    own = accounts.department_people(RoleKind.DEPT_COORDINATOR, row.department_id, today)
    office = {one.id for kind in OFFICE for one in accounts.people_with(kind, row.event.university_id, today)}
    return own or sorted(office)


def _facts(row: TableMeeting, side: Side) -> dict[str, object]:
    time = queries.time_of(row)
    return {
        "title": row.event.title,
        "event": row.event.public_id,
        "school_name": row.event.university.name,
        "school_slug": row.event.university.slug,
        "employer_name": row.employer.legal_name,
        "employer": row.employer.public_id,
        "department": row.department.name,
        "when": f"{campus(time.starts_at):%Y-%m-%d %H:%M}–{campus(time.ends_at):%H:%M}",
        "where": row.occurrence.where,
        "table": row.table_no,
        "topic": row.topic,
        "reason": row.reason,
        "agreed": row.state is MeetingState.AGREED,
        "to_employer": side is Side.EMPLOYER,
    }
