"""Asking for a place: who may, once per fair, with what, and how many staff."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts.models import Account
from fairs.database import db, lock, transaction
from fairs.errors import Conflict
from fairs.exhibitors import actions, queries
from fairs.exhibitors.models import Exhibitor, RepPass
from fairs.exhibitors.rules import (
    ExhibitorState,
    Needs,
    NotAdmissible,
    PostingMissing,
    RequestsClosed,
    TooManyReps,
    WrongExhibitorState,
)
from fairs.institutions.models import University
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState
from fairs.venues.rules import BoothSize
from tests import factories
from tests.factories import exhibitors as made
from tests.factories.exhibitors import NOW
from tests.races import race

NEEDS = Needs(size=BoothSize.LARGE, power=True, note="需要两张桌子")


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def by(school: University) -> Account:
    return factories.officer(school)


@pytest.fixture
def event(school: University) -> Event:
    return made.fair(school)


def test_a_request_keeps_what_was_asked_for(school: University, by: Account, event: Event) -> None:
    employer = made.employer(verified_at=[school])
    posting = made.posting(employer, school, by)
    place = actions.request_place(
        event.id, employer.id, NEEDS, ["080901", "080901"], [posting.id], by.person_id, NOW
    )
    assert place.state is ExhibitorState.REQUESTED
    assert Needs.read(place.needs) == NEEDS
    assert place.majors == ["080901"]
    assert place.uid.startswith(f"exhibitor-{place.public_id}@")
    assert [row.title for row in queries.postings_of(place.id)] == ["硬件工程师"]
    assert queries.figures(event.id).employers == 1


def test_the_last_moment_for_requests_is_kept(school: University, by: Account, event: Event) -> None:
    employer = made.employer(verified_at=[school])
    late = NOW + timedelta(days=7)
    with pytest.raises(RequestsClosed):
        made.request(event, employer, by, now=late)
    made.request(event, employer, by, now=late - timedelta(seconds=1))


def test_an_event_not_yet_approved_takes_no_requests(school: University, by: Account) -> None:
    event = made.fair(school, event={"state": EventState.PLANNED})
    with pytest.raises(RequestsClosed):
        made.request(event, made.employer(verified_at=[school]), by)


def test_only_the_lead_universitys_verification_counts(by: Account, event: Event) -> None:
    other = factories.university("beihu")
    with pytest.raises(NotAdmissible, match="nanhu大学"):
        made.request(event, made.employer(verified_at=[other]), by)


def test_a_posting_published_elsewhere_or_by_others_does_not_count(
    school: University, by: Account, event: Event
) -> None:
    other = factories.university("beihu")
    employer = made.employer(verified_at=[school, other])
    elsewhere = made.posting(employer, other, by)
    foreign = made.posting(made.employer("别家"), school, by)
    with pytest.raises(PostingMissing):
        actions.request_place(event.id, employer.id, NEEDS, [], [elsewhere.id, foreign.id], by.person_id, NOW)


def test_one_employer_asking_twice_at_once_has_one_request(
    app: Flask, school: University, by: Account, event: Event
) -> None:
    employer = made.employer(verified_at=[school])
    posting, event_id, employer_id, person = (
        made.posting(employer, school, by).id,
        event.id,
        employer.id,
        by.person_id,
    )

    def ask() -> object:
        return actions.request_place(event_id, employer_id, NEEDS, [], [posting], person, NOW).id

    results = race(app, ask, ask)
    refused = [result for result in results if isinstance(result, Conflict)]
    assert [str(refusal) for refusal in refused] == ["贵单位已申请过这场招聘会。"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Exhibitor)) == 1


def test_editing_keeps_the_place_in_the_line(school: University, by: Account, event: Event) -> None:
    employer = made.employer(verified_at=[school])
    place = made.request(event, employer, by)
    second = made.posting(employer, school, by, "测试工程师")
    args = (NEEDS, ["080901"], [second.id])
    edited = actions.edit_request(place.id, *args, place.version, by.person_id, NOW + timedelta(hours=1))
    assert edited.requested_at == NOW
    assert [row.title for row in queries.postings_of(place.id)] == ["测试工程师"]
    with pytest.raises(Conflict):
        actions.edit_request(place.id, *args, edited.version - 1, by.person_id, NOW)


def test_a_request_with_a_booth_is_not_edited(school: University, by: Account, event: Event) -> None:
    place = made.request(event, made.employer(verified_at=[school]), by)
    actions.move_place(place.id, ExhibitorState.ALLOCATED, by=None, now=NOW, action="offer_booth")
    with pytest.raises(WrongExhibitorState, match="待确认"):
        actions.edit_request(place.id, NEEDS, [], [], place.version, by.person_id, NOW)


def test_an_ended_request_frees_the_employers_one_place(
    school: University, by: Account, event: Event
) -> None:
    employer = made.employer(verified_at=[school])
    place = made.request(event, employer, by)
    actions.move_place(place.id, ExhibitorState.CANCELLED_IN_TIME, by=by.person_id, now=NOW, action="end")
    again = made.request(event, employer, by)
    assert queries.place_of(employer.id, event.id).id == again.id


def test_staff_up_to_the_limit_even_at_once(
    app: Flask, school: University, by: Account, event: Event
) -> None:
    place_id, person = made.request(event, made.employer(verified_at=[school]), by).id, by.person_id

    def name(one: str) -> Callable[[], object]:
        return lambda: actions.add_rep(place_id, one, "138 0013 8000", "苏a 12345", by=person, now=NOW).id

    results = race(app, name("甲"), name("乙"), name("丙"))
    refused = [str(result) for result in results if isinstance(result, TooManyReps)]
    assert refused == ["本场每个展位最多 2 名参会人员。"]
    staff = queries.reps(place_id)
    assert len(staff) == 2
    assert all(len(rep.checkin_code) == 6 and rep.plate == "苏A12345" for rep in staff)
    actions.end_rep(staff[0].id, by=person, now=NOW)
    actions.add_rep(place_id, "丁", None, "", by=person, now=NOW)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RepPass)) == 3


def test_calendars_hear_when_the_fair_moves(school: University, by: Account, event: Event) -> None:
    place = made.request(event, made.employer(verified_at=[school]), by)
    later = NOW + timedelta(days=1)
    assert actions.mark_event_changed(event.id, later) == 1
    assert (place.sequence, place.calendar_changed_at) == (1, later)


def test_requests_close_when_the_event_is_cancelled_meanwhile(
    school: University, by: Account, event: Event
) -> None:
    @transaction
    def cancel() -> None:
        lock(Event, event.id).state = EventState.CANCELLED

    employer = made.employer(verified_at=[school])
    cancel()
    with pytest.raises(RequestsClosed):
        made.request(event, employer, by)
