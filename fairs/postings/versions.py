"""Writing a version: its content, and what of it is searched for in columns of its own."""

import sqlalchemy as sa

from fairs.database import db
from fairs.postings import queries
from fairs.postings.content import Content
from fairs.postings.models import PostingMajor, PostingRevision
from fairs.postings.rules import check_period


def seal_of(revision: PostingRevision) -> str:
    """What a page carries of the version that it shows, so that nobody overwrites or submits what they have not seen.

    A draft is written over under the same number: its content is part of the seal.
    """
    return f"{revision.no}-{revision.posting.kind}-{queries.content_of(revision).fingerprint()[:20]}"


def write(revision: PostingRevision, content: Content) -> PostingRevision:
    """Put the content into a version; inside an action. Raises ValidityTurned."""
    check_period(content.valid_from, content.valid_until)
    revision.title, revision.headcount, revision.city = content.title, content.headcount, content.city
    revision.valid_from, revision.valid_until = content.valid_from, content.valid_until
    revision.cohort, revision.degree = content.cohort, content.degree
    revision.salary_min, revision.salary_max = content.salary_min, content.salary_max
    revision.fields, revision.search_text = content.fields(), content.search_text()
    db.session.add(revision)
    db.session.flush()
    db.session.execute(sa.delete(PostingMajor).where(PostingMajor.revision_id == revision.id))
    codes = sorted(set(content.majors))
    db.session.add_all(PostingMajor(revision_id=revision.id, code=code) for code in codes)
    return revision
