"""The case machine: whatever is tried in whatever order, only its moves happen, each with its trail and its word."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairs.audit.models import Audit
from fairs.database import db, transaction
from fairs.errors import Refusal
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.postings import actions as posting_actions
from fairs.vetting.models import Decision, VettingCase
from fairs.vetting.rules import CASE_MOVES, OUTCOME, WAITING, CaseState, VerdictKind
from tests import factories
from tests.factories import postings
from tests.vetting.test_actions import Scene

TOLD = {
    VerdictKind.APPROVE: "postings/approved",
    VerdictKind.RETURN: "postings/returned",
    VerdictKind.REJECT: "postings/rejected",
    VerdictKind.LIFT: "vetting/second_needed",
    VerdictKind.APPEAL: "vetting/appealed",
}
LAWFUL, UNLAWFUL = "会使用三维设计软件。", "限男性，会使用三维设计软件。"
STEPS = st.lists(st.tuples(st.sampled_from([*VerdictKind, None]), st.integers(0, 2)), min_size=1, max_size=5)
"""Steps of (verdict, which officer); None: the employer takes the posting back."""


class Machine(Scene):
    """Three officers."""

    def __init__(self) -> None:
        super().__init__()
        third = factories.officer(self.school, "third@nanhu.example")
        self._without_limit()
        self.officers = [self.first, self.second, third]

    @transaction
    def _without_limit(self) -> None:
        db.session.get_one(University, self.school.id).settings = {"postings_per_day": 999}

    def do(self, case: VettingCase, verdict: VerdictKind | None, officer: int, now: datetime) -> bool:
        """Try one step; whether it happened."""
        by, hr = self.officers[officer].person_id, self.hr.person_id
        try:
            if verdict is None:
                posting_actions.withdraw_posting(case.subject_id, "已招满", by=hr, now=now)
            elif verdict is VerdictKind.APPEAL:
                posting_actions.appeal_posting(case.subject_id, self.school.id, "见公告", by=hr, now=now)
            else:
                sent = (case.id, verdict, "写明的理由", case.version, by, now)
                posting_actions.decide_posting(*sent)
        except Refusal:
            return False
        return True


@pytest.fixture
def database() -> str:
    """What happens in which order does not depend on the database; races are tested on both."""
    return "sqlite"


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, unlawful=st.booleans())
def test_every_move_has_its_trail_and_its_word(
    app: Flask, machine: Machine, now: datetime, steps: list[tuple[VerdictKind | None, int]], unlawful: bool
) -> None:
    draft = postings.draft(
        machine.employer, machine.hr, now=now, requirements=UNLAWFUL if unlawful else LAWFUL
    )
    sent = {"by": machine.hr.person_id, "now": now, "stated": postings.STATED}
    [case] = posting_actions.submit_revision(draft.id, [machine.school.id], **sent)
    for verdict, officer in steps:
        before, trail, told = case.state, _trail(case), _told(verdict)
        done = machine.do(case, verdict, officer, now)
        after = db.session.get_one(VettingCase, case.id).state
        if verdict is None:
            assert after is (CaseState.WITHDRAWN if done and before in WAITING else before)
            continue
        assert after is (OUTCOME[verdict] if done else before)
        assert not done or after in CASE_MOVES[before]
        assert _trail(case) == trail + done
        assert (_told(verdict) > told) is done
        if after is CaseState.APPROVED and done and unlawful:
            (first, proposed), (second, agreed) = _last_two(case)
            assert (first, second) == (VerdictKind.LIFT, VerdictKind.APPROVE), "nobody proposed it"
            assert proposed != agreed, "one officer alone let a blocking clause pass"


@pytest.fixture
def machine(app: Flask) -> Machine:
    """The people; the cases of one run do not disturb those of the next."""
    return Machine()


def _trail(case: VettingCase) -> int:
    wanted = sa.select(sa.func.count()).where(
        Audit.subject_kind == "vetting_case",
        Audit.subject_id == case.id,
        Audit.action.in_(["decide_case", "appeal_case"]),
    )
    return db.session.scalar(wanted) or 0


def _told(verdict: VerdictKind | None) -> int:
    kind = TOLD.get(verdict) if verdict else None
    return db.session.scalar(sa.select(sa.func.count()).where(Message.kind == kind)) or 0


def _last_two(case: VettingCase) -> list[tuple[VerdictKind, int]]:
    chosen = sa.select(Decision.verdict, Decision.by).where(Decision.case_id == case.id)
    rows = db.session.execute(chosen.order_by(Decision.seq.desc()).limit(2)).all()
    return [(row[0], row[1]) for row in reversed(rows)]


def test_moves_lead_only_to_states_and_every_verdict_has_an_outcome() -> None:
    assert set(CASE_MOVES) == set(CaseState)
    assert set(OUTCOME) == set(VerdictKind) == set(TOLD)
    assert {state for state, moves in CASE_MOVES.items() if CaseState.WITHDRAWN in moves} == WAITING
