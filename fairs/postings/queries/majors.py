"""Majors as postings name them: by national code, shown by name."""

from collections.abc import Iterable

import sqlalchemy as sa

from fairs.database import db
from fairs.institutions import queries as institutions
from fairs.institutions.models import Major


def offered_majors(university_id: int) -> list[tuple[str, str]]:
    """The majors of a university (national code, name), each code once, for the filter."""
    named = {major.national_code: major.name for major in institutions.majors(university_id)}
    return sorted(named.items(), key=lambda pair: pair[1])


def majors_named(typed: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """({national code: name} of the majors typed by code or name, what no university here offers)."""
    words = list(dict.fromkeys(typed))
    rows = db.session.execute(
        sa.select(Major.national_code, Major.name)
        .where(sa.or_(Major.national_code.in_(words), Major.name.in_(words)))
        .order_by(Major.national_code)
    ).all()
    known = {word for row in rows for word in row}
    return {row[0]: row[1] for row in rows}, [word for word in words if word not in known]


def major_suggestions() -> list[str]:
    """Names of the majors that the universities here offer, for typing ahead."""
    return list(db.session.scalars(sa.select(Major.name).distinct().order_by(Major.name).limit(1000)))
