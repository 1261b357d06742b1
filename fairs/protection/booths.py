"""Reads for the floor: the booths of a running fair, what was vetted for them, what was seen (P14)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.accounts.rules import RoleKind, Viewer
from fairs.allocation.queries import booths_held
from fairs.database import db, found
from fairs.errors import NotFound
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.queries import exhibitors_of, postings_of
from fairs.exhibitors.rules import COMING
from fairs.postings.models import PostingPublication, PostingRevision
from fairs.programmes.models import Event, Fair
from fairs.programmes.queries import SEES_ALL
from fairs.protection.inspecting import RUNNING
from fairs.protection.models import Inspection


@dataclass(frozen=True)
class Line:
    """A booth on the list: who stands there, and what was seen, newest first."""

    place: Exhibitor
    number: str
    seen: list[Inspection] = field(default_factory=list)

    @property
    def last(self) -> Inspection | None:
        """The newest look."""
        return self.seen[0] if self.seen else None


def floor_event(public_id: str, university_id: int, who: Viewer) -> Event:
    """A fair whose floor the viewer may walk: office, its coordinator, its door staff. Raises NotFound."""
    chosen = (
        sa.select(Event)
        .join(Fair, Fair.event_id == Event.id)
        .where(Event.public_id == public_id, Event.university_id == university_id)
    )
    event = found(db.session.scalars(chosen).one_or_none())
    if not may_walk(event, who):
        raise NotFound
    return event


def may_walk(event: Event, who: Viewer) -> bool:
    """Whether the viewer may look at the booths of this fair."""
    here = event.university_id
    on_the_floor = any(
        grant.kind is RoleKind.DOOR_STAFF
        and grant.university_id == here
        and grant.event_id in {None, event.id}
        for grant in who.grants
    )
    return who.has(SEES_ALL, here) or event.department_id in who.departments(here) or on_the_floor


def running(university_id: int, who: Viewer) -> list[Event]:
    """The fairs that go on now and whose floor the viewer may walk."""
    chosen = (
        sa.select(Event)
        .join(Fair, Fair.event_id == Event.id)
        .where(Event.university_id == university_id, Event.state.in_(RUNNING))
        .order_by(Event.id)
    )
    return [event for event in db.session.scalars(chosen.limit(50)) if may_walk(event, who)]


def lines(event_id: int) -> list[Line]:
    """The booths of a fair by number, with what was seen."""
    coming = [row for row in exhibitors_of(event_id) if row.state in COMING]
    held = booths_held(row.id for row in coming)
    seen = _seen(event_id)
    rows = [Line(row, held[row.id][1] if row.id in held else "", seen.get(row.id, [])) for row in coming]
    return sorted(rows, key=lambda line: (not line.number, line.number, line.place.employer.legal_name))


def _seen(event_id: int) -> dict[int, list[Inspection]]:
    chosen = (
        sa.select(Inspection)
        .where(Inspection.event_id == event_id)
        .options(joinedload(Inspection.author), joinedload(Inspection.complaint))
        .order_by(Inspection.id.desc())
    )
    by_place: dict[int, list[Inspection]] = {}
    for one in db.session.scalars(chosen):
        by_place.setdefault(one.exhibitor_id, []).append(one)
    return by_place


def place(public_id: str, event_id: int) -> Exhibitor:
    """Somebody who stands at the fair. Raises NotFound."""
    chosen = (
        sa.select(Exhibitor)
        .where(Exhibitor.public_id == public_id, Exhibitor.event_id == event_id, Exhibitor.ended_at.is_(None))
        .options(joinedload(Exhibitor.employer))
    )
    return found(db.session.scalars(chosen).one_or_none())


@dataclass(frozen=True)
class Brought:
    """A posting that somebody brings to a fair, in the words that the university shows; whether it shows any."""

    revision: PostingRevision
    is_vetted: bool


def brought(stand: Exhibitor, university_id: int) -> list[Brought]:
    """What may hang at a booth, and what may not: returned, waiting, or taken down since (P14).

    Where a newer version has been approved since the posting was chosen for the fair, its words count.
    """
    rows = postings_of(stand.id)
    chosen = sa.select(PostingPublication).where(
        PostingPublication.posting_id.in_([row.posting_id for row in rows]),
        PostingPublication.university_id == university_id,
        PostingPublication.taken_down_at.is_(None),
    )
    shown = {
        one.posting_id: one.revision
        for one in db.session.scalars(chosen.options(joinedload(PostingPublication.revision)))
    }
    return [Brought(shown.get(row.posting_id, row), row.posting_id in shown) for row in rows]


def following(rows: Sequence[Line], after: int) -> Exhibitor | None:
    """The next booth that nobody has looked at, in walking order, after the booth of this exhibitor."""
    order = [line.place.id for line in rows]
    at = order.index(after) if after in order else -1
    walk = [*rows[at + 1 :], *rows[: at + 1]]
    return next((line.place for line in walk if not line.seen and line.place.id != after), None)


def inspection(public_id: str, event_id: int) -> Inspection:
    """One look at a booth of the fair. Raises NotFound."""
    chosen = sa.select(Inspection).where(Inspection.public_id == public_id, Inspection.event_id == event_id)
    return found(db.session.scalars(chosen).one_or_none())


def inspection_once(once: str) -> Inspection | None:
    """The look that was sent with this form before."""
    return db.session.scalars(sa.select(Inspection).where(Inspection.once == once)).one_or_none()
