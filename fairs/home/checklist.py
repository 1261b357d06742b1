"""An employer's checklist: how far it is on the way to its booth."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext
from sqlalchemy.orm import joinedload

from fairs.accounts.rules import Viewer
from fairs.database import db
from fairs.employers import queries
from fairs.employers.models import Employer, EmployerStanding
from fairs.employers.papers import CREDENTIAL_LABELS, CredentialKind
from fairs.employers.rules import BARRED, HANDED_IN_FROM, IN_REVIEW, StandingState
from fairs.exhibitors.models import Exhibitor, RepPass
from fairs.exhibitors.rules import ExhibitorState
from fairs.home.rules import STEP_LABELS, Step, first_open
from fairs.postings import queries as postings
from fairs.postings.models import Posting, PostingPublication
from fairs.postings.rules import PostingState
from fairs.programmes.models import Event, Occurrence
from fairs.web.language import when_short


def employers_of(viewer: Viewer) -> list[Employer]:
    """The employers for whom the viewer acts."""
    chosen = sa.select(Employer).where(Employer.id.in_(viewer.employers())).order_by(Employer.id).limit(10)
    return list(db.session.scalars(chosen))


def bars_of(employer: Employer) -> list[EmployerStanding]:
    """Where an employer is suspended or blacklisted, which nobody should have to look for."""
    return [row for row in queries.standings(employer.id) if row.state in BARRED]


def returned_of(employer: Employer, now: datetime) -> int:
    """How many of an employer's postings a university has sent back and nobody has handed in again."""
    chosen = postings.narrowed(postings.of_employer(employer.id), now, state=PostingState.RETURNED.value)
    rows = chosen.order_by(None).with_only_columns(Posting.id, maintain_column_froms=True)
    return db.session.scalar(sa.select(sa.func.count()).select_from(rows.subquery())) or 0


def employer_steps(employer: Employer, now: datetime) -> list[Step]:
    """An employer's one checklist: data, papers, review, posting, booth, staff, letter; the first open one is now."""
    number = employer.id
    rows = queries.standings(number)
    open_ones = [row for row in rows if row.state in HANDED_IN_FROM]
    missing = queries.missing_papers(number, now) if open_ones or not rows else []
    place = _place(number, now)
    staffed = place is not None and _any(sa.select(RepPass.id).where(_named(place.id)))
    verified = any(row.state is StandingState.VERIFIED for row in rows)
    done = {
        "data": True,
        "papers": verified or any(row.state not in HANDED_IN_FROM for row in rows),
        "verified": verified,
        "posting": _any(sa.select(PostingPublication.id).join(Posting).where(_public(number, now))),
        "booth": place is not None,
        "staff": staffed,
        "letter": staffed,
    }
    own = {"employer": employer.public_id}
    at = own | {"school": place.event.university.slug, "event": place.event.public_id} if place else own
    return [
        Step(
            label=STEP_LABELS[name],
            state=state,
            endpoint=_endpoint(name, bool(missing), place is not None),
            values=at if name in {"staff", "letter"} and place else own,
            note=_note(name, state, missing, rows, place),
        )
        for name, state in first_open(done).items()
    ]


def _endpoint(name: str, missing: bool, placed: bool) -> str:
    places = {
        "data": "employers.data",
        "papers": "employers.papers" if missing else "employers.review",
        "verified": "employers.home",
        "posting": "postings.mine",
        "booth": "exhibitors.mine",
        "staff": "exhibitors.staff" if placed else "exhibitors.mine",
        "letter": "allocation.letter" if placed else "exhibitors.mine",
    }
    return places[name]


def _note(
    name: str,
    state: str,
    missing: Sequence[CredentialKind],
    rows: Sequence[EmployerStanding],
    place: Exhibitor | None,
) -> str:
    """What is to be said beside a step."""
    if name == "papers" and missing:
        names = gettext("、").join(gettext(CREDENTIAL_LABELS[kind]) for kind in missing)
        return str(gettext("还缺：%(papers)s", papers=names))
    due = [row.due_at for row in rows if row.state in IN_REVIEW and row.due_at]
    if name == "verified" and due and state != "done":
        return str(gettext("%(when)s前答复", when=when_short(min(due))))
    if name in {"booth", "letter"} and place is not None:
        return place.event.title
    return ""


def _public(number: int, now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        Posting.publishing_employer_id == number,
        PostingPublication.taken_down_at.is_(None),
        PostingPublication.until_at > now,
    )


def _place(number: int, now: datetime) -> Exhibitor | None:
    """The confirmed place at the next fair that is not over."""
    last = sa.select(sa.func.max(Occurrence.ends_at)).where(Occurrence.event_id == Exhibitor.event_id)
    ends = last.correlate(Exhibitor).scalar_subquery()
    chosen = sa.select(Exhibitor).where(
        Exhibitor.employer_id == number, Exhibitor.state == ExhibitorState.CONFIRMED, ends > now
    )
    with_school = chosen.options(joinedload(Exhibitor.event).joinedload(Event.university))
    return db.session.scalars(with_school.order_by(ends, Exhibitor.id).limit(1)).first()


def _named(exhibitor_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(RepPass.exhibitor_id == exhibitor_id, RepPass.ended_at.is_(None))


def steps_shown(employer: Employer, now: datetime) -> list[tuple[str, str, str, str]]:
    """The checklist as ``page.steps`` draws it: on the person's first page and on the employer's own."""
    return [
        (gettext(step.label), step.state, url_for(step.endpoint, **step.values), step.note)
        for step in employer_steps(employer, now)
    ]


def _any(statement: sa.Select[Any]) -> bool:
    return bool(db.session.scalar(sa.select(statement.exists())))
