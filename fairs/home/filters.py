"""Filters of the public lists of events that need what many features know: who comes, and what is free."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from fairs.employers.models import Employer
from fairs.employers.rules import INDUSTRIES
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import COMING
from fairs.postings import queries as postings
from fairs.postings.models import PostingRevision
from fairs.programmes import filtering, queries
from fairs.programmes.models import EntrySlot, Event, Occurrence
from fairs.programmes.rules import TargetDimension
from fairs.registrations.actions import BOOKABLE
from fairs.registrations.models import BookingWindow, Registration
from fairs.registrations.rules import HOLDS_PLACE, RegistrationState

LABELS = {"city": "全部工作城市", "industry": "全部行业", "free": "不限名额", "yes": "只看有余位"}


def _comes(*joined: Any) -> Any:
    chosen = sa.select(Exhibitor.id).where(
        Exhibitor.event_id == Event.id, Exhibitor.state.in_(COMING), Exhibitor.ended_at.is_(None)
    )
    for table, on in joined:
        chosen = chosen.join(table, on)
    return chosen.correlate(Event)


def _in_city(city: str, _university_id: int, _now: datetime) -> sa.ColumnElement[bool]:
    brought = _comes(
        (ExhibitorPosting, ExhibitorPosting.exhibitor_id == Exhibitor.id),
        (PostingRevision, PostingRevision.id == ExhibitorPosting.posting_revision_id),
    )
    meant = queries.tagged(TargetDimension.REGION, city)
    return sa.or_(brought.where(PostingRevision.city == city).exists(), meant)


def _of_industry(industry: str, _university_id: int, _now: datetime) -> sa.ColumnElement[bool]:
    there = _comes((Employer, Employer.id == Exhibitor.employer_id))
    meant = queries.tagged(TargetDimension.INDUSTRY, industry)
    return sa.or_(there.where(Employer.industry == industry).exists(), meant)


def _with_places(_yes: str, _university_id: int, now: datetime) -> sa.ColumnElement[bool]:
    """Days with a slot to come in which a newcomer gets a place, once booking has begun for everybody."""
    taken = (
        sa.select(sa.func.count())
        .where(
            Registration.entry_slot_id == EntrySlot.id,
            Registration.state.in_(HOLDS_PLACE | {RegistrationState.WAITING}),
        )
        .correlate(EntrySlot)
        .scalar_subquery()
    )
    free = sa.exists().where(
        EntrySlot.occurrence_id == Occurrence.id,
        EntrySlot.ends_at > now,
        EntrySlot.capacity - EntrySlot.walk_in_quota > taken,
    )
    later = sa.exists().where(BookingWindow.event_id == Event.id, BookingWindow.opens_at > now)
    return sa.and_(Event.state.in_(BOOKABLE), free, ~later)


def _cities(university_id: int, now: datetime) -> filtering.Choices:
    return [(city, city) for city in postings.cities(university_id, now)]


def _industries(_university_id: int, _now: datetime) -> filtering.Choices:
    return [(name, _(name)) for name in INDUSTRIES]


def _yes(_university_id: int, _now: datetime) -> filtering.Choices:
    return [("1", _(LABELS["yes"]))]


def install() -> None:
    """Add them to the filter bar."""
    filtering.add(filtering.Filter("city", LABELS["city"], _cities, _in_city))
    filtering.add(filtering.Filter("industry", LABELS["industry"], _industries, _of_industry))
    filtering.add(filtering.Filter("free", LABELS["free"], _yes, _with_places))
