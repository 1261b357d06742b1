"""Spaces and their use: firm uses never overlap, a hall consists of its parts; booth plans."""

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask

from fairs.database import db
from fairs.errors import Conflict, NotFound
from fairs.programmes import queries as events
from fairs.venues import actions, queries
from fairs.venues.layout import BoothCountInvalid, PlanSpec
from fairs.venues.models import Space
from fairs.venues.rules import PlanState, SpaceKind, SpaceTaken, UseState, WrongPlanState
from tests import factories
from tests.factories import programmes as make


def _booking(event_id: int) -> actions.Booking:
    day = events.occurrences(event_id)[0]
    return actions.Booking(day.id, day.starts_at, day.ends_at)


def test_a_hall_holds_three_quarters_of_its_metres(app: Flask) -> None:
    school = factories.university()
    assert make.hall(school, net_area=1001.0).capacity == 750
    assert make.hall(school, "阶梯教室", 200.0, capacity=90, kind=SpaceKind.ROOM).capacity == 90


def test_another_universitys_campus_does_not_exist(app: Flask) -> None:
    elsewhere = factories.campus(factories.university("beihu"))
    with pytest.raises(NotFound):
        make.hall(factories.university(), campus_id=elsewhere.id)


def test_a_composite_hall_is_taken_part_by_part(app: Flask, now: datetime) -> None:
    school = factories.university()
    whole = make.hall(school)
    halves = [make.hall(school, n, campus_id=whole.campus_id, parent_id=whole.id) for n in ("东厅", "西厅")]
    first, second = make.event(school), make.event(school)
    taken = actions.book_space(whole.id, _booking(first.id), firm=True, by=None, now=now)
    assert [use.space_id for use in taken] == [half.id for half in halves]
    with pytest.raises(Conflict, match=SpaceTaken.sentence):
        actions.book_space(halves[1].id, _booking(second.id), firm=True, by=None, now=now)
    booking = _booking(first.id)
    assert not queries.is_free(whole.id, booking.starts_at, booking.ends_at)
    assert actions.release(booking.occurrence_id, by=None, now=now) == 2
    actions.book_space(halves[1].id, _booking(second.id), firm=True, by=None, now=now)


def test_tentative_uses_may_overlap_and_become_firm_once(app: Flask, now: datetime) -> None:
    school = factories.university()
    space = make.hall(school)
    first, second = (_booking(make.event(school).id) for _ in range(2))
    for booking in (first, second):
        actions.book_space(space.id, booking, firm=False, by=None, now=now)
    actions.book_space(space.id, first, firm=True, by=None, now=now)
    assert [use.state for use in queries.uses(first.occurrence_id)] == [UseState.FIRM]
    with pytest.raises(Conflict):
        actions.book_space(space.id, second, firm=True, by=None, now=now)


def test_an_exam_keeps_a_fair_out(app: Flask, now: datetime) -> None:
    school = factories.university()
    space, booking = make.hall(school), _booking(make.event(school).id)
    until = booking.starts_at + timedelta(minutes=1)
    actions.block_space(space.id, booking.starts_at - timedelta(hours=1), until, "期末考试", by=None, now=now)
    with pytest.raises(Conflict, match="已被占用"):
        actions.book_space(space.id, booking, firm=True, by=None, now=now)


def test_of_two_who_take_a_hall_at_once_one_wins(app: Flask, now: datetime) -> None:
    school = factories.university()
    space_id = make.hall(school).id
    bookings = [_booking(make.event(school).id) for _ in range(2)]
    db.session.rollback()
    barrier, outcomes = threading.Barrier(2), []

    def work(booking: actions.Booking) -> None:
        with app.app_context():
            barrier.wait()
            try:
                actions.book_space(space_id, booking, firm=True, by=None, now=now)
                outcomes.append("won")
            except Conflict as conflict:
                outcomes.append(conflict.sentence)
            db.session.remove()

    threads = [threading.Thread(target=work, args=(booking,)) for booking in bookings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted(["won", SpaceTaken.sentence])


def test_a_plan_has_its_booths_and_a_complaint_desk(app: Flask, now: datetime) -> None:
    school = factories.university()
    event = make.event(school)
    spec = PlanSpec(booths=24, large=2, power=6, accessible=3)
    plan = actions.create_plan(event.id, spec, university_id=school.id, by=None, now=now)
    booths = queries.booths(plan.id)
    assert [len(booths), sum(b.power for b in booths), sum(b.accessible for b in booths)] == [24, 6, 3]
    assert {b.number[0] for b in booths} == {"A", "B", "C"}
    assert {b.number[0] for b in booths if b.accessible} == {"C"}
    assert queries.has_complaint_desk(plan.id)
    assert queries.public_plan(event.id) is None
    with pytest.raises(WrongPlanState):
        actions.freeze_plan(plan.id, university_id=school.id, by=None, now=now)
    actions.publish_plan(plan.id, university_id=school.id, by=None, now=now)
    actions.freeze_plan(plan.id, university_id=school.id, by=None, now=now)
    assert plan.state is PlanState.FROZEN
    second = actions.create_plan(event.id, spec, university_id=school.id, by=None, now=now)
    assert second.version == 2
    assert queries.public_plan(event.id).version == 1


def test_a_plan_without_booths_is_refused(app: Flask, now: datetime) -> None:
    school = factories.university()
    event = make.event(school)
    for spec in (PlanSpec(booths=0), PlanSpec(booths=3, power=4), PlanSpec(booths=601)):
        with pytest.raises(BoothCountInvalid):
            actions.create_plan(event.id, spec, university_id=school.id, by=None, now=now)


def test_spaces_of_another_university_are_not_listed(app: Flask) -> None:
    nanhu, beihu = factories.university(), factories.university("beihu")
    hall = make.hall(beihu)
    assert queries.spaces(nanhu.id) == []
    with pytest.raises(NotFound):
        queries.space(hall.public_id, nanhu.id)
    assert isinstance(queries.space(hall.public_id, beihu.id), Space)
