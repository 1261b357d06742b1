"""Reads of universities and their parts."""

from collections.abc import Collection

import sqlalchemy as sa

from fairs.database import db, found
from fairs.institutions.models import Campus, Department, Major, University


def universities() -> list[University]:
    """Every university of the installation, by name."""
    return list(db.session.scalars(sa.select(University).order_by(University.name).limit(500)))


def university_by_slug(slug: str) -> University:
    """The university with this slug. Raises NotFound."""
    return found(db.session.scalars(sa.select(University).where(University.slug == slug)).one_or_none())


def english_names(names: Collection[str]) -> dict[str, str]:
    """The English names of the universities among these Chinese names; those without one are missing."""
    chosen = sa.select(University.name, University.name_en)
    chosen = chosen.where(University.name.in_(names), University.name_en != "")
    return {row.name: row.name_en for row in db.session.execute(chosen.limit(500))}


def hotlines(school: University | None) -> list[University]:
    """Whose hotline a page's footer shows: the page's university, else the first five (S126)."""
    if school is not None:
        return [school]
    return list(db.session.scalars(sa.select(University).order_by(University.id).limit(5)))


def without_hotline() -> list[University]:
    """Universities that may not go public: phone or mailbox of the hotline is empty (S126)."""
    empty = sa.or_(University.hotline_phone == "", University.hotline_mail == "")
    return list(db.session.scalars(sa.select(University).where(empty).limit(20)))


def departments(university_id: int) -> list[Department]:
    """The departments of a university that are in use, by code."""
    chosen = sa.select(Department).where(
        Department.university_id == university_id, Department.ended_at.is_(None)
    )
    return list(db.session.scalars(chosen.order_by(Department.code).limit(500)))


def majors(university_id: int) -> list[Major]:
    """The majors of a university that are in use, by name."""
    chosen = (
        sa.select(Major)
        .join(Department)
        .where(
            Department.university_id == university_id, Department.ended_at.is_(None), Major.ended_at.is_(None)
        )
    )
    return list(db.session.scalars(chosen.order_by(Major.name).limit(2000)))


def campuses(university_id: int) -> list[Campus]:
    """The campuses of a university that are in use."""
    chosen = sa.select(Campus).where(Campus.university_id == university_id, Campus.ended_at.is_(None))
    return list(db.session.scalars(chosen.order_by(Campus.name).limit(100)))


def university(number: int) -> University:
    """The university with this number. Raises NotFound."""
    return found(db.session.get(University, number))
