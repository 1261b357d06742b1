"""The tables of an event's effect, read by one bounded statement each."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from fairs.checkin.models import Scan
from fairs.checkin.queries import admitted, stands
from fairs.checkin.rules import Direction, HolderKind
from fairs.database import db, found
from fairs.employers.models import Employer
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.guidance.models import SavedItem
from fairs.institutions.models import Department, Major, University
from fairs.livestreams import figures as streams
from fairs.outcomes import charts, counting, queries
from fairs.outcomes.charts import Chart, ChartKey
from fairs.outcomes.figures import DEFINITIONS, Figure, Figures
from fairs.outcomes.models import Closing
from fairs.outcomes.rules import STAGE_LABELS, ClosingState
from fairs.postings.models import PostingPublication, PostingRevision
from fairs.programmes import queries as events
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import WITH_BOOTHS
from fairs.registrations.models import Registration
from fairs.registrations.rules import HOLDS_PLACE
from fairs.season import traits
from fairs.season.shares import SHARED, Row, Trait
from fairs.students.models import Student
from fairs.web.language import day

MOST_NAMES = 200
FORMER = 6
"""With how many former events an event is compared."""
UNKNOWN = "未填写"
UNKNOWN_LABELS = {"": UNKNOWN}


def figures_of(event: Event) -> Figures:
    """The confirmed figures of an event, or the computed ones before they are confirmed."""
    return queries.latest([event.id]).get(event.id) or counting.computed(event)


def all_charts(event: Event) -> list[Chart]:
    """The charts of an event, in order; those of employers only where there are booths."""
    figures = figures_of(event)
    return [_MAKERS[key](event, figures) for key in keys_of(event)]


def keys_of(event: Event) -> list[ChartKey]:
    """Which charts an event has."""
    with_booths = event.kind in WITH_BOOTHS
    without = set() if with_booths else {*_OF_EMPLOYERS}
    if not with_booths and not streams.has_streams(event.id):
        without.add(ChartKey.CHANNELS)
    return [key for key in ChartKey if key not in without]


def chart(event: Event, key: str) -> Chart:
    """One chart of an event. Raises NotFound."""
    wanted = found({one.value: one for one in keys_of(event)}.get(key))
    return _MAKERS[wanted](event, figures_of(event))


def _employers(_event: Event, figures: Figures) -> Chart:
    names = {figure: _(what.label) for figure, what in DEFINITIONS.items()}
    return charts.employers(figures, names)


def _channels(event: Event, figures: Figures) -> Chart:
    names = {channel: _(label) for channel, label in charts.CHANNEL_LABELS.items()}
    return charts.channels(figures, names, *_online(event))


def _online(event: Event) -> tuple[int, int]:
    """How many postings of the employers that were to come the university showed, and how many people kept one."""
    shown = (
        sa.select(PostingPublication.posting_id)
        .join(PostingRevision, PostingRevision.posting_id == PostingPublication.posting_id)
        .join(ExhibitorPosting, ExhibitorPosting.posting_revision_id == PostingRevision.id)
        .join(Exhibitor, Exhibitor.id == ExhibitorPosting.exhibitor_id)
        .where(
            Exhibitor.event_id == event.id,
            Exhibitor.state.in_(counting.EXPECTED),
            PostingPublication.university_id == event.university_id,
        )
        .distinct()
    )
    postings = db.session.scalar(sa.select(sa.func.count()).select_from(shown.subquery())) or 0
    kept = sa.select(sa.func.count(sa.distinct(SavedItem.person_id))).where(SavedItem.posting_id.in_(shown))
    return postings, db.session.scalar(kept) or 0


def _hours(event: Event, _figures: Figures) -> Chart:
    first = (
        sa.select(sa.func.min(Scan.corrected_at).label("at"))
        .join(Occurrence, Occurrence.id == Scan.occurrence_id)
        .where(
            Occurrence.event_id == event.id,
            Scan.holder_kind == HolderKind.STUDENT,
            Scan.direction == Direction.IN,
            stands(),
        )
        .group_by(Scan.occurrence_id, Scan.holder_id)
        .subquery()
    )
    hour = _whole_hours(first.c.at)
    rows = db.session.execute(sa.select(hour.label("hour"), sa.func.count()).group_by(sa.text("hour")))
    start = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return charts.hours({start + timedelta(hours=int(number)): count for number, count in rows})


def _whole_hours(at: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """How many whole hours lie between 1970 and an instant."""
    if db.engine.dialect.name == "sqlite":
        return sa.cast(sa.func.strftime("%s", at), sa.Integer) // sa.literal_column("3600", sa.Integer)
    return sa.func.floor(sa.extract("epoch", at) / sa.literal_column("3600", sa.Integer))


def _by(event: Event, name: sa.ColumnElement[str]) -> list[charts.Line]:
    """(name, persons, attendances, bookings) of an event's bookings, by what ``name`` says of the student."""
    came = admitted(event.id).subquery()
    same = sa.and_(
        came.c.occurrence_id == Registration.occurrence_id, came.c.holder_id == Registration.person_id
    )
    enrolled = sa.and_(
        Student.person_id == Registration.person_id, Student.university_id == Registration.university_id
    )
    persons = sa.func.count(came.c.holder_id.distinct())
    chosen = (
        sa.select(name, persons, sa.func.count(came.c.holder_id), sa.func.count())
        .select_from(Registration)
        .join(Occurrence, Occurrence.id == Registration.occurrence_id)
        .join(University, University.id == Registration.university_id)
        .join(Student, enrolled)
        .join(Department, Department.id == Student.department_id)
        .outerjoin(Major, Major.id == Student.major_id)
        .outerjoin(came, same)
        .where(Occurrence.event_id == event.id, Registration.state.in_(HOLDS_PLACE))
        .group_by(name)
        .order_by(persons.desc(), name)
        .limit(MOST_NAMES)
    )
    return [(row[0] or _(UNKNOWN), (row[1], row[2], row[3])) for row in db.session.execute(chosen)]


def _departments(event: Event, _figures: Figures) -> Chart:
    own = Registration.university_id == event.university_id
    return charts.named(
        ChartKey.DEPARTMENTS, _by(event, sa.case((own, Department.name), else_=University.name))
    )


def _majors(event: Event, _figures: Figures) -> Chart:
    return charts.named(ChartKey.MAJORS, _by(event, sa.func.coalesce(Major.name, "")))


def _industries(event: Event, _figures: Figures) -> Chart:
    heads = sa.func.coalesce(sa.func.sum(PostingRevision.headcount), 0)
    chosen = (
        sa.select(
            Employer.industry,
            heads,
            sa.func.count(PostingRevision.id.distinct()),
            sa.func.count(Employer.id.distinct()),
        )
        .join(Exhibitor, Exhibitor.employer_id == Employer.id)
        .outerjoin(ExhibitorPosting, ExhibitorPosting.exhibitor_id == Exhibitor.id)
        .outerjoin(PostingRevision, PostingRevision.id == ExhibitorPosting.posting_revision_id)
        .where(Exhibitor.event_id == event.id, Exhibitor.state.in_(counting.CAME))
        .group_by(Employer.industry)
        .order_by(heads.desc(), Employer.industry)
        .limit(MOST_NAMES)
    )
    rows = [(_(row[0] or UNKNOWN), (int(row[1]), row[2], row[3])) for row in db.session.execute(chosen)]
    return charts.named(ChartKey.INDUSTRIES, rows)


def _shares(key: ChartKey) -> Callable[[Event, Figures], Chart]:
    def make(event: Event, _figures: Figures) -> Chart:
        return charts.shares(
            key, [_share(row) for row in traits.of_event(Trait(key.value), event, counting.CAME)]
        )

    return make


def _share(row: Row) -> charts.Line:
    name = _("其中：%(name)s", name=_(row.name)) if row.within else _(row.name)
    return name, tuple(
        number for figure in SHARED for number in (getattr(row.counts, figure), row.percent(figure) or 0)
    )


def _stages(event: Event, _figures: Figures) -> Chart:
    return charts.stages(
        [(_(STAGE_LABELS[stage]), (told, reported)) for stage, told, reported in queries.stages(event.id)]
    )


def _trend(event: Event, figures: Figures) -> Chart:
    start = events.occurrences(event.id)[0].starts_at
    first = events.first_start()
    chosen = (
        sa.select(Event, first.label("starts_at"))
        .join(Closing, Closing.event_id == Event.id)
        .where(
            Event.university_id == event.university_id,
            Event.kind == event.kind,
            Closing.state != ClosingState.OPEN,
            first < start,
        )
        .order_by(sa.desc("starts_at"), Event.id)
        .limit(FORMER)
    )
    former = [(one, at) for one, at in db.session.execute(chosen)][::-1]
    confirmed = queries.latest([one.id for one, _at in former])
    rows = [_point(one, at, confirmed.get(one.id, {})) for one, at in former]
    return charts.trend(rows, _point(event, start, figures))


def _point(event: Event, at: datetime, figures: Figures) -> charts.Line:
    name = _("%(title)s（%(day)s）", title=event.title, day=day(at))
    return name, (figures.get(Figure.PERSONS, 0), figures.get(Figure.ARRIVED, 0))


_OF_EMPLOYERS = frozenset({ChartKey.EMPLOYERS, ChartKey.INDUSTRIES, ChartKey.STAGES, *charts.SHARES})
_MAKERS: dict[ChartKey, Callable[[Event, Figures], Chart]] = {
    ChartKey.EMPLOYERS: _employers,
    ChartKey.CHANNELS: _channels,
    ChartKey.HOURS: _hours,
    ChartKey.DEPARTMENTS: _departments,
    ChartKey.MAJORS: _majors,
    ChartKey.INDUSTRIES: _industries,
    **{key: _shares(key) for key in charts.SHARES},
    ChartKey.STAGES: _stages,
    ChartKey.TREND: _trend,
}
