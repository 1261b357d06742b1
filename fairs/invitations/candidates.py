"""Whom to invite: the employers of the directory with their history, and why each fits the fair (S14, D3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db
from fairs.employers.models import Employer, EmployerContact, EmployerStanding
from fairs.employers.rules import ContactState
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.invitations.forecast import COUNTED, WEIGHTS, History, Why, reasons
from fairs.invitations.models import Invitation, InvitationStop
from fairs.invitations.rules import CONTACTED_WITHIN, INVITABLE, LIVE, MOST
from fairs.postings.models import Posting, PostingMajor, PostingRevision
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.queries import targets
from fairs.programmes.rules import EventState, TargetDimension
from fairs.web.lists import searched

_OVER = (EventState.CLOSED, EventState.REPORTED)
CAME = sa.or_(
    Exhibitor.state.in_((ExhibitorState.CHECKED_IN, ExhibitorState.DEPARTED)),
    # a fair without door records: whoever confirmed and is not marked as missing was there
    sa.and_(Exhibitor.state == ExhibitorState.CONFIRMED, Event.state.in_(_OVER)),
)
MISSED = Exhibitor.state.in_((ExhibitorState.NO_SHOW, ExhibitorState.CANCELLED_LATE))
SEARCH = (Employer.legal_name, Employer.industry, Employer.region)


@dataclass(frozen=True)
class Candidate:
    """An employer that may be invited, and what speaks for and against it."""

    employer: Employer
    history: History
    why: Sequence[tuple[Why, int]]


@dataclass(frozen=True)
class Candidates:
    """The employers that may be invited to an event: their statement, and the columns it can be sorted by."""

    statement: sa.Select[Any]
    sorts: Mapping[str, Any]


def candidates(event: Event, args: Mapping[str, str], now: datetime) -> Candidates:
    """Employers that this event may invite, narrowed by ``args`` (industry, region, size, past, major, contact).

    Left out: suspended and blacklisted ones, those with a live invitation or request, and those who want none.
    """
    past = _history(event)
    came = sa.func.coalesce(past.c.came, 0)
    missed = sa.func.coalesce(past.c.missed, 0)
    fits = _fits(_asked_majors(event, args))
    contacted = _contacted(event, now)
    points = _score(came, missed, fits, contacted).label("points")
    statement = (
        sa.select(
            Employer,
            came.label("came"),
            missed.label("missed"),
            past.c.last_at,
            fits.label("fits"),
            contacted.label("contacted"),
            points,
        )
        .join(EmployerStanding, EmployerStanding.employer_id == Employer.id)
        .outerjoin(past, past.c.employer_id == Employer.id)
        .where(
            EmployerStanding.university_id == event.university_id,
            EmployerStanding.state.in_(INVITABLE),
            *_free(event),
            *_narrowed(args, came, missed, fits, contacted),
        )
        .order_by(points.desc(), Employer.id)
    )
    return Candidates(
        statement, {"points": points, "name": Employer.legal_name, "came": came, "missed": missed}
    )


def _history(event: Event) -> sa.Subquery:
    """Per employer: how often it came to the university's other fairs, failed to come, and when it last came."""
    came = sa.case((CAME, 1), else_=0)
    return (
        sa.select(
            Exhibitor.employer_id,
            sa.func.sum(came).label("came"),
            sa.func.sum(sa.case((MISSED, 1), else_=0)).label("missed"),
            sa.func.max(sa.case((CAME, Occurrence.starts_at))).label("last_at"),
        )
        .join(Event, Event.id == Exhibitor.event_id)
        .join(Occurrence, sa.and_(Occurrence.event_id == Event.id, Occurrence.ordinal == 1))
        .where(Event.university_id == event.university_id, Event.id != event.id)
        .group_by(Exhibitor.employer_id)
        .subquery()
    )


def _asked_majors(event: Event, args: Mapping[str, str]) -> list[str]:
    major = args.get("major", "")[:12]
    return [major] if major else targets(event.id, TargetDimension.MAJOR)


def _fits(codes: Sequence[str]) -> sa.ColumnElement[bool]:
    """Whether an employer ever wanted one of these majors in a posting."""
    wanting = (
        sa.select(Posting.publishing_employer_id)
        .join(PostingRevision, PostingRevision.posting_id == Posting.id)
        .join(PostingMajor, PostingMajor.revision_id == PostingRevision.id)
        .where(PostingMajor.code.in_(codes))
    )
    return Employer.id.in_(wanting)


def _contacted(event: Event, now: datetime) -> sa.ColumnElement[bool]:
    lately = (
        sa.select(Invitation.employer_id)
        .join(Event, Event.id == Invitation.event_id)
        .where(
            Event.university_id == event.university_id,
            Invitation.employer_id.is_not(None),
            Invitation.created_at > now - CONTACTED_WITHIN,
        )
    )
    return Employer.id.in_(lately)


def _score(came: Any, missed: Any, fits: Any, contacted: Any) -> sa.ColumnElement[int]:
    """The sum of ``forecast.score`` in the database's words."""
    counted = [
        (sa.case((column > COUNTED, COUNTED), else_=column) * WEIGHTS[why])
        for why, column in ((Why.CAME, came), (Why.MISSED, missed))
    ]
    reliable = sa.and_(came > 1, missed == 0)
    flags = ((Why.FITS, fits), (Why.FRESH, ~contacted), (Why.RELIABLE, reliable))
    points = counted[0] + counted[1]
    for why, flag in flags:
        points = points + sa.case((flag, WEIGHTS[why]), else_=0)
    return points


def _free(event: Event) -> tuple[sa.ColumnElement[bool], ...]:
    invited = sa.select(Invitation.employer_id).where(
        Invitation.event_id == event.id, Invitation.state.in_(LIVE), Invitation.employer_id.is_not(None)
    )
    asked = sa.select(Exhibitor.employer_id).where(
        Exhibitor.event_id == event.id, Exhibitor.ended_at.is_(None)
    )
    stopped = sa.select(InvitationStop.employer_id).where(
        InvitationStop.university_id == event.university_id,
        InvitationStop.ended_at.is_(None),
        InvitationStop.employer_id.is_not(None),
    )
    reachable = sa.select(EmployerContact.employer_id).where(EmployerContact.state == ContactState.ACTIVE)
    taken = [Employer.id.not_in(rows) for rows in (invited, asked, stopped)]
    return (*taken, Employer.id.in_(reachable))


def _narrowed(
    args: Mapping[str, str], came: Any, missed: Any, fits: Any, contacted: Any
) -> list[sa.ColumnElement[bool]]:
    past = {
        "came": came > 0,
        "never": sa.and_(came == 0, missed == 0),
        "reliable": sa.and_(came > 0, missed == 0),
    }
    chosen = {
        "industry": Employer.industry == args.get("industry"),
        "region": Employer.region == args.get("region"),
        # as text: a value that no enum knows finds nothing instead of failing
        "size": sa.cast(Employer.size, sa.String) == args.get("size"),
        "past": past.get(args.get("past", ""), sa.true()),
        "major": fits,
        "contact": ~contacted if args.get("contact") == "fresh" else sa.true(),
    }
    return [condition for name, condition in chosen.items() if args.get(name)]


def told(row: Any) -> Candidate:
    """A row of ``candidates`` with its reasons."""
    history = History(
        came=row.came,
        missed=row.missed,
        last_on=campus_day(row.last_at) if row.last_at else None,
        fits=bool(row.fits),
        contacted=bool(row.contacted),
    )
    return Candidate(row.Employer, history, reasons(history))


def picked(event: Event, public_ids: Sequence[str], args: Mapping[str, str], now: datetime) -> list[Employer]:
    """The employers that were picked by hand, or with ``all`` everybody whom the filters leave, best first."""
    here = candidates(event, args if args.get("all") else {}, now).statement
    if args.get("all"):
        here = searched(here, args.get("q", ""), SEARCH)
    else:
        here = here.where(Employer.public_id.in_(public_ids[:MOST]))
    return list(db.session.scalars(here.limit(MOST)))
