"""Queueing, claiming, reporting and ending background work."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.database import db, lock, locked, transaction
from fairs.tasks.models import Task
from fairs.tasks.rules import ATTEMPTS, SILENCE, TaskFinished, TaskState


@transaction
def enqueue(
    kind: str,
    params: dict[str, Any],
    *,
    dedupe: str,
    university_id: int | None,
    by: int | None,
    now: datetime,
) -> Task:
    """Queue work of ``kind`` (known to fairs.tasks.registry). Raises Conflict if ``dedupe`` is live."""
    task = Task(
        kind=kind,
        params=params,
        dedupe_key=dedupe,
        university_id=university_id,
        created_by=by,
        created_at=now,
    )
    db.session.add(task)
    db.session.flush()
    return task


@transaction
def claim(owner: str, now: datetime) -> int | None:
    """The id of a queued task, now running and owned by ``owner``; None if nothing waits.

    A running task whose worker is lost counts as queued, up to a number of attempts.
    """
    lost = sa.and_(Task.state == TaskState.RUNNING, Task.heartbeat_at < now - SILENCE)
    task = db.session.scalars(
        sa.select(Task)
        .where(sa.or_(Task.state == TaskState.QUEUED, lost))
        .order_by(Task.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if task is None:
        return None
    if task.attempts >= ATTEMPTS:
        _end(task, TaskState.FAILED, now, error="工作进程多次中断，任务没有完成。")
        return None
    task.state, task.owner, task.heartbeat_at = TaskState.RUNNING, owner, now
    task.started_at = task.started_at or now
    task.attempts += 1
    return task.id


@transaction
def beat(number: int, owner: str, now: datetime) -> bool:
    """The worker lives; whether it still owns the task and was not asked to stop."""
    task = locked(sa.select(Task).where(Task.id == number))
    if task.owner != owner or task.state is not TaskState.RUNNING:
        return False
    task.heartbeat_at = now
    return not task.cancel_requested


@transaction
def report(number: int, owner: str, progress: int, total: int, note: str, now: datetime) -> bool:
    """Tell how far the work is; the answer is that of ``beat``."""
    alive = beat(number, owner, now)
    task = lock(Task, number)
    task.progress, task.total, task.note = progress, total, note[:200]
    return alive


@transaction
def checkpoint(number: int, state: dict[str, Any]) -> None:
    """Remember from where to resume; called inside the transaction that did the work so far."""
    lock(Task, number).checkpoint = state


@transaction
def attach(number: int, file_id: int) -> None:
    """The work made a file, offered on the task's page."""
    lock(Task, number).file_id = file_id


@transaction
def finish(number: int, owner: str, result: dict[str, Any], now: datetime) -> None:
    """The work is done. Says nothing if another worker has taken the task over; so do the next two."""
    task = lock(Task, number)
    if task.owner == owner:
        task.result, task.progress = result, max(task.progress, task.total)
        _end(task, TaskState.DONE, now)


@transaction
def stopped(number: int, owner: str, now: datetime) -> None:
    """The work ended because somebody asked; its checkpoint stays for ``resume``."""
    task = lock(Task, number)
    if task.owner == owner:
        _end(task, TaskState.STOPPED, now)


@transaction
def fail(number: int, owner: str, error: str, now: datetime) -> None:
    """The work ended with an error, told on the task's page."""
    task = lock(Task, number)
    if task.owner == owner:
        _end(task, TaskState.FAILED, now, error=error[:2000])


def _end(task: Task, state: TaskState, now: datetime, error: str = "") -> None:
    task.state, task.finished_at, task.error, task.owner = state, now, error, None


@transaction
def stop(number: int, now: datetime) -> Task:
    """Ask a task to stop; one that has not begun stops at once. Raises TaskFinished."""
    task = lock(Task, number)
    if task.state not in {TaskState.QUEUED, TaskState.RUNNING}:
        raise TaskFinished
    task.cancel_requested = True
    if task.state is TaskState.QUEUED:
        _end(task, TaskState.STOPPED, now)
    return task


@transaction
def resume(number: int, now: datetime) -> Task:
    """Queue a stopped or failed task again; it goes on from its checkpoint. Raises TaskFinished."""
    task = lock(Task, number)
    if task.state not in {TaskState.STOPPED, TaskState.FAILED}:
        raise TaskFinished
    task.state, task.cancel_requested, task.finished_at, task.error = TaskState.QUEUED, False, None, ""
    task.attempts, task.note = 0, ""
    return task
