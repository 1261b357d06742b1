"""Plans, licences and duties in the database: what reopens, what is refused, who is told, who wins a race."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts.models import Account
from fairs.audit.models import Audit
from fairs.clock import at_campus
from fairs.database import db
from fairs.errors import NotFound
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.operations import actions as operations
from fairs.operations.rules import Verdict
from fairs.operations.stops import InTheWay
from fairs.programmes import actions as programmes
from fairs.programmes import permits, queries
from fairs.programmes.drafts import DayDraft, FairDraft, SlotDraft
from fairs.programmes.duties import Duty
from fairs.programmes.gates import Gate, GateClosed, GateState
from fairs.programmes.models import Event, StaffShift
from fairs.programmes.rules import EventState
from fairs.programmes.terms import Arrangement, LicenceHolds
from fairs.safety import actions, licences, reporting, rosters, shifts, watch
from fairs.safety import queries as plans
from fairs.safety.licensed import licence_obstacles, licence_of
from fairs.safety.licensing import AnswerFirst, AppliedTooLate, LicenceState, WrongLicenceState
from fairs.safety.models import Licence
from fairs.safety.people import Named, Scope, set_responsible
from fairs.safety.rules import (
    PlanOvertaken,
    PlanSubmitted,
    PlanWaitsForReview,
    Position,
    ResponsibleIncomplete,
)
from fairs.safety.staffing import ShiftClash
from tests import factories
from tests.factories import programmes as make
from tests.races import race


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def officer(school: University) -> Account:
    return factories.officer(school)


@pytest.fixture
def guard(school: University) -> Account:
    return make.security(school)


def state_of(event: Event) -> GateState:
    return plans.gate_state(event.id)


def told(kind: str) -> list[int]:
    return list(db.session.scalars(sa.select(Message.person_id).where(Message.kind == kind)))


def test_nothing_of_the_plan_may_be_missing_when_booking_opens(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    event = make.prepared(make.event(school), by=officer.person_id)
    make.sign_all(event, officer=officer.person_id, guard=guard.person_id)
    for row in rosters.shifts(event.id):
        shifts.end_shift(event.id, row.id, by=officer.person_id, now=now)
    with pytest.raises(GateClosed) as refusal:
        operations.open_event(event.id, by=officer.person_id, now=now)
    assert refusal.value.values["gates"] == ("现场工作人员（每 10 个展位至少 1 名）",)
    shifts.plan_usual(event.id, by=officer.person_id, now=now)
    operations.open_event(event.id, by=officer.person_id, now=now)
    assert event.state is EventState.OPEN


def test_a_change_after_the_signature_asks_for_a_new_one(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    by = officer.person_id
    event = make.open_fair(school, officer=officer, guard=guard)
    with pytest.raises(PlanSubmitted):
        actions.save_section(event.id, "care", {"fire": "新"}, {}, by=by, now=now)
    actions.declare(event.id, 850, open_to_public=False, by=by, now=now)
    assert state_of(event) is GateState.ACCEPTED  # 900 places are offered: still as many
    programmes.change_slots(event.id, SlotDraft(count=3, capacity=310), version=event.version, by=by, now=now)
    row = queries.gates(event.id)[Gate.SAFETY]
    assert (row.state, row.note) == (GateState.DRAFTING, "人数")
    assert guard.person_id in told("programmes/gate_reopened")
    operations.lock_event(event.id, by=by, now=now)
    day = queries.occurrences(event.id)[0].starts_at
    with pytest.raises(GateClosed, match="安全工作方案"):
        operations.start(event.id, by=by, now=day)
    actions.save_section(event.id, "care", {"fire": "增加灭火器"}, {}, by=by, now=now)
    actions.submit(event.id, by=by, now=now)
    with pytest.raises(PlanSubmitted):
        actions.submit(event.id, by=by, now=now)  # a double click
    guard_id = guard.person_id
    with pytest.raises(PlanOvertaken):
        operations.sign_gate(event.id, Gate.SAFETY, Verdict.ACCEPT, seen=1, by=guard_id, now=now)
    operations.sign_gate(event.id, Gate.SAFETY, Verdict.REFUSE, "缺少缓冲区", seen=2, by=guard_id, now=now)
    assert (state_of(event), event.state) == (GateState.REFUSED, EventState.LOCKED)
    actions.submit(event.id, by=by, now=now)
    operations.sign_gate(event.id, Gate.SAFETY, Verdict.ACCEPT, seen=3, by=guard_id, now=now)
    operations.start(event.id, by=by, now=day)
    said = [(one.no, one.is_accepted, one.reason) for one in plans.submissions(event.id)]
    assert said == [(3, True, ""), (2, False, "缺少缓冲区"), (1, True, "同意")]
    assert told("safety/plan_answered") == [by, by, by]


def test_a_plan_is_first_handed_in_with_its_event(
    school: University, officer: Account, now: datetime
) -> None:
    event = make.prepared(make.event(school), by=officer.person_id)
    with pytest.raises(PlanWaitsForReview):
        actions.submit(event.id, by=officer.person_id, now=now)
    other = make.event(school, "第二场")
    plan = actions.copy_last(other.id, by=officer.person_id, now=now)
    assert plan.content["fire"] == "fire已安排"
    assert plan.answers == {}


WEEKS = timedelta(days=28)


def large(school: University, officer: Account, guard: Account, now: datetime, public: bool = True) -> Event:
    """A fair in four weeks that draws 1,200 persons, prepared and signed but for its licence."""
    on = make.days((now + WEEKS).date())
    fair = FairDraft(expected_attendance=1200, open_to_public=public)
    event = make.prepared(make.event(school, on=on, fair=fair), by=officer.person_id)
    return make.sign_all(event, officer=officer.person_id, guard=guard.person_id)


def granted(event: Event, officer: Account, now: datetime) -> Licence:
    licence = licence_of(event.id)
    assert licence is not None
    who, today = {"by": officer.person_id, "now": now}, now.date()
    licences.apply(event.id, "南湖区公安分局", today, version=licence.version, **who)
    licences.accept(event.id, today, version=licence.version, **who)
    paper = licences.Paper(number="宁公许〔2026〕7号", decided_on=today)
    return licences.grant(event.id, paper, version=licence.version, **who)


def test_a_licence_is_granted_holds_changes_and_is_given_back(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    by = officer.person_id
    event = large(school, officer, guard, now)
    assert event.state is EventState.SAFETY_REVIEW
    assert {by, guard.person_id} <= set(told("safety/licence_needed"))
    late = now + timedelta(days=9)
    with pytest.raises(AppliedTooLate):
        licences.apply(event.id, "分局", late.date(), version=1, by=by, now=late)
    licence = granted(event, officer, now)
    assert (licence.state, event.state) == (LicenceState.GRANTED, EventState.APPROVED)
    operations.open_event(event.id, by=by, now=now)
    day = queries.occurrences(event.id)[0]
    later = DayDraft(on=(now + WEEKS + timedelta(days=1)).date(), starts=time(9), ends=time(15))
    with pytest.raises(InTheWay, match="许可"):
        operations.move_day(day.id, later, by=by, now=now)
    bigger = SlotDraft(count=3, capacity=500)
    with pytest.raises(LicenceHolds, match="人数"):
        programmes.change_slots(event.id, bigger, version=event.version, by=by, now=now)
    assert queries.places_a_day(event.id) == 900
    present = permits.arrangement(event.id)
    starts = at_campus(later.on, later.starts)
    wanted = Arrangement(
        days=frozenset({(starts, starts + timedelta(hours=6))}), spaces=present.spaces, persons=1200
    )
    assert licence_obstacles(event, wanted) == ("时间",)
    licences.ask_change(event.id, wanted, "场馆维修", version=licence.version, by=by, now=now)
    with pytest.raises(WrongLicenceState):
        licences.grant(
            event.id,
            licences.Paper(number="1", decided_on=now.date()),
            version=licence.version,
            by=by,
            now=now,
        )
    licences.apply(event.id, "分局", now.date(), version=licence.version, by=by, now=now)
    with pytest.raises(InTheWay):  # applied for is not permitted
        operations.move_day(day.id, later, by=by, now=now)
    paper = licences.Paper(number="宁公许〔2026〕9号", decided_on=now.date())
    licences.grant(event.id, paper, version=licence.version, by=by, now=now)
    assert licence_obstacles(event, wanted) == ()
    operations.move_day(day.id, later, by=by, now=now)
    assert day.starts_at == starts
    operations.cancel_event(event.id, "场馆检修", by=by, now=now)
    assert licence.state is LicenceState.SURRENDERED
    assert queries.gates(event.id)[Gate.LICENCE].state is GateState.SURRENDERED
    moves = db.session.scalars(
        sa.select(Audit.detail).where(Audit.action == "move_licence").order_by(Audit.id)
    ).all()
    assert [one["state"] for one in moves] == [
        *("submitted", "accepted", "granted", "changed", "resubmitted", "granted", "surrendered")
    ]


def test_a_fair_for_the_campus_only_is_asked_about(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    by = officer.person_id
    event = large(school, officer, guard, now, public=False)
    with pytest.raises(AnswerFirst):
        licences.apply(event.id, "分局", now.date(), version=1, by=by, now=now)
    licences.assess(event.id, False, "刘科长", now.date(), "只面向本校学生", by=guard.person_id, now=now)
    licence = licence_of(event.id)
    assert licence is not None
    assert (licence.state, event.state) == (LicenceState.NOT_NEEDED, EventState.APPROVED)
    operations.open_event(event.id, by=by, now=now)
    licences.assess(event.id, True, "区公安分局", now.date(), "校外人员可入校", by=guard.person_id, now=now)
    assert licence.state is LicenceState.DRAFTING


def test_the_watch_finds_licences_dates_and_filings_once(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    fair = FairDraft(expected_attendance=500, open_to_public=True)
    event = make.open_fair(school, officer=officer, guard=guard, fair=fair, slots=SlotDraft(capacity=990))
    assert licence_of(event.id) is None
    factories.duties(school, province="jiangsu", filing="standard", by=officer.person_id, now=now)
    slot = queries.slots(queries.occurrences(event.id)[0].id)[0]
    programmes.change_slots(
        event.id, SlotDraft(capacity=slot.capacity + 10), version=event.version, by=officer.person_id, now=now
    )
    assert watch.look(now)["licences"] == 1
    assert watch.look(now + timedelta(minutes=5))["licences"] == 0
    assert queries.gates(event.id)[Gate.LICENCE].state is GateState.DRAFTING
    assert told("safety/filing_due") == [officer.person_id]
    late = {
        row.params["step"]
        for row in db.session.scalars(sa.select(Message).where(Message.kind == "safety/date_near"))
    }
    assert late == {"plan", "apply"}
    reporting.file_duty(event.id, "notice", date(2026, 11, 20), "", by=officer.person_id, now=now)
    assert len(told("safety/licence_needed")) == 2


def _draft(event: Event, duty: Duty = Duty.DOOR, **who: object) -> shifts.ShiftDraft:
    day = queries.occurrences(event.id)[0]
    return shifts.ShiftDraft(duty=duty, starts_at=day.starts_at, ends_at=day.ends_at, **who)  # type: ignore[arg-type]  # the person's fields


def test_a_person_is_on_duty_in_one_place(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    by = officer.person_id
    one, other = make.event(school, "甲"), make.event(school, "乙")
    day = {event.id: queries.occurrences(event.id)[0].id for event in (one, other)}
    wishes = [(one.id, _draft(one, person_id=by)), (other.id, _draft(other, person_id=by))]
    results = race(
        app,
        *(lambda n=n, d=d: shifts.add_shift(n, day[n], d, by=None, now=now) for n, d in wishes),
    )
    assert sorted(type(result) for result in results if not isinstance(result, StaffShift)) == [ShiftClash]
    assert told("safety/on_duty") == [by]
    (row,) = [*rosters.shifts(one.id), *rosters.shifts(other.id)]
    event = queries.occurrences(row.occurrence.event_id)[0].event
    helper = _draft(event, name="小林", phone="13800005678")
    fresh = shifts.change_shift(event.id, row.id, helper, by=by, now=now)
    assert row.ended_at == now
    assert told("safety/off_duty") == [by]
    assert (fresh.person.name, fresh.person.phone) == ("小林", "13800005678")
    again = shifts.add_shift(one.id, day[one.id], _draft(one, Duty.FIRE, person_id=by), by=by, now=now)
    assert again.person_id == by  # free again
    third = make.event(school, "丙", on=make.days(date(2026, 12, 20)))
    assert shifts.copy_roster(third.id, event.id, by=by, now=now)[1] == 0
    copied = rosters.shifts(third.id)
    assert fresh.person_id in {one.person_id for one in copied}  # the same helper, not a second one
    theirs = make.event(factories.university("beihu"), "丁")
    with pytest.raises(NotFound):
        shifts.copy_roster(third.id, theirs.id, by=by, now=now)


def test_two_officers_write_at_once(app: Flask, school: University, officer: Account, now: datetime) -> None:
    event = make.event(school)
    number, by = event.id, officer.person_id
    results = race(
        app,
        *(
            lambda text=text: actions.save_section(
                number, "care", {"fire": text}, {}, version=0, by=by, now=now
            )
            for text in ("甲", "乙")
        ),
    )
    refused = [result for result in results if isinstance(result, Exception)]
    assert len(refused) == 1


@pytest.mark.parametrize("database", ["sqlite"])
def test_who_answers_is_replaced_and_complete(school: University, officer: Account, now: datetime) -> None:
    scope, by = Scope(university_id=school.id), officer.person_id
    named = Named(name="周校长", title="校长", phone="025-5550 0001", login=officer.login)
    first = set_responsible(scope, Position.FIRST, named, by=by, now=now)
    other = Named(name="吴校长", title="校长", phone="025-5550 0002")
    second = set_responsible(scope, Position.FIRST, other, by=by, now=now)
    direct = set_responsible(scope, Position.DIRECT, named, by=by, now=now)
    assert (first.person_id, first.ended_at, second.ended_at, direct.ended_at) == (by, now, None, None)
    with pytest.raises(ResponsibleIncomplete):
        set_responsible(scope, Position.FIRST, Named(name="周校长", title=" ", phone="1"), by=by, now=now)
    elsewhere = factories.department(factories.university("beihu")).id
    foreign = Scope(university_id=school.id, department_id=elsewhere)
    with pytest.raises(NotFound):
        set_responsible(foreign, Position.FIRST, named, by=by, now=now)
