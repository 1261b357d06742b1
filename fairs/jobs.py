"""The timetable: what is done when, in a process of its own. A new job is a line of JOBS.

Nothing is remembered between runs: what is due is computed from rows, so that a restart loses nothing and
repeats nothing. One scheduler works at a time: on PostgreSQL a second one waits for the lease of the first, on
SQLite it refuses to start.
"""

import fcntl
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask

from fairs import clock, config
from fairs.accounts.rates import forget_rates
from fairs.allocation import actions as allocation
from fairs.audit import actions as audit
from fairs.employers import actions as employers
from fairs.errors import Conflict
from fairs.files import actions as files
from fairs.invitations import actions as invitations
from fairs.messages.delivery import deliver_due, new_owner
from fairs.outcomes.following import follow_up
from fairs.postings import validity as postings
from fairs.protection import actions as protection
from fairs.registrations import actions as registrations
from fairs.reminders import actions as reminders
from fairs.safety import watch
from fairs.tasks import leases, queries
from fairs.vetting import reminding as vetting
from fairs.vetting import reviews

log = logging.getLogger(__name__)
LEASE = "jobs"
SPAN = timedelta(seconds=30)
"""How long the lease holds without a sign of life; a second scheduler takes over after that."""
RENEWAL = timedelta(seconds=5)
CHILDREN = 2
"""Tasks that run at the same time, each in a child process."""
THREADS = 18
"""More than there are jobs, so that a long one delays no other."""


class Job(NamedTuple):
    """What is done every so often: ``work`` of the application, this scheduler and the time."""

    id: str
    work: Callable[[Flask, "Scheduler", datetime], object]
    every: timedelta


class Sole(Protocol):
    """How a scheduler knows that it is the only one that works."""

    def is_mine(self) -> bool:
        """Whether this process may work now."""

    def renew(self) -> None:
        """Give a sign of life."""

    def release(self) -> None:
        """Let another one begin."""


class FileLock:
    """On SQLite, which is one machine: a locked file in the instance. Raises SystemExit if it is taken."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "jobs.lock").open("a", encoding="ascii")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"jobs: another scheduler already works on {folder}; stop it first") from None

    def is_mine(self) -> bool:
        """Always: without the lock there is no scheduler."""
        return True

    def renew(self) -> None:
        """Nothing to do: the lock ends with the process."""

    def release(self) -> None:
        """Let another one begin."""
        self._file.close()


class DatabaseLease:
    """On PostgreSQL: a lease in the database, renewed while this process lives."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._owner = new_owner()
        self._until = 0.0

    def is_mine(self) -> bool:
        """Whether the lease surely holds, by a clock that goes on while the process is stopped."""
        return time.monotonic() < self._until

    def renew(self) -> None:
        """Take the lease, or keep it."""
        asked = time.monotonic()
        with self._app.app_context():
            try:
                held = leases.hold(LEASE, self._owner, SPAN, clock.now())
            except Conflict:
                held = False
        self._until = asked + SPAN.total_seconds() - 1 if held else 0.0

    def release(self) -> None:
        """Let another one begin at once."""
        with self._app.app_context():
            leases.give_up(LEASE, self._owner, clock.now())


STOPPING = (signal.SIGTERM, signal.SIGINT)


class Scheduler:
    """The running timetable of one process."""

    def __init__(self, app: Flask) -> None:
        settings = config.settings()
        self.app = app
        self.owner = new_owner()
        self.children: list[subprocess.Popen[bytes]] = []
        self.sole: Sole = FileLock(settings.instance) if settings.sqlite else DatabaseLease(app)
        self._timetable = BlockingScheduler(
            timezone=str(clock.CAMPUS),
            executors={"default": {"type": "threadpool", "max_workers": THREADS}},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 6 * 3600},
        )

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; a job that runs then is finished first."""
        self.sole.renew()
        self._add("lease", self.sole.renew, RENEWAL)
        for job in JOBS:
            self._add(job.id, partial(self._do, job), job.every)
        for number in STOPPING:
            signal.signal(number, self._stop)
        try:
            self._timetable.start()
        finally:
            for child in self.children:
                child.terminate()  # its task goes on from its checkpoint with the next scheduler
            self.sole.release()

    def start_tasks(self, now: datetime) -> None:
        """Start a child process if a task waits and not too many run."""
        self.children = [child for child in self.children if child.poll() is None]
        if len(self.children) < CHILDREN and queries.is_waiting(now):
            command = [sys.executable, "-m", "fairs.tasks"]
            # our own program, no part of the command comes from anywhere else
            self.children.append(subprocess.Popen(command, cwd=config.ROOT))  # noqa: S603 (our own command, no shell)

    def _add(self, name: str, work: Callable[[], object], every: timedelta) -> None:
        trigger = IntervalTrigger(seconds=int(every.total_seconds()), timezone=str(clock.CAMPUS))
        # at once, not after the first interval: or what runs hourly never runs where restarts are frequent
        self._timetable.add_job(work, trigger, id=name, next_run_time=clock.now())

    def _do(self, job: Job) -> None:
        if not self.sole.is_mine():
            return
        with self.app.app_context():
            try:
                job.work(self.app, self, clock.now())
            except Conflict as conflict:
                log.info("%s gave way and tries again: %s", job.id, conflict)

    def _stop(self, *_: Any) -> None:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)  # a terminal and a parent may both ask: once is enough
        # from a thread: inside the handler the shutdown would wait for itself
        threading.Thread(target=self._timetable.shutdown, kwargs={"wait": True}).start()


def _deliver(app: Flask, scheduler: Scheduler, now: datetime) -> object:
    return deliver_due(app, scheduler.owner, now)


def _start_tasks(_app: Flask, scheduler: Scheduler, now: datetime) -> None:
    scheduler.start_tasks(now)


def _at(work: Callable[[datetime], object]) -> Callable[[Flask, Scheduler, datetime], object]:
    return lambda _app, _scheduler, now: work(now)


JOBS = (
    Job("deliver messages", _deliver, timedelta(seconds=20)),
    Job("start tasks", _start_tasks, timedelta(seconds=2)),
    Job("plan reminders", _at(reminders.plan_due), timedelta(minutes=1)),
    Job("seal the audit trail", _at(lambda _now: audit.seal()), timedelta(seconds=30)),
    Job("lapse booth offers", _at(allocation.lapse_offers), timedelta(minutes=1)),
    Job("fill waiting lists", _at(registrations.fill_waiting), timedelta(minutes=1)),
    Job("expire registrations", _at(registrations.expire), timedelta(minutes=1)),
    Job("watch safety", _at(watch.look), timedelta(minutes=5)),
    Job("follow up events", _at(follow_up), timedelta(minutes=5)),
    Job("expire invitations", _at(invitations.expire_due), timedelta(minutes=5)),
    Job("recall invitations", _at(invitations.remind_due), timedelta(minutes=10)),
    Job("end postings", _at(postings.tell_validity), timedelta(minutes=30)),
    Job("remind of texts to vet", _at(vetting.remind_due), timedelta(minutes=10)),
    Job("tell authors of late answers", _at(vetting.tell_late), timedelta(minutes=10)),
    Job("draw decisions to review", _at(reviews.draw_due), timedelta(hours=1)),
    Job("re-check employers", _at(employers.recheck), timedelta(hours=1)),
    Job("remind of reports", _at(protection.remind_due), timedelta(minutes=30)),
    Job("end alerts", _at(protection.expire_alerts), timedelta(minutes=10)),
    Job("forget rates", _at(forget_rates), timedelta(hours=1)),
    Job("purge files", _at(files.purge), timedelta(hours=1)),
)
"""What is done when. Each is an action that may run twice, or late, without harm."""


def main(app: Flask) -> None:
    """Run the timetable until stopped. Raises SystemExit where another scheduler already works (SQLite)."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    Scheduler(app).run()
