"""The import of students: all or nothing, once, and only what was shown."""

import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs import clock
from fairs.accounts import queries as accounts
from fairs.accounts.models import Account, Person, Role
from fairs.accounts.rules import RoleKind
from fairs.audit.models import Audit
from fairs.database import db
from fairs.errors import Refusal
from fairs.files.imports import NothingToImport, PreviewStale, RowsFaulty
from fairs.files.models import File
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.students import actions, queries, work
from fairs.students.models import Student
from fairs.students.rules import StudentState
from fairs.tasks import actions as tasks
from fairs.tasks import worker
from fairs.tasks.models import Task
from fairs.tasks.rules import SILENCE, TaskState
from tests import factories
from tests.factories.students import line, sheet, student

assert work  # registers the kind


@pytest.fixture
def now() -> datetime:
    """The present: a worker has its own clock."""
    return clock.now()


@pytest.fixture
def school(app: Flask) -> University:
    made = factories.university()
    factories.major(factories.department(made))
    return made


@pytest.fixture
def officer(school: University) -> Account:
    return factories.officer(school)


def hand_in(officer: Account, school: University, now: datetime, *rows: Any) -> actions.Wish:
    """What an officer who ticks nothing confirms after uploading these rows."""
    file = actions.hand_in(sheet(*rows), "名单.xlsx", by=officer.person_id, university_id=school.id, now=now)
    plan = queries.import_plan(db.session.get_one(File, file.id), db.session.get_one(University, school.id))
    return actions.Wish(
        file_id=file.id,
        university_id=school.id,
        by=officer.person_id,
        shown=plan.fingerprint,
        gone=False,
        links=False,
    )


def run(app: Flask, wish: actions.Wish, now: datetime) -> Task:
    """Queue the import and let a worker do it."""
    number = actions.begin_import(wish, now).id
    assert worker.do_next(app, "test")
    db.session.rollback()
    return db.session.get_one(Task, number)


def count(model: Any, *where: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0


def test_new_students_get_person_account_and_role(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    wish = hand_in(
        officer, school, now, line("X20230142", "李华", email="li@nanhu.example"), line("2", "王芳")
    )
    task = run(app, wish, now)
    assert task.state is TaskState.DONE
    assert task.result["new"] == 2
    account = accounts.account_by_login("x20230142@nanhu")
    assert account is not None
    assert (account.password_hash, account.person.name) == (None, "李华")
    assert [grant.kind for grant in accounts.grants(account.person_id, clock.campus_day(now))] == [
        RoleKind.STUDENT
    ]
    row = db.session.scalars(sa.select(Student).where(Student.person_id == account.person_id)).one()
    assert (row.student_no, row.cohort, row.department.name, row.major.name) == (
        "X20230142",
        2027,
        "计算机学院",
        "计算机科学与技术",
    )
    assert count(Message) == 0
    trail = db.session.scalars(sa.select(Audit).where(Audit.action == "import_students")).one()
    assert (trail.actor_id, trail.detail["new"]) == (officer.person_id, 2)


def test_activation_links_go_only_to_new_students_with_mail_and_hold_no_link_yet(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    rows = line("1", email="li@nanhu.example"), line("2")
    task = run(app, replace(hand_in(officer, school, now, *rows), links=True), now)
    message = db.session.scalars(sa.select(Message)).one()
    assert task.result["links"] == 1
    assert (message.kind, message.person.email) == ("students/activation", "li@nanhu.example")
    assert message.params == {}
    letter = render(app, message.id, clock.now() + timedelta(days=30))
    link = next(word for word in letter.body.split() if "/activate/" in word)
    assert (letter.subject, "李华 同学" in letter.body) == ("激活您的校园招聘账号（nanhu大学）", True)
    assert app.test_client().get(link).status_code == 200
    assert link not in letter.kept


def test_one_bad_row_keeps_everything_out(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    wish = hand_in(officer, school, now, line("1"), line("2", department="物理学院"))
    with pytest.raises(RowsFaulty, match="1 处"):
        actions.begin_import(wish, now)
    assert count(Student) == count(Task) == 0


def test_a_second_import_of_the_same_file_changes_nothing(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    rows = line("1", email="li@nanhu.example"), line("2")
    run(app, hand_in(officer, school, now, *rows), now)
    before = count(Person), count(Role), count(Audit)
    wish = hand_in(officer, school, now, *rows)
    with pytest.raises(NothingToImport):
        actions.begin_import(wish, now)
    assert before == (count(Person), count(Role), count(Audit))


def test_changed_gone_and_back_again(app: Flask, school: University, officer: Account, now: datetime) -> None:
    run(app, hand_in(officer, school, now, line("1", phone="13800005678"), line("2", "王芳")), now)
    second = hand_in(officer, school, now, line("1", "李骅"))
    task = run(app, replace(second, gone=True), now)
    assert {k: task.result[k] for k in ("new", "changed", "gone")} == {"new": 0, "changed": 1, "gone": 1}
    first, other = db.session.scalars(sa.select(Student).order_by(Student.student_no))
    assert (first.person.name, first.person.phone) == ("李骅", "13800005678")
    assert other.state is StudentState.LEFT
    tomorrow = clock.campus_day(now + timedelta(days=1))
    assert accounts.grants(other.person_id, tomorrow) == ()
    run(app, hand_in(officer, school, now, line("2", "王芳")), now)
    db.session.refresh(other)
    assert other.state is StudentState.ACTIVE
    assert len(accounts.grants(other.person_id, tomorrow)) == 1


def test_not_ticked_nobody_leaves(app: Flask, school: University, officer: Account, now: datetime) -> None:
    run(app, hand_in(officer, school, now, line("1"), line("2")), now)
    task = run(app, hand_in(officer, school, now, line("1", "李骅")), now)
    assert task.result["gone"] == 0
    assert count(Student, Student.state == StudentState.ACTIVE) == 2


def test_students_of_another_university_are_never_touched(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    other = factories.university("beihu")
    stranger = student(other, factories.department(other), "1", "赵敏")
    task = run(app, replace(hand_in(officer, school, now, line("1")), gone=True), now)
    assert task.result["new"] == 1
    db.session.refresh(stranger)
    assert (stranger.person.name, stranger.state) == ("赵敏", StudentState.ACTIVE)


def test_a_preview_that_is_no_longer_true_is_refused_and_writes_nothing(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    wish = hand_in(officer, school, now, line("1"), line("2"))
    department = db.session.get_one(University, school.id)
    task = actions.begin_import(wish, now).id
    student(department, db.session.scalars(sa.select(_department())).one(), "2", "已有")
    assert worker.do_next(app, "test")
    db.session.rollback()
    row = db.session.get_one(Task, task)
    assert (row.state, row.error) == (TaskState.FAILED, PreviewStale.sentence)
    assert count(Student) == 1
    with pytest.raises(PreviewStale):
        actions.begin_import(wish, now)


def _department() -> Any:
    from fairs.institutions.models import Department

    return Department


def test_of_two_officers_importing_at_once_one_wins(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    colleague = factories.officer(school, "wu@nanhu.example")
    wishes = [hand_in(who, school, now, line("1")) for who in (officer, colleague)]
    barrier, answers = threading.Barrier(2), list[str]()

    def press(wish: actions.Wish) -> None:
        with app.app_context():
            barrier.wait()
            try:
                actions.begin_import(wish, now)
                answers.append("won")
            except Refusal as refusal:
                answers.append(refusal.sentence)
            db.session.remove()

    threads = [threading.Thread(target=press, args=(wish,)) for wish in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == sorted(["won", "同样的任务正在进行，请等它完成。"])
    db.session.rollback()
    assert count(Task) == 1


def test_stop_before_and_during_leaves_nothing_and_resume_finishes(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    number = actions.begin_import(hand_in(officer, school, now, line("1")), now).id
    tasks.stop(number, now)
    assert not worker.do_next(app, "test")
    tasks.resume(number, now)
    assert tasks.claim("test", now) == number
    tasks.stop(number, now)
    worker.do(app, number, "test")
    db.session.rollback()
    assert db.session.get_one(Task, number).state is TaskState.STOPPED
    assert count(Student) == 0
    tasks.resume(number, now)
    assert worker.do_next(app, "test")
    db.session.rollback()
    assert db.session.get_one(Task, number).state is TaskState.DONE
    assert count(Student) == 1


def test_a_lost_worker_is_replaced_and_its_commit_is_not_repeated(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    number = actions.begin_import(hand_in(officer, school, now, line("1")), now).id
    assert tasks.claim("lost", now) == number
    wish = actions.Wish(**db.session.get_one(Task, number).params)
    # the first worker writes everything, then dies before it can say so
    actions.apply_import(wish, work.registry.Progress(number, "lost", {}), now)
    assert tasks.claim("second", now + SILENCE / 2) is None
    later = now + SILENCE + timedelta(seconds=1)
    db.session.rollback()
    lost_at = db.session.get_one(Task, number).heartbeat_at
    assert lost_at is not None
    assert tasks.claim("second", max(later, lost_at + SILENCE + timedelta(seconds=1))) == number
    worker.do(app, number, "second")
    db.session.rollback()
    task = db.session.get_one(Task, number)
    assert (task.state, task.result["new"]) == (TaskState.DONE, 1)
    assert (count(Student), count(Audit, Audit.action == "import_students")) == (1, 1)


def test_two_thousand_rows_take_few_statements_and_little_time(
    app: Flask, school: University, officer: Account, now: datetime
) -> None:
    rows = [line(f"2023{n:06}", f"学生{n}", email=f"s{n}@nanhu.example") for n in range(2000)]
    number = actions.begin_import(hand_in(officer, school, now, *rows), now).id
    statements = list[str]()

    def seen(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", seen)
    begin = time.perf_counter()
    assert worker.do_next(app, "test")
    took = time.perf_counter() - begin
    sa.event.remove(db.engine, "before_cursor_execute", seen)
    db.session.rollback()
    assert db.session.get_one(Task, number).state is TaskState.DONE
    assert count(Student) == 2000
    assert len(statements) < 60
    assert took < 10
