"""Reads of alerts: what is pinned where, the archive, the officers' list, whom one is for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.clock import campus_day
from fairs.database import db, found
from fairs.employers.models import Employer, EmployerStanding, Sanction
from fairs.employers.sanctions import SanctionKind
from fairs.programmes.models import Event, Occurrence
from fairs.protection.alerts import AlertState, Audience
from fairs.protection.models import Alert
from fairs.registrations.models import Registration
from fairs.students.models import Student
from fairs.students.rules import StudentState

ON_BLACKLIST = sa.exists().where(
    Sanction.standing_id == EmployerStanding.id,
    Sanction.kind == SanctionKind.BLACKLIST,
    Sanction.lifted_at.is_(None),
)
"""Whether a standing is under a blacklist entry in force; asking to be let in again does not end it."""
MOST_PINNED = 3

_WITH = (joinedload(Alert.university), joinedload(Alert.department), joinedload(Alert.event))
_WORST_FIRST = sa.case({"danger": 0, "warning": 1}, value=Alert.severity, else_=2)


def _in_force(now: datetime) -> sa.Select[Alert]:
    return (
        sa.select(Alert)
        .where(Alert.state == AlertState.PUBLISHED, Alert.expires_at > now)
        .order_by(_WORST_FIRST, Alert.published_at.desc())
        .options(*_WITH)
        .limit(MOST_PINNED)
    )


def pinned_everywhere(now: datetime) -> list[Alert]:
    """What visitors see first: alerts of all universities for everybody."""
    return list(db.session.scalars(_in_force(now).where(Alert.audience == Audience.UNIVERSITY)))


def pinned(
    university_id: int, now: datetime, *, event_id: int | None = None, department_id: int | None = None
) -> list[Alert]:
    """What is pinned on a page of a university (of an event; for a student of a department), the worst first."""
    for_whom = [Alert.audience == Audience.UNIVERSITY]
    if event_id is not None:
        for_whom.append(Alert.event_id == event_id)
    if department_id is not None:
        for_whom.append(Alert.department_id == department_id)
    return list(
        db.session.scalars(_in_force(now).where(Alert.university_id == university_id, sa.or_(*for_whom)))
    )


def archive(university_id: int) -> sa.Select[Alert]:
    """All alerts that a university ever published, the newest first."""
    chosen = sa.select(Alert).where(
        Alert.university_id == university_id,
        Alert.state.in_([AlertState.PUBLISHED, AlertState.EXPIRED]),
        Alert.published_at.is_not(None),
    )
    return chosen.order_by(Alert.published_at.desc(), Alert.id.desc()).options(*_WITH)


def public_alert(public_id: str, university_id: int) -> Alert:
    """A published alert, in force or over. Raises NotFound."""
    return found(db.session.scalars(archive(university_id).where(Alert.public_id == public_id)).one_or_none())


def office_list(university_id: int) -> sa.Select[Alert]:
    """Every alert of a university, what waits first."""
    order = sa.case({"draft": 0, "approved": 1, "published": 2}, value=Alert.state, else_=3)
    chosen = sa.select(Alert).where(Alert.university_id == university_id).options(*_WITH)
    return chosen.order_by(order, Alert.id.desc())


def alert(public_id: str, university_id: int) -> Alert:
    """An alert in any state. Raises NotFound."""
    chosen = sa.select(Alert).where(Alert.public_id == public_id, Alert.university_id == university_id)
    return found(db.session.scalars(chosen).one_or_none())


def named_employer(one: Alert) -> Employer | None:
    """The employer that an alert names, while it is blacklisted; once it is let in again it is not named (S41)."""
    if one.employer_id is None or not is_blacklisted(one.employer_id, one.university_id):
        return None
    return one.employer


def is_blacklisted(employer_id: int, university_id: int) -> bool:
    """Whether a university has the employer on its blacklist."""
    chosen = sa.select(EmployerStanding.id).where(
        EmployerStanding.employer_id == employer_id,
        EmployerStanding.university_id == university_id,
        ON_BLACKLIST,
    )
    return db.session.scalar(chosen) is not None


def named_in(text: str, university_id: int) -> list[tuple[str, bool]]:
    """(legal name, is blacklisted) of the employers known to the university whose full name stands in ``text``."""
    rows = db.session.execute(
        sa.select(Employer.legal_name, ON_BLACKLIST)
        .join(EmployerStanding, EmployerStanding.employer_id == Employer.id)
        .where(
            EmployerStanding.university_id == university_id,
            sa.literal(text).contains(Employer.legal_name, autoescape=False),
        )
    )
    return [(name, bool(listed)) for name, listed in rows]


def blacklisted(university_id: int) -> list[Employer]:
    """The employers that an alert of a university may name."""
    chosen = (
        sa.select(Employer)
        .join(EmployerStanding, EmployerStanding.employer_id == Employer.id)
        .where(EmployerStanding.university_id == university_id, ON_BLACKLIST)
        .order_by(Employer.legal_name)
    )
    return list(db.session.scalars(chosen.limit(300)))


def coming_events(university_id: int, now: datetime) -> list[Event]:
    """Public events that are not over: those an alert may be for."""
    ahead = sa.exists().where(Occurrence.event_id == Event.id, Occurrence.ends_at > now)
    chosen = sa.select(Event).where(
        Event.university_id == university_id, Event.published_at.is_not(None), ahead
    )
    return list(db.session.scalars(chosen.order_by(Event.id.desc()).limit(100)))


def audience(one: Alert) -> sa.Select[int]:
    """Person ids of those an alert is for, in order: students of the university or department, or who booked."""
    if one.audience is Audience.EVENT:
        chosen = (
            sa.select(Registration.person_id)
            .join(Occurrence, Occurrence.id == Registration.occurrence_id)
            .where(Occurrence.event_id == one.event_id, Registration.ended_at.is_(None))
        )
        return chosen.distinct().order_by(Registration.person_id)
    chosen = sa.select(Student.person_id).where(
        Student.university_id == one.university_id, Student.state == StudentState.ACTIVE
    )
    if one.audience is Audience.DEPARTMENT:
        chosen = chosen.where(Student.department_id == one.department_id)
    return chosen.distinct().order_by(Student.person_id)


def last_day(one: Alert) -> date:
    """The last day on which an alert is shown; it ends with that day."""
    return campus_day(one.expires_at - timedelta(minutes=1))


def size_of(one: Alert) -> int:
    """How many people an alert is for."""
    counted = sa.select(sa.func.count()).select_from(audience(one).order_by(None).subquery())
    return db.session.scalar(counted) or 0


@dataclass(frozen=True)
class Waiting:
    """How many alerts wait for an officer who did not write them, and how many for being published."""

    to_approve: int
    to_publish: int


def waiting(university_id: int, officer: int) -> Waiting:
    """What waits for this officer."""
    mine = sa.select(sa.func.count()).select_from(Alert).where(Alert.university_id == university_id)
    drafts = mine.where(Alert.state == AlertState.DRAFT, Alert.created_by != officer)
    approved = mine.where(Alert.state == AlertState.APPROVED)
    return Waiting(db.session.scalar(drafts) or 0, db.session.scalar(approved) or 0)


def audience_after(one: Alert, after: int, most: int) -> list[int]:
    """The next ``most`` person ids of the audience, after this one."""
    whom = audience(one).order_by(None).subquery()
    person = whom.c.person_id
    return list(db.session.scalars(sa.select(person).where(person > after).order_by(person).limit(most)))


def over(now: datetime) -> list[Alert]:
    """Published alerts whose day has come, locked."""
    chosen = sa.select(Alert).where(Alert.state == AlertState.PUBLISHED, Alert.expires_at <= now)
    return list(db.session.scalars(chosen.order_by(Alert.id).limit(200).with_for_update(of=Alert)))


def name_of(employer_id: int) -> str:
    """An employer's legal name."""
    return str(db.session.scalar(sa.select(Employer.legal_name).where(Employer.id == employer_id)) or "")
