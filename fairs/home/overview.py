"""What whoever only reads sees first: the programmes of now with their figures, and what comes (PAGES: leaders)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.accounts.rules import RoleKind, Viewer
from fairs.clock import campus_day
from fairs.database import db
from fairs.home.queries import coming_events
from fairs.institutions.models import University
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event, Programme
from fairs.season import queries as season
from fairs.season.rules import Figures

READING = frozenset({RoleKind.SCHOOL_LEADER, RoleKind.AUDITOR})
PAST = timedelta(days=120)
"""How long a programme that is over still stands on the first page: until the next season."""
MOST = 3


@dataclass(frozen=True)
class Overview:
    """A university as its leader sees it."""

    school: University
    programmes: list[tuple[Programme, Figures]]
    coming: list[tuple[Event, datetime]]


def overviews(viewer: Viewer, now: datetime) -> list[Overview]:
    """The universities whose figures the viewer reads."""
    ids = {grant.university_id for grant in viewer.grants if grant.kind in READING and grant.university_id}
    schools = db.session.scalars(sa.select(University).where(University.id.in_(ids)).limit(20))
    return [_overview(viewer, school, now) for school in schools]


def _overview(viewer: Viewer, school: University, now: datetime) -> Overview:
    since = campus_day(now) - PAST
    shown = programmes.programmes(school.id, ending_from=since, public=True)[:MOST]
    figures = season.by_programme(shown, school.id)
    rows = [(one, figures.get(one.id, Figures())) for one in shown]
    return Overview(school, rows, coming_events(viewer, school, now))
