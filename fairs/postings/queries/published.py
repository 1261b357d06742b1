"""What a university shows: derived from publications in force and the employer's standing, never a flag."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from fairs.database import db, found
from fairs.employers.models import EmployerStanding
from fairs.employers.rules import StandingState
from fairs.postings.models import Posting, PostingPublication, PostingRevision
from fairs.postings.rules import PostingClosed, PostingKind

BARRED = (
    StandingState.SUSPENDED,
    StandingState.BLACKLISTED,
    StandingState.REINSTATEMENT_REQUESTED,
    StandingState.REJECTED,
)
"""Standings in which a university shows none of an employer's postings, whatever was approved before."""


def published(university_id: int, now: datetime) -> sa.Select[PostingPublication]:
    """What a university shows at ``now``, newest first; posting, revision and employer come with it."""
    barred = sa.exists().where(
        EmployerStanding.university_id == university_id,
        EmployerStanding.employer_id == Posting.publishing_employer_id,
        EmployerStanding.state.in_(BARRED),
    )
    return (
        sa.select(PostingPublication)
        .join(PostingPublication.posting)
        .join(PostingPublication.revision)
        .join(Posting.hiring_employer)
        .where(
            PostingPublication.university_id == university_id,
            PostingPublication.from_at <= now,
            PostingPublication.until_at > now,
            PostingPublication.taken_down_at.is_(None),
            Posting.ended_at.is_(None),
            ~barred,
        )
        .options(
            contains_eager(PostingPublication.posting).contains_eager(Posting.hiring_employer),
            contains_eager(PostingPublication.revision),
        )
        .order_by(PostingPublication.from_at.desc(), PostingPublication.id.desc())
    )


def board(
    university_id: int, now: datetime, *, city: str = "", kind: str = "", major: str = ""
) -> sa.Select[PostingPublication]:
    """The public list with its filters; postings that name no major are open to all majors."""
    chosen = published(university_id, now)
    if city:
        chosen = chosen.where(PostingRevision.city == city)
    if kind in set(PostingKind):
        chosen = chosen.where(Posting.kind == PostingKind(kind))
    if major:
        asked = PostingRevision.fields["majors"].as_string()
        code = "".join(letter for letter in major if letter.isalnum())[:12]
        chosen = chosen.where(sa.or_(asked.contains(f'"{code}"'), asked == "[]"))
    return chosen


def published_of_employer(employer_id: int, university_id: int, now: datetime) -> list[PostingPublication]:
    """What a university shows of one employer, newest first."""
    chosen = published(university_id, now).where(
        sa.or_(Posting.publishing_employer_id == employer_id, Posting.hiring_employer_id == employer_id)
    )
    return list(db.session.scalars(chosen.limit(500)))


def posting_for_public(public_id: str, university_id: int, now: datetime) -> PostingPublication:
    """A posting as the public sees it. Raises PostingClosed if it was public before, else NotFound."""
    one = db.session.scalars(
        published(university_id, now).where(Posting.public_id == public_id)
    ).one_or_none()
    if one is None and _was_public(public_id, university_id):
        raise PostingClosed
    return found(one)


def _was_public(public_id: str, university_id: int) -> bool:
    chosen = sa.select(PostingPublication.id).join(PostingPublication.posting)
    return (
        db.session.scalar(
            chosen.where(
                Posting.public_id == public_id, PostingPublication.university_id == university_id
            ).limit(1)
        )
        is not None
    )


def cities(university_id: int, now: datetime) -> list[str]:
    """Cities with something on offer at a university, for the filter."""
    shown = published(university_id, now).with_only_columns(PostingRevision.city).order_by(None)
    chosen = shown.distinct().order_by(PostingRevision.city).limit(200)
    return [city for city in db.session.scalars(chosen) if city]
