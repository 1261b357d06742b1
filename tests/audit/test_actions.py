"""The chain of seals: unbroken after honest work, broken wherever a sealed row was touched."""

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.audit import actions
from fairs.audit.models import Audit
from fairs.database import db, transaction
from fairs.institutions.models import University
from tests import factories

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture
def trail(app: Flask) -> University:
    """Seven rows, five of them sealed."""
    school = factories.university()
    for n in range(7):
        actions.record("edit_event", school, by=None, university_id=school.id, now=NOW, n=n, 原因="改期")
    actions.seal(most=5)
    return school


@transaction
def by_hand(statement: str, **values: Any) -> None:
    """What somebody with a database console does."""
    db.session.execute(sa.text(statement), values)


def test_an_untouched_chain_is_whole_and_its_tail_is_named(trail: University) -> None:
    assert actions.verify() == (5, None, 2)
    assert actions.seal() == 2
    assert actions.verify() == (7, None, 0)
    assert actions.seal() == 0


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET action = 'x' WHERE seq = 3", 3),
        ("UPDATE audit SET detail = '{\"n\": 9}' WHERE seq = 1", 1),
        ("UPDATE audit SET actor_id = NULL, university_id = NULL WHERE seq = 5", 5),
        ("DELETE FROM audit WHERE seq = 2", 2),
        ("UPDATE audit SET seq = NULL, seal = NULL WHERE seq = 4", 4),
        ("UPDATE audit SET seal = 'a' WHERE seq = 4", 4),
    ],
)
def test_a_row_changed_behind_our_back_is_found(trail: University, statement: str, broken: int) -> None:
    by_hand(statement)
    assert actions.verify()[1] == broken


def test_many_batches_are_checked_without_holding_them(
    trail: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    assert actions.verify() == (5, None, 2)
    assert len(db.session.identity_map) <= 1
    by_hand("UPDATE audit SET action = 'x' WHERE seq = 5")
    assert actions.verify() == (5, 5, 2)


def test_a_seal_is_made_once_whatever_the_order_of_commits(trail: University) -> None:
    actions.seal()
    numbers = db.session.scalars(sa.select(Audit.seq).order_by(Audit.seq)).all()
    assert numbers == [1, 2, 3, 4, 5, 6, 7]
