"""What hangs on an event goes with it: moved with 200 tickets, put off, called off, undone, stopped."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts.models import Account
from fairs.accounts.rules import RoleKind
from fairs.calendars.feed import EntryStatus
from fairs.calendars.rules import day_status
from fairs.clock import campus_day
from fairs.database import db
from fairs.errors import Conflict, Refusal
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.operations import actions, stops
from fairs.operations import queries as operations
from fairs.operations.actions import NewDate
from fairs.operations.rules import (
    NoCoordinator,
    NotTheSigner,
    NotYourTurn,
    PlanIncomplete,
    ReasonMissing,
    Verdict,
)
from fairs.operations.stops import InTheWay, NothingToUndo, SpaceGone, UndoTooLate
from fairs.programmes import queries
from fairs.programmes.drafts import (
    BookedLate,
    Clashing,
    FairDraft,
    HallTaken,
    HostUnknown,
    PartnerDraft,
    ProgrammeDraft,
    SlotDraft,
)
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.models import Event, StaffShift
from fairs.programmes.rules import (
    DatePassed,
    EventKind,
    EventScope,
    EventState,
    OccurrenceState,
    PeriodInvalid,
    WrongEventState,
    check_ahead,
)
from fairs.programmes.windows import OutsideProgramme
from fairs.registrations.models import Registration
from fairs.venues import queries as spaces
from fairs.workdays.actions import PeriodDraft, add_period, seed
from fairs.workdays.rules import PeriodKind
from tests import factories
from tests.factories import employers as firms
from tests.factories import programmes as make
from tests.factories.programmes import NOON
from tests.factories.registrations import changed
from tests.test_query_counts import counted

NEW = NewDate(first_on=date(2026, 12, 12), starts=time(10), ends=time(16))
S = EventState


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def officer(school: University) -> Account:
    return factories.officer(school)


def _told(kind: str) -> Counter[int]:
    rows = db.session.scalars(sa.select(Message.person_id).where(Message.kind == f"operations/{kind}"))
    return Counter(rows)


def test_a_fair_with_200_tickets_moves(school: University, officer: Account, now: datetime) -> None:
    fair = make.open_fair(school, officer=officer)
    people = make.tickets(fair, 200)
    day = queries.occurrences(fair.id)[0]
    helper = factories.account("helper@nanhu.example", "小助手").person_id
    shift = factories.saved(
        StaffShift(
            occurrence_id=day.id,
            person_id=helper,
            duty="引导",
            starts_at=day.starts_at,
            ends_at=day.ends_at,
            uid="shift@fairs",
        )
    )
    before, sequence, slots = day.starts_at, day.sequence, [s.id for s in queries.slots(day.id)]
    with counted() as statements:
        actions.move_event(fair.id, NEW, version=fair.version, by=officer.person_id, now=now)
    assert statements.total() < 64
    db.session.refresh(day)
    told = _told("moved")
    assert {*people, helper} <= set(told)
    assert set(told.values()) == {1}
    assert day.sequence == sequence + 1
    assert [s.id for s in queries.slots(day.id)] == slots
    assert queries.slots(day.id)[0].starts_at == day.starts_at
    assert [(use.starts_at, use.ends_at) for use in spaces.uses(day.id)] == [(day.starts_at, day.ends_at)]
    assert shift.starts_at - before == day.starts_at - before
    assert set(db.session.scalars(sa.select(Registration.state))) == {"ticketed"}
    with pytest.raises(Conflict):  # the page was opened before the move
        actions.move_event(fair.id, NEW, version=1, by=officer.person_id, now=now)


def test_days_that_follow_each_other_move_together(
    school: University, officer: Account, now: datetime
) -> None:
    two = make.prepared(make.event(school, on=make.days(date(2026, 11, 28), 2)), by=officer.person_id)
    for first in (date(2026, 11, 29), date(2026, 11, 28)):
        new = NewDate(first_on=first, starts=time(9), ends=time(15))
        actions.move_event(two.id, new, by=officer.person_id, now=now)
        assert [d.starts_at.date() for d in queries.occurrences(two.id)] == [
            first,
            first + timedelta(days=1),
        ]
    assert _told("moved") == {}  # nobody outside knows of it


def test_a_postponed_fair_goes_on_with_a_new_date(
    school: University, officer: Account, now: datetime
) -> None:
    fair, by = make.open_fair(school, officer=officer), officer.person_id
    people = make.tickets(fair, 3)
    hall = queries.occurrences(fair.id)[0].uses[0].space_id
    actions.postpone_event(fair.id, "台风", by=by, now=now)
    with pytest.raises(WrongEventState):  # first a new date
        actions.send_to_review(fair.id, by=by, now=now)
    actions.resume_event(
        fair.id, NewDate(**vars(NEW) | {"space_id": hall}), version=fair.version, by=by, now=now
    )
    day = queries.occurrences(fair.id)[0]
    assert (fair.state, fair.state_reason, operations.stop_of(fair.id)) == (S.PLANNED, "", None)
    assert spaces.is_firm(day.id)
    assert queries.gates(fair.id) == {}
    assert set(_told("resumed")) == set(people) == set(_told("postponed"))
    with pytest.raises(WrongEventState):
        actions.resume_event(fair.id, NEW, by=by, now=now)


def test_a_cancellation_the_evening_before_is_taken_back(school: University, officer: Account) -> None:
    fair, by = make.open_fair(school, officer=officer), officer.person_id
    people = make.tickets(fair, 3)
    day = queries.occurrences(fair.id)[0]
    evening = day.starts_at - timedelta(hours=15)
    actions.cancel_event(fair.id, "寒潮红色预警", by=by, now=evening)
    assert (day_status(fair.state, day.state), day.sequence) == (EntryStatus.CANCELLED, 1)
    assert set(_told("cancelled")) == set(people)
    actions.undo_stop(fair.id, by=by, now=evening)
    assert (fair.state, fair.state_reason, day.state) == (S.OPEN, "", OccurrenceState.PLANNED)
    assert spaces.is_firm(day.id)
    assert day.sequence == 2
    assert set(_told("restored")) == set(people)
    actions.cancel_event(fair.id, "还是取消", by=by, now=evening)
    assert set(_told("cancelled").values()) == {2}  # each cancellation is told
    with pytest.raises(UndoTooLate):
        actions.undo_stop(fair.id, by=by, now=day.starts_at)


def test_what_was_given_to_others_does_not_come_back(
    school: University, officer: Account, now: datetime
) -> None:
    fair, by = make.open_fair(school, officer=officer), officer.person_id
    hall = queries.occurrences(fair.id)[0].uses[0].space_id
    with pytest.raises(NothingToUndo):
        actions.undo_stop(fair.id, by=by, now=now)
    actions.postpone_event(fair.id, "台风", by=by, now=now)
    actions.cancel_event(fair.id, "不办了", by=by, now=now)
    actions.undo_stop(fair.id, by=by, now=now)  # back to where the cancellation began
    assert (fair.state, fair.state_reason) == (S.POSTPONED, "台风")
    make.event(school, "占了场地的招聘会", space_id=hall)
    with pytest.raises(SpaceGone) as refusal:
        actions.undo_stop(fair.id, by=by, now=now)
    assert "另一场活动" in str(refusal.value)  # a draft keeps its name to itself
    with pytest.raises(HallTaken):
        make.event(school, "第三场", space_id=hall)


def test_a_licensed_fair_stays_where_it_is(school: University, officer: Account, now: datetime) -> None:
    fair = make.open_fair(
        school, officer=officer, fair=FairDraft(expected_attendance=1200, open_to_public=True)
    )
    by = officer.person_id
    assert queries.gates(fair.id)[Gate.LICENCE].state is GateState.GRANTED
    with pytest.raises(InTheWay):
        actions.move_event(fair.id, NEW, by=by, now=now)
    actions.cancel_event(fair.id, "不办了", by=by, now=now)
    actions.undo_stop(fair.id, by=by, now=now)
    assert fair.state is S.PLANNED  # the licence was handed back: it is signed anew
    actions.send_to_review(fair.id, by=by, now=now)
    assert queries.gates(fair.id)[Gate.LICENCE].state is GateState.DRAFTING


def test_the_lead_calls_a_joint_fair_off_for_all(school: University, officer: Account, now: datetime) -> None:
    other = factories.university("beihu")
    there = factories.officer(other, "officer@beihu.example").person_id
    fair = make.open_fair(school, officer=officer, partners=[PartnerDraft(university_id=other.id)])
    make.joined(fair, other)
    guest = make.tickets(fair, 1)[0]
    changed(db.session.scalars(sa.select(Registration)).one(), university_id=other.id)
    actions.cancel_event(fair.id, "本校退出", by=officer.person_id, now=now)
    assert {guest, there} <= set(_told("cancelled"))
    assert queries.public_event(fair.public_id, other.id).state is S.CANCELLED


def test_entry_stops_and_goes_on_and_a_hall_is_cleared(school: University, officer: Account) -> None:
    fair, by = make.open_fair(school, officer=officer), officer.person_id
    people = make.tickets(fair, 2)
    there = queries.occurrences(fair.id)[0].starts_at + timedelta(hours=1)
    with pytest.raises(WrongEventState):
        actions.pause_entry(fair.id, "满员", by=by, now=there)
    actions.start(fair.id, by=by, now=there)
    with pytest.raises(ReasonMissing):
        actions.pause_entry(fair.id, " ", by=by, now=there)
    actions.pause_entry(fair.id, "场内人数接近上限", by=by, now=there)
    assert (fair.state, fair.state_reason) == (S.PAUSED, "场内人数接近上限")
    actions.resume_entry(fair.id, by=by, now=there)
    assert (fair.state, operations.stop_of(fair.id)) == (S.RUNNING, None)
    assert set(_told("paused")) == set(_told("entry_resumed")) == set(people)
    actions.evacuate(fair.id, "停电", by=by, now=there)
    assert set(_told("evacuated")) == set(people)
    with pytest.raises(WrongEventState):
        actions.resume_entry(fair.id, by=by, now=there)
    actions.close_event(fair.id, by=by, now=there)
    assert (fair.state, operations.stop_of(fair.id)) == (S.CLOSED, None)


def test_a_talk_takes_its_set_along(school: University, officer: Account, now: datetime) -> None:
    firm = firms.verified(school, "云岭软件有限公司")
    contact = firms.contact(firm, "hr@yunling.example").person_id
    with pytest.raises(HostUnknown):
        _session(school, EventKind.INFO_SESSION, host="没有这家单位")
    talk = _session(school, EventKind.INFO_SESSION, host=firm.uscc or "")
    test = _session(school, EventKind.TEST_SESSION, talk_id=talk.id)
    assert operations.set_of(talk.id) == [test]
    actions.cancel_event(talk.id, "讲者生病", by=officer.person_id, now=now)
    assert (talk.state, test.state) == (S.CANCELLED, S.CANCELLED)
    assert _told("cancelled") == {contact: 2}
    actions.undo_stop(talk.id, by=officer.person_id, now=now)
    assert (talk.state, test.state) == (S.DRAFT, S.DRAFT)


def _session(school: University, kind: EventKind, **values: object) -> Event:
    return make.event(school, kind.value, kind, slots=SlotDraft(capacity=80), **values)


def test_a_talks_room_is_booked_five_working_days_ahead(school: University, now: datetime) -> None:
    hall = make.hall(school).id
    friday = {"on": make.days(date(2026, 11, 27)), "space_id": hall}  # the fifth working day from now
    assert _session(school, EventKind.INFO_SESSION, **friday).id
    thursday = {"on": make.days(date(2026, 11, 26)), "space_id": hall}
    with pytest.raises(BookedLate):
        _session(school, EventKind.INFO_SESSION, **thursday)
    assert _session(school, EventKind.INFO_SESSION, late_reason="单位临时改期", **thursday).id


def test_a_department_speaks_first_and_needs_a_coordinator(
    school: University, officer: Account, now: datetime
) -> None:
    department = factories.department(school)
    fair = make.event(school, "学院专场", department_id=department.id, scope=EventScope.DEPARTMENT, **_SMALL)
    make.prepared(fair, by=officer.person_id)
    with pytest.raises(NoCoordinator):
        actions.send_to_review(fair.id, by=officer.person_id, now=now)
    coordinator = make.coordinator(school, department.id)
    head = factories.account("head@nanhu.example", "钱院长").person_id
    other = factories.account("head2@nanhu.example", "孙院长").person_id
    elsewhere = factories.department(school, "EE", "电子学院")
    for person, where in ((head, department), (other, elsewhere)):
        make.grant(person, RoleKind.DEPT_HEAD, school, where.id)
    actions.send_to_review(fair.id, by=coordinator.person_id, now=now)
    assert _told("plan_to_sign") == {head: 1}
    special = {"kind": EventKind.SPECIALTY_FAIR, "department_id": department.id, **_SMALL}
    for_nobody = make.event(school, "没有专业的专场", **special)
    make.prepared(for_nobody, by=officer.person_id)
    with pytest.raises(PlanIncomplete, match="面向的专业"):
        actions.send_to_review(for_nobody.id, by=coordinator.person_id, now=now)
    gates = queries.gates(fair.id)
    assert gates[Gate.SAFETY].state is GateState.NOT_NEEDED  # 30 booths, 300 people: the light way
    with pytest.raises(NotYourTurn):
        actions.sign_gate(fair.id, Gate.PLAN, Verdict.ACCEPT, by=officer.person_id, now=now)
    with pytest.raises(NotTheSigner):
        actions.sign_gate(fair.id, Gate.DEPARTMENT, Verdict.ACCEPT, by=other, now=now)
    actions.sign_gate(fair.id, Gate.DEPARTMENT, Verdict.ACCEPT, by=head, now=now)
    actions.sign_gate(fair.id, Gate.PLAN, Verdict.REFUSE, "请补充分工", by=officer.person_id, now=now)
    assert (fair.state, _told("returned")) == (S.RETURNED, {coordinator.person_id: 1})
    actions.send_to_review(fair.id, by=coordinator.person_id, now=now)
    for gate in (Gate.PLAN, Gate.VETTING):
        actions.sign_gate(fair.id, gate, Verdict.ACCEPT, by=officer.person_id, now=now)
    assert (fair.state, _told("approved")) == (S.APPROVED, {coordinator.person_id: 1})


@pytest.mark.parametrize("database", ["sqlite"])
def test_without_a_coordinator_an_approved_event_stays_hidden_and_closed(
    school: University, officer: Account, now: datetime
) -> None:
    department = factories.department(school)
    fair = make.event(school, "学院专场", department_id=department.id, scope=EventScope.DEPARTMENT, **_SMALL)
    make.prepared(fair, by=officer.person_id)
    leaving, held = factories.account("li@nanhu.example"), {"department_id": department.id}
    factories.role(
        leaving, RoleKind.DEPT_COORDINATOR, university_id=school.id, until_on=campus_day(now), **held
    )
    actions.send_to_review(fair.id, by=officer.person_id, now=now)
    later = now + timedelta(days=1)
    for gate in (Gate.PLAN, Gate.VETTING):
        actions.sign_gate(fair.id, gate, Verdict.ACCEPT, by=officer.person_id, now=later)
    assert (fair.state, fair.published_at) == (S.APPROVED, None)
    with pytest.raises(NoCoordinator, match="计算机学院"):
        actions.open_event(fair.id, by=officer.person_id, now=later)
    make.coordinator(school, department.id)
    assert actions.open_event(fair.id, by=officer.person_id, now=later).published_at == later


_SMALL: dict[str, object] = {
    "slots": SlotDraft(count=1, capacity=300),
    "fair": FairDraft(expected_attendance=300),
}


def test_a_move_out_of_the_season_asks_why(school: University, officer: Account, now: datetime) -> None:
    season = make.programme(school, ends_on=date(2026, 12, 5))
    fair = make.event(school, programmes=[ProgrammeDraft(programme_id=season.id)])
    with pytest.raises(OutsideProgramme):
        actions.move_event(fair.id, NEW, by=officer.person_id, now=now)
    why = NewDate(**vars(NEW) | {"outside_reason": "场馆维修"})
    actions.move_event(fair.id, why, by=officer.person_id, now=now)
    assert queries.occurrences(fair.id)[0].starts_at.date() == NEW.first_on


def test_a_series_counts_on(school: University) -> None:
    made = [make.event(school, f"第{n}", series="津英就业") for n in (1, 2)]
    assert [event.series_no for event in made] == [1, 2]
    assert made[0].series_id == made[1].series_id


def test_exam_weeks_and_holidays_are_read_before_a_date_is_kept(app: Flask, now: datetime) -> None:
    school, officer = factories.university(), factories.account()
    exams = PeriodDraft(PeriodKind.EXAMS, "期末", date(2026, 12, 21), date(2027, 1, 8))
    add_period(exams, university_id=school.id, by=officer.person_id, now=now)
    seed(now)
    for day, said in ((date(2026, 12, 24), "考试周"), (date(2027, 1, 1), "元旦")):
        with pytest.raises(Clashing) as refusal:
            make.event(school, on=make.days(day), accept_clashes=False)
        assert said in str([str(one) for one in refusal.value.values["clashes"]])
    assert make.event(school, on=make.days(date(2026, 12, 14)), accept_clashes=False).id


@pytest.mark.parametrize(
    ("hours", "length", "same", "refusal"),
    [
        (25, 4, False, None),
        (24, 5, False, None),
        (24, 4, False, stops.NothingChanged),
        (24, 4, True, None),
        (-1, 4, False, stops.NoNewDate),
        (25, 0, False, PeriodInvalid),
    ],
)
def test_days_move_to_another_time_that_comes(
    hours: int, length: int, same: bool, refusal: type[Refusal] | None
) -> None:
    def day(starts: int, length: int) -> tuple[datetime, datetime]:
        return NOON + timedelta(hours=starts), NOON + timedelta(hours=starts + length)

    before, after = [day(24, 4), day(48, 4)], [day(hours, length), day(hours + 24, length)]
    if refusal is None:
        stops.check_new_times(before, after, NOON, same=same)
    else:
        with pytest.raises(refusal):
            stops.check_new_times(before, after, NOON, same=same)


def test_a_new_event_lies_ahead() -> None:
    check_ahead(NOON + timedelta(hours=1), NOON)
    with pytest.raises(DatePassed):
        check_ahead(NOON, NOON)
