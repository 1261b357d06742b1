"""The figures of an event counted from its rows: one bounded statement each, nothing kept."""

from collections.abc import Collection

import sqlalchemy as sa

from fairs.checkin.models import Scan
from fairs.checkin.queries import admitted, stands
from fairs.checkin.rules import Direction
from fairs.database import db
from fairs.employers.models import Employer
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import ExhibitorState
from fairs.livestreams import figures as streams
from fairs.outcomes.figures import Figure, applicable
from fairs.postings.models import PostingRevision
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import WITH_BOOTHS
from fairs.registrations.models import Registration
from fairs.registrations.rules import HOLDS_PLACE, RegistrationState

CAME = frozenset({ExhibitorState.CHECKED_IN, ExhibitorState.DEPARTED})
MISSED = frozenset({ExhibitorState.CONFIRMED, ExhibitorState.NO_SHOW})
"""Once the event is over, whoever confirmed and was not ticked off did not come."""
EXPECTED = CAME | MISSED | {ExhibitorState.CANCELLED_LATE}
STAYED_AWAY = frozenset({RegistrationState.TICKETED, RegistrationState.NO_SHOW})


def computed(event: Event) -> dict[Figure, int]:
    """The figures of an event as its rows say, those that apply to it, in order."""
    counted = {**_students(event.id), Figure.PEAK: _peak(event.id)}
    if event.kind in WITH_BOOTHS:
        counted |= _employers(event.id) | _postings(event.id)
    live = streams.has_streams(event.id)
    if live:
        counted |= _streams(event.id)
    names = applicable(with_booths=event.kind in WITH_BOOTHS, with_live=live)
    return {figure: counted[figure] for figure in names}


def _streams(event_id: int) -> dict[Figure, int]:
    counts = streams.counted(event_id)
    return {
        Figure.LIVE_SESSIONS: counts.sessions,
        Figure.LIVE_PERSONS: counts.persons,
        Figure.LIVE_ATTENDANCES: counts.attendances,
        Figure.LIVE_VIEWERS: counts.viewers,
    }


def _employers(event_id: int) -> dict[Figure, int]:
    def of(states: Collection[ExhibitorState]) -> sa.ColumnElement[int]:
        return sa.func.count(sa.case((Exhibitor.state.in_(states), Exhibitor.employer_id)).distinct())

    registered = sa.and_(Exhibitor.state.in_(CAME), Employer.ncss_registered)
    on_platform = sa.func.count(sa.case((registered, Exhibitor.employer_id)).distinct())
    chosen = (
        sa.select(of(EXPECTED), of(CAME), of(MISSED), on_platform)
        .join(Employer, Employer.id == Exhibitor.employer_id)
        .where(Exhibitor.event_id == event_id)
    )
    planned, came, missed, there = db.session.execute(chosen).one()
    counted = {Figure.PLANNED: planned, Figure.ARRIVED: came, Figure.ABSENT: missed}
    return counted | {Figure.ON_PLATFORM: there}


def brought(event_id: int) -> sa.Select[int]:
    """The revisions of postings that the employers who came have brought, each once."""
    return (
        sa.select(ExhibitorPosting.posting_revision_id)
        .join(Exhibitor, Exhibitor.id == ExhibitorPosting.exhibitor_id)
        .where(Exhibitor.event_id == event_id, Exhibitor.state.in_(CAME))
        .distinct()
    )


def _postings(event_id: int) -> dict[Figure, int]:
    count, heads = sa.func.count(), sa.func.coalesce(sa.func.sum(PostingRevision.headcount), 0)
    chosen = sa.select(count, heads).where(PostingRevision.id.in_(brought(event_id)))
    postings, headcount = db.session.execute(chosen).one()
    return {Figure.POSTINGS: postings, Figure.HEADCOUNT: int(headcount)}


def _students(event_id: int) -> dict[Figure, int]:
    def of(states: Collection[RegistrationState]) -> sa.ColumnElement[int]:
        return sa.func.count(sa.case((Registration.state.in_(states), Registration.id)))

    booked = sa.select(of(HOLDS_PLACE), of(STAYED_AWAY)).select_from(Registration).join(Occurrence)
    registered, away = db.session.execute(booked.where(Occurrence.event_id == event_id)).one()
    came = admitted(event_id).subquery()
    counts = sa.select(sa.func.count(came.c.holder_id.distinct()), sa.func.count()).select_from(came)
    persons, attendances = db.session.execute(counts).one()
    return {
        Figure.REGISTERED: registered,
        Figure.PERSONS: persons,
        Figure.ATTENDANCES: attendances,
        Figure.STAYED_AWAY: away,
    }


def _peak(event_id: int) -> int:
    """The most people at one moment of one day, in all halls together: who goes to another hall stays one."""
    inside = sa.case((Scan.direction == Direction.IN, 1), else_=0)
    before = sa.func.lag(inside).over(
        partition_by=(Scan.occurrence_id, Scan.holder_kind, Scan.holder_id),
        order_by=(Scan.corrected_at, Scan.id),
    )
    steps = (
        sa.select(
            Scan.occurrence_id.label("day"),
            Scan.corrected_at.label("at"),
            Scan.id.label("id"),
            (inside - sa.func.coalesce(before, 0)).label("step"),
        )
        .join(Occurrence, Occurrence.id == Scan.occurrence_id)
        .where(Occurrence.event_id == event_id, Scan.holder_id.is_not(None), stands())
        .subquery()
    )
    running = sa.select(
        sa.func.sum(steps.c.step)
        .over(partition_by=steps.c.day, order_by=(steps.c.at, steps.c.id))
        .label("inside")
    ).subquery()
    return int(db.session.scalar(sa.select(sa.func.max(running.c.inside))) or 0)
