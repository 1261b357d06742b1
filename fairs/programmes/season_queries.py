"""Reads of programmes as trees, of their plan documents, and of activities that others run."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.database import db, found
from fairs.files.models import File
from fairs.programmes.campaigns import ActivityState
from fairs.programmes.models import Event, EventTarget, Programme, ProgrammeEvent
from fairs.programmes.queries import is_public, of_university, programme, taking_part
from fairs.programmes.rules import TAGS, EventKind, EventState, TargetDimension
from fairs.programmes.season_models import ExternalActivity, ExternalPart, ProgrammePlan
from fairs.programmes.seasons import below
from fairs.students.models import Student
from fairs.students.rules import StudentState


def own_programme(public_id: str, university_id: int) -> Programme:
    """A programme of the university itself, which its office may change. Raises NotFound."""
    chosen = sa.select(Programme).where(
        Programme.public_id == public_id, Programme.university_id == university_id
    )
    return found(db.session.scalars(chosen).one_or_none())


def public_programme(public_id: str, university_id: int) -> Programme:
    """A published programme of the university, or one above the universities. Raises NotFound."""
    chosen = programme(public_id, university_id)
    return found(chosen if chosen.published_at is not None else None)


def is_student(person_id: int, university_id: int) -> bool:
    """Whether a person studies at the university now."""
    chosen = sa.select(Student.id).where(
        Student.person_id == person_id,
        Student.university_id == university_id,
        Student.state == StudentState.ACTIVE,
    )
    return db.session.scalar(chosen.limit(1)) is not None


def plan_of(programme_id: int) -> ProgrammePlan | None:
    """The plan document in force of a programme (S31)."""
    chosen = sa.select(ProgrammePlan).where(
        ProgrammePlan.programme_id == programme_id, ProgrammePlan.ended_at.is_(None)
    )
    return db.session.scalars(chosen.options(joinedload(ProgrammePlan.file))).one_or_none()


def plan_file(programme_id: int) -> File:
    """The file of a programme's plan document. Raises NotFound."""
    return found(plan_of(programme_id)).file


def parents(university_id: int | None) -> dict[int, int | None]:
    """Programme → its parent, of a university and above it; of None only those above (S5)."""
    own = of_university(university_id) if university_id else Programme.university_id.is_(None)
    chosen = sa.select(Programme.id, Programme.parent_id).where(own)
    return dict(row for row in db.session.execute(chosen))


@dataclass(frozen=True)
class Branch:
    """A programme in its tree: how deep, how many events it has itself and with all below, by kind (S5)."""

    programme: Programme
    depth: int
    own: int
    total: int
    kinds: Sequence[tuple[EventKind, int]]


def tree(root: Programme, university_id: int, *, public: bool) -> list[Branch]:
    """A programme and all below it, each with its counts; an event in two branches counts once above both."""
    known = parents(university_id)
    numbers = below(root.id, known)
    rows = {row.id: row for row in _programmes(numbers) if not public or row.published_at is not None}
    events = _events_of(numbers, university_id, public=public)
    return [
        _branch(rows[number], _depth(number, root.id, known), events, below(number, known))
        for number in numbers
        if number in rows
    ]


def _programmes(numbers: Collection[int]) -> list[Programme]:
    return list(db.session.scalars(sa.select(Programme).where(Programme.id.in_(numbers))))


def _events_of(
    numbers: Collection[int], university_id: int, *, public: bool
) -> dict[int, dict[int, EventKind]]:
    """Programme → its events by id with their kind; cancelled ones did not take place."""
    chosen = (
        sa.select(ProgrammeEvent.programme_id, Event.id, Event.kind)
        .join(Event, Event.id == ProgrammeEvent.event_id)
        .where(
            ProgrammeEvent.programme_id.in_(numbers),
            taking_part(university_id),
            Event.state != EventState.CANCELLED,
        )
    )
    events: dict[int, dict[int, EventKind]] = {}
    for programme_id, event_id, kind in db.session.execute(chosen.where(is_public()) if public else chosen):
        events.setdefault(programme_id, {})[event_id] = kind
    return events


def _depth(number: int, root: int, known: dict[int, int | None]) -> int:
    depth, above = 0, number
    while above != root:
        depth, above = depth + 1, known[above] or root
    return depth


def _branch(
    programme: Programme, depth: int, events: dict[int, dict[int, EventKind]], numbers: Collection[int]
) -> Branch:
    together = {event: kind for number in numbers for event, kind in events.get(number, {}).items()}
    kinds = Counter(together.values()).most_common()
    return Branch(programme, depth, len(events.get(programme.id, {})), len(together), kinds)


def offered_parents(university_id: int, but: int | None) -> list[Programme]:
    """Programmes below which another may hang: every one of the university and above it but itself."""
    chosen = sa.select(Programme).where(of_university(university_id), Programme.ended_at.is_(None))
    chosen = chosen.where(Programme.id != but) if but else chosen
    return list(db.session.scalars(chosen.order_by(Programme.starts_on.desc(), Programme.id).limit(200)))


def tag_totals(dimension: TargetDimension, university_id: int, *, public: bool) -> list[tuple[str, int]]:
    """(code of a tag, number of events with it in which the university takes part), most first (S19, S92)."""
    chosen = (
        sa.select(EventTarget.code, sa.func.count(sa.distinct(Event.id)))
        .join(Event, Event.id == EventTarget.event_id)
        .where(
            EventTarget.dimension == dimension,
            taking_part(university_id),
            Event.state != EventState.CANCELLED,
        )
        .group_by(EventTarget.code)
    )
    rows = db.session.execute(chosen.where(is_public()) if public else chosen)
    return sorted(((code, count) for code, count in rows), key=lambda row: (-row[1], row[0]))


def tags(event_id: int) -> list[tuple[TargetDimension, str]]:
    """(dimension, code) of the campaigns, committees and chains of an event."""
    chosen = sa.select(EventTarget.dimension, EventTarget.code).where(
        EventTarget.event_id == event_id, EventTarget.dimension.in_(TAGS)
    )
    return [(row[0], row[1]) for row in db.session.execute(chosen.order_by(EventTarget.id).limit(50))]


def activities(university_id: int) -> sa.Select[ExternalActivity]:
    """The external activities that a university shows, as a statement for a list, latest first."""
    return (
        sa.select(ExternalActivity)
        .where(ExternalActivity.university_id == university_id)
        .order_by(ExternalActivity.starts_at.desc(), ExternalActivity.id)
    )


def activity(public_id: str, university_id: int) -> ExternalActivity:
    """An external activity of the university, in any state. Raises NotFound."""
    chosen = activities(university_id).where(ExternalActivity.public_id == public_id)
    return found(db.session.scalars(chosen).one_or_none())


_SHOWN = (ActivityState.PUBLISHED, ActivityState.CANCELLED)


def public_activities(
    university_id: int, since: datetime, programme_id: int | None = None, *, most: int = 200
) -> list[ExternalActivity]:
    """External activities that everybody may see and that were not over at ``since``, soonest first."""
    chosen = shown_activities(university_id, since, programme_id)
    return list(db.session.scalars(chosen.order_by(ExternalActivity.starts_at).limit(most)))


def shown_activities(
    university_id: int, since: datetime, programme_id: int | None = None
) -> sa.Select[ExternalActivity]:
    """The same as a statement without order."""
    chosen = activities(university_id).where(
        ExternalActivity.state.in_(_SHOWN), ExternalActivity.ends_at >= since
    )
    if programme_id is not None:
        chosen = chosen.where(ExternalActivity.programme_id == programme_id)
    return chosen.order_by(None)


def public_activity(public_id: str, university_id: int) -> ExternalActivity:
    """An external activity that everybody may see. Raises NotFound."""
    chosen = activities(university_id).where(
        ExternalActivity.public_id == public_id, ExternalActivity.state.in_(_SHOWN)
    )
    return found(db.session.scalars(chosen).one_or_none())


def part_in(activity_id: int, person_id: int) -> ExternalPart | None:
    """That a person took part in an external activity, if they said so (S18)."""
    chosen = sa.select(ExternalPart).where(
        ExternalPart.activity_id == activity_id,
        ExternalPart.person_id == person_id,
        ExternalPart.ended_at.is_(None),
    )
    return db.session.scalars(chosen).one_or_none()


def parts_counted(activity_ids: Collection[int]) -> dict[int, int]:
    """External activity → how many students say that they took part: persons, each once (S18)."""
    chosen = (
        sa.select(ExternalPart.activity_id, sa.func.count())
        .where(ExternalPart.activity_id.in_(activity_ids), ExternalPart.ended_at.is_(None))
        .group_by(ExternalPart.activity_id)
    )
    return dict(row for row in db.session.execute(chosen))
