"""Reads of live streams: those of an event, those that everybody may see, who holds and who may enter one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from fairs.database import db, found
from fairs.employers.models import Employer
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import COMING, ExhibitorState
from fairs.livestreams import words
from fairs.livestreams.models import LivePosting, LivePresenter, LiveSession
from fairs.livestreams.rules import CALLED_OFF, OPEN, LiveState
from fairs.livestreams.times import Period
from fairs.postings.models import PostingPublication, PostingRevision
from fairs.programmes import queries as events
from fairs.programmes.kind_models import EventHost
from fairs.programmes.kinds import INTERNAL
from fairs.programmes.models import Event
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import CaseState

STAYS = COMING | {ExhibitorState.NO_SHOW}
"""States of a place whose employer may hold its stream: one that did not come to its booth may still speak online."""
MOST = 200
"""Streams of one event that are read."""
WITH_HOST = (
    joinedload(LiveSession.words),
    joinedload(LiveSession.employer),
    joinedload(LiveSession.event).joinedload(Event.university),
    joinedload(LiveSession.event).joinedload(Event.department),
    selectinload(LiveSession.presenters),
)


@dataclass(frozen=True)
class Line:
    """A stream with how its words stand; ``host_left``: its employer gave its place at the event back, or lost it."""

    session: LiveSession
    standing: words.Standing
    host_left: bool = False

    @property
    def title(self) -> str:
        """The title as everybody reads it; nothing while none stands approved."""
        return self.standing.shown.title if self.standing.shown else ""

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it, where the event is public."""
        return (
            self.session.announced_at is not None and self.standing.shown is not None and not self.host_left
        )

    @property
    def description(self) -> str:
        """The introduction as everybody reads it."""
        return self.standing.shown.description if self.standing.shown else ""


def lines(sessions: Sequence[LiveSession]) -> list[Line]:
    """These streams with their words and hosts: three queries for any number."""
    known = words.standings(sessions) if sessions else {}
    firm = _firm(sessions)
    return [
        Line(
            session,
            known[session.id],
            session.state is LiveState.ANNOUNCED
            and session.employer_id is not None
            and (session.event_id, session.employer_id) not in firm,
        )
        for session in sessions
    ]


def _firm(sessions: Sequence[LiveSession]) -> set[tuple[int, int]]:
    """(event, employer) of those that hold these streams and have a firm place there."""
    hosts = {one.employer_id for one in sessions if one.employer_id is not None}
    there = {one.event_id for one in sessions}
    place = sa.select(Exhibitor.event_id, Exhibitor.employer_id).where(
        Exhibitor.event_id.in_(there), Exhibitor.employer_id.in_(hosts), Exhibitor.state.in_(STAYS)
    )
    holds = sa.select(EventHost.event_id, EventHost.employer_id).where(EventHost.event_id.in_(there))
    return {(row[0], row[1]) for row in db.session.execute(sa.union(place, holds))} if hosts else set()


def of_event(event_id: int, employer_id: int | None = None) -> list[Line]:
    """The streams of an event by time, cancelled ones too; of one employer only if given."""
    chosen = sa.select(LiveSession).where(LiveSession.event_id == event_id).options(*WITH_HOST)
    if employer_id is not None:
        chosen = chosen.where(LiveSession.employer_id == employer_id)
    ordered = chosen.order_by(LiveSession.starts_at, LiveSession.id).limit(MOST)
    return lines(list(db.session.scalars(ordered)))


def programme(event: Event) -> list[Line]:
    """What everybody may see of an event's streams: announced and held ones with approved words, and cancelled
    ones that had been announced.
    """
    return [line for line in of_event(event.id) if line.is_public]


def session(public_id: str, event_id: int) -> Line:
    """One stream of an event. Raises NotFound."""
    chosen = sa.select(LiveSession).where(
        LiveSession.public_id == public_id, LiveSession.event_id == event_id
    )
    return lines([found(db.session.scalars(chosen.options(*WITH_HOST)).one_or_none())])[0]


def shown(public_id: str, university_id: int) -> Line:
    """A stream that everybody may see, of an event in which the university takes part. Raises NotFound."""
    chosen = (
        sa.select(LiveSession)
        .join(Event, Event.id == LiveSession.event_id)
        .where(
            LiveSession.public_id == public_id,
            LiveSession.announced_at.is_not(None),
            events.is_public(),
            events.taking_part(university_id),
        )
        .options(*WITH_HOST)
    )
    line = lines([found(db.session.scalars(chosen).one_or_none())])[0]
    return found(line if line.is_public else None)


def live_event(public_id: str, university_id: int) -> Event:
    """An event that may have streams and that employers may know of. Raises NotFound."""
    event = events.led_event(public_id, university_id)
    return found(event if event.published_at is not None and event.kind not in INTERNAL else None)


def takes_part(employer_id: int, event_id: int, *, firmly: bool = False) -> bool:
    """Whether an employer has a live place (``firmly``: a confirmed one) at an event, or holds it."""
    place = sa.select(sa.literal(1)).where(
        Exhibitor.event_id == event_id,
        Exhibitor.employer_id == employer_id,
        Exhibitor.state.in_(COMING) if firmly else Exhibitor.ended_at.is_(None),
    )
    host = sa.select(sa.literal(1)).where(
        EventHost.event_id == event_id, EventHost.employer_id == employer_id
    )
    return db.session.scalar(sa.union_all(place, host).limit(1)) is not None


def employers_at(event_id: int) -> list[Employer]:
    """The employers with a live place at an event, by name, and who holds it."""
    place = sa.select(Exhibitor.employer_id).where(
        Exhibitor.event_id == event_id, Exhibitor.ended_at.is_(None)
    )
    host = sa.select(EventHost.employer_id).where(EventHost.event_id == event_id)
    chosen = sa.select(Employer).where(Employer.id.in_(sa.union(place, host)))
    return list(db.session.scalars(chosen.order_by(Employer.legal_name).limit(5000)))


def busy(event: Event, employer_id: int | None, period: Period, but: int = 0) -> LiveSession | None:
    """Another stream to come of the same host that shares a moment with ``period``: not stream ``but``, none of
    events that are called off. Without ``employer_id`` the host is who leads the ``event``.
    """
    same = LiveSession.employer_id == employer_id
    if employer_id is None:
        own = Event.department_id.is_not_distinct_from(event.department_id)
        same = sa.and_(LiveSession.employer_id.is_(None), Event.university_id == event.university_id, own)
    chosen = (
        sa.select(LiveSession)
        .join(Event, Event.id == LiveSession.event_id)
        .where(
            same,
            LiveSession.id != but,
            LiveSession.state.in_(OPEN),
            sa.or_(Event.state.not_in(CALLED_OFF), Event.id == event.id),
            LiveSession.starts_at < period[1],
            LiveSession.ends_at > period[0],
        )
    )
    return db.session.scalars(chosen.order_by(LiveSession.starts_at, LiveSession.id).limit(1)).first()


def brought(event_id: int, employer_id: int) -> list[PostingRevision]:
    """The postings that an employer brings to an event, in the words it chose them in."""
    chosen = (
        sa.select(PostingRevision)
        .join(ExhibitorPosting, ExhibitorPosting.posting_revision_id == PostingRevision.id)
        .join(Exhibitor, Exhibitor.id == ExhibitorPosting.exhibitor_id)
        .where(
            Exhibitor.event_id == event_id,
            Exhibitor.employer_id == employer_id,
            Exhibitor.ended_at.is_(None),
        )
        .order_by(ExhibitorPosting.id)
    )
    return list(db.session.scalars(chosen.limit(100)))


def posting_ids(session_id: int) -> list[int]:
    """The postings that a stream speaks of."""
    chosen = sa.select(LivePosting.posting_id).where(LivePosting.session_id == session_id)
    return list(db.session.scalars(chosen.order_by(LivePosting.posting_id)))


def spoken_of(session_id: int, university_id: int, now: datetime) -> list[PostingPublication]:
    """The postings of a stream that the university shows now."""
    chosen = (
        sa.select(PostingPublication)
        .join(LivePosting, LivePosting.posting_id == PostingPublication.posting_id)
        .where(
            LivePosting.session_id == session_id,
            PostingPublication.university_id == university_id,
            PostingPublication.taken_down_at.is_(None),
            PostingPublication.from_at <= now,
            PostingPublication.until_at > now,
        )
        .options(joinedload(PostingPublication.revision), joinedload(PostingPublication.posting))
        .order_by(PostingPublication.id)
    )
    return list(db.session.scalars(chosen.limit(100)))


def online_postings(event: Event, university_id: int, now: datetime) -> int:
    """How many of the postings brought by the employers that come the university shows now: the online channel."""
    counted = (
        sa.select(sa.func.count(sa.distinct(PostingPublication.posting_id)))
        .join(PostingRevision, PostingRevision.posting_id == PostingPublication.posting_id)
        .join(ExhibitorPosting, ExhibitorPosting.posting_revision_id == PostingRevision.id)
        .join(Exhibitor, Exhibitor.id == ExhibitorPosting.exhibitor_id)
        .where(
            Exhibitor.event_id == event.id,
            Exhibitor.state.in_(COMING),
            PostingPublication.university_id == university_id,
            PostingPublication.taken_down_at.is_(None),
            PostingPublication.from_at <= now,
            PostingPublication.until_at > now,
        )
    )
    return db.session.scalar(counted) or 0


def to_settle(
    university_id: int, department_ids: Collection[int] | None, now: datetime
) -> sa.Select[Event, datetime]:
    """Statement of (event, first start) of events with streams that wait for their organiser, of these departments
    (None: all), the earliest first: proposed ones whose words have passed, and those over but not noted as held.
    """
    first = sa.func.min(LiveSession.starts_at)
    passed = sa.exists().where(
        VettingCase.subject_kind == words.KIND,
        VettingCase.subject_id == LiveSession.id,
        VettingCase.revision_no == LiveSession.words_no,
        VettingCase.state == CaseState.APPROVED,
    )
    chosen = (
        sa.select(Event, first)
        .join(LiveSession, LiveSession.event_id == Event.id)
        .where(
            Event.university_id == university_id,
            Event.state.not_in(CALLED_OFF),
            sa.or_(
                sa.and_(LiveSession.state == LiveState.ANNOUNCED, LiveSession.ends_at <= now),
                sa.and_(LiveSession.state == LiveState.DRAFT, LiveSession.starts_at > now, passed),
            ),
        )
        .group_by(Event.id)
        .order_by(first, Event.id)
    )
    return chosen if department_ids is None else chosen.where(Event.department_id.in_(department_ids))


def presented(session_id: int) -> list[int]:
    """The employers that an organiser's stream presents."""
    chosen = sa.select(LivePresenter.employer_id).where(LivePresenter.session_id == session_id)
    return list(db.session.scalars(chosen.order_by(LivePresenter.employer_id)))
