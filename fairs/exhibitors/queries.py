"""Reads of places at fairs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from fairs.database import db, found
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting, ExhibitorSchool, RepPass
from fairs.exhibitors.rules import COMING, OPEN_FOR_REQUESTS, WAITING, ExhibitorState
from fairs.institutions.models import Department, Major, University
from fairs.postings.models import Posting, PostingPublication, PostingRevision
from fairs.programmes.models import Event, Fair, Occurrence
from fairs.programmes.queries import WITH_PLACES
from fairs.programmes.rules import PUBLIC_STATES
from fairs.venues.models import Plan, PlanBooth, Zone


@dataclass(frozen=True)
class Figures:
    """How many requests of a fair stand where; ``employers`` counts 家: each employer once (S91 apart)."""

    employers: int
    requested: int
    waitlisted: int
    offered: int
    confirmed: int
    small: int

    @property
    def waiting(self) -> int:
        """Requests that have no booth yet."""
        return self.requested + self.waitlisted


def fair_event(public_id: str, university_id: int) -> Event:
    """An event with booths that the university leads and employers may know of. Raises NotFound."""
    chosen = (
        sa.select(Event)
        .join(Fair, Fair.event_id == Event.id)
        .where(
            Event.public_id == public_id,
            Event.university_id == university_id,
            Event.state.in_(PUBLIC_STATES),
        )
    )
    return found(db.session.scalars(chosen).one_or_none())


def place_of(employer_id: int, event_id: int) -> Exhibitor | None:
    """An employer's live request at a fair, else its latest ended one."""
    chosen = sa.select(Exhibitor).where(Exhibitor.employer_id == employer_id, Exhibitor.event_id == event_id)
    latest = chosen.order_by(Exhibitor.ended_at.is_(None).desc(), Exhibitor.id.desc()).limit(1)
    return db.session.scalars(latest).one_or_none()


def own_place(employer_id: int, event_id: int) -> Exhibitor:
    """An employer's live or latest request at a fair. Raises NotFound."""
    return found(place_of(employer_id, event_id))


def last_place(employer_id: int, university_id: int) -> Exhibitor | None:
    """The employer's latest request at a fair, of this university if there is one: what the next begins with."""
    chosen = (
        sa.select(Exhibitor)
        .join(Exhibitor.event)
        .where(Exhibitor.employer_id == employer_id, Exhibitor.requested_at.is_not(None))
        .order_by((Event.university_id == university_id).desc(), Exhibitor.requested_at.desc())
    )
    return db.session.scalars(chosen.limit(1)).one_or_none()


def places_of(employer_id: int, most: int = 200) -> list[Exhibitor]:
    """The requests of an employer, the latest fair first, ended ones last."""
    first = sa.select(sa.func.min(Occurrence.starts_at)).where(Occurrence.event_id == Exhibitor.event_id)
    chosen = (
        sa.select(Exhibitor)
        .where(Exhibitor.employer_id == employer_id)
        .options(joinedload(Exhibitor.event).joinedload(Event.university))
        .order_by(Exhibitor.ended_at.is_not(None), first.scalar_subquery().desc(), Exhibitor.id.desc())
    )
    return list(db.session.scalars(chosen.limit(most)))


def open_fairs(
    employer_id: int, now: datetime, verified: Collection[int], school: str = ""
) -> sa.Select[Event, Fair, Occurrence]:
    """(event, fair, first day) of what takes requests and where the employer has no live one, for a list.

    Universities that have ``verified`` the employer come first, then the nearest day; ``school`` (slug): only its.
    """
    mine = sa.select(Exhibitor.event_id).where(
        Exhibitor.employer_id == employer_id, Exhibitor.ended_at.is_(None)
    )
    first = sa.select(sa.func.min(Occurrence.ordinal)).where(Occurrence.event_id == Event.id).correlate(Event)
    chosen = (
        sa.select(Event, Fair, Occurrence)
        .join(Fair, Fair.event_id == Event.id)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .join(Event.university)
        .where(
            Event.state.in_(OPEN_FOR_REQUESTS),
            sa.or_(Fair.requests_until.is_(None), Fair.requests_until > now),
            Occurrence.ordinal == first.scalar_subquery(),
            Occurrence.starts_at > now,
            Event.id.not_in(mine),
        )
        .options(contains_eager(Event.university), WITH_PLACES)
        .order_by(Event.university_id.in_(verified).desc(), Occurrence.starts_at, Event.id)
    )
    return chosen.where(University.slug == school) if school else chosen


def takes_requests(event_id: int, now: datetime) -> bool:
    """Whether the fair takes requests at ``now``."""
    chosen = sa.select(Fair.event_id).join(Event, Event.id == Fair.event_id)
    still = sa.or_(Fair.requests_until.is_(None), Fair.requests_until > now)
    here = chosen.where(Fair.event_id == event_id, Event.state.in_(OPEN_FOR_REQUESTS), still)
    return db.session.scalar(here) is not None


def zones(event_id: int) -> list[tuple[str, str]]:
    """(key, name) of the zones of the fair's newest plan in which booths stand: what one can wish for."""
    newest = sa.select(Plan.id).where(Plan.event_id == event_id)
    rows = db.session.execute(
        sa.select(Zone.key, Zone.name)
        .where(Zone.plan_id == newest.order_by(Plan.version.desc()).limit(1).scalar_subquery())
        .where(sa.exists().where(PlanBooth.zone_id == Zone.id))
        .order_by(Zone.key)
        .limit(100)
    )
    return [(key, name or key) for key, name in rows]


def exhibitors_of(event_id: int) -> list[Exhibitor]:
    """The live requests of a fair with their employers, first come first."""
    chosen = (
        sa.select(Exhibitor)
        .where(Exhibitor.event_id == event_id, Exhibitor.ended_at.is_(None))
        .options(joinedload(Exhibitor.employer))
        .order_by(Exhibitor.requested_at, Exhibitor.id)
    )
    return list(db.session.scalars(chosen.limit(5000)))


def waiting(event_id: int) -> list[Exhibitor]:
    """The requests of a fair that have no booth yet, first come first."""
    return [row for row in exhibitors_of(event_id) if row.state in WAITING]


def figures(event_id: int) -> Figures:
    """How many live requests of a fair stand where."""
    rows = exhibitors_of(event_id)
    states = [row.state for row in rows]
    return Figures(
        employers=len({row.employer_id for row in rows}),
        requested=states.count(ExhibitorState.REQUESTED),
        waitlisted=states.count(ExhibitorState.WAITLISTED),
        offered=states.count(ExhibitorState.ALLOCATED),
        confirmed=sum(state in COMING for state in states),
        small=sum(row.employer.size in {"small", "micro"} for row in rows),
    )


def offered_postings(employer_id: int, university_id: int, now: datetime) -> list[PostingPublication]:
    """The employer's postings that the university shows at ``now``: what it can bring to a fair there."""
    own = sa.or_(
        Posting.publishing_employer_id == employer_id,
        Posting.hiring_employer_id == employer_id,
    )
    chosen = (
        sa.select(PostingPublication)
        .join(Posting, Posting.id == PostingPublication.posting_id)
        .where(own, *_shown(university_id, now))
        .options(joinedload(PostingPublication.revision), joinedload(PostingPublication.posting))
        .order_by(PostingPublication.id)
    )
    return list(db.session.scalars(chosen.limit(500)))


def through(exhibitor_id: int) -> int | None:
    """The university through which an employer comes to a joint fair; None for the lead (S17)."""
    row = db.session.get(ExhibitorSchool, exhibitor_id)
    return row.university_id if row else None


def _shown(university_id: int, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        PostingPublication.university_id == university_id,
        PostingPublication.taken_down_at.is_(None),
        PostingPublication.from_at <= now,
        PostingPublication.until_at > now,
    )


def postings_of(exhibitor_id: int) -> list[PostingRevision]:
    """The postings that an exhibitor brings, in the words it chose them in."""
    chosen = (
        sa.select(PostingRevision)
        .join(ExhibitorPosting, ExhibitorPosting.posting_revision_id == PostingRevision.id)
        .where(ExhibitorPosting.exhibitor_id == exhibitor_id)
        .order_by(ExhibitorPosting.id)
    )
    return list(db.session.scalars(chosen.limit(500)))


def posting_counts(exhibitor_ids: Sequence[int], university_id: int, now: datetime) -> dict[int, int]:
    """How many of the postings that each exhibitor brings the university shows at ``now``."""
    rows = db.session.execute(
        sa.select(ExhibitorPosting.exhibitor_id, sa.func.count())
        .join(PostingRevision, PostingRevision.id == ExhibitorPosting.posting_revision_id)
        .join(PostingPublication, PostingPublication.posting_id == PostingRevision.posting_id)
        .where(ExhibitorPosting.exhibitor_id.in_(exhibitor_ids), *_shown(university_id, now))
        .group_by(ExhibitorPosting.exhibitor_id)
    )
    return dict(row for row in rows)


def reps(exhibitor_id: int) -> list[RepPass]:
    """The staff that an exhibitor has named for the fair."""
    chosen = sa.select(RepPass).where(RepPass.exhibitor_id == exhibitor_id, RepPass.ended_at.is_(None))
    return list(db.session.scalars(chosen.order_by(RepPass.id).limit(100)))


def earlier_reps(rep_ids: Sequence[int], employer_id: int) -> list[RepPass]:
    """These of the staff whom the employer has ever named."""
    chosen = sa.select(RepPass).join(Exhibitor, Exhibitor.id == RepPass.exhibitor_id)
    own = chosen.where(RepPass.id.in_(rep_ids), Exhibitor.employer_id == employer_id)
    return list(db.session.scalars(own.order_by(RepPass.id)))


def reps_of(exhibitor_ids: Sequence[int]) -> dict[int, list[RepPass]]:
    """The named staff of several exhibitors."""
    chosen = sa.select(RepPass).where(RepPass.exhibitor_id.in_(exhibitor_ids), RepPass.ended_at.is_(None))
    named: dict[int, list[RepPass]] = {}
    for rep in db.session.scalars(chosen.order_by(RepPass.id)):
        named.setdefault(rep.exhibitor_id, []).append(rep)
    return named


def own_rep(public_id: str, exhibitor_id: int) -> RepPass:
    """A named member of the exhibitor's staff. Raises NotFound."""
    chosen = sa.select(RepPass).where(RepPass.public_id == public_id, RepPass.exhibitor_id == exhibitor_id)
    return found(db.session.scalars(chosen).one_or_none())


def majors_by_department(university_id: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """(department, its majors as (national code, name)) of a university: what a request can be aimed at."""
    rows = db.session.execute(
        sa.select(Department.name, Major.national_code, Major.name)
        .join(Major, Major.department_id == Department.id)
        .where(Department.university_id == university_id)
        .order_by(Department.code, Major.name)
        .limit(2000)
    )
    grouped: dict[str, list[tuple[str, str]]] = {}
    for department, code, name in rows:
        grouped.setdefault(department, []).append((code, name))
    return list(grouped.items())
