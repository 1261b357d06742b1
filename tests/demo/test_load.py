"""A small demo season: every state is there, everybody can sign in, and the invariants hold."""

from collections import Counter
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts import actions as accounts
from fairs.audit import actions as audit
from fairs.checkin import folds
from fairs.checkin.models import Presence
from fairs.database import db
from fairs.demo.load import SIGN_INS, Size, load
from fairs.demo.world import PASSWORD
from fairs.institutions import queries as institutions
from fairs.postings.models import PostingPublication
from fairs.programmes.models import EntrySlot, Event, Occurrence
from fairs.programmes.rules import EventState
from fairs.registrations.models import Registration
from fairs.registrations.rules import HOLDS_PLACE
from fairs.venues.models import SpaceUse
from fairs.venues.rules import UseState

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.proof)], indirect=True
)
def test_a_small_season_is_whole(app: Flask) -> None:
    load(app, Size(schools=2, students=6, employers=12, postings=2), NOW)
    states = Counter(db.session.scalars(sa.select(Event.state)))
    wanted = {
        EventState.DRAFT,
        EventState.SAFETY_REVIEW,
        EventState.APPROVED,
        EventState.OPEN,
        EventState.LOCKED,
        EventState.RUNNING,
        EventState.CLOSED,
        EventState.CANCELLED,
        EventState.POSTPONED,
    }
    assert wanted <= set(states)
    assert institutions.without_hotline() == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PostingPublication)) > 10
    for _, login in SIGN_INS:
        assert accounts.sign_in(login, PASSWORD, NOW)
    _slots_hold()
    _halls_hold()
    _presence_follows_the_scans()
    while audit.seal():
        pass
    assert audit.verify()[1:] == (None, 0)


def _slots_hold() -> None:
    taken = (
        sa.select(sa.func.count())
        .where(Registration.entry_slot_id == EntrySlot.id, Registration.state.in_(HOLDS_PLACE))
        .scalar_subquery()
    )
    assert db.session.scalars(sa.select(EntrySlot.id).where(taken > EntrySlot.capacity)).all() == []


def _halls_hold() -> None:
    one, other = sa.orm.aliased(SpaceUse), sa.orm.aliased(SpaceUse)
    clash = sa.select(one.id).where(
        one.space_id == other.space_id,
        one.id < other.id,
        one.state == UseState.FIRM,
        other.state == UseState.FIRM,
        one.starts_at < other.ends_at,
        other.starts_at < one.ends_at,
    )
    assert db.session.scalars(clash).all() == []


def _presence_follows_the_scans() -> None:
    for number in db.session.scalars(sa.select(Occurrence.id)).all():
        present = sa.select(sa.func.count()).where(Presence.occurrence_id == number, Presence.inside)
        inside = [seen for seen in folds.rebuilt(number).presences.values() if seen.inside]
        assert db.session.scalar(present) == len(inside)
