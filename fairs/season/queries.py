"""Reads for the figures of programmes: an event counts at its lead, a student at home (docs/adr/0018)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from fairs.checkin.queries import ATTENDING
from fairs.clock import campus_day
from fairs.database import db
from fairs.employers.models import Employer
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.institutions import codes
from fairs.institutions.models import Department
from fairs.postings.models import PostingRevision
from fairs.programmes import queries as programmes
from fairs.programmes import season_queries as seasons
from fairs.programmes.campaigns import CAMPAIGN_LABELS
from fairs.programmes.models import Event, EventTarget, Occurrence, Programme, ProgrammeEvent
from fairs.programmes.rules import LEVEL_LABELS, MODE_LABELS, EventState, TargetDimension
from fairs.programmes.seasons import below
from fairs.registrations.models import Registration
from fairs.registrations.rules import HOLDS_PLACE, RegistrationState
from fairs.season import live
from fairs.season.rules import Figures
from fairs.season.shares import ROW_LABELS
from fairs.students.rules import DEGREE_LABELS

ARRIVED = (RegistrationState.CHECKED_IN, RegistrationState.CHECKED_OUT)
MOST_YEARS = 6
NOBODY = 0
"""The group of events that have none: without department, without campaign."""

Rows = Sequence[sa.Row[Any]]
Group = Any


def event_ids(programme: Programme, university_id: int, *, public: bool = False) -> Any:
    """The events of a programme and all below it in which the university takes part, without cancelled ones."""
    numbers = below(programme.id, seasons.parents(university_id))
    linked = sa.select(ProgrammeEvent.event_id).where(ProgrammeEvent.programme_id.in_(numbers))
    chosen = _counted(linked, university_id)
    return chosen.where(programmes.is_public()) if public else chosen


def _counted(linked: Any, university_id: int) -> Any:
    """Those of the ``linked`` events that count: the university takes part, and they take place."""
    return sa.select(Event.id).where(
        Event.id.in_(linked), programmes.taking_part(university_id), Event.state != EventState.CANCELLED
    )


def figures(programme: Programme, university_id: int, *, public: bool = False) -> Figures:
    """The figures of a programme."""
    ids = event_ids(programme, university_id, public=public)
    return grouped(ids, university_id, sa.literal(NOBODY)).get(NOBODY, Figures())


def grouped(ids: Any, university_id: int, group: Group, source: Any = Event) -> dict[Any, Figures]:
    """The figures of these events by ``group``, an expression over ``source`` (``Event``, joined to what one groups
    by): six queries.
    """
    led = sa.and_(Event.id.in_(ids), Event.university_id == university_id)
    counts: dict[Any, dict[str, int]] = {}
    for names, statement in (
        (("events",), _events(led, group, source)),
        (("employers", "appearances", "on_platform"), _employers(led, group, source)),
        (("postings", "headcount"), _postings(led, group, source)),
        (("registered", "persons", "attendances"), _students(ids, university_id, group, source)),
        (("live_sessions",), live.streams(led, group, source)),
        (("live_persons", "live_attendances"), live.watching(ids, university_id, group, source)),
    ):
        for key, *numbers in db.session.execute(statement):
            there = counts.setdefault(NOBODY if key is None else key, {})
            there |= {name: int(number or 0) for name, number in zip(names, numbers, strict=True)}
    return {key: Figures(**numbers) for key, numbers in counts.items()}


def _events(led: Group, group: Group, source: Any) -> Any:
    return (
        sa.select(group.label("g"), sa.func.count(sa.distinct(Event.id)))
        .select_from(source)
        .where(led)
        .group_by("g")
    )


def _employers(led: Group, group: Group, source: Any) -> Any:
    # one live or latest request per employer and event: a request that was given back is not in ATTENDING
    return (
        sa.select(
            group.label("g"),
            sa.func.count(sa.distinct(Exhibitor.employer_id)),
            sa.func.count(sa.distinct(Exhibitor.id)),
            sa.func.count(sa.distinct(sa.case((Employer.ncss_registered, Employer.id)))),
        )
        .select_from(source)
        .join(Exhibitor, Exhibitor.event_id == Event.id)
        .join(Employer, Employer.id == Exhibitor.employer_id)
        .where(led, Exhibitor.state.in_(ATTENDING))
        .group_by("g")
    )


def _postings(led: Group, group: Group, source: Any) -> Any:
    """Each posting once per group, with the head count of its latest revision brought."""
    brought = (
        sa.select(
            group.label("g"),
            PostingRevision.posting_id.label("posting"),
            sa.func.max(PostingRevision.headcount).label("heads"),
        )
        .select_from(source)
        .join(Exhibitor, Exhibitor.event_id == Event.id)
        .join(ExhibitorPosting, ExhibitorPosting.exhibitor_id == Exhibitor.id)
        .join(PostingRevision, PostingRevision.id == ExhibitorPosting.posting_revision_id)
        .where(led, Exhibitor.state.in_(ATTENDING))
        .group_by("g", PostingRevision.posting_id)
        .subquery()
    )
    return sa.select(brought.c.g, sa.func.count(), sa.func.sum(brought.c.heads)).group_by(brought.c.g)


def _students(ids: Any, university_id: int, group: Group, source: Any) -> Any:
    arrived = Registration.state.in_(ARRIVED)
    return (
        sa.select(
            group.label("g"),
            sa.func.sum(sa.case((Registration.state.in_(HOLDS_PLACE), 1), else_=0)),
            sa.func.count(sa.distinct(sa.case((arrived, Registration.person_id)))),
            sa.func.sum(sa.case((arrived, 1), else_=0)),
        )
        .select_from(source)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .join(Registration, Registration.occurrence_id == Occurrence.id)
        .where(Event.id.in_(ids), Registration.university_id == university_id)
        .group_by("g")
    )


@dataclass(frozen=True)
class Line:
    """One line of a table of figures. ``name`` is a name of a row or a message id."""

    name: str
    figures: Figures


def by_department(programme: Programme, university_id: int) -> list[Line]:
    """The figures of each department that led events, the career centre's own first (S15)."""
    there = grouped(event_ids(programme, university_id), university_id, Event.department_id)
    rows = db.session.scalars(
        sa.select(Department).where(Department.university_id == university_id).order_by(Department.code)
    )
    names = {NOBODY: "就业中心"} | {row.id: row.name for row in rows}
    return [Line(name, there[number]) for number, name in names.items() if number in there]


def by_mode(programme: Programme, university_id: int) -> list[Line]:
    """The figures by how events are held: on site, online, both."""
    there = grouped(event_ids(programme, university_id), university_id, Event.mode)
    return [Line(name, there[mode]) for mode, name in MODE_LABELS.items() if mode in there]


AIMS = (TargetDimension.CAMPAIGN, TargetDimension.DEGREE, TargetDimension.INDUSTRY, TargetDimension.REGION)


def by_aim(programme: Programme, university_id: int) -> dict[TargetDimension, list[Line]]:
    """The figures of the events of each campaign, and of those meant for each degree, industry or region.

    An event may count in several (S7, S19, S24).
    """
    joined = sa.and_(EventTarget.event_id == Event.id, EventTarget.dimension.in_(AIMS))
    source = sa.join(Event, EventTarget, joined)
    key = sa.cast(EventTarget.dimension, sa.String) + sa.literal(":") + EventTarget.code
    there = grouped(event_ids(programme, university_id), university_id, key, source)
    return {
        dimension: [
            Line(_NAMES[dimension].get(code, code), there[f"{dimension}:{code}"])
            for code in _ordered(
                dimension, [one.partition(":")[2] for one in there if one.startswith(f"{dimension}:")]
            )
        ]
        for dimension in AIMS
    }


_NAMES: dict[TargetDimension, dict[str, str]] = {
    TargetDimension.CAMPAIGN: CAMPAIGN_LABELS,
    TargetDimension.DEGREE: {degree.value: label for degree, label in DEGREE_LABELS.items()},
    TargetDimension.INDUSTRY: {},
    TargetDimension.REGION: {},
}


def _ordered(dimension: TargetDimension, codes_there: list[str]) -> list[str]:
    """Listed codes in their list's order, words by themselves."""
    listed = list(_NAMES[dimension])
    return sorted(codes_there, key=lambda code: (listed.index(code) if code in listed else len(listed), code))


def by_chain(programme: Programme, university_id: int) -> list[Line]:
    """The figures of the events of each industrial chain, and of those without; one may count in several (S92)."""
    tagged = sa.and_(EventTarget.event_id == Event.id, EventTarget.dimension == TargetDimension.CHAIN)
    source = sa.outerjoin(Event, EventTarget, tagged)
    there = grouped(event_ids(programme, university_id), university_id, EventTarget.code, source)
    names = codes.chain_names(university_id)
    lines = [Line(name, there[code]) for code, name in names.items() if code in there]
    return [*lines, Line(ROW_LABELS["untagged"], there[NOBODY])] if lines and NOBODY in there else lines


def by_level(programme: Programme, university_id: int) -> list[Line]:
    """The figures of each level of the organiser (S23)."""
    there = grouped(event_ids(programme, university_id), university_id, Event.level)
    return [Line(name, there[level]) for level, name in LEVEL_LABELS.items() if level in there]


def by_event(programme: Programme, university_id: int) -> list[tuple[Event, Occurrence, Figures]]:
    """Each event of a programme with its first day and its figures, by time: eight queries for any number."""
    ids = event_ids(programme, university_id)
    there = grouped(ids, university_id, Event.id)
    rows = db.session.execute(
        sa.select(Event, Occurrence)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(Event.id.in_(ids), Occurrence.ordinal == 1)
        .options(programmes.WITH_PLACES, sa.orm.joinedload(Event.university))
        .options(sa.orm.joinedload(Event.department))
        .order_by(Occurrence.starts_at, Event.id)
        .limit(5000)
    )
    return [(event, day, there.get(event.id, Figures())) for event, day in rows]


@dataclass(frozen=True)
class Year:
    """A programme of the same kind in one year, with its figures."""

    programme: Programme
    figures: Figures


def history(programme: Programme, university_id: int) -> list[Year]:
    """The programmes of the same kind, this one's year and earlier, the latest first; at most six."""
    chosen = (
        sa.select(Programme)
        .where(
            programmes.of_university(university_id),
            Programme.kind == programme.kind,
            Programme.starts_on <= programme.starts_on,
        )
        .order_by(Programme.starts_on.desc(), Programme.id.desc())
        .limit(MOST_YEARS)
    )
    rows = list(db.session.scalars(chosen))
    there = by_programme(rows, university_id)
    return [Year(row, there.get(row.id, Figures())) for row in rows]


def by_programme(rows: Sequence[Programme], university_id: int) -> dict[int, Figures]:
    """The figures of several programmes, each with all below it (an event may count in several)."""
    if not rows:
        return {}
    parents = seasons.parents(university_id)
    trees = sa.union(
        *(
            sa.select(sa.literal(row.id).label("programme_id"), ProgrammeEvent.event_id).where(
                ProgrammeEvent.programme_id.in_(below(row.id, parents))
            )
            for row in rows
        )
    ).subquery()
    source = sa.join(Event, trees, trees.c.event_id == Event.id)
    return grouped(
        _counted(sa.select(trees.c.event_id), university_id), university_id, trees.c.programme_id, source
    )


def first_day(day: Occurrence) -> str:
    """The first day of an event as a sheet writes it."""
    return f"{campus_day(day.starts_at):%Y-%m-%d}"
