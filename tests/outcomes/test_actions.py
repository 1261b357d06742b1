"""Closing an event: the roll, confirmed figures that cannot be changed, corrections beside them, publication."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.audit.models import Audit
from fairs.checkin.rules import Direction
from fairs.database import db, transaction
from fairs.errors import Conflict, Refusal
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.outcomes import actions, queries
from fairs.outcomes.actions import Said
from fairs.outcomes.counting import computed
from fairs.outcomes.figures import Figure, FiguresMoved
from fairs.outcomes.following import follow_up
from fairs.outcomes.models import ClosingSnapshot
from fairs.outcomes.rules import ClosingState, RollMissing, TooSoon, WrongClosingState
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from tests import factories
from tests.factories import outcomes as after
from tests.factories.outcomes import EVENING, MORNING
from tests.races import race


def test_figures_are_counted_confirmed_and_kept(app: Flask) -> None:
    there = after.over(factories.university())
    event, officer = there.event, there.officer.person_id
    # out of the building and in again by another door within the same minute stays one person inside
    after.scanned(there, there.students[0], Direction.IN, MORNING + timedelta(minutes=30))
    with pytest.raises(RollMissing):
        actions.confirm_figures(event.id, after.said(there), by=officer, now=EVENING)
    after.roll(there, 2)
    assert {figure.value: n for figure, n in computed(db.session.get_one(Event, event.id)).items()} == {
        "employers_planned": 3,
        "employers_arrived": 2,
        "employers_no_show": 1,
        "employers_on_platform": 0,
        "postings": 2,
        "headcount": 6,
        "registered": 3,
        "persons": 2,
        "attendances": 2,
        "students_no_show": 1,
        "hall_peak": 2,
    }
    snapshot = actions.confirm_figures(
        event.id,
        after.said(there, figures={Figure.ATTENDANCES: 5}, reasons={Figure.ATTENDANCES: "南门手工放行 3 人"}),
        by=officer,
        now=EVENING,
    )
    assert snapshot.content["figures"][8] == {
        "figure": "attendances",
        "computed": 2,
        "confirmed": 5,
        "reason": "南门手工放行 3 人",
    }
    assert db.session.get_one(Event, event.id).state is EventState.REPORTED
    states = db.session.scalars(sa.select(Exhibitor.state).order_by(Exhibitor.id)).all()
    assert states == [ExhibitorState.CHECKED_IN, ExhibitorState.CHECKED_IN, ExhibitorState.NO_SHOW]
    assert db.session.scalars(sa.select(Registration.state).order_by(Registration.id)).all() == [
        RegistrationState.CHECKED_OUT,
        RegistrationState.CHECKED_OUT,
        RegistrationState.NO_SHOW,
    ]
    told = db.session.scalars(sa.select(Message)).one()
    assert (told.kind, told.person_id) == ("employers/strike", there.contacts[2].person_id)
    recorded = set(db.session.scalars(sa.select(Audit.action)))
    assert {"call_roll", "confirm_figures", "mark_no_show"} <= recorded


def test_a_correction_stands_beside_what_it_corrects(app: Flask) -> None:
    there = after.over(factories.university())
    event, officer = there.event, there.officer.person_id
    first = after.closed(there)
    change = {"figures": {Figure.ATTENDANCES: 4}, "reasons": {Figure.ATTENDANCES: "补录"}}
    second = actions.amend_figures(event.id, Said(first.content_hash, **change), by=officer, now=EVENING)
    assert (second.no, second.previous_hash) == (2, first.content_hash)
    assert second.content["changes"] == [{"figure": "attendances", "before": 2, "after": 4, "reason": "补录"}]
    assert after.latest(there)["attendances"] == 4
    assert queries.is_intact(event, queries.snapshots(event.id))
    with pytest.raises(Conflict):  # looked at the figures before the first correction
        actions.amend_figures(event.id, Said(first.content_hash, **change), by=officer, now=EVENING)


@pytest.mark.parametrize("statement", ["UPDATE closing_snapshot SET no = 9", "DELETE FROM closing_snapshot"])
def test_the_database_keeps_what_was_confirmed(app: Flask, statement: str) -> None:
    after.closed(after.over(factories.university(), employers=1, students=1, came=1), 1)

    @transaction
    def tamper() -> None:
        db.session.execute(sa.text(statement))

    with pytest.raises((sa.exc.DBAPIError, Refusal)):
        tamper()
    assert db.session.scalars(sa.select(ClosingSnapshot.no)).all() == [1]


def test_figures_that_moved_are_looked_at_again(app: Flask) -> None:
    there = after.over(factories.university())
    after.roll(there, 2)
    stale = after.said(there)
    after.scanned(there, there.students[2], Direction.IN, MORNING)
    with pytest.raises(FiguresMoved):
        actions.confirm_figures(there.event.id, stale, by=there.officer.person_id, now=EVENING)


def test_two_officers_confirm_once(app: Flask) -> None:
    there = after.over(factories.university(), employers=1, students=1)
    after.roll(there, 1)
    said, number, officer = after.said(there), there.event.id, there.officer.person_id
    results = race(
        app, *[lambda: actions.confirm_figures(number, said, by=officer, now=EVENING) for _ in range(2)]
    )
    assert sorted(isinstance(one, Refusal) for one in results) == [False, True]
    assert len(queries.snapshots(number)) == 1


def test_late_gates_are_waited_for_and_the_roll_can_be_mended(app: Flask) -> None:
    there = after.over(factories.university(), employers=2, students=0, came=0)
    after.roll(there, 2)
    after.roll(there, 1)
    assert computed(there.event)[Figure.ARRIVED] == 1
    with pytest.raises(TooSoon):
        actions.confirm_figures(
            there.event.id, after.said(there), by=there.officer.person_id, now=MORNING + timedelta(hours=5)
        )


def test_results_are_public_only_while_published(app: Flask) -> None:
    there = after.over(factories.university(), employers=1, students=1)
    number, officer, path = there.event.id, there.officer.person_id, f"/nanhu/events/{there.event.public_id}"
    visitor = app.test_client()
    actions.begin_closing(number, EVENING)
    with pytest.raises(WrongClosingState):
        actions.publish_results(number, by=officer, now=EVENING)
    after.closed(there, 1)
    assert visitor.get(f"{path}/results").status_code == 404
    actions.publish_results(number, by=officer, now=EVENING)
    assert "不重复" not in visitor.get(f"{path}/results").text
    assert "到场学生" in visitor.get(f"{path}/results").text
    assert f"{path}/results" in visitor.get(path).text
    actions.take_back_results(number, by=officer, now=EVENING)
    assert visitor.get(f"{path}/results").status_code == 404


def test_what_is_due_is_done_once(app: Flask) -> None:
    there = after.over(factories.university())
    number = there.event.id

    def kinds(now: datetime) -> list[str]:
        follow_up(now)
        return sorted(db.session.scalars(sa.select(Message.kind)))

    assert kinds(EVENING - timedelta(hours=2)) == []
    closing = queries.closing_of(number)
    assert closing is not None
    assert closing.state is ClosingState.OPEN
    asked = ["outcomes/survey_employer"] * 3 + ["outcomes/survey_student"] * 2
    assert kinds(EVENING) == asked
    assert kinds(EVENING + timedelta(minutes=5)) == asked
    assert kinds(EVENING + timedelta(days=6)) == ["outcomes/closing_due", *asked]
    assert kinds(EVENING + timedelta(days=9)) == ["outcomes/closing_due"] * 2 + asked
    assert kinds(EVENING + timedelta(days=30)) == ["outcomes/closing_due"] * 2 + asked
    for message in db.session.scalars(sa.select(Message.id)).all():
        letter = render(app, message, EVENING)
        assert "冬季双选会" in letter.subject
        assert "2026-11-19 09:00–13:00 体育馆" in letter.body
