"""Reads of the door: who is inside, the latest scans, and the figures of an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from fairs.checkin import folds, gates
from fairs.checkin.models import Gate, HeadCount, Presence, Scan
from fairs.checkin.rules import Direction, HolderKind, Verdict
from fairs.database import db, found
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import ExhibitorState
from fairs.postings.models import PostingRevision
from fairs.programmes.models import EntrySlot, Occurrence
from fairs.registrations import queries as registrations
from fairs.registrations.models import Registration
from fairs.students.models import Student
from fairs.venues.models import Space
from fairs.venues.rules import safe_capacity

ATTENDING = frozenset(
    {
        ExhibitorState.ALLOCATED,
        ExhibitorState.CONFIRMED,
        ExhibitorState.CHECKED_IN,
        ExhibitorState.DEPARTED,
    }
)
"""States of employers who count as exhibitors of an event: they have a place and have not given it back."""

_MOVES = [verdict for verdict in Verdict if verdict.moves]


def inside(occurrence_id: int) -> dict[int, int]:
    """How many people are in each hall now, by the hall's id; counts by hand included."""
    return inside_each([occurrence_id]).get(occurrence_id, {})


def inside_each(occurrence_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """The same of several days, by day. Only a day on which somebody counted by hand is folded anew."""
    counted = set(
        db.session.scalars(
            sa.select(HeadCount.occurrence_id).where(HeadCount.occurrence_id.in_(occurrence_ids)).distinct()
        )
    )
    there: dict[int, dict[int, int]] = {}
    for number, folded in folds.rebuilt_each(counted).items() if counted else ():
        spaces = {int(space) for space, _ in folded.presences} | {int(s) for s in folded.adjustments}
        there[number] = {space: folded.total(str(space)) for space in spaces}
    present = sa.select(Presence.occurrence_id, Presence.space_id, sa.func.count()).where(
        Presence.occurrence_id.in_(set(occurrence_ids) - counted), Presence.inside
    )
    for number, space, count in db.session.execute(
        present.group_by(Presence.occurrence_id, Presence.space_id)
    ):
        there.setdefault(number, {})[space] = count
    return there


def capacity_of(space: Space) -> int:
    """How many people a hall may hold: as stated, else by its area (P25)."""
    return space.capacity or safe_capacity(space.net_area)


@dataclass(frozen=True)
class Hall:
    """A hall with a gate, and how full it is."""

    space: Space
    inside: int
    capacity: int

    @property
    def percent(self) -> int:
        """How full, in hundredths of the capacity; 0 where no capacity is known."""
        return self.inside * 100 // self.capacity if self.capacity else 0


def fullness(event_id: int, at: datetime) -> list[Hall]:
    """The halls of an event's gates and how full they are on the day of ``at``."""
    return fullness_each([event_id], at)[event_id]


def fullness_each(event_ids: Sequence[int], at: datetime) -> dict[int, list[Hall]]:
    """The same of several events, by event."""
    days, spaces = gates.days_of(event_ids, at), gates.spaces_of(event_ids)
    present = inside_each([day.id for day in days.values()])
    there = {event: present.get(day.id, {}) for event, day in days.items()}
    return {
        event: [
            Hall(space, there.get(event, {}).get(space.id, 0), capacity_of(space))
            for space in spaces.get(event, ())
        ]
        for event in event_ids
    }


def hall(event_id: int, space_id: int, at: datetime) -> Hall:
    """How full one hall is on the day of ``at``."""
    day = gates.day_of(event_id, at)
    space = found(db.session.get(Space, space_id))
    return Hall(space, inside(day.id).get(space_id, 0) if day else 0, capacity_of(space))


@dataclass(frozen=True)
class Figures:
    """What is reported of an event: 家, 岗位需求人数, 已预约, 人数 and 人次, never mixed (S118)."""

    employers: int
    headcount: int
    registered: int
    persons: int
    attendances: int


def figures(event_id: int) -> Figures:
    """The figures of an event, in three queries. An attendance is one person on one day."""
    attending = sa.and_(Exhibitor.event_id == event_id, Exhibitor.state.in_(ATTENDING))
    employers = sa.select(sa.func.count(Exhibitor.employer_id.distinct())).where(attending)
    brought = sa.select(ExhibitorPosting.posting_revision_id).join(
        Exhibitor, Exhibitor.id == ExhibitorPosting.exhibitor_id
    )
    wanted = sa.select(sa.func.coalesce(sa.func.sum(PostingRevision.headcount), 0)).where(
        PostingRevision.id.in_(brought.where(attending))
    )
    came = admitted(event_id).subquery()
    person, day = sa.func.count(came.c.holder_id.distinct()), sa.func.count()
    stand, heads = db.session.execute(sa.select(employers.scalar_subquery(), wanted.scalar_subquery())).one()
    persons, attendances = db.session.execute(sa.select(person, day).select_from(came)).one()
    return Figures(stand, heads, registrations.registered(event_id), persons, attendances)


def stands() -> sa.ColumnElement[bool]:
    """Whether a scan moved its holder in or out and was not taken back."""
    undo = aliased(Scan)
    taken_back = sa.exists().where(
        # who and when stand in the index, so that the other scans are not searched for each scan
        undo.occurrence_id == Scan.occurrence_id,
        undo.holder_kind == Scan.holder_kind,
        undo.holder_id == Scan.holder_id,
        undo.undoes_id == Scan.id,
    )
    return sa.and_(Scan.verdict.in_(_MOVES), Scan.undoes_id.is_(None), ~taken_back)


def admitted(event_id: int) -> sa.Select[int, int | None]:
    """(day, person) of each student who was let in, once each; scans taken back do not count."""
    return (
        sa.select(Scan.occurrence_id, Scan.holder_id)
        .join(Occurrence, Occurrence.id == Scan.occurrence_id)
        .where(
            Occurrence.event_id == event_id,
            Scan.holder_kind == HolderKind.STUDENT,
            Scan.direction == Direction.IN,
            stands(),
        )
        .distinct()
    )


def by_verdict(event_id: int) -> dict[Verdict, int]:
    """How many scans of an event had each verdict."""
    chosen = (
        sa.select(Scan.verdict, sa.func.count())
        .join(Occurrence, Occurrence.id == Scan.occurrence_id)
        .where(Occurrence.event_id == event_id)
        .group_by(Scan.verdict)
    )
    return {row[0]: row[1] for row in db.session.execute(chosen)}


@dataclass(frozen=True)
class Seen:
    """A scan with whom it concerned, for lists and for the scanner's answer; names are masked where shown."""

    scan: Scan
    gate: Gate
    name: str
    student_no: str
    slot: EntrySlot | None


def seen(scan_ids: Sequence[int]) -> dict[int, Seen]:
    """Scans by id, with gate, holder and slot: one query."""
    return {row.scan.id: row for row in _seen(Scan.id.in_(scan_ids), most=len(scan_ids))}


def latest(event_id: int, most: int = 30) -> list[Seen]:
    """The latest scans of an event, newest first."""
    scans = sa.select(Scan.id).join(Gate, Gate.id == Scan.gate_id).where(Gate.event_id == event_id)
    # chosen before anything is joined to them: an event has thousands
    return _seen(Scan.id.in_(scans.order_by(Scan.id.desc()).limit(most)), most=most)


def _seen(condition: sa.ColumnElement[bool], most: int) -> list[Seen]:
    mine = sa.and_(
        Registration.occurrence_id == Scan.occurrence_id,
        Registration.person_id == Scan.holder_id,
        Registration.ended_at.is_(None),
        Scan.holder_kind == HolderKind.STUDENT,
    )
    enrolled = sa.and_(
        Student.person_id == Registration.person_id, Student.university_id == Registration.university_id
    )
    chosen = (
        sa.select(Scan, Gate, Registration, Student)
        .join(Gate, Gate.id == Scan.gate_id)
        .outerjoin(Registration, mine)
        .outerjoin(Student, enrolled)
        .options(joinedload(Registration.person), joinedload(Registration.entry_slot))
        .where(condition)
        .order_by(Scan.id.desc())
        .limit(most)
    )
    return [
        Seen(
            scan=scan,
            gate=gate,
            name=registration.person.name if registration else "",
            student_no=student.student_no if student else "",
            slot=registration.entry_slot if registration else None,
        )
        for scan, gate, registration, student in db.session.execute(chosen)
    ]


@dataclass(frozen=True)
class Earlier:
    """When and where the holder of a scan had come in before."""

    at: datetime
    gate: str


def admitted_before(scans: Sequence[Scan]) -> dict[int, Earlier]:
    """The last admission before each of these scans, by the scan's id."""
    people = {scan.holder_id for scan in scans}
    chosen = (
        sa.select(Scan, Gate.name)
        .join(Gate, Gate.id == Scan.gate_id)
        .where(
            Scan.occurrence_id.in_({scan.occurrence_id for scan in scans}),
            Scan.holder_id.in_(people),
            Scan.holder_kind == HolderKind.STUDENT,
            Scan.direction == Direction.IN,
            Scan.verdict.in_(_MOVES),
        )
        .order_by(Scan.corrected_at)
    )
    before: dict[int, Earlier] = {}
    for entry, name in db.session.execute(chosen).all() if scans else []:
        for scan in scans:
            same = (scan.occurrence_id, scan.holder_id) == (entry.occurrence_id, entry.holder_id)
            if same and entry.id != scan.id and entry.corrected_at <= scan.corrected_at:
                before[scan.id] = Earlier(entry.corrected_at, name)
    return before


def scan_by_client_id(client_id: str) -> Scan | None:
    """The scan that a device sent under this id before."""
    return db.session.scalars(sa.select(Scan).where(Scan.client_id == client_id)).one_or_none()


def scan(client_id: str, event_id: int) -> Scan | None:
    """A scan at one of an event's gates."""
    chosen = sa.select(Scan).join(Gate, Gate.id == Scan.gate_id).where(Gate.event_id == event_id)
    return db.session.scalars(chosen.where(Scan.client_id == client_id)).one_or_none()
