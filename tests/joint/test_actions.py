"""Joint fairs at work: invited, answered, quotas, booths, leaving, co-signing; and any order of all of it."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairs.allocation import actions as allocation
from fairs.allocation import queries as booths
from fairs.allocation import quotas
from fairs.allocation.rules import BoothQuotaFull
from fairs.audit.models import Audit
from fairs.calendars import queries as calendars
from fairs.calendars.entries import booking_entry
from fairs.calendars.feed import EntryStatus
from fairs.database import db
from fairs.errors import Conflict, Refusal
from fairs.exhibitors import actions as exhibitors
from fairs.exhibitors.models import ExhibitorPosting, ExhibitorSchool
from fairs.exhibitors.rules import Needs, NotTakingPart
from fairs.institutions.models import University
from fairs.joint import actions, queries
from fairs.joint.rules import CosignOff
from fairs.messages.models import Message
from fairs.programmes import partners
from fairs.programmes import queries as programmes
from fairs.programmes.drafts import PartnerDraft, SlotDraft
from fairs.programmes.models import Event
from fairs.programmes.participation import (
    TRANSITIONS,
    LeadStays,
    ParticipationState,
    QuotaBelowUse,
    WrongParticipation,
)
from fairs.registrations import actions as booking
from fairs.registrations import desk
from fairs.registrations import queries as tickets
from fairs.registrations.models import Registration
from fairs.registrations.rules import QuotaFull, RegistrationState
from tests import factories
from tests.factories import exhibitors as market
from tests.factories import programmes as make
from tests.factories import registrations as made
from tests.races import race

S = ParticipationState


class Joint:
    """A fair of Nanhu with 3 places, to which Beihu is invited with 2 tickets and 1 booth."""

    def __init__(self, seats: int = 3, tickets: int | None = 2) -> None:
        self.nanhu, self.beihu = factories.university(), factories.university("beihu")
        self.chief, self.guard = factories.officer(self.nanhu), make.security(self.nanhu)
        self.officer = self.chief.person_id
        self.guest = factories.officer(self.beihu, "officer@beihu.example").person_id
        self.departments = {u.id: factories.department(u) for u in (self.nanhu, self.beihu)}
        self.count = 0
        self.opens(seats, tickets)

    def opens(self, seats: int, tickets: int | None) -> None:
        """A new fair."""
        asked = PartnerDraft(university_id=self.beihu.id, ticket_quota=tickets, booth_quota=1)
        self.event: Event = make.open_fair(
            self.nanhu,
            officer=self.chief,
            guard=self.guard,
            partners=[asked],
            slots=SlotDraft(count=1, capacity=seats),
            booths=6,
        )
        self.day = programmes.occurrences(self.event.id)[0]
        self.slot = programmes.slots(self.day.id)[0]

    @property
    def part(self) -> Any:
        return programmes.invited_part(self.event.id, self.beihu.id)

    def student(self, school: University) -> int:
        self.count += 1
        return made.student(self.departments[school.id], self.count).person_id

    def books(self, school: University, **how: Any) -> Registration:
        return booking.book(self.slot.id, self.student(school), make.NOON, **how)

    def answers(self, accept: bool = True, version: int | None = None) -> Any:
        return partners.answer_invitation(
            self.event.id,
            self.beihu.id,
            accept=accept,
            note="",
            version=version or self.part.version,
            by=self.guest,
            now=make.NOON,
        )

    def withdraws(self, reason: str = "考试冲突", version: int | None = None) -> int:
        number = version or self.part.version
        return actions.withdraw_school(
            self.event.id, self.beihu.id, reason, version=number, by=self.officer, now=make.NOON
        )

    def quotas(self, tickets: int | None, booths: int | None = 1) -> Any:
        return actions.change_quotas(
            self.event.id,
            self.beihu.id,
            booths=booths,
            tickets=tickets,
            version=self.part.version,
            by=self.officer,
            now=make.NOON,
        )


def told(kind: str) -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Message).where(Message.kind.like(kind)).order_by(Message.id)))


def test_a_partner_leaves_and_its_students_places_go_to_those_who_wait(app: Flask) -> None:
    joint = Joint()
    with pytest.raises(Refusal, match="仅面向指定的学校"):
        joint.books(joint.beihu)
    assert [m.university_id for m in told("programmes/invited")] == [joint.beihu.id]
    joint.answers()
    assert [m.university_id for m in told("programmes/answered")] == [joint.nanhu.id]
    theirs = [joint.books(joint.beihu) for _ in range(2)]
    with pytest.raises(QuotaFull, match="2/2"):
        joint.books(joint.beihu)
    joint.books(joint.nanhu)
    waits = joint.books(joint.nanhu, accepts_waiting=True)
    assert waits.state is RegistrationState.WAITING
    assert joint.withdraws() == 2
    for one in theirs:
        row = db.session.get_one(Registration, one.id)
        assert (row.state, tickets.ticket_of(row.id)) == (RegistrationState.CANCELLED, None)
        with app.test_request_context():
            entry = booking_entry(calendars.bookings(row.person_id, make.NOON)[0])
        assert entry.status is EntryStatus.CANCELLED
    assert db.session.get_one(Registration, waits.id).state is RegistrationState.TICKETED
    notes = told("registrations/school_left")
    assert sorted(m.person_id for m in notes) == sorted(one.person_id for one in theirs)
    assert {m.params["reason"] for m in notes} == {"考试冲突"}
    assert {m.university_id for m in told("joint/withdrawn")} == {joint.nanhu.id, joint.beihu.id}
    assert tickets.quotas(joint.event.id)[joint.beihu.id].taken == 0
    with pytest.raises(Refusal, match="仅面向指定的学校"):
        joint.books(joint.beihu)
    with pytest.raises(WrongParticipation):
        joint.withdraws()


def test_the_lead_stays_and_stale_pages_are_refused(app: Flask) -> None:
    joint = Joint()
    own = programmes.invited_part(joint.event.id, joint.nanhu.id)
    with pytest.raises(LeadStays):
        actions.withdraw_school(
            joint.event.id,
            joint.nanhu.id,
            "不想办了",
            version=own.version,
            by=joint.officer,
            now=make.NOON,
        )
    shown = joint.part.version
    joint.answers(accept=False)
    with pytest.raises(Conflict):
        joint.answers(version=shown)
    again = PartnerDraft(university_id=joint.beihu.id, ticket_quota=9)
    row = partners.invite_school(joint.event.id, again, by=joint.officer, now=make.NOON)
    assert (row.state, row.ticket_quota, row.note) == (S.INVITED, 9, "")


def test_accepting_and_taking_back_at_once_has_one_winner(app: Flask) -> None:
    joint = Joint()
    version = joint.part.version
    results = race(app, lambda: joint.answers(version=version), lambda: joint.withdraws(version=version))
    assert sum(isinstance(one, Conflict) for one in results) == 1
    assert joint.part.state in {S.ACCEPTED, S.WITHDRAWN}


def test_leaving_and_booking_at_once_leaves_no_ticket(app: Flask) -> None:
    joint = Joint()
    joint.answers()
    version, person = joint.part.version, joint.student(joint.beihu)
    race(
        app,
        lambda: joint.withdraws(version=version),
        lambda: booking.book(joint.slot.id, person, make.NOON),
    )
    left = tickets.live_registration(joint.day.id, person)
    assert (joint.part.state, left) == (S.WITHDRAWN, None)


def test_a_larger_quota_lets_in_who_waits_and_a_smaller_one_keeps_what_is_used(app: Flask) -> None:
    joint = Joint()
    joint.answers()
    for _ in range(2):
        joint.books(joint.beihu)
    waits = joint.books(joint.beihu, accepts_waiting=True)
    with pytest.raises(QuotaBelowUse, match="2 个"):
        joint.quotas(1)
    joint.quotas(3)
    assert db.session.get_one(Registration, waits.id).state is RegistrationState.TICKETED
    use = queries.use_of(joint.event.id)[joint.beihu.id]
    assert (use.registered, use.waiting, use.persons, use.attendances) == (3, 0, 0, 0)


def _comes(joint: Joint, name: str, through: int | None) -> Any:
    firm = market.employer(name, verified_at=[joint.nanhu])
    by = market.contact(firm, f"hr@{name}.example")
    brought = market.posting(firm, joint.nanhu, by, now=make.NOON)
    return exhibitors.request_place(
        joint.event.id, firm.id, Needs(), [], [brought.id], by.person_id, make.NOON, through=through
    )


def test_booths_are_given_within_the_quota_of_who_brings_the_employer(app: Flask) -> None:
    joint = Joint()
    with pytest.raises(NotTakingPart):
        _comes(joint, "零号", joint.beihu.id)
    joint.answers()
    one, two = (_comes(joint, name, joint.beihu.id) for name in ("甲", "乙"))
    own = _comes(joint, "丙", None)
    wishes = booths.problem(joint.event.id, seed=1).wishes
    assert {wish.exhibitor_id for wish in wishes} == {one.id, own.id}
    keys = list(booths.booths(joint.event.id))
    allocation.offer_by_hand(one.id, keys[0], one.version, by=joint.officer, now=make.NOON)
    with pytest.raises(BoothQuotaFull, match=r"beihu大学.*1 个"):
        allocation.offer_by_hand(two.id, keys[1], two.version, by=joint.officer, now=make.NOON)
    assert quotas.used(joint.event.id) == {joint.beihu.id: 1}
    with pytest.raises(QuotaBelowUse):
        joint.quotas(2, booths=0)
    joint.withdraws()
    assert quotas.used(joint.event.id) == {joint.nanhu.id: 1}, "the employer stays, as the lead's"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ExhibitorSchool)) == 0


def test_a_partner_signs_postings_where_the_lead_asks_for_it(app: Flask) -> None:
    joint = Joint()
    joint.answers()
    _comes(joint, "丁", None)
    revision = db.session.scalars(sa.select(ExhibitorPosting.posting_revision_id)).one()
    who: dict[str, Any] = {"by": joint.guest, "now": make.NOON}
    with pytest.raises(CosignOff):
        actions.cosign(joint.event.id, joint.beihu.id, revision, **who)
    actions.set_co_signing(joint.event.id, True, by=joint.officer, now=make.NOON)
    first = actions.cosign(joint.event.id, joint.beihu.id, revision, **who)
    assert actions.cosign(joint.event.id, joint.beihu.id, revision, **who).id == first.id
    assert [p.signed for p in queries.brought_postings(joint.event.id)] == [{joint.beihu.id}]
    actions.take_back_cosign(joint.event.id, joint.beihu.id, revision, **who)
    assert [p.signed for p in queries.brought_postings(joint.event.id)] == [set()]


MOVES = st.sampled_from(["invite", "accept", "decline", "withdraw", "book", "wait", "more", "fewer", "lead"])


class Play(Joint):
    """A joint fair with which people do what they like."""

    moved = 1  # the invitation

    def does(self, move: str) -> None:
        before = self.part.state
        try:
            self._ways()[move]()
        except Refusal:
            assert self.part.state is before
        after = self.part.state
        if after is not before:
            assert after in TRANSITIONS[before]
            self.moved += 1

    def _ways(self) -> dict[str, Callable[[], Any]]:
        asked = PartnerDraft(university_id=self.beihu.id, ticket_quota=2)
        return {
            "invite": lambda: partners.invite_school(self.event.id, asked, by=self.officer, now=make.NOON),
            "accept": self.answers,
            "decline": lambda: self.answers(accept=False),
            "withdraw": self.withdraws,
            "book": lambda: self.books(self.beihu),
            "wait": lambda: self.books(self.beihu, accepts_waiting=True),
            "more": lambda: self.quotas(3),
            "fewer": lambda: self.quotas(1),
            "lead": lambda: self.books(self.nanhu, accepts_waiting=True),
        }

    def check(self) -> None:
        """What holds after every move."""
        db.session.rollback()
        live = desk.desk_list(self.event.id).where(Registration.university_id == self.beihu.id)
        quota = tickets.quotas(self.event.id)[self.beihu.id]
        assert self.part.state is S.ACCEPTED or db.session.execute(live).first() is None
        assert quota.places is None or quota.taken <= quota.places
        assert tickets.taken(self.slot.id) <= self.slot.capacity

    def check_trail(self) -> None:
        """Every change has its audit row at both universities, and its message."""
        trail = sa.select(sa.func.count()).where(
            Audit.subject_kind == "event_school",
            Audit.subject_id == self.part.id,
            Audit.action != "set_school_quotas",
        )
        assert db.session.scalar(trail) == 2 * self.moved
        concerned = [m.kind for m in told("%") if m.subject_id == self.event.id]
        leaving = concerned.count("joint/withdrawn")
        assert len([k for k in concerned if k.startswith("programmes/")]) + leaving // 2 == self.moved


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_whatever_the_order_quotas_hold_and_nobody_has_a_ticket_without_taking_part(app: Flask) -> None:
    play = Play()

    @settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(MOVES, min_size=4, max_size=9))
    def any_order(moves: list[str]) -> None:
        play.opens(seats=4, tickets=2)
        play.moved = 1
        for move in moves:
            play.does(move)
            play.check()
        play.check_trail()

    any_order()
