"""The lists of an employer's postings and of those before a university, by state and kind (E4, O2)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from fairs.database import db
from fairs.employers.models import Employer
from fairs.postings.models import Posting, PostingPublication, PostingRevision
from fairs.postings.rules import PostingKind, PostingState
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import WAITING, CaseState, SubjectKind

Newest = sa.Select[PostingRevision]
"""Newest versions of postings."""


def narrowed(
    statement: Newest, now: datetime, *, state: str = "", kind: str = "", university_id: int | None = None
) -> Newest:
    """Only those of a kind and in a state (before this university, if given)."""
    if kind in set(PostingKind):
        statement = statement.where(Posting.kind == PostingKind(kind))
    conditions = _conditions(now, university_id)
    return statement.where(conditions[PostingState(state)]) if state in conditions else statement


def _conditions(now: datetime, university_id: int | None) -> dict[PostingState, sa.ColumnElement[bool]]:
    shown = _publication(university_id, PostingPublication.from_at <= now, PostingPublication.until_at > now)
    coming = _publication(university_id, PostingPublication.from_at > now)
    over = _publication(university_id, PostingPublication.until_at <= now)
    ended = Posting.ended_at.is_not(None)
    draft = sa.and_(PostingRevision.frozen_at.is_(None), ~ended)
    return {
        PostingState.DRAFT: draft,
        PostingState.IN_REVIEW: sa.and_(_case(university_id, tuple(WAITING)), ~ended),
        PostingState.RETURNED: sa.and_(_case(university_id, (CaseState.RETURNED,)), ~ended),
        PostingState.REJECTED: sa.and_(_case(university_id, (CaseState.REJECTED,)), ~ended),
        PostingState.PUBLISHED: sa.and_(shown, ~ended),
        PostingState.SCHEDULED: sa.and_(coming, ~ended),
        PostingState.EXPIRED: sa.and_(over, ~ended),
        PostingState.WITHDRAWN: sa.or_(
            ended, sa.and_(_case(university_id, (CaseState.APPROVED,)), ~_publication(university_id))
        ),
    }


def _publication(university_id: int | None, *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    here = () if university_id is None else (PostingPublication.university_id == university_id,)
    standing = PostingPublication.taken_down_at.is_(None)
    return sa.exists().where(PostingPublication.posting_id == Posting.id, standing, *here, *conditions)


def _case(university_id: int | None, states: tuple[CaseState, ...]) -> sa.ColumnElement[bool]:
    here = () if university_id is None else (VettingCase.university_id == university_id,)
    return sa.exists().where(
        VettingCase.subject_kind == SubjectKind.POSTING,
        VettingCase.subject_id == Posting.id,
        VettingCase.revision_no == PostingRevision.no,
        VettingCase.state.in_(states),
        *here,
    )


def before_school(university_id: int) -> Newest:
    """The newest version of each posting that a university was given to read, last written first."""
    newest = (
        sa.select(sa.func.max(VettingCase.revision_no))
        .where(
            VettingCase.university_id == university_id,
            VettingCase.subject_kind == SubjectKind.POSTING,
            VettingCase.subject_id == Posting.id,
            VettingCase.state != CaseState.WITHDRAWN,
        )
        .correlate(Posting)
        .scalar_subquery()
    )
    return (
        sa.select(PostingRevision)
        .join(PostingRevision.posting)
        .join(Employer, Employer.id == Posting.publishing_employer_id)
        .where(PostingRevision.no == newest)
        .options(contains_eager(PostingRevision.posting).contains_eager(Posting.publishing_employer))
        .order_by(PostingRevision.created_at.desc(), PostingRevision.id.desc())
    )


def whole(statement: Newest, most: int) -> list[PostingRevision]:
    """The rows of a list, up to ``most``, for a sheet."""
    return list(db.session.scalars(statement.limit(most)))
