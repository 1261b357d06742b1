"""Whatever people try, in whatever order: an event never stands in a state that its guards forbid."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairs.audit.models import Audit
from fairs.clock import campus_day
from fairs.database import db
from fairs.errors import Refusal
from fairs.operations import actions
from fairs.operations import queries as operations
from fairs.operations.rules import SIGNERS, Verdict
from fairs.programmes import actions as programmes
from fairs.programmes import queries
from fairs.programmes.drafts import FairDraft
from fairs.programmes.gates import PASSED, Gate
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState, OccurrenceState
from fairs.venues import actions as venues
from fairs.venues import queries as spaces
from fairs.venues.layout import PlanSpec
from tests import factories
from tests.factories import programmes as make

S = EventState
OPENED = {S.OPEN, S.LOCKED, S.RUNNING, S.PAUSED, S.EVACUATED, S.CLOSED}
STOPPED = {S.CANCELLED, S.POSTPONED, S.PAUSED, S.EVACUATED}
MOVES = st.one_of(
    st.sampled_from(
        [
            "send",
            "sign_all",
            "open",
            "lock",
            "start",
            "close",
            "cancel",
            "postpone",
            "hall",
            "release",
            "plan",
            "undo",
            "resume",
            "pause",
            "let_in",
            "evacuate",
        ]
    ),
    st.tuples(st.sampled_from(Gate), st.sampled_from(Verdict), st.booleans()),
)


class Play:
    """One event and the people around it."""

    def __init__(self, school: Any, officer: int, guard: int, hall: int, *, licence: bool) -> None:
        fair = FairDraft(expected_attendance=1200, open_to_public=licence)
        self.event: Event = make.event(school, fair=fair)
        self.officer, self.guard, self.hall = officer, guard, hall
        self.known = self.trail()

    @property
    def day(self) -> datetime:
        """When the event begins now."""
        return queries.occurrences(self.event.id)[0].starts_at

    def trail(self) -> int:
        """How many rows the trail has about the event."""
        rows = sa.select(sa.func.count()).where(
            Audit.subject_kind == "event", Audit.subject_id == self.event.id
        )
        return db.session.scalar(rows) or 0

    def do(self, move: Any) -> None:
        """Try a move; a refusal is an answer like any other."""
        before = self.event.state
        try:
            self._moves()[move]() if isinstance(move, str) else self._sign(*move)
        except Refusal:
            assert self.event.state is before

    def _sign(self, gate: Gate, verdict: Verdict, right: bool) -> None:
        security = (gate is Gate.SAFETY) is right
        by = self.guard if security else self.officer
        actions.sign_gate(self.event.id, gate, verdict, "意见", by=by, now=make.NOON)

    def _sign_all(self) -> None:
        for gate in Gate:
            self.do((gate, Verdict.ACCEPT, True))

    def _moves(self) -> dict[str, Callable[[], Any]]:
        number, now, by = self.event.id, make.NOON, self.officer
        later = self.day + timedelta(hours=1)
        spec = PlanSpec(booths=6)
        school = self.event.university_id
        return {
            "send": lambda: actions.send_to_review(number, by=by, now=now),
            "sign_all": self._sign_all,
            "open": lambda: actions.open_event(number, by=by, now=now),
            "lock": lambda: actions.lock_event(number, by=by, now=now),
            "start": lambda: actions.start(number, by=by, now=later),
            "close": lambda: actions.close_event(number, by=by, now=later),
            "cancel": lambda: actions.cancel_event(number, "不办了", by=by, now=now),
            "postpone": lambda: actions.postpone_event(number, "改期", by=by, now=now),
            "hall": lambda: programmes.take_space(number, self.hall, by=by, now=now),
            "undo": lambda: actions.undo_stop(number, by=by, now=now),
            "resume": lambda: actions.resume_event(number, self._later(), by=by, now=now),
            "pause": lambda: actions.pause_entry(number, "满员", by=by, now=later),
            "let_in": lambda: actions.resume_entry(number, by=by, now=later),
            "evacuate": lambda: actions.evacuate(number, "停电", by=by, now=later),
            "release": lambda: venues.release(queries.occurrences(number)[0].id, by=by, now=now),
            "plan": lambda: venues.publish_plan(
                venues.create_plan(number, spec, university_id=school, by=by, now=now).id,
                university_id=school,
                by=by,
                now=now,
            ),
        }

    def _later(self) -> actions.NewDate:
        on = campus_day(self.day) + timedelta(days=1)
        return actions.NewDate(first_on=on, starts=time(9), ends=time(15), space_id=self.hall)

    def check(self, move: Any, before: EventState) -> None:
        """What holds after every move."""
        event, gates = self.event, queries.gates(self.event.id)
        day = queries.occurrences(event.id)[0]
        if event.state in OPENED | {S.APPROVED}:
            assert {Gate.PLAN, Gate.VETTING, Gate.SAFETY} <= set(gates)
            assert all(row.state in PASSED for row in gates.values())
            assert event.published_at is not None
        if event.state is S.OPEN and before is not S.OPEN and move != "undo":
            assert before in {S.APPROVED, S.LOCKED}
            assert spaces.is_firm(day.id)
        if event.state is S.LOCKED:
            assert spaces.public_plan(event.id) is not None
        if event.state is not before:
            assert self.trail() > self.known, (move, before, event.state)
        self.known = self.trail()
        stop = operations.stop_of(event.id)
        assert (event.state in STOPPED) == (stop is not None)
        if stop is not None:
            assert stop.state is event.state
            assert event.state_reason == stop.reason != ""
        assert (day.state is OccurrenceState.CANCELLED) == (event.state is S.CANCELLED)
        if event.state in {S.CANCELLED, S.POSTPONED} and before is not event.state:
            assert spaces.uses(day.id) == []
        for gate, row in gates.items():
            if row.signed_by is not None:
                assert row.signed_at is not None
                assert (row.signed_by == self.guard) == (gate is Gate.SAFETY)
                assert SIGNERS[gate]


def test_no_order_of_moves_gets_past_a_guard(app: Flask) -> None:
    school = factories.university()
    officer = factories.officer(school).person_id
    guard = make.security(school).person_id
    hall = make.hall(school).id

    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.booleans(), st.booleans(), st.lists(MOVES, min_size=6, max_size=14))
    def play(licence: bool, ready: bool, moves: list[Any]) -> None:
        game = Play(school, officer, guard, hall, licence=licence)
        start = ["hall", "plan", "send", "sign_all", "open"] if ready else []
        try:
            for move in [*start, *moves]:
                before = game.event.state
                game.do(move)
                game.check(move, before)
        finally:
            game.do("release")

    play()
