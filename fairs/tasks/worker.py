"""Doing one task in this process, with a heartbeat beside it."""

import contextlib
import logging
import threading

from flask import Flask

from fairs import clock
from fairs.database import db
from fairs.errors import Conflict, Refusal
from fairs.tasks import actions, registry
from fairs.tasks.models import Task
from fairs.tasks.rules import Stopped

log = logging.getLogger(__name__)
BEAT_SECONDS = 10.0


def do(app: Flask, number: int, owner: str) -> None:
    """Do the claimed task ``number`` to its end; whatever happens is told on the task's page."""
    done = threading.Event()
    heart = threading.Thread(target=_beat, args=(app, number, owner, done), daemon=True)
    heart.start()
    try:
        with app.app_context():
            _do(number, owner)
    finally:
        done.set()
        heart.join()


def _do(number: int, owner: str) -> None:
    task = db.session.get_one(Task, number)
    progress = registry.Progress(number, owner, dict(task.checkpoint))
    kind, params = task.kind, dict(task.params)
    db.session.rollback()
    try:
        result = registry.work_of(kind)(progress, params)
    except Stopped:
        actions.stopped(number, owner, clock.now())
    except Refusal as refusal:
        actions.fail(number, owner, str(refusal), clock.now())
    except Exception as error:
        # a job that fails says so on a page; the trace goes to the log
        log.exception("task %s (%s) failed", number, kind)
        db.session.rollback()
        actions.fail(number, owner, f"{type(error).__name__}: {error}", clock.now())
    else:
        actions.finish(number, owner, result, clock.now())


def _beat(app: Flask, number: int, owner: str, done: threading.Event) -> None:
    while not done.wait(BEAT_SECONDS):
        # a long write of the work itself may hold the database: the next beat tells that it lives
        with app.app_context(), contextlib.suppress(Conflict):
            actions.beat(number, owner, clock.now())


def do_next(app: Flask, owner: str) -> bool:
    """Claim and do one waiting task in this process; whether there was one."""
    with app.app_context():
        number = actions.claim(owner, clock.now())
    if number is None:
        return False
    do(app, number, owner)
    return True
