"""Reads about licences: whether one is needed, how far it is, and what it does not allow (P18, P19, P21)."""

from datetime import date

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db
from fairs.programmes import permits
from fairs.programmes import queries as events
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.terms import Arrangement, beyond, covers, from_json
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from fairs.safety.licensing import (
    WITH_POLICE,
    LicenceState,
    Milestone,
    Need,
    Scale,
    Step,
    milestones,
    need_of,
)
from fairs.safety.models import Licence, LicenceAnswer
from fairs.safety.rules import Line
from fairs.workdays import queries as workdays

_HOLD = (RegistrationState.TICKETED, RegistrationState.CHECKED_IN)


def licence_of(event_id: int) -> Licence | None:
    """The licence of an event, if one was ever thought of."""
    return db.session.scalars(sa.select(Licence).where(Licence.event_id == event_id)).one_or_none()


def answer_of(event_id: int) -> LicenceAnswer | None:
    """The latest answer whether an event counts as a large public one."""
    chosen = sa.select(LicenceAnswer).where(LicenceAnswer.event_id == event_id)
    return db.session.scalars(chosen.order_by(LicenceAnswer.id.desc()).limit(1)).one_or_none()


def registered(event_id: int) -> int:
    """Students with a place on the fullest day."""
    days = (
        sa.select(sa.func.count(Registration.id).label("people"))
        .join(Occurrence, Occurrence.id == Registration.occurrence_id)
        .where(
            Occurrence.event_id == event_id,
            Registration.state.in_(_HOLD),
            Registration.ended_at.is_(None),
        )
        .group_by(Occurrence.id)
        .subquery()
    )
    return int(db.session.scalar(sa.select(sa.func.max(days.c.people))) or 0)


def scale_of(event: Event) -> Scale:
    """How many persons an event may draw at a time, by all that is known."""
    fair = events.fair_of(event.id)
    return Scale(
        expected=fair.expected_attendance if fair else 0,
        places=events.places_a_day(event.id),
        registered=registered(event.id),
        open_to_public=bool(fair and fair.open_to_public),
    )


def need(event: Event) -> Need:
    """Whether an event needs a licence, by its numbers and the school's recorded answer."""
    answer = answer_of(event.id)
    return need_of(scale_of(event), answer.counts if answer else None)


def line(event: Event) -> Line | None:
    """The licence among the things before opening; None where there is no question of one."""
    licence = licence_of(event.id)
    if need(event) is Need.NONE and (licence is None or licence.state not in WITH_POLICE):
        return None
    if licence is None or licence.terms is None:
        return Line("licence", is_done=False)
    held = events.gates(event.id).get(Gate.LICENCE)
    granted = held is not None and held.state is GateState.GRANTED
    return Line("licence", granted and not covers(from_json(licence.terms), permits.arrangement(event.id)))


def licence_obstacles(event: Event, change: Arrangement) -> tuple[str, ...]:
    """What of a change a granted licence forbids, by name (P21); nothing: the change may be made."""
    row = events.gates(event.id).get(Gate.LICENCE)
    if row is None or row.state is not GateState.GRANTED or not row.terms:
        return ()
    return beyond(from_json(row.terms), permits.arrangement(event.id), change)


def licence_is_settled(event: Event) -> bool:
    """Whether a granted licence holds just for what the event is now: no permitted change waits to be made."""
    return licence_terms(event) is not None and not licence_obstacles_of_present(event)


def licence_terms(event: Event) -> Arrangement | None:
    """What a granted licence holds for; None where there is none."""
    row = events.gates(event.id).get(Gate.LICENCE)
    if row is None or row.state is not GateState.GRANTED:
        return None
    return from_json(row.terms) if row.terms else permits.arrangement(event.id)


def licence_obstacles_of_present(event: Event) -> tuple[str, ...]:
    """In what the event, as it is, differs from its licence, by name."""
    terms = licence_terms(event)
    return covers(terms, permits.arrangement(event.id)) if terms else ()


def first_day(event: Event) -> date:
    """The campus day on which an event begins."""
    return campus_day(events.occurrences(event.id)[0].starts_at)


_APPLIED = frozenset(LicenceState) - {LicenceState.NOT_NEEDED, LicenceState.DRAFTING}
_DECIDED = frozenset(
    {LicenceState.GRANTED, LicenceState.REFUSED, LicenceState.CHANGED, LicenceState.RESUBMITTED}
)


def timeline(event: Event, today: date, *, with_plan: bool) -> tuple[Milestone, ...]:
    """The dates back from the day of an event; nothing where neither plan nor licence is needed (P19)."""
    licence, wanted = licence_of(event.id), need(event)
    licensed = wanted is not Need.NONE or (licence is not None and licence.state in _APPLIED)
    if not (with_plan or licensed):
        return ()
    done = set()
    safety = events.gates(event.id).get(Gate.SAFETY)
    if safety is not None and safety.state not in {GateState.DRAFTING, GateState.REFUSED}:
        done.add(Step.PLAN)
    if licence is not None and licence.state in _APPLIED:
        done.add(Step.APPLY)
    if licence is not None and licence.state in _DECIDED:
        done.add(Step.DECISION)
    day = first_day(event)
    calendar = workdays.calendar(event.university_id, around=day)
    return milestones(day, frozenset(done), licensed=licensed, today=today, days=calendar)
