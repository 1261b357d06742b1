"""What an employer has written: postings and their versions."""

from collections.abc import Iterable
from datetime import datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from fairs.clauses.rules import Profile
from fairs.clock import at_campus, campus_day
from fairs.database import db, found
from fairs.employers import queries as employers
from fairs.employers.models import Employer
from fairs.employers.rules import EmployerKind, Ownership
from fairs.institutions import duties
from fairs.postings.content import Content, read
from fairs.postings.hints import strictest
from fairs.postings.models import Posting, PostingRevision
from fairs.postings.rules import PostingKind
from fairs.postings.whole import Firm
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import SubjectKind


def posting(public_id: str, employer_id: int) -> Posting:
    """A posting of an employer. Raises NotFound, also for another employer's."""
    chosen = sa.select(Posting).where(
        Posting.public_id == public_id, Posting.publishing_employer_id == employer_id
    )
    return found(db.session.scalars(chosen).one_or_none())


def revisions(posting_id: int) -> list[PostingRevision]:
    """All versions of a posting, newest first."""
    chosen = sa.select(PostingRevision).where(PostingRevision.posting_id == posting_id)
    return list(db.session.scalars(chosen.order_by(PostingRevision.no.desc())))


def latest_revision(posting_id: int) -> PostingRevision:
    """The newest version of a posting. Raises NotFound."""
    chosen = sa.select(PostingRevision).where(PostingRevision.posting_id == posting_id)
    return found(db.session.scalars(chosen.order_by(PostingRevision.no.desc()).limit(1)).first())


def revision(posting_id: int, no: int) -> PostingRevision:
    """One version of a posting. Raises NotFound."""
    chosen = sa.select(PostingRevision).where(
        PostingRevision.posting_id == posting_id, PostingRevision.no == no
    )
    return found(db.session.scalars(chosen.options(joinedload(PostingRevision.posting))).one_or_none())


def content_of(one: PostingRevision) -> Content:
    """What a version says."""
    return read(one.title, one.headcount, one.city, one.valid_until, one.fields, one.valid_from)


def of_employer(employer_id: int) -> sa.Select[PostingRevision]:
    """The newest version of each posting of an employer, last written first; the posting comes with it."""
    newest = (
        sa.select(sa.func.max(PostingRevision.no))
        .where(PostingRevision.posting_id == Posting.id)
        .correlate(Posting)
        .scalar_subquery()
    )
    return (
        sa.select(PostingRevision)
        .join(PostingRevision.posting)
        .where(Posting.publishing_employer_id == employer_id, PostingRevision.no == newest)
        .options(contains_eager(PostingRevision.posting))
        .order_by(PostingRevision.created_at.desc(), PostingRevision.id.desc())
    )


def submitted_today(employer_id: int, university_id: int, kind: PostingKind, now: datetime) -> int:
    """Postings of a kind that an employer submitted to a university for the first time on this campus day."""
    first = (
        sa.select(VettingCase.subject_id)
        .join(Posting, Posting.id == VettingCase.subject_id)
        .where(
            VettingCase.subject_kind == SubjectKind.POSTING,
            VettingCase.university_id == university_id,
            Posting.publishing_employer_id == employer_id,
            Posting.kind == kind,
        )
        .group_by(VettingCase.subject_id)
        .having(sa.func.min(VettingCase.submitted_at) >= at_campus(campus_day(now), time()))
    )
    return db.session.scalar(sa.select(sa.func.count()).select_from(first.subquery())) or 0


def employer_type(employer: Employer) -> str:
    """The kind of employer in the clause engine's words: which bodies the rules for state bodies bind (P4)."""
    if employer.kind in {EmployerKind.GOVERNMENT, EmployerKind.PUBLIC_INSTITUTION}:
        return employer.kind.value
    state = employer.ownership in {Ownership.STATE, Ownership.PUBLIC}
    return "state" if state or employer.kind is EmployerKind.MILITARY else employer.ownership.value


def firm_of(employer: Employer) -> Firm:
    """An employer as the checks of whole postings know it."""
    return Firm(employer.legal_name, employer.profile, licensed=employer.kind is EmployerKind.HR_AGENCY)


def stated_by(employer_id: int, public_id: str) -> VettingCase:
    """The case for whose text this employer stated a ground with a document: its own, also where it hires for others.

    Raises NotFound, also for what another employer stated.
    """
    published = sa.select(Posting.id).where(Posting.publishing_employer_id == employer_id)
    of_posting = VettingCase.subject_kind == SubjectKind.POSTING
    own = sa.or_(
        of_posting & VettingCase.subject_id.in_(published),
        ~of_posting & (VettingCase.employer_id == employer_id),
    )
    chosen = sa.select(VettingCase).where(
        VettingCase.public_id == public_id, VettingCase.ground_file_id.is_not(None), own
    )
    return found(db.session.scalars(chosen).one_or_none())


def strictness(employer_id: int) -> tuple[str, Profile]:
    """(kind of employer, profile) with which the strictest of the employer's universities will check a text."""
    schools = (standing.university for standing in employers.verified_schools(employer_id))
    profile = strictest(duties.chosen(school.settings, "clause_profile") for school in schools)
    return employer_type(employers.employer(employer_id)), profile


def revisions_judged(cases: Iterable[VettingCase]) -> dict[int, PostingRevision]:
    """The version that each of these cases of postings is about, by posting; posting and who hires come with it."""
    judged = [(case.subject_id, case.revision_no) for case in cases]
    chosen = sa.select(PostingRevision).where(
        sa.tuple_(PostingRevision.posting_id, PostingRevision.no).in_(judged)
    )
    whole = joinedload(PostingRevision.posting).joinedload(Posting.hiring_employer)
    return {one.posting_id: one for one in db.session.scalars(chosen.options(whole))}
