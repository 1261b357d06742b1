"""Wishes, stars and suggestions as a student meets them, and the gap list of the office."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.accounts.models import Account
from fairs.database import db
from fairs.exhibitors.models import ExhibitorPosting
from fairs.exhibitors.rules import ExhibitorState
from fairs.guidance import actions, queries
from fairs.guidance.models import SavedItem
from fairs.guidance.rules import Plan, Why, Wishes
from fairs.institutions.models import University
from fairs.postings import queries as postings_of
from fairs.postings.models import Posting
from fairs.programmes.rules import EventState, TargetDimension
from fairs.students import queries as students
from fairs.students.models import Student
from tests import factories
from tests.factories import calendars, postings
from tests.factories import employers as firms
from tests.factories import exhibitors as booths
from tests.factories import registrations as made
from tests.factories import students as pupils
from tests.races import race


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def student(school: University) -> Student:
    department = factories.department(school)
    return pupils.student(school, department, major=factories.major(department))


@pytest.fixture
def posting(school: University, student: Student) -> Posting:
    """A posting for the student's major, brought to a fair in Nanjing."""
    employer = firms.verified(school)
    hr, now = firms.contact(employer), clock.now()
    case = postings.published(
        employer, hr, factories.officer(school), school, now=now, majors=("080901",), city="南京"
    )
    fair = booths.fair(school, now=now)
    place = booths.request(fair, employer, hr, now=now)
    made.changed(place, state=ExhibitorState.CONFIRMED)
    revision = postings_of.latest_revision(case.subject_id)
    factories.saved(ExhibitorPosting(exhibitor_id=place.id, posting_revision_id=revision.id))
    return db.session.get_one(Posting, case.subject_id)


def browser_of(student: Student, sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in(pupils.account_of(student))


def test_an_event_is_suggested_with_reasons_that_follow_the_wishes(
    student: Student, posting: Posting, sign_in: Callable[..., FlaskClient]
) -> None:
    other = calendars.event(
        student.department.university, clock.now() + timedelta(days=1), title="金融宣讲会"
    )
    calendars.target(other, TargetDimension.MAJOR, "020301")
    gone = calendars.event(student.department.university, clock.now() + timedelta(days=1), title="取消的活动")
    made.changed(gone, state=EventState.CANCELLED)
    browser = browser_of(student, sign_in)
    shown = browser.get("/").text
    assert "1 家单位招您的专业" in shown
    assert "主要面向其他学生" in shown
    assert "想去哪里，想做什么？" in shown
    sent = {"plan": "job", "cities": ["南京"], "more_cities": "上海、南京", "kinds": ["job"]}
    assert browser.post("/me/wishes", data=sent).status_code == 302
    assert queries.wishes(student.person_id).cities == {"南京", "上海"}
    actions.keep(student.person_id, employer_id=posting.hiring_employer_id, now=clock.now())
    shown = browser.get("/").text
    for words in ("有您想去的城市：南京", "有您想找的岗位：全职", "1 家您收藏的单位参会"):
        assert words in shown
    assert "想去哪里，想做什么？" not in shown
    first, last = queries.suggestions(students.student_at(student.person_id), clock.now(), 9)
    assert first.fit.reasons[0].why is Why.SAVED
    assert last.event.title == "金融宣讲会"  # the cancelled one is not suggested
    browser.get("/language/en")
    assert "1 employers recruit your major" in browser.get("/").text


def test_the_survey_may_be_skipped_and_says_what_is_too_much(
    student: Student, sign_in: Callable[..., FlaskClient]
) -> None:
    browser = browser_of(student, sign_in)
    refused = browser.post("/me/wishes", data={"more_cities": "一 二 三 四 五 六 七 八 九"})
    assert (refused.status_code, "最多填写 8 个城市" in refused.text) == (422, True)
    browser.post("/me/wishes/skip")
    assert "想去哪里" not in browser.get("/").text
    actions.say_wishes(student.person_id, student.university_id, Wishes(plan=Plan.ARMY), now=clock.now())
    browser.post("/me/wishes/skip")
    assert queries.wishes(student.person_id).plan is Plan.ARMY


def test_a_star_is_set_and_taken_back_without_javascript(
    student: Student, posting: Posting, sign_in: Callable[..., FlaskClient]
) -> None:
    browser, page = browser_of(student, sign_in), f"/nanhu/postings/{posting.public_id}"
    assert "收藏" in browser.get(page).text
    star = {"kind": "posting", "thing": posting.public_id, "next": page}
    assert browser.post("/nanhu/saved", data=star).headers["Location"] == page
    browser.post("/nanhu/saved", data=star)
    assert len(queries.kept(student.person_id)) == 1
    assert "取消收藏" in browser.get(page).text
    assert "我的收藏" in browser.get("/me/season").text
    employer = posting.hiring_employer
    unit = {"kind": "employer", "thing": employer.public_id, "next": "//evil.example/x"}
    assert browser.post("/nanhu/saved", data=unit).headers["Location"] == "/me/season"
    assert employer.legal_name in browser.get("/me/season").text
    made.changed(posting, ended_at=clock.now())  # no longer public: it can still be let go
    browser.post("/nanhu/saved", data=star | {"drop": "1"})
    browser.post("/nanhu/saved", data=unit | {"drop": "1"})
    assert queries.kept(student.person_id) == []
    assert browser.post("/nanhu/saved", data=unit | {"drop": "1"}).status_code == 404
    hidden = firms.employer("未公开有限公司")
    assert browser.post("/nanhu/saved", data=unit | {"thing": hidden.public_id}).status_code == 404
    assert browser.post("/nanhu/saved", data={"kind": "person", "thing": "x"}).status_code == 404


def test_two_clicks_on_a_star_keep_one(app: Flask, student: Student, posting: Posting) -> None:
    person, number = student.person_id, posting.id
    race(app, *[lambda: actions.keep(person, posting_id=number, now=clock.now()).id] * 3)
    live = sa.select(sa.func.count()).where(SavedItem.person_id == person, SavedItem.ended_at.is_(None))
    assert db.session.scalar(live) == 1


def test_the_office_reads_counts_and_nobodys_name(
    school: University, student: Student, posting: Posting, sign_in: Callable[..., FlaskClient]
) -> None:
    department = db.session.get_one(factories.Department, student.department_id)
    wanting: list[Account] = [made.student(department, number) for number in range(1, 6)]
    for one in wanting:
        said = Wishes(plan=Plan.JOB, cities=frozenset({"南京"}))
        actions.say_wishes(one.person_id, school.id, said, now=clock.now())
    actions.say_wishes(
        student.person_id, school.id, Wishes(plan=Plan.ARMY, cities=frozenset({"拉萨"})), now=clock.now()
    )
    office = sign_in(factories.officer(school, "second@nanhu.example"))
    shown = " ".join(office.get("/nanhu/office/gaps").text.split())
    assert "少于 5" in shown
    assert shown.index("南京") < shown.index("拉萨")
    assert "李小雨" not in shown
    assert office.get("/nanhu/office/gaps.xlsx").status_code == 200
    assert sign_in(wanting[0]).get("/nanhu/office/gaps").status_code == 403


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """Pages and sums are the same on every database; what races is locked by the person's row on both."""
    return str(request.param)
