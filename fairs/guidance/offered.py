"""What is on offer at a university, for the survey's choices and the gap list, and what may be kept."""

from collections import Counter
from datetime import datetime

import sqlalchemy as sa

from fairs.database import db, found
from fairs.employers.models import Employer
from fairs.errors import NotFound
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import COMING
from fairs.guidance.models import SavedItem
from fairs.guidance.rules import Wish
from fairs.postings import queries as postings
from fairs.postings.models import Posting, PostingRevision
from fairs.programmes.models import EventSchool


def places(university_id: int, now: datetime) -> dict[tuple[Wish, str], int]:
    """How many places (需求人数) the postings that a university shows offer, by city, industry and kind."""
    shown = (
        postings.published(university_id, now)
        .order_by(None)
        .with_only_columns(
            PostingRevision.city, Employer.industry, Posting.kind, sa.func.sum(PostingRevision.headcount)
        )
    )
    rows = db.session.execute(shown.group_by(PostingRevision.city, Employer.industry, Posting.kind))
    counted: Counter[tuple[Wish, str]] = Counter()
    for city, industry, kind, heads in rows:
        for wish, code in ((Wish.CITY, city), (Wish.INDUSTRY, industry), (Wish.KIND, kind.value)):
            counted[(wish, code)] += int(heads or 0)
    return dict(counted)


def posting(public_id: str, university_id: int, now: datetime) -> Posting:
    """A posting that the university shows. Raises PostingClosed or NotFound."""
    return postings.posting_for_public(public_id, university_id, now).posting


def employer(public_id: str, university_id: int, now: datetime) -> Employer:
    """An employer whose posting the university shows, or who comes to an event of it. Raises NotFound."""
    one = db.session.scalars(sa.select(Employer).where(Employer.public_id == public_id)).one_or_none()
    if one is None or not (_comes(one.id, university_id) or _offers(one.id, university_id, now)):
        raise NotFound
    return one


def _comes(employer_id: int, university_id: int) -> bool:
    there = (
        sa.select(Exhibitor.id)
        .join(EventSchool, EventSchool.event_id == Exhibitor.event_id)
        .where(
            Exhibitor.employer_id == employer_id,
            Exhibitor.state.in_(COMING),
            EventSchool.university_id == university_id,
        )
    )
    return db.session.scalar(there.limit(1)) is not None


def _offers(employer_id: int, university_id: int, now: datetime) -> bool:
    return bool(postings.published_of_employer(employer_id, university_id, now))


def kept_number(kind: str, public_id: str, person_id: int) -> int:
    """The number of a thing that the person keeps, public or not any more. Raises NotFound."""
    model, column = {
        "employer": (Employer, SavedItem.employer_id),
        "posting": (Posting, SavedItem.posting_id),
    }[kind]
    chosen = (
        sa.select(model.id)
        .join(SavedItem, column == model.id)
        .where(model.public_id == public_id, SavedItem.person_id == person_id, SavedItem.ended_at.is_(None))
    )
    return found(db.session.scalar(chosen.limit(1)))
