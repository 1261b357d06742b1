"""Reads of closings, kept figures, the survey and results."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.accounts.rules import Viewer
from fairs.database import db
from fairs.employers.models import Employer
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.outcomes.counting import CAME
from fairs.outcomes.figures import Confirmed, Figure, seal_of
from fairs.outcomes.models import (
    Closing,
    ClosingSnapshot,
    EmployerResult,
    FairOutcome,
    SurveyAnswer,
    SurveyMark,
)
from fairs.outcomes.rules import AFTER, COUNTED, ClosingState, Stage
from fairs.outcomes.survey import QUESTION_LABELS, Rated, Side, is_open, rated
from fairs.programmes import queries as events
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import EventState
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from fairs.web.lists import Rows

ATTENDED = frozenset({RegistrationState.CHECKED_IN, RegistrationState.CHECKED_OUT})
ON_ROLL = CAME | {ExhibitorState.CONFIRMED, ExhibitorState.NO_SHOW}
"""States of exhibitors who are called at the roll."""


def last_end(event_id: int) -> datetime:
    """When the last day of an event ends."""
    return events.occurrences(event_id)[-1].ends_at


def closing_of(event_id: int) -> Closing | None:
    """The closing of an event; None until somebody, or the jobs, begin it."""
    return db.session.scalars(sa.select(Closing).where(Closing.event_id == event_id)).one_or_none()


def snapshots(event_id: int) -> list[ClosingSnapshot]:
    """The kept figures of an event, the newest first."""
    chosen = sa.select(ClosingSnapshot).where(ClosingSnapshot.event_id == event_id)
    chosen = chosen.options(joinedload(ClosingSnapshot.author)).order_by(ClosingSnapshot.no.desc())
    return list(db.session.scalars(chosen.limit(100)))


def kept(snapshot: ClosingSnapshot) -> list[Confirmed]:
    """The figures of a snapshot."""
    return [Confirmed.read(stored) for stored in snapshot.content["figures"]]


def is_intact(event: Event, rows: Sequence[ClosingSnapshot]) -> bool:
    """Whether kept figures (newest first) are as they were written: every hash fits, and the chain too."""
    previous = ""
    for row in reversed(rows):
        seal = seal_of(event.public_id, row.no, row.content, previous)
        if (row.previous_hash, row.content_hash) != (previous, seal):
            return False
        previous = seal
    return True


def latest(event_ids: Sequence[int]) -> dict[int, dict[Figure, int]]:
    """The confirmed figures of events, as last amended, by event id."""
    newest = (
        sa.select(ClosingSnapshot.event_id, sa.func.max(ClosingSnapshot.no).label("no"))
        .where(ClosingSnapshot.event_id.in_(event_ids))
        .group_by(ClosingSnapshot.event_id)
        .subquery()
    )
    same = sa.and_(ClosingSnapshot.event_id == newest.c.event_id, ClosingSnapshot.no == newest.c.no)
    rows = db.session.scalars(sa.select(ClosingSnapshot).join(newest, same))
    return {row.event_id: {one.figure: one.confirmed for one in kept(row)} for row in rows}


def latest_all(university_id: int) -> dict[int, dict[Figure, int]]:
    """The confirmed figures of all of a university's events, by event id."""
    chosen = (
        sa.select(ClosingSnapshot)
        .join(Event, Event.id == ClosingSnapshot.event_id)
        .where(Event.university_id == university_id)
        .order_by(ClosingSnapshot.event_id, ClosingSnapshot.no)
    )
    return {
        row.event_id: {one.figure: one.confirmed for one in kept(row)} for row in db.session.scalars(chosen)
    }


def ended() -> sa.ScalarSelect[datetime]:
    """When the last day of an event ends, in a statement about events."""
    end = sa.select(sa.func.max(Occurrence.ends_at)).where(Occurrence.event_id == Event.id)
    return end.correlate(Event).scalar_subquery()


def closings(university_id: int, who: Viewer, filters: Mapping[str, str]) -> Rows:
    """(event, closing or None, end of the last day) of what is over, for a list."""
    chosen: Rows = (
        events.staff_events(university_id, who)
        .with_only_columns(Event, Closing, ended().label("ended"))
        .outerjoin(Closing, Closing.event_id == Event.id)
        .where(Event.state.in_(AFTER))
    )
    if filters.get("state") == ClosingState.OPEN:
        chosen = chosen.where(sa.or_(Closing.id.is_(None), Closing.state == ClosingState.OPEN))
    elif filters.get("state") in set(ClosingState):
        chosen = chosen.where(Closing.state == filters["state"])
    return chosen


def unconfirmed(university_id: int, who: Viewer) -> sa.Select[Event, datetime]:
    """(event, due date if its closing was begun) of what is over and waits for its figures, the first due first."""
    chosen: sa.Select[Event, datetime] = (
        events.staff_events(university_id, who)
        .with_only_columns(Event, Closing.due_at)
        .outerjoin(Closing, Closing.event_id == Event.id)
        .where(Event.state == EventState.CLOSED)
        .order_by(Closing.due_at, Event.id)
    )
    return chosen


def roll(event_id: int) -> list[Exhibitor]:
    """The employers with a confirmed place at an event, and those ticked off, by name."""
    chosen = (
        sa.select(Exhibitor)
        .join(Employer, Employer.id == Exhibitor.employer_id)
        .where(Exhibitor.event_id == event_id, Exhibitor.state.in_(ON_ROLL))
        .options(joinedload(Exhibitor.employer))
    )
    return list(db.session.scalars(chosen.order_by(Employer.legal_name).limit(2000)))


def is_answered(event_id: int, person_id: int) -> bool:
    """Whether this person has answered the survey of an event."""
    return db.session.get(SurveyMark, (event_id, person_id)) is not None


def employer_answer(event_id: int, employer_id: int) -> SurveyAnswer | None:
    """What an employer has answered."""
    chosen = sa.select(SurveyAnswer).where(
        SurveyAnswer.event_id == event_id, SurveyAnswer.employer_id == employer_id
    )
    return db.session.scalars(chosen).one_or_none()


def is_booked(event_id: int, person_id: int) -> bool:
    """Whether this person ever booked a place at an event: its later pages are theirs."""
    chosen = sa.select(Registration.id).join(Occurrence, Occurrence.id == Registration.occurrence_id)
    mine = chosen.where(Occurrence.event_id == event_id, Registration.person_id == person_id)
    return db.session.scalar(mine.limit(1)) is not None


def attended(event_id: int, person_id: int) -> bool:
    """Whether this student was let in at an event."""
    chosen = sa.select(Registration.id).join(Occurrence, Occurrence.id == Registration.occurrence_id)
    there = chosen.where(
        Occurrence.event_id == event_id,
        Registration.person_id == person_id,
        Registration.state.in_(ATTENDED),
    )
    return db.session.scalar(there.limit(1)) is not None


def attendees(event_id: int) -> list[int]:
    """The person ids of the students who were let in at an event."""
    chosen = sa.select(Registration.person_id).join(Occurrence, Occurrence.id == Registration.occurrence_id)
    there = chosen.where(Occurrence.event_id == event_id, Registration.state.in_(ATTENDED))
    return list(db.session.scalars(there.distinct().order_by(Registration.person_id)))


def was_there(event_id: int, employer_id: int) -> bool:
    """Whether an employer took part in an event: it came, or confirmed and the roll was not called yet."""
    chosen = sa.select(Exhibitor.id).where(
        Exhibitor.event_id == event_id,
        Exhibitor.employer_id == employer_id,
        Exhibitor.state.in_(CAME | {ExhibitorState.CONFIRMED}),
    )
    return db.session.scalar(chosen.limit(1)) is not None


def employers_there(event_id: int) -> list[Employer]:
    """The employers who took part in an event, by name."""
    there = sa.select(Exhibitor.employer_id).where(
        Exhibitor.event_id == event_id, Exhibitor.state.in_(CAME | {ExhibitorState.CONFIRMED})
    )
    chosen = sa.select(Employer).where(Employer.id.in_(there)).order_by(Employer.legal_name)
    return list(db.session.scalars(chosen.limit(2000)))


def answers(event_id: int) -> dict[Side, int]:
    """How many answered, by side."""
    chosen = sa.select(SurveyAnswer.side, sa.func.count()).where(SurveyAnswer.event_id == event_id)
    counts = {row[0]: row[1] for row in db.session.execute(chosen.group_by(SurveyAnswer.side))}
    return {side: counts.get(side, 0) for side in Side}


def ratings(event_id: int, side: Side) -> list[Rated]:
    """How each question was answered by one side: one statement."""
    parts = [
        sa.select(sa.literal(key).label("key"), column.label("score"), sa.func.count().label("count"))
        .where(SurveyAnswer.event_id == event_id, SurveyAnswer.side == side)
        .group_by(column)
        for key in QUESTION_LABELS[side]
        for column in [SurveyAnswer.__table__.c[key]]
    ]
    counts: dict[str, dict[int, int]] = {}
    for key, score, count in db.session.execute(sa.union_all(*parts)):
        counts.setdefault(key, {})[score] = count
    return rated(side, counts)


def comments(event_id: int, side: Side) -> list[str]:
    """The free texts of one side, unordered."""
    chosen = sa.select(SurveyAnswer.comment).where(
        SurveyAnswer.event_id == event_id, SurveyAnswer.side == side, SurveyAnswer.comment != ""
    )
    return list(db.session.scalars(chosen.limit(2000)))


def employer_answers(event_id: int) -> list[SurveyAnswer]:
    """What the employers have answered, by name."""
    chosen = (
        sa.select(SurveyAnswer)
        .join(Employer, Employer.id == SurveyAnswer.employer_id)
        .where(SurveyAnswer.event_id == event_id)
        .options(joinedload(SurveyAnswer.employer))
    )
    return list(db.session.scalars(chosen.order_by(Employer.legal_name).limit(2000)))


def own_outcomes(event_id: int, person_id: int) -> list[FairOutcome]:
    """What a student has recorded after an event, by employer."""
    chosen = sa.select(FairOutcome).where(
        FairOutcome.event_id == event_id, FairOutcome.person_id == person_id
    )
    return list(db.session.scalars(chosen.options(joinedload(FairOutcome.employer)).order_by(FairOutcome.id)))


def outcomes_of(person_id: int, most: int) -> list[tuple[FairOutcome, Event]]:
    """Everything that a student has recorded after events."""
    chosen = (
        sa.select(FairOutcome, Event)
        .join(Event, Event.id == FairOutcome.event_id)
        .where(FairOutcome.person_id == person_id)
        .options(joinedload(FairOutcome.employer))
        .order_by(FairOutcome.id)
    )
    return [(row, event) for row, event in db.session.execute(chosen.limit(most))]


def employer_result(event_id: int, employer_id: int) -> EmployerResult | None:
    """What an employer has reported after an event."""
    chosen = sa.select(EmployerResult).where(
        EmployerResult.event_id == event_id, EmployerResult.employer_id == employer_id
    )
    return db.session.scalars(chosen).one_or_none()


def stages(event_id: int) -> list[tuple[Stage, int, int]]:
    """(stage, by students, by employers) after an event: both sides side by side, never added up (S40)."""
    said = sa.select(FairOutcome.stage, sa.func.count()).where(FairOutcome.event_id == event_id)
    students = {row[0]: row[1] for row in db.session.execute(said.group_by(FairOutcome.stage))}
    sums = [
        sa.func.coalesce(sa.func.sum(column), 0)
        for column in (EmployerResult.intents, EmployerResult.offers, EmployerResult.signed)
    ]
    reported = db.session.execute(sa.select(*sums).where(EmployerResult.event_id == event_id)).one()
    return [
        (stage, students.get(stage, 0), int(count)) for stage, count in zip(COUNTED, reported, strict=True)
    ]


def asks_me(event: Event, now: datetime) -> bool:
    """Whether the survey of an event is open now, for the links on people's own pages."""
    return event.state in AFTER and is_open(event.state, last_end(event.id), now)
