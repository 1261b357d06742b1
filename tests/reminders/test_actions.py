"""Reminders over the days before a fair: once each, never for what is off, late rather than not at all."""

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs import config
from fairs.accounts.models import Account
from fairs.database import db
from fairs.employers.models import Employer
from fairs.exhibitors.rules import ExhibitorState
from fairs.guidance.models import SavedItem
from fairs.institutions.models import University
from fairs.messages.delivery import deliver_due
from fairs.messages.models import Message
from fairs.messages.rules import MessageState
from fairs.programmes.models import Event, Fair
from fairs.registrations.rules import RegistrationState
from fairs.reminders.actions import plan_due
from fairs.reminders.rules import MISSED, Rule, due_at
from fairs.students.models import Student
from fairs.students.rules import Degree
from tests import factories, ports, smtp
from tests.factories import calendars as made

FAIR = datetime.fromisoformat("2026-11-25T14:00:00+08:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def student(school: University) -> Account:
    return factories.account("li@nanhu.example", "李小红")


@pytest.fixture
def event(school: University) -> Event:
    return made.event(school, FAIR)


def told() -> list[tuple[str, str]]:
    db.session.rollback()  # what was sent meanwhile is read afresh
    rows = db.session.query(Message).order_by(Message.id).all()
    return [(message.params["rule"], message.state.value) for message in rows]


def run_days(app: Flask, begin: datetime, end: datetime, step: timedelta = timedelta(minutes=10)) -> None:
    """Let the jobs run from ``begin`` to ``end``."""
    now = begin
    while now < end:
        plan_due(now)
        deliver_due(app, "jobs", now)
        now += step


def test_a_student_hears_three_times(app: Flask, event: Event, student: Account) -> None:
    made.booking(student, made.day(event))
    run_days(app, FAIR - timedelta(days=4), FAIR + timedelta(hours=5), timedelta(minutes=30))
    rows = db.session.query(Message).order_by(Message.id).all()
    assert [(row.params["rule"], row.created_at) for row in rows] == [
        (rule.value, due_at(rule, FAIR)) for rule in Rule
    ]
    assert [row.title for row in rows] == [
        "3 天后 14:00 入场：信息类专场招聘会",
        "明天 14:00 入场：信息类专场招聘会",
        "今天 14:00 入场：信息类专场招聘会",
    ]


def test_running_twice_or_in_two_processes_repeats_nothing(
    app: Flask, event: Event, student: Account
) -> None:
    for number in range(20):
        made.booking(factories.account(f"s{number}@nanhu.example"), made.day(event))
    now, barrier = due_at(Rule.THREE_DAYS, FAIR), threading.Barrier(2)

    def plan() -> None:
        with app.app_context():
            barrier.wait()
            plan_due(now)
            db.session.remove()

    threads = [threading.Thread(target=plan) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert Counter(told()) == {("three_days", "scheduled"): 20}
    assert plan_due(now + MINUTE) == Counter()


def test_a_small_move_repeats_nothing_and_another_day_is_another_reminder(
    app: Flask, event: Event, student: Account
) -> None:
    made.booking(student, made.day(event))
    morning = due_at(Rule.THREE_DAYS, FAIR)
    plan_due(morning)
    deliver_due(app, "jobs", morning)
    made.move(made.day(event), FAIR + timedelta(hours=2), morning + MINUTE)
    assert plan_due(morning + 2 * MINUTE) == Counter()
    made.move(made.day(event), FAIR + timedelta(days=2), morning + 3 * MINUTE)
    assert plan_due(morning + 4 * MINUTE) == Counter()
    later = FAIR + timedelta(days=2)
    run_days(app, morning + timedelta(days=1), later, timedelta(hours=1))
    assert [rule for rule, _ in told()] == ["three_days", "three_days", "one_day", "two_hours"]


def test_an_event_cancelled_the_evening_before_is_not_reminded_of(
    app: Flask, event: Event, student: Account, tmp_path: Path
) -> None:
    made.booking(student, made.day(event), at=FAIR - timedelta(days=2))
    morning = due_at(Rule.ONE_DAY, FAIR)
    dead = replace(app.extensions["settings"], smtp_url=f"smtp://127.0.0.1:{ports.free_port()}")
    config.use(dead)  # the reminder of the morning could not leave yet
    plan_due(morning)
    deliver_due(app, "jobs", morning)
    assert told() == [("one_day", "scheduled")]
    made.cancel(event, morning + timedelta(hours=10))
    assert plan_due(morning + timedelta(hours=10, minutes=1)) == Counter(withdrawn=1)
    run_days(app, morning + timedelta(hours=11), FAIR, timedelta(hours=1))
    assert told() == [("one_day", "suppressed")]


def test_what_is_cancelled_between_planning_and_sending_does_not_leave(
    app: Flask, event: Event, student: Account
) -> None:
    booking = made.booking(student, made.day(event), at=FAIR - timedelta(hours=20))
    now = due_at(Rule.TWO_HOURS, FAIR)
    plan_due(now)
    made.change(booking, state=RegistrationState.CANCELLED, ended_at=now)
    assert deliver_due(app, "jobs", now) == Counter(withdrawn=1)
    assert db.session.query(Message).one().last_error == "预约已取消或已经入场。"


def test_after_an_outage_what_is_still_of_use_comes_late_and_the_rest_is_written_down(
    app: Flask, event: Event, student: Account
) -> None:
    made.booking(student, made.day(event))
    # nothing ran from four days before until the evening before
    evening = FAIR - timedelta(hours=18)
    assert plan_due(evening) == Counter(missed=1, due=1)
    assert told() == [("three_days", "suppressed"), ("one_day", "scheduled")]
    assert db.session.query(Message).order_by(Message.id).first().last_error == MISSED
    assert plan_due(evening + MINUTE) == Counter()
    # and again until after the start
    assert plan_due(FAIR + MINUTE) == Counter(withdrawn=1, missed=1)


def test_who_booked_after_it_was_due_is_not_told_what_they_just_did(
    app: Flask, event: Event, student: Account
) -> None:
    made.booking(student, made.day(event), at=FAIR - timedelta(hours=20))
    run_days(app, FAIR - timedelta(hours=20), FAIR, timedelta(hours=1))
    assert told() == [("two_hours", "sent")]


def test_two_hours_count_from_ones_own_slot(app: Flask, event: Event, student: Account) -> None:
    day = made.day(event)
    made.booking(student, day, made.slot(day, hours=2))
    plan_due(FAIR - timedelta(hours=2))
    assert Rule.TWO_HOURS not in {rule for rule, _ in told()}
    plan_due(FAIR)
    assert "two_hours" in {rule for rule, _ in told()}


def test_only_those_who_are_expected_are_reminded(app: Flask, school: University, student: Account) -> None:
    event = made.event(school, FAIR)
    made.booking(student, made.day(event), state=RegistrationState.WAITING)
    wang, li = factories.account("wang@jianghai.example"), factories.account("li@jianghai.example")
    made.appearance(made.employer(wang, li), event)
    made.appearance(
        made.employer(factories.account("x@example.com"), name="远山软件有限公司"),
        event,
        booth=None,
        state=ExhibitorState.WAITLISTED,
    )
    made.shift(factories.account("zhao@nanhu.example"), made.day(event))
    plan_due(due_at(Rule.ONE_DAY, FAIR))
    kinds = db.session.execute(
        sa.select(Message.kind, sa.func.count())
        .where(Message.state == MessageState.SCHEDULED)
        .group_by(Message.kind)
    )
    assert dict(kinds.all()) == {"reminders/booth": 2, "reminders/shift": 1}


@pytest.fixture
def server(app: Flask, tmp_path: Path) -> Iterator[smtp.Server]:
    with smtp.Server(tmp_path) as server:
        settings = app.extensions["settings"]
        config.use(replace(settings, smtp_url=server.url, public_url="https://fairs.example.edu"))
        yield server


def _keeps(of: Account, school: University, employer: Employer) -> None:
    number, department = "20230142", factories.department(school)
    factories.saved(
        Student(
            person_id=of.person_id,
            university_id=school.id,
            student_no=number,
            department_id=department.id,
            degree=Degree.BACHELOR,
            cohort=2027,
        )
    )
    factories.saved(SavedItem(person_id=of.person_id, employer_id=employer.id, saved_at=FAIR))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_mails_say_what_when_where(
    app: Flask, school: University, server: smtp.Server, language: str
) -> None:
    from fairs.accounts import actions as accounts

    event = made.event(school, FAIR)
    day = made.day(event)
    student = factories.account("li@nanhu.example", "李小红")
    contact = factories.account("wang@jianghai.example", "王女士")
    helper = factories.account("zhao@nanhu.example", "赵同学")
    booking = made.booking(student, day, made.slot(day))
    employer = made.employer(contact)
    made.appearance(employer, event)
    _keeps(student, school, employer)
    factories.saved(Fair(event_id=event.id, hold_until=FAIR - timedelta(minutes=30)))
    made.shift(helper, day)
    for account in (student, contact, helper):
        accounts.choose_language(account.person_id, language)
    now = due_at(Rule.ONE_DAY, FAIR)
    plan_due(now)
    deliver_due(app, "jobs", now)
    texts = sorted(f"{mail['Subject']}\n\n{mail.get_content()}" for mail in server.mails)
    text = "\n====\n\n".join(texts).replace("\r\n", "\n")
    for row, word in ((event, "EVENT"), (booking, "BOOKING"), (employer, "EMPLOYER")):
        text = text.replace(row.public_id, word)
    golden = Path(__file__).parent / f"mails_{language}.txt"
    assert text == golden.read_text("utf-8")
