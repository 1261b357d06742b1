"""One posting at several fairs: which of the employer's booths show it (S22, E6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.audit import actions as audit
from fairs.database import db, lock, transaction
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import COMING, OVER, PostingMissing, PostingNotShown
from fairs.postings.models import Posting, PostingPublication, PostingRevision
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.queries import is_public, taking_part


@dataclass(frozen=True)
class Bringable:
    """A place of the employer at a fair to come; ``allowed``: the university shows the posting now."""

    exhibitor: Exhibitor
    starts_at: datetime
    brought: bool
    allowed: bool


def _ends() -> sa.ScalarSelect[datetime]:
    return (
        sa.select(sa.func.max(Occurrence.ends_at)).where(Occurrence.event_id == Exhibitor.event_id)
    ).scalar_subquery()


def choices(posting_id: int, employer_id: int, now: datetime) -> list[Bringable]:
    """The employer's live places at fairs that are not over, the nearest first."""
    starts = sa.select(sa.func.min(Occurrence.starts_at)).where(Occurrence.event_id == Exhibitor.event_id)
    shown = sa.exists().where(
        PostingPublication.posting_id == posting_id,
        PostingPublication.university_id == Event.university_id,
        PostingPublication.taken_down_at.is_(None),
        PostingPublication.from_at <= now,
        PostingPublication.until_at > now,
    )
    chosen = (
        sa.select(Exhibitor, starts.scalar_subquery(), _brought(posting_id), shown)
        .join(Exhibitor.event)
        .where(
            Exhibitor.employer_id == employer_id,
            Exhibitor.ended_at.is_(None),
            Exhibitor.state.not_in(OVER),
            _ends() > now,
        )
        .options(joinedload(Exhibitor.event).joinedload(Event.university))
        .order_by(starts.scalar_subquery(), Exhibitor.id)
    )
    return [Bringable(*row) for row in db.session.execute(chosen.limit(100))]


def _brought(posting_id: int) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        ExhibitorPosting.exhibitor_id == Exhibitor.id,
        ExhibitorPosting.posting_revision_id == PostingRevision.id,
        PostingRevision.posting_id == posting_id,
    )


@transaction
def bring_posting(
    posting_id: int, employer_id: int, chosen: Collection[str], *, by: int, now: datetime
) -> None:
    """Show a posting at the chosen fairs of the employer (their exhibitors' public ids), and at no other.

    Raises PostingMissing where a booth would be left without any, PostingNotShown for a fair whose
    university does not show the posting.
    """
    for one in choices(posting_id, employer_id, now):
        wanted = one.exhibitor.public_id in chosen
        if wanted == one.brought:
            continue
        exhibitor = lock(Exhibitor, one.exhibitor.id)
        if wanted and not one.allowed:
            raise PostingNotShown(title=exhibitor.event.title)
        _add(exhibitor, posting_id) if wanted else _take(exhibitor, posting_id)
        university_id = exhibitor.event.university_id
        verb = "shown" if wanted else "taken"
        audit.record("bring_posting", exhibitor, by=by, university_id=university_id, now=now, verb=verb)


def _add(exhibitor: Exhibitor, posting_id: int) -> None:
    revision_id = db.session.scalars(
        sa.select(PostingPublication.revision_id).where(
            PostingPublication.posting_id == posting_id,
            PostingPublication.university_id == exhibitor.event.university_id,
            PostingPublication.taken_down_at.is_(None),
        )
    ).one()
    db.session.add(ExhibitorPosting(exhibitor_id=exhibitor.id, posting_revision_id=revision_id))
    db.session.flush()


def _take(exhibitor: Exhibitor, posting_id: int) -> None:
    rows = list(
        db.session.execute(
            sa.select(ExhibitorPosting, PostingRevision.posting_id)
            .join(PostingRevision, PostingRevision.id == ExhibitorPosting.posting_revision_id)
            .where(ExhibitorPosting.exhibitor_id == exhibitor.id)
        )
    )
    if all(number == posting_id for _row, number in rows):
        raise PostingMissing
    for row, number in rows:
        if number == posting_id:
            db.session.delete(row)
    db.session.flush()


def public_fairs(posting: Posting, university_id: int, now: datetime) -> list[tuple[Event, datetime]]:
    """(event, start) of the fairs to come of this university where the posting is shown at a booth."""
    starts = sa.select(sa.func.min(Occurrence.starts_at)).where(Occurrence.event_id == Event.id)
    chosen = (
        sa.select(Event, starts.scalar_subquery())
        .join(Exhibitor, Exhibitor.event_id == Event.id)
        .where(
            _brought(posting.id),
            Exhibitor.state.in_(COMING),
            taking_part(university_id),
            is_public(),
            _ends() > now,
        )
        .order_by(starts.scalar_subquery(), Event.id)
    )
    return [(event, first) for event, first in db.session.execute(chosen.limit(10))]
