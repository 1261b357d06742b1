"""What a university shows: derived from publications in force and the employer's standing, never a flag."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from fairs.database import db, found
from fairs.employers.models import Employer, EmployerStanding
from fairs.employers.rules import BARRED, StandingState
from fairs.postings.models import Posting, PostingMajor, PostingPublication, PostingRevision
from fairs.postings.rules import PostingClosed, PostingKind
from fairs.web.lists import each_once

MOST_DIGITS = 9
"""Of a wished pay; whoever asks for more finds what they find."""

HIDES = BARRED | {StandingState.REJECTED}
"""Standings in which a university shows none of an employer's postings, whatever was approved before."""


def published(university_id: int, now: datetime) -> sa.Select[PostingPublication]:
    """What a university shows at ``now``, newest first; posting, revision and employer come with it."""
    barred = sa.exists().where(
        EmployerStanding.university_id == university_id,
        EmployerStanding.employer_id == Posting.publishing_employer_id,
        EmployerStanding.state.in_(HIDES),
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


def board(university_id: int, now: datetime, args: Mapping[str, str]) -> sa.Select[PostingPublication]:
    """The public list with its filters city, kind, major, degree and pay (yuan a month that is reached).

    Postings that name no major (degree) are open to all majors (degrees).
    """
    chosen = published(university_id, now)
    if args.get("city"):
        chosen = chosen.where(PostingRevision.city == args["city"])
    if args.get("kind") in set(PostingKind):
        chosen = chosen.where(Posting.kind == PostingKind(args["kind"]))
    if args.get("degree"):
        chosen = chosen.where(PostingRevision.degree.in_(("", args["degree"][:20])))
    pay = args.get("pay", "")
    if pay.isascii() and pay.isdecimal() and len(pay) < MOST_DIGITS:
        reached = sa.func.coalesce(PostingRevision.salary_max, PostingRevision.salary_min)
        chosen = chosen.where(reached >= int(pay))
    return chosen.where(wanting(args["major"][:12])) if args.get("major") else chosen


def wanting(code: str) -> sa.ColumnElement[bool]:
    """Whether a version is meant for a major, or for all."""
    named = sa.exists().where(PostingMajor.revision_id == PostingRevision.id)
    return sa.or_(named.where(PostingMajor.code == code), ~named)


def related(shown: PostingPublication, now: datetime, most: int = 5) -> list[PostingPublication]:
    """Others that somebody who reads this posting may want: for the same majors or in the same city, newest first."""
    majors = sa.select(PostingMajor.code).where(PostingMajor.revision_id == shown.revision_id)
    same_major = sa.exists().where(
        PostingMajor.revision_id == PostingRevision.id, PostingMajor.code.in_(majors)
    )
    same_city = sa.and_(PostingRevision.city == shown.revision.city, Posting.kind == shown.posting.kind)
    chosen = published(shown.university_id, now).where(
        Posting.id != shown.posting_id, sa.or_(same_major, same_city)
    )
    return list(db.session.scalars(chosen.limit(most)))


def hiring(public_id: str, university_id: int) -> Employer:
    """An employer whose postings a university shows or showed. Raises NotFound."""
    shown = sa.exists().where(
        PostingPublication.posting_id == Posting.id,
        PostingPublication.university_id == university_id,
        Posting.hiring_employer_id == Employer.id,
    )
    chosen = sa.select(Employer).where(Employer.public_id == public_id, shown)
    return found(db.session.scalars(chosen).one_or_none())


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
    city = each_once(PostingRevision.city).c.value
    # as a value, not as EXISTS: that would be made a join of everything on offer
    offered = (
        published(university_id, now)
        .with_only_columns(PostingPublication.id)
        .where(PostingRevision.city == city)
        .order_by(None)
        .limit(1)
        .scalar_subquery()
    )
    chosen = sa.select(city).where(city != "", offered.is_not(None)).order_by(city).limit(200)
    return list(db.session.scalars(chosen))
