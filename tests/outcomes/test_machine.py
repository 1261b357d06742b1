"""The closing machine, walked at random: whatever is tried in whatever order, only guarded steps happen.

After each step that happened: its row in the trail, the chain of seals, and a word to every employer that did
not come; after each one refused: nothing has changed.
"""

from collections import Counter
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairs.audit.models import Audit
from fairs.database import db
from fairs.errors import Refusal
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.outcomes import actions, queries
from fairs.outcomes.actions import Said
from fairs.outcomes.figures import Figure
from fairs.outcomes.rules import CLOSING_MOVES, ClosingState
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState
from tests import factories
from tests.factories import outcomes as after
from tests.factories.outcomes import EVENING, MORNING, Over

C, NUMBERS = ClosingState, count(1)
SOON = MORNING + timedelta(hours=5)
"""Gates without network may still upload."""

MOSTLY = st.sampled_from([True, True, True, False])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["roll", "confirm", "confirm_nobody", "amend", "publish", "take_back"]),
        MOSTLY,  # late enough
        MOSTLY,  # looked at the figures as they are now
        MOSTLY,  # says why a figure is corrected
    ),
    min_size=3,
    max_size=8,
)
TRAIL = {
    "confirm": "confirm_figures",
    "confirm_nobody": "confirm_figures",
    "amend": "amend_figures",
    "publish": "publish_results",
    "take_back": "take_back_results",
}


class Play:
    """A fair that is over, with an employer that will be ticked off or not, and what was done to it."""

    def __init__(self, school: University) -> None:
        title = f"{next(NUMBERS):02}场"
        self.there: Over = after.over(school, employers=1, students=1, came=1, title=title, login=title)
        self.number, self.by = self.there.event.id, self.there.officer.person_id
        self.arrived = self.absent = 0

    @property
    def state(self) -> ClosingState:
        """Where the closing stands."""
        closing = queries.closing_of(self.number)
        return closing.state if closing else C.OPEN

    def do(self, step: str, *, late: bool, fresh: bool, why: bool) -> bool:
        """Try one step; whether it happened."""
        now, by = EVENING if late else SOON, self.by
        told: dict[str, Any] = {
            "figures": {Figure.ATTENDANCES: 7 + len(queries.snapshots(self.number))},
            "reasons": {Figure.ATTENDANCES: "北门人工放行"} if why else {},
        }
        try:
            if step == "roll":
                after.roll(self.there, 1, now)
                self.arrived = 1
            elif step in {"confirm", "confirm_nobody"}:
                told["nobody_came"] = step == "confirm_nobody"
                said = after.said(self.there, **told) if fresh else Said("stale", **told)
                actions.confirm_figures(self.number, said, by=by, now=now)
                self.absent = 1 - self.arrived
            elif step == "amend":
                kept = queries.snapshots(self.number)
                shown = kept[0].content_hash if kept and fresh else "stale"
                actions.amend_figures(self.number, Said(shown, **told), by=by, now=now)
            else:
                act = actions.publish_results if step == "publish" else actions.take_back_results
                act(self.number, by=by, now=now)
        except Refusal:
            db.session.rollback()
            return False
        return True

    def trail(self) -> Counter[str]:
        """What the trail says of this event."""
        rows = sa.select(Audit.action).where(Audit.subject_id == self.number, Audit.subject_kind == "event")
        return Counter(db.session.scalars(rows))

    def strikes(self) -> int:
        """How many employers were told that they did not come."""
        people = [one.person_id for one in self.there.contacts]
        chosen = sa.select(sa.func.count()).where(
            Message.kind == "employers/strike", Message.person_id.in_(people)
        )
        return db.session.scalar(chosen) or 0


@pytest.mark.parametrize("database", ["sqlite"])
def test_whatever_is_tried_only_guarded_steps_happen(app: Flask) -> None:
    school = factories.university()

    @settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def walk(steps: list[tuple[str, bool, bool, bool]]) -> None:
        play = Play(school)
        for step, late, fresh, why in steps:
            before, trail, kept = play.state, play.trail(), len(queries.snapshots(play.number))
            arrived = play.arrived
            done = play.do(step, late=late, fresh=fresh, why=why)
            state, written = play.state, play.trail() - trail
            assert done or (state is before and not written)
            assert state is before or state in CLOSING_MOVES[before]
            if done and step in TRAIL:
                assert written[TRAIL[step]] == 1
            if done and step in {"confirm", "confirm_nobody", "amend"}:
                assert (late or step == "amend", fresh, why) == (True, True, True)
                assert len(queries.snapshots(play.number)) == kept + 1
            if done and step == "confirm":
                assert arrived, "confirmed without a roll"
            holds(play)

    walk()


def holds(play: Play) -> None:
    """What is true in every state."""
    event = db.session.get_one(Event, play.number)
    kept = queries.snapshots(play.number)
    assert (event.state is EventState.REPORTED) == (play.state is not C.OPEN) == bool(kept)
    assert queries.is_intact(event, kept)
    closing = queries.closing_of(play.number)
    assert (closing is not None and closing.published_at is not None) == (play.state is C.PUBLISHED)
    assert play.strikes() == play.absent
