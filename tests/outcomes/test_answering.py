"""Answers of those who were there: one each, and a student's cannot be found again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts.rules import RoleKind
from fairs.audit.models import Audit
from fairs.clock import campus_day
from fairs.database import db
from fairs.errors import Refusal
from fairs.outcomes import answering, queries
from fairs.outcomes.answering import Counts, Opinion
from fairs.outcomes.models import SurveyAnswer, SurveyMark
from fairs.outcomes.rules import NotThere, Stage, WrongStage
from fairs.outcomes.survey import NotAsked, Side
from fairs.programmes.models import Event
from tests import factories
from tests.factories import exhibitors as stands
from tests.factories import outcomes as after
from tests.factories.outcomes import EVENING
from tests.races import race

GOOD = Opinion({"fit": 5, "organised": 4, "again": 5}, "  多来一些制造业单位  ")


def test_a_students_answer_leads_to_nobody(app: Flask) -> None:
    there = after.over(factories.university(), employers=0)
    number, (first, second, absent) = there.event.id, there.students
    for who in (first, second):
        answering.answer_as_student(number, who.person_id, GOOD, EVENING)
    with pytest.raises(NotAsked):
        answering.answer_as_student(number, absent.person_id, GOOD, EVENING)
    with pytest.raises(Refusal, match="已经填写"):
        answering.answer_as_student(number, first.person_id, GOOD, EVENING)
    rows = db.session.scalars(sa.select(SurveyAnswer)).all()
    assert {(row.employer_id, row.answered_on, row.comment) for row in rows} == {
        (None, campus_day(EVENING), "多来一些制造业单位")
    }
    # nothing of an answer names a person or an instant, and no trail ties one to the moment
    assert {fk.column.table.name for fk in SurveyAnswer.__table__.foreign_keys} == {"event", "employer"}
    assert not any(isinstance(column.type, sa.DateTime) for column in SurveyAnswer.__table__.columns)
    assert set(SurveyMark.__table__.columns.keys()) == {"event_id", "person_id"}
    assert db.session.scalars(sa.select(Audit.action)).all() == []
    assert all(row.id > 2**40 for row in rows)  # drawn, not counted


def test_two_taps_at_once_count_once(app: Flask) -> None:
    there = after.over(factories.university(), employers=1, students=1)
    number, student = there.event.id, there.students[0].person_id
    firm, hr = there.exhibitors[0].employer_id, there.contacts[0].person_id
    results = race(
        app,
        *[lambda: answering.answer_as_student(number, student, GOOD, EVENING)] * 2,
        *[lambda: answering.answer_as_employer(number, firm, GOOD, by=hr, now=EVENING)] * 2,
    )
    assert sum(isinstance(one, Refusal) for one in results) == 2
    assert all("已经填写" in str(one) for one in results if isinstance(one, Refusal))
    assert queries.answers(number) == {Side.STUDENT: 1, Side.EMPLOYER: 1}
    assert queries.ratings(number, Side.EMPLOYER)[0].counts == (0, 0, 0, 0, 1)


def test_outcomes_are_counted_by_side(app: Flask) -> None:
    there = after.over(factories.university(), employers=2)
    number, student = there.event.id, there.students[0].person_id
    firm, today = there.exhibitors[0].employer_id, campus_day(EVENING)
    stranger = stands.employer("没来的公司")
    with pytest.raises(NotThere):
        answering.record_outcome(number, student, stranger.id, Stage.OFFER, today, EVENING)
    answering.record_outcome(number, student, firm, Stage.OFFER, today, EVENING)
    with pytest.raises(WrongStage):
        answering.record_outcome(number, student, firm, Stage.INTENT, today, EVENING)
    answering.record_outcome(number, student, firm, Stage.SIGNED, today, EVENING)
    hr = there.contacts[0].person_id
    for signed in (1, 2):
        answering.report_result(number, firm, Counts(5, 3, signed), by=hr, now=EVENING)
    assert queries.stages(number) == [(Stage.INTENT, 0, 5), (Stage.OFFER, 0, 3), (Stage.SIGNED, 1, 2)]
    with pytest.raises(NotAsked):
        answering.report_result(number, stranger.id, Counts(1, 1, 1), by=hr, now=EVENING)


def test_results_of_few_students_stay_hidden(app: Flask, sign_in, monkeypatch) -> None:
    there = after.over(factories.university(), employers=1, students=6, came=6)
    coordinator = factories.account("leader@nanhu.example", "院领导")
    factories.role(coordinator, RoleKind.SCHOOL_LEADER, university_id=there.event.university_id)
    for student in there.students[:4]:
        answering.answer_as_student(there.event.id, student.person_id, GOOD, EVENING)
    page = f"/nanhu/office/events/{there.event.public_id}/survey"
    officer, leader = sign_in(there.officer), sign_in(coordinator)
    monkeypatch.setattr("fairs.clock.now", lambda: EVENING + timedelta(days=8))
    assert "多来一些制造业单位" not in officer.get(page).text
    answering.answer_as_student(there.event.id, there.students[4].person_id, GOOD, EVENING)
    assert "多来一些制造业单位" in officer.get(page).text
    assert "到场单位和岗位适合我的专业" in leader.get(page).text
    assert "多来一些制造业单位" not in leader.get(page).text
    monkeypatch.setattr("fairs.clock.now", lambda: EVENING + timedelta(days=2))
    assert "到场单位和岗位适合我的专业" not in officer.get(page).text
    assert db.session.get_one(Event, there.event.id).title in officer.get(page).text
