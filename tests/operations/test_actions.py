"""An event from its draft to its end: gates, signatures, opening, moving, postponing, cancelling."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts.models import Account
from fairs.audit.models import Audit
from fairs.database import db
from fairs.employers.models import Employer, EmployerContact
from fairs.employers.rules import ContactState, EmployerKind, EmployerSize, Ownership
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import ExhibitorState
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.operations import actions
from fairs.operations.rules import (
    DaysPast,
    NoteMissing,
    NothingToSign,
    NotTheSigner,
    PlanIncomplete,
    PostingsUnvetted,
    ReasonMissing,
    TooEarly,
    Verdict,
)
from fairs.postings.models import Posting, PostingRevision
from fairs.postings.rules import PostingKind
from fairs.programmes import queries
from fairs.programmes.drafts import DayDraft, FairDraft, SlotDraft
from fairs.programmes.gates import Gate, GateClosed, GateState, check_gates
from fairs.programmes.models import Event
from fairs.programmes.rules import EventKind, EventScope, EventState, OccurrenceState, WrongEventState
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from fairs.venues import actions as venues
from fairs.venues import queries as spaces
from fairs.venues.rules import PlanState
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import CaseState, SubjectKind
from tests import factories
from tests.factories import programmes as make


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def officer(school: University) -> Account:
    return factories.officer(school)


@pytest.fixture
def guard(school: University) -> Account:
    return make.security(school)


def _exhibitor(event: Event, login: str = "wang@chuanganqi.example") -> Exhibitor:
    """An employer whose request brings one posting that nobody has vetted."""
    employer = factories.saved(
        Employer(
            uscc=None,
            uscc_exemption="测试单位",
            legal_name="南湖传感器有限公司",
            kind=next(iter(EmployerKind)),
            ownership=next(iter(Ownership)),
            size=next(iter(EmployerSize)),
            created_at=make.NOON,
        )
    )
    person = factories.account(login, "王女士").person_id
    contact = EmployerContact(employer_id=employer.id, person_id=person, state=ContactState.ACTIVE)
    factories.saved(contact)
    posting = factories.saved(
        Posting(
            publishing_employer_id=employer.id,
            hiring_employer_id=employer.id,
            kind=next(iter(PostingKind)),
            created_at=make.NOON,
        )
    )
    revision = factories.saved(
        PostingRevision(
            posting_id=posting.id, no=1, title="工程师", headcount=2, fields={}, created_at=make.NOON
        )
    )
    exhibitor = factories.saved(
        Exhibitor(
            event_id=event.id,
            employer_id=employer.id,
            contact_id=person,
            state=ExhibitorState.REQUESTED,
            uid=f"{login}@fairs",
            calendar_changed_at=make.NOON,
        )
    )
    factories.saved(ExhibitorPosting(exhibitor_id=exhibitor.id, posting_revision_id=revision.id))
    return exhibitor


def _approve_posting(school: University) -> None:
    factories.saved(
        VettingCase(
            university_id=school.id,
            subject_kind=SubjectKind.POSTING,
            subject_id=db.session.scalar(sa.select(Posting.id)),
            revision_no=1,
            title="工程师",
            text={},
            rulebook_version="1",
            state=CaseState.APPROVED,
            submitted_at=make.NOON,
            due_at=make.NOON,
        )
    )


def _ticket(event: Event, login: str = "20230142@nanhu") -> Registration:
    day = queries.occurrences(event.id)[0]
    return factories.saved(
        Registration(
            occurrence_id=day.id,
            entry_slot_id=queries.slots(day.id)[0].id,
            person_id=factories.account(login, "李同学").person_id,
            university_id=event.university_id,
            state=RegistrationState.TICKETED,
            uid=f"{login}@fairs",
            calendar_changed_at=make.NOON,
            created_at=make.NOON,
        )
    )


def _states(event: Event) -> dict[Gate, GateState]:
    return {gate: row.state for gate, row in queries.gates(event.id).items()}


def test_a_plan_is_reviewed_only_when_whole(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    event = make.draft_fair(school)
    with pytest.raises(PlanIncomplete) as refusal:
        actions.send_to_review(event.id, by=officer.person_id, now=now)
    plan = ("第一责任人和直接责任人", "实施方案", "安全工作方案", "应急预案")
    assert refusal.value.values["missing"] == ("场地", "展位图", *plan)
    make.prepared(event, by=officer.person_id)
    with pytest.raises(DaysPast):
        actions.send_to_review(event.id, by=officer.person_id, now=now + timedelta(days=30))
    actions.send_to_review(event.id, by=officer.person_id, now=now)
    assert event.state is EventState.SAFETY_REVIEW
    waiting = GateState.SUBMITTED
    assert _states(event) == {Gate.PLAN: waiting, Gate.VETTING: waiting, Gate.SAFETY: waiting}
    told = db.session.scalars(sa.select(Message)).all()
    assert [(m.kind, m.person_id) for m in told] == [("operations/plan_to_sign", guard.person_id)]


def test_each_gate_has_its_signer_and_keeps_who_and_when(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    event = make.prepared(make.event(school), by=officer.person_id)
    actions.send_to_review(event.id, by=officer.person_id, now=now)
    for gate, wrong in ((Gate.SAFETY, officer), (Gate.PLAN, guard), (Gate.VETTING, guard)):
        with pytest.raises(NotTheSigner):
            actions.sign_gate(event.id, gate, Verdict.ACCEPT, by=wrong.person_id, now=now)
    with pytest.raises(GateClosed, match="招聘信息审核"):
        check_gates(_states(event))
    actions.sign_gate(event.id, Gate.SAFETY, Verdict.ACCEPT, by=guard.person_id, now=now)
    with pytest.raises(NothingToSign):
        actions.sign_gate(event.id, Gate.SAFETY, Verdict.ACCEPT, by=guard.person_id, now=now)
    row = queries.gates(event.id)[Gate.SAFETY]
    assert (row.state, row.signed_by, row.signed_at) == (GateState.ACCEPTED, guard.person_id, now)
    for gate in (Gate.PLAN, Gate.VETTING):
        with pytest.raises(WrongEventState):
            actions.open_event(event.id, by=officer.person_id, now=now)
        actions.sign_gate(event.id, gate, Verdict.ACCEPT, by=officer.person_id, now=now)
    assert event.state is EventState.APPROVED
    assert event.published_at == now


def test_a_refusal_says_why_and_only_that_gate_is_asked_again(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    event = make.prepared(make.event(school), by=officer.person_id)
    actions.send_to_review(event.id, by=officer.person_id, now=now)
    actions.sign_gate(event.id, Gate.PLAN, Verdict.ACCEPT, by=officer.person_id, now=now)
    with pytest.raises(NoteMissing):
        actions.sign_gate(event.id, Gate.SAFETY, Verdict.REFUSE, by=guard.person_id, now=now)
    actions.sign_gate(event.id, Gate.SAFETY, Verdict.REFUSE, "缺少疏散路线", by=guard.person_id, now=now)
    assert (event.state, event.state_reason) == (EventState.RETURNED, "缺少疏散路线")
    actions.send_to_review(event.id, by=officer.person_id, now=now)
    assert _states(event) == {
        Gate.PLAN: GateState.ACCEPTED,
        Gate.VETTING: GateState.SUBMITTED,
        Gate.SAFETY: GateState.SUBMITTED,
    }


def test_the_vetting_gate_waits_for_every_posting(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    event = make.prepared(make.event(school), by=officer.person_id)
    _exhibitor(event)
    actions.send_to_review(event.id, by=officer.person_id, now=now)
    with pytest.raises(PostingsUnvetted, match="1 个"):
        actions.sign_gate(event.id, Gate.VETTING, Verdict.ACCEPT, by=officer.person_id, now=now)
    _approve_posting(school)
    actions.sign_gate(event.id, Gate.VETTING, Verdict.ACCEPT, by=officer.person_id, now=now)
    assert _states(event)[Gate.VETTING] is GateState.ACCEPTED


def test_opening_asks_again_for_venue_and_postings(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    event = make.prepared(make.event(school), by=officer.person_id)
    make.sign_all(event, officer=officer.person_id, guard=guard.person_id)
    venues.release(queries.occurrences(event.id)[0].id, by=officer.person_id, now=now)
    _exhibitor(event)
    with pytest.raises(GateClosed) as refusal:
        actions.open_event(event.id, by=officer.person_id, now=now)
    assert refusal.value.values["gates"] == ("招聘信息审核", "场地")
    assert event.state is EventState.APPROVED


def test_a_departments_small_fair_goes_without_security(
    school: University, officer: Account, now: datetime
) -> None:
    small = {"scope": EventScope.DEPARTMENT, "kind": EventKind.SPECIALTY_FAIR}
    event = make.event(
        school, **small, slots=SlotDraft(capacity=300), fair=FairDraft(expected_attendance=300)
    )
    make.prepared(event, by=officer.person_id)
    actions.send_to_review(event.id, by=officer.person_id, now=now)
    assert _states(event)[Gate.SAFETY] is GateState.NOT_NEEDED
    large = make.event(school, **small, slots=SlotDraft(count=2, capacity=300), fair=FairDraft())
    make.prepared(large, by=officer.person_id)
    actions.send_to_review(large.id, by=officer.person_id, now=now)
    assert _states(large)[Gate.SAFETY] is GateState.SUBMITTED
    wide = make.event(school, **small, slots=SlotDraft(capacity=300), fair=FairDraft())
    make.prepared(wide, by=officer.person_id, booths=31)
    actions.send_to_review(wide.id, by=officer.person_id, now=now)
    assert _states(wide)[Gate.SAFETY] is GateState.SUBMITTED


def test_a_thousand_from_outside_ask_for_a_licence(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    event = make.event(school, fair=FairDraft(expected_attendance=1000, open_to_public=True))
    make.prepared(event, by=officer.person_id)
    actions.send_to_review(event.id, by=officer.person_id, now=now)
    assert _states(event)[Gate.LICENCE] is GateState.DRAFTING
    for gate, by in ((Gate.PLAN, officer), (Gate.VETTING, officer), (Gate.SAFETY, guard)):
        actions.sign_gate(event.id, gate, Verdict.ACCEPT, by=by.person_id, now=now)
    assert event.state is EventState.SAFETY_REVIEW
    with pytest.raises(NotTheSigner):  # it comes from the police, not from a signature
        actions.sign_gate(event.id, Gate.LICENCE, Verdict.ACCEPT, "许可", by=officer.person_id, now=now)


def test_an_info_session_needs_no_vetting_gate_and_no_map(
    school: University, officer: Account, now: datetime
) -> None:
    event = make.event(school, "云岭软件宣讲会", EventKind.INFO_SESSION, slots=SlotDraft(capacity=120))
    make.prepared(event, by=officer.person_id)
    actions.send_to_review(event.id, by=officer.person_id, now=now)
    assert [gate for gate, s in _states(event).items() if s is GateState.SUBMITTED] == [Gate.PLAN]


def test_from_open_to_closed(school: University, officer: Account, guard: Account, now: datetime) -> None:
    event = make.open_fair(school, officer=officer, guard=guard)
    by = officer.person_id
    with pytest.raises(TooEarly):
        actions.start(event.id, by=by, now=now)
    actions.lock_event(event.id, by=by, now=now)
    assert spaces.public_plan(event.id).state is PlanState.FROZEN
    day = queries.occurrences(event.id)[0].starts_at
    actions.start(event.id, by=by, now=day - timedelta(minutes=30))
    with pytest.raises(WrongEventState):
        actions.cancel_event(event.id, "太晚了", by=by, now=day)
    actions.close_event(event.id, by=by, now=day + timedelta(hours=6))
    assert event.state is EventState.CLOSED
    done = db.session.scalars(
        sa.select(Audit.action).where(Audit.subject_kind == "event").order_by(Audit.id)
    ).all()
    assert done[-4:] == ["open_event", "lock_event", "start_event", "close_event"]


def test_cancelling_frees_the_hall_and_tells_everybody_once(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    event = make.open_fair(school, officer=officer, guard=guard)
    exhibitor, ticket = _exhibitor(event), _ticket(event)
    day = queries.occurrences(event.id)[0]
    hall = spaces.uses(day.id)[0].space
    place = f"{hall.campus.name} {hall.name}"
    with pytest.raises(ReasonMissing):
        actions.cancel_event(event.id, "  ", by=officer.person_id, now=now)
    actions.cancel_event(event.id, "场馆电路检修", by=officer.person_id, now=now)
    assert (event.state, event.state_reason) == (EventState.CANCELLED, "场馆电路检修")
    assert (day.state, day.sequence, day.calendar_changed_at) == (OccurrenceState.CANCELLED, 1, now)
    assert spaces.uses(day.id) == []
    sent = db.session.scalars(sa.select(Message).where(Message.kind == "operations/cancelled")).all()
    assert {m.person_id for m in sent} == {exhibitor.contact_id, ticket.person_id}
    assert sent[0].params["days"] == [f"2026-11-28 09:00–15:00 {place}"]
    assert sent[0].params["reason"] == "场馆电路检修"
    with pytest.raises(WrongEventState):
        actions.cancel_event(event.id, "再取消一次", by=officer.person_id, now=now)
    told = db.session.scalars(sa.select(Message.kind)).all()
    assert sorted(set(told) - {"operations/cancelled"}) == ["operations/plan_to_sign", "safety/plan_answered"]
    assert told.count("operations/cancelled") == len(sent)
    assert (exhibitor.state, ticket.state) == (ExhibitorState.REQUESTED, RegistrationState.TICKETED)


def test_a_postponed_event_stays_public_and_is_signed_anew(
    school: University, officer: Account, guard: Account, now: datetime
) -> None:
    event = make.open_fair(school, officer=officer, guard=guard)
    ticket, by = _ticket(event), officer.person_id
    actions.postpone_event(event.id, "台风", by=by, now=now)
    day = queries.occurrences(event.id)[0]
    assert (day.state, day.sequence, spaces.uses(day.id)) == (OccurrenceState.PLANNED, 1, [])
    later = DayDraft(on=date(2026, 12, 12), starts=time(9), ends=time(15))
    actions.move_day(day.id, later, by=by, now=now)
    own = sa.select(Message.kind).where(Message.person_id == ticket.person_id)
    kinds = db.session.scalars(own.order_by(Message.id)).all()
    assert kinds == ["operations/postponed", "operations/resumed"]
    hall = spaces.spaces(school.id)[0]
    booking = venues.Booking(day.id, day.starts_at, day.ends_at)
    venues.book_space(hall.id, booking, firm=True, by=by, now=now)
    actions.send_to_review(event.id, by=by, now=now)
    assert set(_states(event).values()) == {GateState.SUBMITTED}
    assert queries.public_event(event.public_id, school.id) == event
