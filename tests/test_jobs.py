"""The scheduler as a process: it delivers, seals and starts tasks; one works at a time; it ends cleanly."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs import clock, jobs
from fairs.audit import actions as audit
from fairs.audit.models import Audit
from fairs.database import db, transaction
from fairs.messages.models import Message
from fairs.messages.rules import MessageState
from fairs.tasks import actions as tasks
from fairs.tasks import leases
from fairs.tasks.models import Lease, Task
from fairs.tasks.rules import TaskState
from tests import factories, processes, scheduler, smtp
from tests.factories import messages as made

Start = Callable[..., ForkServerProcess]


def wait_for(condition: Callable[[], Any], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        db.session.rollback()
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)
    db.session.rollback()


@pytest.fixture
def start(app: Flask, server: smtp.Server) -> Iterator[Start]:
    environment, started = processes.settings_of(app, server.url), []

    def start(errors: Path | None = None) -> ForkServerProcess:
        started.append(processes.start(scheduler.main, environment=environment, errors=errors))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.join()


@pytest.fixture
def server(app: Flask, tmp_path: Path) -> Iterator[smtp.Server]:
    with smtp.Server(tmp_path, delay=1.0) as server:
        yield server


def lease() -> Lease | None:
    return db.session.get(Lease, jobs.LEASE)


def test_it_delivers_seals_does_tasks_and_finishes_its_mail_before_it_ends(
    app: Flask, start: Start, server: smtp.Server
) -> None:
    school = factories.university()
    message = made.queued(factories.account(), clock.now() - timedelta(minutes=1))
    audit.record("open_event", school, by=None, university_id=school.id, now=clock.now())
    task = tasks.enqueue("nobody.knows", {}, dedupe="t", university_id=None, by=None, now=clock.now())
    process = start()
    wait_for(lambda: server.ids)  # the mail is in, the server has not said so yet
    process.terminate()
    assert processes.ended(process, 60) == 0
    db.session.rollback()
    assert db.session.get_one(Message, message.id).state is MessageState.SENT
    assert server.ids == [message.message_id]
    trail = sa.select(Audit.seal).where(Audit.action == "open_event")  # other jobs write rows of their own
    assert db.session.scalars(trail).one() is not None
    assert db.session.get_one(Task, task.id).state is not TaskState.DONE


def test_a_waiting_task_is_done_in_a_child(app: Flask, start: Start) -> None:
    task = tasks.enqueue("nobody.knows", {}, dedupe="t", university_id=None, by=None, now=clock.now())
    process = start()
    wait_for(lambda: db.session.get_one(Task, task.id).state is TaskState.FAILED)
    assert "nobody" in db.session.get_one(Task, task.id).error
    process.terminate()
    assert processes.ended(process, 60) == 0


@pytest.mark.parametrize("database", ["sqlite"])
def test_on_sqlite_a_second_one_refuses_with_one_line(app: Flask, start: Start, tmp_path: Path) -> None:
    message = made.queued(factories.account(), clock.now() - timedelta(minutes=1))
    first = start()
    wait_for(lambda: db.session.get_one(Message, message.id).state is MessageState.SENT)
    second = start(errors=tmp_path / "said")
    assert processes.ended(second, 60) == 1
    said = (tmp_path / "said").read_text("utf-8").strip()
    assert said.startswith("jobs: another scheduler already works on ")
    assert "\n" not in said
    first.kill()
    first.join()
    again = made.queued(factories.account("b@example.com"), clock.now() - timedelta(minutes=1))
    third = start()
    wait_for(lambda: db.session.get_one(Message, again.id).state is MessageState.SENT)
    assert third.is_alive()


@pytest.mark.parametrize("database", ["postgresql"])
def test_on_postgresql_a_second_one_waits_and_takes_over(app: Flask, start: Start) -> None:
    first = start()
    wait_for(lease)
    holder = lease().owner  # type: ignore[union-attr]  # somebody holds it by now
    second = start()
    time.sleep(1.5)
    assert second.is_alive()
    db.session.rollback()
    assert lease().owner == holder  # type: ignore[union-attr]  # somebody holds it by now
    first.kill()
    first.join()

    @transaction
    def run_out() -> None:
        lease().until = clock.now() - jobs.SPAN  # type: ignore[union-attr]  # somebody holds it by now

    run_out()
    wait_for(lambda: lease().owner != holder)  # type: ignore[union-attr]  # somebody holds it by now
    task = tasks.enqueue("nobody.knows", {}, dedupe="t", university_id=None, by=None, now=clock.now())
    wait_for(lambda: db.session.get_one(Task, task.id).state is TaskState.FAILED)


def test_a_lease_belongs_to_one_until_it_runs_out(app: Flask, now: datetime) -> None:
    span = timedelta(seconds=30)
    assert leases.hold("x", "one", span, now)
    assert not leases.hold("x", "two", span, now + span / 2)
    assert leases.hold("x", "one", span, now + span / 2)
    assert not leases.hold("x", "two", span, now + span)
    assert leases.hold("x", "two", span, now + 2 * span)
    assert not leases.hold("x", "one", span, now + 2 * span)
    leases.give_up("x", "one", now + 2 * span)
    assert not leases.hold("x", "one", span, now + 2 * span)
    leases.give_up("x", "two", now + 2 * span)
    assert leases.hold("x", "one", span, now + 2 * span)


def test_every_job_can_run_on_an_empty_database(app: Flask, now: datetime) -> None:
    scheduler = jobs.Scheduler(app)
    for job in jobs.JOBS:
        job.work(app, scheduler, now)
    scheduler.sole.release()
