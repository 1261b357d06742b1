"""Which approved cases the rules in force have not read yet."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from fairs.clauses import catalogue
from fairs.database import db
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import CaseState, SubjectKind

COLUMNS = (VettingCase.text, VettingCase.employer_type, VettingCase.profile)


def unread() -> sa.ColumnElement[bool]:
    """Whether a case's text was last read by other rules than those in force."""
    return sa.func.coalesce(VettingCase.checked_version, VettingCase.rulebook_version) != catalogue.version()


def mark_read(case_ids: Iterable[int]) -> None:
    """Remember that the rules in force have read these. Inside an action."""
    marked = sa.update(VettingCase).where(VettingCase.id.in_(list(case_ids)))
    changed = marked.values(checked_version=catalogue.version())
    db.session.execute(changed.execution_options(synchronize_session=False))


def last_round() -> sa.ColumnElement[bool]:
    """Whether this version was not put before its university again since."""
    again = aliased(VettingCase)
    later = sa.exists().where(
        again.university_id == VettingCase.university_id,
        again.subject_kind == VettingCase.subject_kind,
        again.subject_id == VettingCase.subject_id,
        again.revision_no == VettingCase.revision_no,
        again.round > VettingCase.round,
    )
    return ~later.correlate(VettingCase)


def in_force() -> sa.ColumnElement[bool]:
    """Whether this approved case is what its university shows: nothing newer of the subject was approved there,
    and this version was not put before it again since. For subjects that show their newest approved version.
    """
    newer = aliased(VettingCase)
    overtaken = sa.exists().where(
        newer.university_id == VettingCase.university_id,
        newer.subject_kind == VettingCase.subject_kind,
        newer.subject_id == VettingCase.subject_id,
        newer.revision_no > VettingCase.revision_no,
        newer.state == CaseState.APPROVED,
    )
    return sa.and_(VettingCase.state == CaseState.APPROVED, ~overtaken.correlate(VettingCase), last_round())


def shown_version(kind: SubjectKind, subject_id: int, university_id: int) -> sa.ScalarSelect[int]:
    """The number of the version that a university shows of a subject."""
    return (
        sa.select(VettingCase.revision_no)
        .where(
            VettingCase.subject_kind == kind,
            VettingCase.subject_id == subject_id,
            VettingCase.university_id == university_id,
            in_force(),
        )
        .scalar_subquery()
    )


def shown_unread(kind: SubjectKind, university_id: int) -> sa.Select[Any]:
    """Rows (case id, subject id, text, kind of employer, profile) of what is shown and unread."""
    return sa.select(VettingCase.id, VettingCase.subject_id, *COLUMNS).where(
        VettingCase.university_id == university_id,
        VettingCase.subject_kind == kind,
        in_force(),
        unread(),
    )
