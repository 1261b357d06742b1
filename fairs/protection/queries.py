"""Reads of reports and the cases that they opened; officers see one university, reporters what is theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from fairs.database import db, found
from fairs.employers.models import Employer
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import COMING
from fairs.files.models import File
from fairs.postings import queries as postings
from fairs.programmes import queries as programmes
from fairs.protection.models import Complaint, Report
from fairs.protection.rules import OPEN, ComplaintState, Reason


@dataclass(frozen=True)
class Target:
    """What is reported: a posting as a university shows it, or an employer's booth at a fair."""

    university_id: int
    employer_id: int
    title: str
    posting_id: int | None = None
    revision_no: int | None = None
    exhibitor_id: int | None = None


def has_reported(target: Target, person_id: int) -> bool:
    """Whether somebody has reported this already, and the case is still open."""
    of = (
        Complaint.posting_id == target.posting_id
        if target.posting_id is not None
        else Complaint.exhibitor_id == target.exhibitor_id
    )
    chosen = (
        sa.select(Report.id)
        .join(Complaint, Complaint.id == Report.complaint_id)
        .where(of, Complaint.university_id == target.university_id, Complaint.state.in_(OPEN))
        .where(Report.reporter_id == person_id)
    )
    return db.session.scalar(chosen.limit(1)) is not None


def posting_target(public_id: str, university_id: int, now: datetime) -> Target:
    """A posting that the public sees. Raises PostingClosed or NotFound."""
    shown = postings.posting_for_public(public_id, university_id, now)
    return Target(
        university_id,
        shown.posting.publishing_employer_id,
        shown.revision.title,
        posting_id=shown.posting_id,
        revision_no=shown.revision.no,
    )


def booth_target(event_public_id: str, unit: str, university_id: int) -> Target:
    """The booth of an employer at a public fair; its case is with the university that leads it. Raises NotFound."""
    event = programmes.public_event(event_public_id, university_id)
    chosen = (
        sa.select(Exhibitor)
        .join(Exhibitor.employer)
        .where(
            Exhibitor.event_id == event.id,
            Exhibitor.state.in_(COMING),
            Exhibitor.ended_at.is_(None),
            Employer.public_id == unit,
        )
        .options(contains_eager(Exhibitor.employer))
    )
    place = found(db.session.scalars(chosen).one_or_none())
    return target_of_booth(place, event.university_id, event.title)


def target_of_booth(place: Exhibitor, university_id: int, event_title: str) -> Target:
    """A booth as what is reported."""
    title = f"{place.employer.legal_name}（{event_title}）"[:200]
    return Target(university_id, place.employer_id, title, exhibitor_id=place.id)


def open_complaint(target: Target) -> Complaint | None:
    """The open case about this posting or booth."""
    chosen = sa.select(Complaint).where(
        Complaint.university_id == target.university_id,
        Complaint.posting_id.is_not_distinct_from(target.posting_id),
        Complaint.exhibitor_id.is_not_distinct_from(target.exhibitor_id),
        Complaint.state.in_(OPEN),
    )
    return db.session.scalars(chosen).one_or_none()


def report_once(once: str) -> Report | None:
    """The report that was sent with this form before."""
    return db.session.scalars(sa.select(Report).where(Report.once == once)).one_or_none()


def complaint(public_id: str, university_id: int) -> Complaint:
    """A case of a university. Raises NotFound."""
    chosen = sa.select(Complaint).where(
        Complaint.public_id == public_id, Complaint.university_id == university_id
    )
    return found(db.session.scalars(chosen.options(joinedload(Complaint.employer))).one_or_none())


STATES: dict[str, tuple[ComplaintState, ...]] = {
    "open": tuple(sorted(OPEN)),
    "upheld": (ComplaintState.UPHELD,),
    "unfounded": (ComplaintState.UNFOUNDED,),
    "closed": (ComplaintState.CLOSED,),
    "all": tuple(ComplaintState),
}

REPORTS = (
    sa.select(sa.func.count(Report.id))
    .where(Report.complaint_id == Complaint.id)
    .correlate(Complaint)
    .scalar_subquery()
    .label("reports")
)

Queue = sa.Select[Complaint, int]


def complaints(university_id: int, args: Mapping[str, str]) -> Queue:
    """Rows (case, how many reports) of a university, the first due first; ``args``: state, reason."""
    chosen = (
        sa.select(Complaint, REPORTS)
        .join(Complaint.employer)
        .options(contains_eager(Complaint.employer))
        .where(
            Complaint.university_id == university_id,
            Complaint.state.in_(STATES.get(args.get("state", ""), STATES["open"])),
        )
    )
    if args.get("reason") in set(Reason):
        named = sa.exists().where(
            Report.complaint_id == Complaint.id, Report.reason == Reason(args["reason"])
        )
        chosen = chosen.where(named)
    return chosen.order_by(Complaint.due_at.is_(None), Complaint.due_at, Complaint.id.desc())


def reports(complaint_id: int) -> list[Report]:
    """The reports of a case, the first first; who reported comes with them."""
    chosen = sa.select(Report).where(Report.complaint_id == complaint_id).order_by(Report.id)
    both = (joinedload(Report.reporter), joinedload(Report.file))
    return list(db.session.scalars(chosen.options(*both).limit(200)))


def report(public_id: str, complaint_id: int) -> Report:
    """One report of a case. Raises NotFound."""
    chosen = sa.select(Report).where(Report.public_id == public_id, Report.complaint_id == complaint_id)
    return found(db.session.scalars(chosen).one_or_none())


def picture(one: Report) -> File:
    """The picture of a report. Raises NotFound without one, or if it has been removed."""
    file = found(one.file)
    return found(file if file.purged_at is None else None)


def reported_by(person_id: int) -> list[Report]:
    """What a person has reported, the newest first."""
    chosen = (
        sa.select(Report)
        .where(Report.reporter_id == person_id)
        .options(joinedload(Report.complaint).joinedload(Complaint.university))
        .order_by(Report.id.desc())
    )
    return list(db.session.scalars(chosen.limit(100)))


def earlier(one: Complaint) -> list[Complaint]:
    """Other cases about the same employer at this university, the newest first."""
    chosen = sa.select(Complaint).where(
        Complaint.university_id == one.university_id,
        Complaint.employer_id == one.employer_id,
        Complaint.id != one.id,
    )
    return list(db.session.scalars(chosen.order_by(Complaint.id.desc()).limit(20)))


def due_before(at: datetime) -> list[Complaint]:
    """Open cases of all universities with an answer due before ``at``."""
    chosen = sa.select(Complaint).where(Complaint.state.in_(OPEN), Complaint.due_at <= at)
    return list(db.session.scalars(chosen.options(joinedload(Complaint.university)).limit(500)))


def waiting(university_id: int) -> tuple[int, datetime | None]:
    """How many open cases a university has, and when the first answer is due."""
    row = db.session.execute(
        sa.select(sa.func.count(), sa.func.min(Complaint.due_at)).where(
            Complaint.university_id == university_id, Complaint.state.in_(OPEN)
        )
    ).one()
    return row[0], row[1]
