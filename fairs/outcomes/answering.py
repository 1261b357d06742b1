"""What students and employers say after a fair: the survey (S62) and what came of it (S40)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, lock, transaction
from fairs.outcomes import queries
from fairs.outcomes.models import EmployerResult, FairOutcome, SurveyAnswer, SurveyMark
from fairs.outcomes.rules import NotThere, Stage, check_outcome_day, check_over, check_stage
from fairs.outcomes.survey import AlreadyAnswered, NotAsked, Side, check_open, checked_scores
from fairs.programmes import queries as events
from fairs.programmes.models import Event


@dataclass(frozen=True)
class Opinion:
    """What somebody answers: a score per question, and free text."""

    scores: Mapping[str, int]
    comment: str = ""


@dataclass(frozen=True)
class Counts:
    """How many students an employer has agreed with, made an offer to, and signed with."""

    intents: int
    offers: int
    signed: int


@transaction
def answer_as_student(event_id: int, person_id: int, opinion: Opinion, now: datetime) -> None:
    """Answer the survey without a name: two rows are written that nothing joins (ADR 0025).

    No audit row is written: it would tie the person to the moment of the answer. Raises SurveyClosed, NotAsked,
    ScoreMissing; AlreadyAnswered (or Conflict, for the later of two at once).
    """
    event = db.session.get_one(Event, event_id)
    check_open(event.state, queries.last_end(event_id), now)
    if not queries.attended(event_id, person_id):
        raise NotAsked
    if queries.is_answered(event_id, person_id):
        raise AlreadyAnswered
    db.session.add(SurveyMark(event_id=event_id, person_id=person_id))
    db.session.flush()
    db.session.add(_answer(event_id, Side.STUDENT, opinion, now))


@transaction
def answer_as_employer(event_id: int, employer_id: int, opinion: Opinion, *, by: int, now: datetime) -> None:
    """Answer the survey in the employer's name. Raises SurveyClosed, NotAsked, ScoreMissing, AlreadyAnswered."""
    event = db.session.get_one(Event, event_id)
    check_open(event.state, queries.last_end(event_id), now)
    if not queries.was_there(event_id, employer_id):
        raise NotAsked
    if queries.employer_answer(event_id, employer_id) is not None:
        raise AlreadyAnswered
    db.session.add(_answer(event_id, Side.EMPLOYER, opinion, now, employer_id))
    audit.record("answer_survey", event, by=by, university_id=event.university_id, now=now)


def _answer(
    event_id: int, side: Side, opinion: Opinion, now: datetime, employer_id: int | None = None
) -> SurveyAnswer:
    return SurveyAnswer(
        event_id=event_id,
        side=side,
        employer_id=employer_id,
        comment=opinion.comment.strip()[:300],
        answered_on=campus_day(now),
        **checked_scores(side, opinion.scores),
    )


@transaction
def record_outcome(
    event_id: int, person_id: int, employer_id: int, stage: Stage, happened_on: date, now: datetime
) -> FairOutcome:
    """A student says how far it has come with an employer of the fair (S40).

    Raises WrongEventState before the event is over, NotAsked, NotThere, DayOutside, WrongStage.
    """
    event = lock(Event, event_id)
    check_over(event.state)
    if not queries.attended(event_id, person_id):
        raise NotAsked("只有到场参加了本场活动的同学可以登记。")
    if not queries.was_there(event_id, employer_id):
        raise NotThere
    first = campus_day(events.occurrences(event_id)[0].starts_at)
    check_outcome_day(happened_on, first, campus_day(now))
    mine = {row.employer_id: row for row in queries.own_outcomes(event_id, person_id)}
    there = mine.get(employer_id)
    check_stage(there.stage if there else None, stage)
    if there is None:
        there = FairOutcome(event_id=event_id, person_id=person_id, employer_id=employer_id)
        db.session.add(there)
    there.stage, there.happened_on = stage, happened_on
    audit.record(
        "record_outcome", there, by=person_id, university_id=event.university_id, now=now, stage=stage.value
    )
    return there


@transaction
def report_result(
    event_id: int, employer_id: int, counts: Counts, *, by: int, now: datetime
) -> EmployerResult:
    """An employer says in numbers what came of the fair for it; later numbers replace earlier ones (E10).

    Raises WrongEventState before the event is over, NotAsked.
    """
    event = lock(Event, event_id)
    check_over(event.state)
    if not queries.was_there(event_id, employer_id):
        raise NotAsked("只有参加了本场活动的单位可以填写。")
    there = queries.employer_result(event_id, employer_id)
    if there is None:
        there = EmployerResult(event_id=event_id, employer_id=employer_id)
        db.session.add(there)
    there.intents, there.offers, there.signed = counts.intents, counts.offers, counts.signed
    there.at, there.by = now, by
    audit.record(
        "report_result",
        there,
        by=by,
        university_id=event.university_id,
        now=now,
        intents=counts.intents,
        offers=counts.offers,
        signed=counts.signed,
    )
    return there
