"""Every state machine of the application, found by its table and walked at random through its own check.

What is demanded of each: the check allows exactly the table; every state is reached; and no path reaches a state
before one of those that carry its guards (``needs``). What else a step asks for, writes and tells is walked
feature by feature, see docs/journeys.md.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.allocation import rules as allocation
from fairs.allocation.rules import BoothOfferState as B
from fairs.database import Model
from fairs.docking import rules as docking
from fairs.docking.rules import MeetingState
from fairs.employers import registration, sanctions
from fairs.employers import rules as employers
from fairs.employers.registration import ContactState
from fairs.employers.rules import StandingState
from fairs.employers.sanctions import AppealState
from fairs.errors import Refusal
from fairs.exhibitors import rules as exhibitors
from fairs.exhibitors.rules import ExhibitorState as X
from fairs.invitations import rules as invitations
from fairs.invitations.rules import InvitationState as V
from fairs.livestreams import rules as live
from fairs.livestreams.rules import LiveState
from fairs.onsite import rules as onsite
from fairs.onsite.rules import CheckState, IncidentState, Point, Sweep
from fairs.operations import stops
from fairs.outcomes import rules as outcomes
from fairs.outcomes.rules import ClosingState, Stage
from fairs.postings import changes
from fairs.postings.changes import ChangeState
from fairs.privacy import rules as privacy
from fairs.privacy.rules import RequestState
from fairs.programmes import campaigns, participation, seasons
from fairs.programmes import rules as programmes
from fairs.programmes.campaigns import ActivityState
from fairs.programmes.gates import GateState
from fairs.programmes.participation import ParticipationState as P
from fairs.programmes.rules import EventState as E
from fairs.programmes.seasons import ProgrammeState
from fairs.protection import alerts
from fairs.protection import rules as cases
from fairs.protection.alerts import AlertState
from fairs.protection.rules import ComplaintState
from fairs.registrations import rules as registrations
from fairs.registrations.rules import RegistrationState as R
from fairs.safety import licensing
from fairs.safety import rules as safety
from fairs.safety.licensing import LicenceState as L
from fairs.vetting import rules as vetting
from fairs.vetting.rules import CaseState, VerdictKind
from tests import texts

Table = Mapping[Any, Any]
Step = Callable[[Any, Any], object]


@dataclass(frozen=True)
class Machine:
    """A table, the check that reads it, where paths begin, and what each state needs to have been before it."""

    table: Table
    step: Step
    first: StrEnum
    needs: Mapping[StrEnum, set[StrEnum]] = field(default_factory=dict)


def _decide(state: CaseState, to: CaseState) -> object:
    if to is CaseState.APPEALED:
        return vetting.check_appeal(state, "依据", 0)
    verdicts = {
        after: verdict for verdict, after in vetting.OUTCOME.items() if verdict is not VerdictKind.APPEAL
    }
    if to in verdicts:
        return vetting.check_decision(state, verdicts[to], "理由")
    return _listed(vetting.CASE_MOVES)(state, to)  # taken back by its employer


def _settle(_state: IncidentState, to: IncidentState) -> object:
    return onsite.settle(_state) if to is IncidentState.SETTLED else _listed({_state: ()})(_state, to)


def _sweep(state: CheckState, to: CheckState) -> object:
    answers = dict.fromkeys(Point, to is CheckState.CLEAR)
    if to is CheckState.WAITING:
        return _listed({state: ()})(state, to)
    return onsite.swept(state, Sweep(answers, "说明"), is_over=True, open_incidents=0)


def _listed(table: Table) -> Step:
    def step(state: Any, to: Any) -> None:
        if to not in table[state]:
            raise Refusal

    return step


MACHINES = {
    "BoothOffer": Machine(allocation.TRANSITIONS, allocation.move, B.OFFERED, {B.CONFIRMED: {B.OFFERED}}),
    "Contact": Machine(registration.CONTACT_MOVES, registration.check_contact_move, ContactState.REQUESTED),
    "Standing": Machine(
        employers.STANDING_MOVES,
        employers.check_move,
        StandingState.DRAFT,
        {StandingState.VERIFIED: {StandingState.SUBMITTED}, StandingState.EXPIRED: {StandingState.SUBMITTED}},
    ),
    "Appeal": Machine(sanctions.APPEAL_MOVES, sanctions.check_appeal_move, AppealState.ASKED),
    "Exhibitor": Machine(
        exhibitors.EXHIBITOR_MOVES,
        exhibitors.check_move,
        X.DRAFT,
        {
            X.CONFIRMED: {X.ALLOCATED},
            X.CHECKED_IN: {X.CONFIRMED},
            X.NO_SHOW: {X.CONFIRMED},
            X.DEPARTED: {X.CHECKED_IN},
        },
    ),
    "Invitation": Machine(invitations.INVITATION_MOVES, invitations.check_move, V.SENT),
    "Meeting": Machine(
        docking.TRANSITIONS,
        docking.check_move,
        MeetingState.ASKED,
        {MeetingState.HELD: {MeetingState.AGREED}, MeetingState.DECLINED: {MeetingState.ASKED}},
    ),
    "LiveSession": Machine(
        live.TRANSITIONS, live.check_move, LiveState.DRAFT, {LiveState.HELD: {LiveState.ANNOUNCED}}
    ),
    "Incident": Machine(onsite.INCIDENT_MOVES, _settle, IncidentState.OPEN),
    "HallCheck": Machine(onsite.CHECK_MOVES, _sweep, CheckState.WAITING),
    "Closing": Machine(
        outcomes.CLOSING_MOVES,
        outcomes.check_closing_move,
        ClosingState.OPEN,
        {ClosingState.PUBLISHED: {ClosingState.CONFIRMED}},
    ),
    "Outcome": Machine(
        {stage: {stage, *moves} for stage, moves in outcomes.STAGE_MOVES.items()},
        outcomes.check_stage,
        Stage.INTENT,
    ),
    "RuleChange": Machine(
        changes.CHANGE_MOVES, lambda state, to: changes.check_change(state, to, "岗位"), ChangeState.LISTED
    ),
    "Erasure": Machine(privacy.TRANSITIONS, privacy.move, RequestState.OPEN),
    "Activity": Machine(campaigns.TRANSITIONS, campaigns.move, ActivityState.DRAFT),
    "Participation": Machine(
        participation.TRANSITIONS, participation.move, P.INVITED, {P.ACCEPTED: {P.INVITED}}
    ),
    "Event": Machine(
        programmes.EVENT_MOVES,
        programmes.check_move,
        E.DRAFT,
        {
            E.OPEN: {E.APPROVED},
            E.LOCKED: {E.OPEN},
            E.RUNNING: {E.OPEN},
            E.PAUSED: {E.RUNNING},
            E.EVACUATED: {E.RUNNING},
            E.CLOSED: {E.RUNNING},
            E.REPORTED: {E.CLOSED},
        },
    ),
    "Programme": Machine(
        seasons.TRANSITIONS, lambda state, to: seasons.move(state, to, has_plan=True), ProgrammeState.DRAFT
    ),
    "Alert": Machine(
        alerts.ALERT_MOVES, alerts.move, AlertState.DRAFT, {AlertState.PUBLISHED: {AlertState.APPROVED}}
    ),
    "Complaint": Machine(
        cases.COMPLAINT_MOVES,
        cases.move,
        ComplaintState.RECEIVED,
        {
            ComplaintState.UPHELD: {ComplaintState.INVESTIGATING},
            ComplaintState.UNFOUNDED: {ComplaintState.INVESTIGATING},
            ComplaintState.CLOSED: {ComplaintState.UPHELD, ComplaintState.UNFOUNDED},
        },
    ),
    "Registration": Machine(
        registrations.TRANSITIONS,
        registrations.move,
        R.WAITING,
        {R.CHECKED_IN: {R.TICKETED}, R.CHECKED_OUT: {R.CHECKED_IN}},
    ),
    "Licence": Machine(
        licensing.LICENCE_MOVES,
        licensing.check_licence_move,
        L.DRAFTING,
        {L.GRANTED: {L.SUBMITTED}, L.CHANGED: {L.GRANTED}},
    ),
    "SafetyPlan": Machine(
        safety.PLAN_MOVES,
        safety.check_plan_move,
        GateState.NOT_NEEDED,
        {GateState.ACCEPTED: {GateState.SUBMITTED}},
    ),
    "Case": Machine(
        vetting.CASE_MOVES,
        _decide,
        CaseState.IN_REVIEW,
        {CaseState.APPEALED: {CaseState.RETURNED, CaseState.REJECTED}},
    ),
}

PARTS = (stops.STOPS, stops.GOES_ON, outcomes.STAGE_MOVES)
"""Tables that say more about a machine above; an outcome may be said again, which its machine allows for."""

WITHOUT_TABLE = {
    "MessageState": "tests/messages/test_delivery.py",
    "OccurrenceState": "tests/operations/test_stops.py",
    "PlanState": "tests/venues/test_actions.py",
    "StudentState": "tests/students/test_actions.py",
    "TaskState": "tests/test_jobs.py",
    "UseState": "tests/venues/test_actions.py",
}
"""States that follow from one action each, without a choice of ways: where they are tested."""


def _tables() -> dict[int, tuple[str, Table]]:
    """Every table of the application that says for each state of a kind which ones may follow."""
    return {
        id(value): (f"{module.__name__}.{name}", value)
        for module in texts.modules()
        for name, value in vars(module).items()
        if isinstance(value, Mapping) and value and _is_table(value)
    }


def _is_table(value: Mapping[Any, Any]) -> bool:
    kind = type(next(iter(value)))
    return (
        issubclass(kind, StrEnum)
        and kind.__name__.endswith(("State", "Stage"))
        and all(isinstance(state, kind) for state in value)
        and all(
            isinstance(to, frozenset | set) and all(isinstance(one, kind) for one in to)
            for to in value.values()
        )
    )


def test_every_table_is_walked() -> None:
    walked = {id(machine.table) for machine in MACHINES.values()} | {id(part) for part in PARTS}
    assert [name for number, (name, _table) in _tables().items() if number not in walked] == []


def test_every_kept_state_has_a_machine() -> None:
    texts.modules()  # every table is known then
    kinds = {type(machine.first).__name__ for machine in MACHINES.values()}
    kept = {
        column.type.enum_class.__name__
        for table in Model.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.Enum) and column.type.create_constraint and column.type.enum_class
    }
    assert kept - kinds == set(WITHOUT_TABLE)
    assert [path for path in WITHOUT_TABLE.values() if not (texts.ROOT / path).exists()] == []


@pytest.mark.parametrize("name", MACHINES)
def test_the_check_is_the_table_and_every_state_is_reached(name: str) -> None:
    machine = MACHINES[name]
    for state in machine.table:
        for to in type(machine.first):
            if to in machine.table[state]:
                machine.step(state, to)
            else:
                with pytest.raises(Refusal):
                    machine.step(state, to)
    reached = {machine.first}
    while more := {to for state in reached for to in machine.table.get(state, ())} - reached:
        reached |= more
    assert reached == set(machine.table)


@pytest.mark.parametrize("name", MACHINES)
def test_no_path_skips_what_carries_the_guards(name: str) -> None:
    machine = MACHINES[name]

    @settings(max_examples=25)
    @given(st.lists(st.sampled_from(list(type(machine.first))), max_size=25))
    def walk(wishes: list[StrEnum]) -> None:
        path = [machine.first]
        for wish in wishes:
            with suppress(Refusal):
                machine.step(path[-1], wish)
                path.append(wish)
        for number, state in enumerate(path):
            wanted = machine.needs.get(state)
            assert wanted is None or wanted & set(path[:number]), f"{name}: {' → '.join(path)}"

    walk()
