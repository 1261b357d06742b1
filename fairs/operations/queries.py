"""What the steps of an event ask the features below: gates, postings, booths, people concerned."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from fairs.accounts import queries as accounts
from fairs.accounts.rules import RoleKind
from fairs.allocation.models import BoothAssignment
from fairs.allocation.rules import BoothOfferState
from fairs.checkin.models import Presence
from fairs.clock import campus_day
from fairs.database import db
from fairs.docking import queries as docking
from fairs.employers.models import EmployerContact
from fairs.employers.rules import ContactState
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import ExhibitorState
from fairs.messages.models import Message
from fairs.operations.models import Stop
from fairs.operations.notices import MEETING
from fairs.postings.models import PostingRevision
from fairs.programmes import attending
from fairs.programmes.kind_models import EventHost
from fairs.programmes.kinds import INTERNAL
from fairs.programmes.models import Event, Occurrence, StaffShift
from fairs.programmes.queries import schools
from fairs.programmes.rules import EventKind
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from fairs.vetting.models import VettingCase
from fairs.vetting.rereading import last_round
from fairs.vetting.rules import CaseState, SubjectKind

WITH_TICKET = (RegistrationState.TICKETED, RegistrationState.CHECKED_IN, RegistrationState.CHECKED_OUT)
WITH_PLACE = (ExhibitorState.CONFIRMED, ExhibitorState.CHECKED_IN, ExhibitorState.DEPARTED)
HOLDERS = frozenset({RegistrationState.TICKETED, RegistrationState.WAITING})


def unvetted_postings(event: Event) -> int:
    """How many postings brought by exhibitors of this fair the lead university has not approved (S29)."""
    approved = sa.exists().where(
        VettingCase.university_id == event.university_id,
        VettingCase.subject_kind == SubjectKind.POSTING,
        VettingCase.subject_id == PostingRevision.posting_id,
        VettingCase.revision_no >= PostingRevision.no,  # or a version after the one that was chosen
        VettingCase.state == CaseState.APPROVED,
        last_round(),
    )
    brought = (
        sa.select(sa.func.count())
        .select_from(ExhibitorPosting)
        .join(Exhibitor, Exhibitor.id == ExhibitorPosting.exhibitor_id)
        .join(PostingRevision, PostingRevision.id == ExhibitorPosting.posting_revision_id)
        .where(Exhibitor.event_id == event.id, Exhibitor.ended_at.is_(None), ~approved)
    )
    return db.session.scalar(brought) or 0


def open_offers(event_id: int) -> int:
    """How many offers of booths wait for an answer."""
    waiting = sa.select(sa.func.count()).where(
        BoothAssignment.event_id == event_id,
        BoothAssignment.state == BoothOfferState.OFFERED,
        BoothAssignment.ended_at.is_(None),
    )
    return db.session.scalar(waiting) or 0


def inside(event_id: int) -> int:
    """How many people are counted inside, over all halls and days of an event."""
    there = (
        sa.select(sa.func.count())
        .select_from(Presence)
        .join(Occurrence, Occurrence.id == Presence.occurrence_id)
        .where(Occurrence.event_id == event_id, Presence.inside)
    )
    return db.session.scalar(there) or 0


def exhibitor_people(event_id: int) -> list[int]:
    """Person ids of the contacts of every employer with a live place (or request) at the event."""
    chosen = (
        sa.select(EmployerContact.person_id)
        .join(Exhibitor, Exhibitor.employer_id == EmployerContact.employer_id)
        .where(
            Exhibitor.event_id == event_id,
            Exhibitor.ended_at.is_(None),
            EmployerContact.state == ContactState.ACTIVE,
        )
    )
    return list(db.session.scalars(chosen.distinct().order_by(EmployerContact.person_id)))


def ticket_people(event_id: int) -> list[int]:
    """Person ids of everybody who holds a ticket for a day of the event, or waits for one."""
    chosen = (
        sa.select(Registration.person_id)
        .join(Occurrence, Occurrence.id == Registration.occurrence_id)
        .where(
            Occurrence.event_id == event_id,
            Registration.state.in_(HOLDERS),
            Registration.ended_at.is_(None),
        )
    )
    return list(db.session.scalars(chosen.distinct().order_by(Registration.person_id)))


def host_people(event_id: int) -> list[int]:
    """Person ids of the contacts of the employer that holds a talk, a test or an interview."""
    chosen = (
        sa.select(EmployerContact.person_id)
        .join(EventHost, EventHost.employer_id == EmployerContact.employer_id)
        .where(EventHost.event_id == event_id, EmployerContact.state == ContactState.ACTIVE)
    )
    return list(db.session.scalars(chosen.distinct()))


def staff_people(event_id: int) -> list[int]:
    """Person ids of those who have a duty on a day of the event."""
    chosen = (
        sa.select(StaffShift.person_id)
        .join(Occurrence, Occurrence.id == StaffShift.occurrence_id)
        .where(Occurrence.event_id == event_id, StaffShift.person_id.is_not(None))
    )
    return [number for number in db.session.scalars(chosen.distinct()) if number is not None]


def people_concerned(event: Event) -> list[int]:
    """Everybody to be told when the event moves or falls through, each once."""
    asked = (exhibitor_people, host_people, ticket_people, staff_people)
    at_tables = docking.people_concerned(event.id) if event.kind is EventKind.DOCKING_MEETING else []
    return sorted({*at_tables, *(person for ask in asked for person in ask(event.id))})


def told_of_change(event: Event, now: datetime) -> list[int]:
    """Everybody concerned, and the career centres of the other universities that take part (S17)."""
    today = campus_day(now)
    others = [part.university_id for part in schools(event.id) if part.university_id != event.university_id]
    officers = [
        person.id
        for number in others
        for person in accounts.people_with(RoleKind.CAREER_OFFICER, number, today)
    ]
    return sorted({*people_concerned(event), *officers, *called(event, today)})


def called(event: Event, today: date) -> list[int]:
    """Person ids of those who must attend a meeting, once they were told of it (S6)."""
    if event.kind not in INTERNAL:
        return []
    sent = sa.select(Message.id).where(
        Message.kind == MEETING,
        Message.subject_kind == Event.__tablename__,
        Message.subject_id == event.id,
    )
    return attending.attendees(event, today) if db.session.scalar(sent.limit(1)) else []


def not_yet_in(event_id: int, now: datetime) -> list[int]:
    """Person ids of those who hold a ticket for a day that is on now and have not come in."""
    chosen = (
        sa.select(Registration.person_id)
        .join(Occurrence, Occurrence.id == Registration.occurrence_id)
        .where(
            Occurrence.event_id == event_id,
            Occurrence.ends_at > now,
            Occurrence.starts_at < now + timedelta(hours=12),
            Registration.state == RegistrationState.TICKETED,
            Registration.ended_at.is_(None),
        )
    )
    return sorted(set(db.session.scalars(chosen)))


def set_of(talk_id: int) -> list[Event]:
    """The tests and interviews that belong to a talk's set (P16)."""
    chosen = sa.select(Event).join(EventHost, EventHost.event_id == Event.id)
    return list(db.session.scalars(chosen.where(EventHost.talk_id == talk_id).order_by(Event.id).limit(20)))


def stop_of(event_id: int) -> Stop | None:
    """The stop under which an event stands now."""
    chosen = sa.select(Stop).where(Stop.event_id == event_id, Stop.ended_at.is_(None))
    return db.session.scalars(chosen).one_or_none()


def stops(event_id: int) -> list[Stop]:
    """Every stop of an event, the latest first."""
    chosen = sa.select(Stop).where(Stop.event_id == event_id).order_by(Stop.stopped_at.desc(), Stop.id.desc())
    return list(db.session.scalars(chosen.limit(20)))


def sees_link(event_id: int, person_id: int) -> bool:
    """Whether the online address concerns this person: a ticket, a confirmed place, or the hosting employer."""
    ticket = sa.select(sa.literal(1)).where(
        Registration.occurrence_id == Occurrence.id,
        Occurrence.event_id == event_id,
        Registration.person_id == person_id,
        Registration.state.in_(WITH_TICKET),
    )
    confirmed = sa.select(sa.literal(1)).where(
        Exhibitor.event_id == event_id,
        Exhibitor.state.in_(WITH_PLACE),
        EmployerContact.employer_id == Exhibitor.employer_id,
        EmployerContact.person_id == person_id,
        EmployerContact.state == ContactState.ACTIVE,
    )
    host = sa.select(sa.literal(1)).where(
        EventHost.event_id == event_id,
        EmployerContact.employer_id == EventHost.employer_id,
        EmployerContact.person_id == person_id,
        EmployerContact.state == ContactState.ACTIVE,
    )
    return db.session.scalar(sa.union_all(ticket, confirmed, host).limit(1)) is not None
