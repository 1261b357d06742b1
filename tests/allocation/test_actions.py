"""Booths by hand and by answer: one winner, in time or lapsed, cancelled early or late, next in line."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts.models import Account
from fairs.allocation import actions, queries
from fairs.allocation.models import BoothAssignment
from fairs.allocation.rules import AlreadyTaken, BoothOfferState, BoothUnknown, OfferExpired, WrongOfferState
from fairs.database import db, lock, transaction
from fairs.employers.rules import ReasonMissing
from fairs.errors import Conflict
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState, WrongExhibitorState
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState, WrongEventState
from tests import factories
from tests.factories import exhibitors as made
from tests.factories.exhibitors import LARGE, NOW, STANDARD, STARTS_AT
from tests.races import race

X = ExhibitorState
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def by(school: University) -> Account:
    return factories.officer(school)


@pytest.fixture
def event(school: University) -> Event:
    event = made.fair(school)
    made.plan(event, [dict(STANDARD), dict(STANDARD), dict(LARGE)])
    return event


def offered(exhibitor: Exhibitor, by: Account, key: str = "A01") -> BoothAssignment:
    return actions.offer_by_hand(exhibitor.id, key, exhibitor.version, by=by.person_id, now=NOW)


def waitlisted(exhibitor: Exhibitor) -> Exhibitor:
    from fairs.exhibitors.actions import move_place

    return move_place(exhibitor.id, X.WAITLISTED, by=None, now=NOW, action="join_line")


def told(kind: str) -> list[Message]:
    return list(db.session.scalars(sa.select(Message).where(Message.kind == kind).order_by(Message.id)))


def test_an_offer_by_hand_is_locked_and_tells_the_contacts(
    school: University, by: Account, event: Event
) -> None:
    employer = made.employer(verified_at=[school])
    contact = made.contact(employer)
    place = made.request(event, employer, by)
    booth = offered(place, by)
    assert (booth.state, booth.locked) == (BoothOfferState.OFFERED, True)
    assert booth.expires_at == NOW + timedelta(hours=48)
    assert (place.state, place.sequence) == (X.ALLOCATED, 1)
    [message] = told("allocation/offer")
    assert message.person_id == contact.person_id
    assert (message.params["number"], message.params["place"]) == ("A01", "体育馆一层")


def test_an_offer_never_outlasts_the_start_of_the_fair(by: Account, event: Event) -> None:
    [place] = made.requests(event, 1, by)
    soon = STARTS_AT - timedelta(hours=5)
    booth = actions.offer_by_hand(place.id, "A01", place.version, by=by.person_id, now=soon)
    assert booth.expires_at == STARTS_AT


def test_one_booth_offered_by_two_officers_at_once_has_one_winner(
    app: Flask, by: Account, event: Event
) -> None:
    places = [(row.id, row.version) for row in made.requests(event, 2, by)]
    person = by.person_id

    def offer(place: tuple[int, int]) -> object:
        return actions.offer_by_hand(place[0], "A01", place[1], by=person, now=NOW).id

    results = race(app, lambda: offer(places[0]), lambda: offer(places[1]))
    [refusal] = [result for result in results if isinstance(result, AlreadyTaken)]
    assert str(refusal) == "展位 A01 刚刚分配给了其他单位。请选择其他空展位，或加入候补。"
    assert refusal.status == 409
    assert [row.booth_key for row in queries.assignments(event.id)] == ["A01"]


def test_the_database_itself_refuses_a_second_holder(by: Account, event: Event) -> None:
    first, second = made.requests(event, 2, by)
    booth = offered(first, by)
    copy = {"event_id": event.id, "booth_key": "A01", "plan_id": booth.plan_id, "offered_at": NOW}
    with pytest.raises(Conflict, match="这个展位刚刚分配给了别的单位"):
        factories.saved(BoothAssignment(exhibitor_id=second.id, state=BoothOfferState.OFFERED, **copy))
    copy["booth_key"] = "A02"
    with pytest.raises(Conflict, match="这家单位已经有展位了"):
        factories.saved(BoothAssignment(exhibitor_id=first.id, state=BoothOfferState.OFFERED, **copy))


def test_an_unknown_booth_and_an_old_page_are_refused(by: Account, event: Event) -> None:
    [place] = made.requests(event, 1, by)
    with pytest.raises(BoothUnknown):
        offered(place, by, "Z99")
    with pytest.raises(Conflict):
        actions.offer_by_hand(place.id, "A01", place.version + 1, by=by.person_id, now=NOW)


def test_confirming_twice_is_once_and_too_late_is_refused(by: Account, event: Event) -> None:
    first, second = made.requests(event, 2, by)
    booth, other = offered(first, by), offered(second, by, "A02")
    for _ in range(2):
        actions.confirm(booth.id, by=by.person_id, now=LATER)
    assert (first.state, booth.state) == (X.CONFIRMED, BoothOfferState.CONFIRMED)
    with pytest.raises(OfferExpired):
        actions.confirm(other.id, by=by.person_id, now=NOW + timedelta(hours=48))
    actions.lapse_offers(NOW + timedelta(hours=48))
    with pytest.raises(OfferExpired):
        actions.confirm(other.id, by=by.person_id, now=NOW + timedelta(hours=49))


def test_confirming_and_lapsing_at_once_leave_one_truth(app: Flask, by: Account, event: Event) -> None:
    [place] = made.requests(event, 1, by)
    booth, place_id, person = offered(place, by).id, place.id, by.person_id
    end = NOW + timedelta(hours=48)
    race(
        app,
        lambda: actions.confirm(booth, by=person, now=end - timedelta(seconds=1)),
        lambda: actions.lapse_offers(end),
    )
    ended = db.session.get(BoothAssignment, booth)
    state = db.session.get(Exhibitor, place_id).state
    assert (ended.state, state) in {
        (BoothOfferState.CONFIRMED, X.CONFIRMED),
        (BoothOfferState.LAPSED, X.LAPSED),
    }


def test_nobody_confirms_a_cancelled_fair(by: Account, event: Event) -> None:
    [place] = made.requests(event, 1, by)
    booth = offered(place, by)

    @transaction
    def cancel() -> None:
        lock(Event, event.id).state = EventState.CANCELLED

    cancel()
    with pytest.raises(WrongEventState, match="已取消"):
        actions.confirm(booth.id, by=by.person_id, now=LATER)


def test_a_lapsed_booth_goes_to_the_first_in_line_whom_it_fits(
    school: University, by: Account, event: Event
) -> None:
    first, needs_large, next_one = (
        made.requests(event, 1, by)[0],
        made.request(event, made.employer("大件", verified_at=[school]), by, size="large"),
        made.request(event, made.employer("后来", verified_at=[school]), by, now=LATER),
    )
    offered(first, by, "A02")
    for place in (needs_large, next_one):
        waitlisted(place)
    assert actions.lapse_offers(NOW + timedelta(hours=48)) == 1
    assert actions.lapse_offers(NOW + timedelta(hours=48)) == 0
    assert [row.state for row in (first, needs_large, next_one)] == [X.LAPSED, X.WAITLISTED, X.ALLOCATED]
    assert queries.assignment_of(next_one.id).booth_key == "A02"


def test_who_let_an_offer_lapse_may_wait_again(by: Account, event: Event) -> None:
    [place] = made.requests(event, 1, by)
    offered(place, by)
    actions.lapse_offers(NOW + timedelta(hours=48))
    actions.rejoin(place.id, by=by.person_id, now=NOW + timedelta(hours=50))
    assert place.state is X.WAITLISTED


def test_declining_passes_the_booth_on_and_cannot_undo_a_confirmation(by: Account, event: Event) -> None:
    first, second, third = made.requests(event, 3, by)
    booth = offered(first, by)
    waitlisted(second)
    actions.decline(booth.id, by=by.person_id, now=LATER)
    assert (first.state, second.state) == (X.DECLINED, X.ALLOCATED)
    confirmed = offered(third, by, "A02")
    actions.confirm(confirmed.id, by=by.person_id, now=LATER)
    with pytest.raises(WrongOfferState):
        actions.decline(confirmed.id, by=by.person_id, now=LATER)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (STARTS_AT - timedelta(days=1), X.CANCELLED_IN_TIME),
        (STARTS_AT - timedelta(days=1) + timedelta(seconds=1), X.CANCELLED_LATE),
    ],
)
def test_cancelling_a_confirmed_booth_counts_by_the_last_free_moment(
    by: Account, event: Event, at: object, expected: ExhibitorState
) -> None:
    first, second = made.requests(event, 2, by)
    booth = offered(first, by)
    actions.confirm(booth.id, by=by.person_id, now=LATER)
    waitlisted(second)
    assert actions.cancel_request(first.id, "展台人员生病", by=by.person_id, now=at) is expected
    assert booth.state is BoothOfferState.RELEASED
    assert queries.assignment_of(second.id).booth_key == "A01"
    with pytest.raises(WrongExhibitorState):
        actions.cancel_request(first.id, "", by=by.person_id, now=at)


def test_a_request_without_a_booth_is_never_late(by: Account, event: Event) -> None:
    [place] = made.requests(event, 1, by)
    late = STARTS_AT - timedelta(minutes=5)
    assert actions.cancel_request(place.id, "", by=by.person_id, now=late) is X.CANCELLED_IN_TIME


def test_moving_swaps_the_two_and_keeps_what_was_confirmed(by: Account, event: Event) -> None:
    first, second = made.requests(event, 2, by)
    booth, other = offered(first, by), offered(second, by, "A02")
    actions.confirm(booth.id, by=by.person_id, now=LATER)
    moved = actions.move_assignment(booth.id, "A02", booth.version, by=by.person_id, now=LATER)
    assert (moved.booth_key, moved.state) == ("A02", BoothOfferState.CONFIRMED)
    swapped = queries.assignment_of(second.id)
    assert (swapped.booth_key, swapped.state) == ("A01", BoothOfferState.OFFERED)
    assert swapped.expires_at == other.expires_at
    assert (first.state, second.state) == (X.CONFIRMED, X.ALLOCATED)
    assert first.sequence == 3


def test_moving_to_a_free_booth_frees_the_old_one(by: Account, event: Event) -> None:
    first, second = made.requests(event, 2, by)
    booth = offered(first, by)
    actions.move_assignment(booth.id, "A03", booth.version, by=by.person_id, now=LATER)
    offered(second, by, "A01")
    assert [row.booth_key for row in queries.assignments(event.id)] == ["A01", "A03"]


def test_releasing_says_why_and_puts_the_employer_back_in_line(by: Account, event: Event) -> None:
    [place] = made.requests(event, 1, by)
    booth = offered(place, by)
    with pytest.raises(ReasonMissing):
        actions.release(booth.id, " ", booth.version, by=by.person_id, now=LATER)
    actions.release(booth.id, "消防通道调整", booth.version, by=by.person_id, now=LATER)
    assert place.state is X.WAITLISTED
    assert queries.assignment_of(place.id) is None


def test_revoking_ends_the_place(by: Account, event: Event) -> None:
    [place] = made.requests(event, 1, by)
    offered(place, by)
    actions.revoke_place(place.id, "提供虚假信息", place.version, by=by.person_id, now=LATER)
    assert place.state is X.REVOKED
    assert place.ended_at == LATER
    assert queries.assignments(event.id) == []


def test_the_public_sees_only_who_has_confirmed(school: University, by: Account, event: Event) -> None:
    first, second = made.requests(event, 2, by)
    booth = offered(first, by)
    offered(second, by, "A02")
    actions.confirm(booth.id, by=by.person_id, now=LATER)
    [line] = queries.public_exhibitors(event.id, school.id, LATER)
    assert (line.employer.legal_name, line.number, line.postings) == (first.employer.legal_name, "A01", 1)
    assert queries.public_exhibitors(event.id, school.id, NOW + timedelta(days=90))[0].postings == 0
