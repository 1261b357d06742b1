"""An employer's checklist: how far it is on the way to its booth."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.accounts.rules import Viewer
from fairs.database import db
from fairs.employers.models import Employer, EmployerStanding
from fairs.employers.rules import StandingState
from fairs.exhibitors.models import Exhibitor, RepPass
from fairs.exhibitors.rules import ExhibitorState
from fairs.home.rules import STEP_LABELS, Step, first_open
from fairs.postings.models import Posting, PostingPublication


def employers_of(viewer: Viewer) -> list[Employer]:
    """The employers for whom the viewer acts."""
    chosen = sa.select(Employer).where(Employer.id.in_(viewer.employers())).order_by(Employer.id).limit(10)
    return list(db.session.scalars(chosen))


def employer_steps(employer: Employer, now: datetime) -> list[Step]:
    """An employer's checklist: papers, verified, posting, booth, staff; the first open one is now."""
    number = employer.id
    standing = EmployerStanding.employer_id == number
    beyond = EmployerStanding.state.not_in([StandingState.DRAFT, StandingState.RETURNED])
    public = sa.and_(
        Posting.publishing_employer_id == number,
        PostingPublication.taken_down_at.is_(None),
        PostingPublication.until_at > now,
    )
    booth = sa.and_(Exhibitor.employer_id == number, Exhibitor.state == ExhibitorState.CONFIRMED)
    done = {
        "papers": _any(sa.select(EmployerStanding.id).where(standing, beyond)),
        "verified": _any(
            sa.select(EmployerStanding.id).where(standing, EmployerStanding.state == StandingState.VERIFIED)
        ),
        "posting": _any(sa.select(PostingPublication.id).join(Posting).where(public)),
        "booth": _any(sa.select(Exhibitor.id).where(booth)),
        "staff": _any(
            sa.select(RepPass.id).join(Exhibitor, RepPass.exhibitor_id == Exhibitor.id).where(booth)
        ),
    }
    places = {
        "papers": "employers.home",
        "verified": "employers.home",
        "posting": "postings.mine",
        "booth": "exhibitors.mine",
        "staff": "exhibitors.mine",
    }
    values = {"employer": employer.public_id}
    return [
        Step(label=STEP_LABELS[name], state=state, endpoint=places[name], values=values)
        for name, state in first_open(done).items()
    ]


def _any(statement: sa.Select[Any]) -> bool:
    return bool(db.session.scalar(sa.select(statement.exists())))
