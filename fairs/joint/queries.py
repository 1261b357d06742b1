"""Reads of joint fairs: who takes part, what each uses, and each university's own students (S17)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.allocation import quotas
from fairs.database import db, found
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.joint.models import PostingCosign
from fairs.postings.models import PostingRevision
from fairs.programmes.models import Event, EventSchool, Fair, Occurrence
from fairs.programmes.participation import ParticipationState
from fairs.programmes.rules import EventState
from fairs.registrations.desk import desk_list
from fairs.registrations.models import Registration
from fairs.registrations.rules import HOLDS_PLACE, RegistrationState
from fairs.students.models import Student
from fairs.web.lists import EXPORT_MOST

ARRIVED = frozenset({RegistrationState.CHECKED_IN, RegistrationState.CHECKED_OUT})


@dataclass(frozen=True)
class Use:
    """What one university uses of an event: places (a person on a day), waits, arrivals, booths.

    ``persons`` counts each student who came once (人数), ``attendances`` once for each day (人次).
    """

    registered: int = 0
    waiting: int = 0
    persons: int = 0
    attendances: int = 0
    booths: int = 0


@dataclass(frozen=True)
class SchoolLine:
    """A university of a joint event with its part and what it uses."""

    row: EventSchool
    is_lead: bool
    use: Use = field(default_factory=Use)


def use_of(event_id: int) -> dict[int, Use]:
    """University → what it uses of an event: two queries. Counts only, no names: the lead may see them all."""
    arrived = Registration.state.in_(ARRIVED)
    counted = (
        sa.select(
            Registration.university_id,
            _sum(Registration.state.in_(HOLDS_PLACE)),
            _sum(Registration.state == RegistrationState.WAITING),
            sa.func.count(sa.distinct(sa.case((arrived, Registration.person_id)))),
            _sum(arrived),
        )
        .join(Occurrence, Occurrence.id == Registration.occurrence_id)
        .where(Occurrence.event_id == event_id)
        .group_by(Registration.university_id)
    )
    booths = quotas.used(event_id)
    uses = {number: Use(booths=count) for number, count in booths.items()}
    for university_id, registered, waiting, persons, attendances in db.session.execute(counted):
        booths_held = booths.get(university_id, 0)
        uses[university_id] = Use(int(registered), int(waiting), int(persons), int(attendances), booths_held)
    return uses


def _sum(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def lines(event: Event) -> list[SchoolLine]:
    """The universities of an event, lead first, whatever the state of their part."""
    uses = use_of(event.id)
    chosen = (
        sa.select(EventSchool)
        .where(EventSchool.event_id == event.id)
        .options(joinedload(EventSchool.university))
        .order_by(EventSchool.id)
        .limit(200)
    )
    return [
        SchoolLine(row, row.university_id == event.university_id, uses.get(row.university_id, Use()))
        for row in db.session.scalars(chosen)
    ]


def parts(university_id: int) -> sa.Select[EventSchool, Event, datetime]:
    """(part, event, first start) of the joint events of others to which the university was asked, for a list.

    A draft is among them: the two universities plan it together. Latest first.
    """
    begins = _begins()
    return (
        sa.select(EventSchool, Event, begins)
        .join(Event, Event.id == EventSchool.event_id)
        .where(
            EventSchool.university_id == university_id,
            Event.university_id != university_id,
            Event.state != EventState.CANCELLED,
        )
        .options(joinedload(Event.university))
        .order_by((EventSchool.state == ParticipationState.INVITED).desc(), begins.desc(), EventSchool.id)
    )


def own_part(public_id: str, university_id: int) -> tuple[EventSchool, Event]:
    """The university's part in another's event. Raises NotFound."""
    chosen = parts(university_id).where(Event.public_id == public_id)
    row = found(db.session.execute(chosen).one_or_none())
    return row[0], row[1]


def own_students(event_id: int, university_id: int) -> sa.Select[Registration, Student]:
    """(registration, student) of the university's own students at an event: nobody else's (S17)."""
    return desk_list(event_id).where(Registration.university_id == university_id)


def own_student_rows(event_id: int, university_id: int) -> list[tuple[Registration, Student]]:
    """The university's own students whole, for its sheet."""
    rows = db.session.execute(own_students(event_id, university_id).limit(EXPORT_MOST))
    return [(registration, student) for registration, student in rows]


def own_employers(event_id: int, university_id: int) -> list[Exhibitor]:
    """The employers that the university brings to a joint fair, live requests only."""
    through = quotas.brought_by(event_id)
    mine = [number for number, school in through.items() if school == university_id]
    chosen = (
        sa.select(Exhibitor)
        .where(Exhibitor.id.in_(mine), Exhibitor.ended_at.is_(None))
        .options(joinedload(Exhibitor.employer))
    )
    return list(db.session.scalars(chosen.order_by(Exhibitor.requested_at, Exhibitor.id).limit(500)))


@dataclass(frozen=True)
class BroughtPosting:
    """A posting brought to a joint fair, its employer, and the universities that signed it too."""

    revision: PostingRevision
    employer: str
    signed: Collection[int]


def brought_postings(event_id: int) -> list[BroughtPosting]:
    """What is brought to a fair, by employer, with its co-signatures: two queries."""
    signed: dict[int, set[int]] = {}
    live = sa.select(PostingCosign.posting_revision_id, PostingCosign.university_id).where(
        PostingCosign.event_id == event_id, PostingCosign.ended_at.is_(None)
    )
    for revision_id, university_id in db.session.execute(live):
        signed.setdefault(revision_id, set()).add(university_id)
    chosen = (
        sa.select(PostingRevision, Exhibitor)
        .join(ExhibitorPosting, ExhibitorPosting.posting_revision_id == PostingRevision.id)
        .join(Exhibitor, Exhibitor.id == ExhibitorPosting.exhibitor_id)
        .where(Exhibitor.event_id == event_id, Exhibitor.ended_at.is_(None))
        .options(joinedload(Exhibitor.employer))
        .order_by(Exhibitor.requested_at, Exhibitor.id, PostingRevision.id)
        .limit(500)
    )
    return [
        BroughtPosting(revision, exhibitor.employer.legal_name, signed.get(revision.id, set()))
        for revision, exhibitor in db.session.execute(chosen)
    ]


def brought_posting(public_id: str, event_id: int) -> int:
    """The revision's number of a posting brought to a fair, by the posting's public id. Raises NotFound."""
    there = (
        one.revision for one in brought_postings(event_id) if one.revision.posting.public_id == public_id
    )
    return found(next(there, None)).id


def cosign_of(event_id: int, university_id: int, revision_id: int) -> PostingCosign | None:
    """A university's signature under a posting of a fair, if it stands."""
    chosen = sa.select(PostingCosign).where(
        PostingCosign.event_id == event_id,
        PostingCosign.university_id == university_id,
        PostingCosign.posting_revision_id == revision_id,
        PostingCosign.ended_at.is_(None),
    )
    return db.session.scalars(chosen).one_or_none()


def _begins() -> sa.ScalarSelect[datetime]:
    first = sa.select(sa.func.min(Occurrence.starts_at)).where(Occurrence.event_id == Event.id)
    return first.correlate(Event).scalar_subquery()


def waiting_invitations(university_id: int, now: datetime) -> sa.Select[Event, datetime]:
    """(event, first start) of what waits for the university's answer and is still to come, the next first."""
    return (
        sa.select(Event, _begins())
        .join(EventSchool, EventSchool.event_id == Event.id)
        .where(
            EventSchool.university_id == university_id,
            Event.university_id != university_id,
            Event.state != EventState.CANCELLED,
            EventSchool.state == ParticipationState.INVITED,
            _begins() > now,
        )
        .order_by(_begins(), Event.id)
    )


def co_signing(event_id: int) -> bool:
    """Whether the other universities may sign the postings of a fair."""
    fair = db.session.get(Fair, event_id)
    return bool(fair and fair.co_signing)
