"""Reads of background work, scoped by university."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from fairs.accounts.models import Person
from fairs.database import db, found
from fairs.tasks.models import Task
from fairs.tasks.rules import SILENCE, TaskState


def tasks(university_id: int, filters: Mapping[str, str]) -> sa.Select[Task, str]:
    """(task, name of whoever asked for it) of a university, latest first; ``filters`` as in the page's address."""
    statement = (
        sa.select(Task, Person.name)
        .join(Person, Person.id == Task.created_by, isouter=True)
        .where(Task.university_id == university_id)
        .order_by(Task.id.desc())
    )
    state, kind = filters.get("state"), filters.get("kind")
    if state in set(TaskState):
        statement = statement.where(Task.state == TaskState(state))
    return statement.where(Task.kind == kind) if kind else statement


def task_of(public_id: str, university_id: int) -> Task:
    """A task of a university. Raises NotFound."""
    chosen = sa.select(Task).where(Task.public_id == public_id, Task.university_id == university_id)
    return found(db.session.scalars(chosen).one_or_none())


def asked_by(task: Task) -> str:
    """The name of whoever asked for a task; empty for the system itself."""
    return db.session.scalar(sa.select(Person.name).where(Person.id == task.created_by)) or ""


def live_task(dedupe_key: str) -> str | None:
    """The public id of the task with this key that has not ended."""
    chosen = sa.select(Task.public_id).where(
        Task.dedupe_key == dedupe_key, Task.state.in_([TaskState.QUEUED, TaskState.RUNNING])
    )
    return db.session.scalar(chosen.limit(1))


def result_file(task: Task) -> str | None:
    """The public id of the file that a task made, if it is still there."""
    if task.file_id is None:
        return None
    # files lie beside this feature, so their table is named, not imported
    file = sa.table("file", sa.column("id"), sa.column("public_id"), sa.column("purged_at"))
    return db.session.scalar(
        sa.select(file.c.public_id).where(file.c.id == task.file_id, file.c.purged_at.is_(None))
    )


def is_waiting(now: datetime) -> bool:
    """Whether any task waits for a worker, or lost its own."""
    lost = sa.and_(Task.state == TaskState.RUNNING, Task.heartbeat_at < now - SILENCE)
    chosen = sa.select(Task.id).where(sa.or_(Task.state == TaskState.QUEUED, lost))
    return db.session.scalar(chosen.limit(1)) is not None
