"""Reads of the stands of a fair as a student may be led to them (T4): three queries, however many stand there."""

from typing import Any

import sqlalchemy as sa

from fairs.database import db
from fairs.employers.models import Employer
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import COMING
from fairs.guidance import queries
from fairs.guidance.stands import Stand, Tip, tips
from fairs.postings.models import Posting, PostingRevision
from fairs.students.models import Student

MOST_ROWS = 5000


def tips_for(person_id: int, university_id: int, event_id: int, most: int) -> list[Tip]:
    """The stands of a fair that a student of a university should see first; none for whoever is no student."""
    chosen = sa.select(Student).where(Student.person_id == person_id, Student.university_id == university_id)
    student = db.session.scalars(chosen).one_or_none()
    if student is None:
        return []
    return tips(queries.profile(student), _stands(event_id, person_id), most)


def _stands(event_id: int, person_id: int) -> list[Stand]:
    saved = queries.kept_ids(person_id)["employer"]
    chosen = (
        sa.select(Exhibitor.id, Employer, PostingRevision.fields, PostingRevision.city, Posting.kind)
        .join(Employer, Employer.id == Exhibitor.employer_id)
        .outerjoin(ExhibitorPosting, ExhibitorPosting.exhibitor_id == Exhibitor.id)
        .outerjoin(PostingRevision, PostingRevision.id == ExhibitorPosting.posting_revision_id)
        .outerjoin(Posting, sa.and_(Posting.id == PostingRevision.posting_id, Posting.ended_at.is_(None)))
        .where(Exhibitor.event_id == event_id, Exhibitor.state.in_(COMING), Exhibitor.ended_at.is_(None))
        .order_by(Exhibitor.id)
        .limit(MOST_ROWS)
    )
    rows: dict[int, list[Any]] = {}
    for row in db.session.execute(chosen):
        rows.setdefault(row[0], []).append(row)
    return [_stand(number, there, saved) for number, there in rows.items()]


def _stand(exhibitor_id: int, rows: list[Any], saved: frozenset[int]) -> Stand:
    employer = rows[0][1]
    brought = [(fields, city, kind) for _id, _employer, fields, city, kind in rows if kind is not None]
    return Stand(
        exhibitor_id=exhibitor_id,
        name=employer.legal_name,
        saved=employer.id in saved,
        industry=employer.industry,
        majors=frozenset(major for fields, _city, _kind in brought for major in fields.get("majors") or ()),
        cities=frozenset(city for _fields, city, _kind in brought if city),
        kinds=frozenset(kind.value for _fields, _city, kind in brought),
    )
