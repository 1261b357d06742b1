"""Reads of kept files."""

import sqlalchemy as sa

from fairs.database import db, found
from fairs.files.models import File
from fairs.files.rules import FilePurpose


def file_of(public_id: str, university_id: int, purposes: frozenset[FilePurpose]) -> File:
    """A university's file kept for one of ``purposes``, its bytes still there. Raises NotFound."""
    chosen = sa.select(File).where(
        File.public_id == public_id,
        File.university_id == university_id,
        File.purpose.in_(purposes),
        File.purged_at.is_(None),
    )
    return found(db.session.scalars(chosen).one_or_none())
