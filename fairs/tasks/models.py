"""Tables of background work."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fairs.database import Model, PublicRow, live, state_of
from fairs.tasks.rules import TaskState


class Task(PublicRow):
    """One piece of background work; at most one live task has the same ``dedupe_key``."""

    __tablename__ = "task"
    __table_args__ = (
        live(
            "uq_task_live",
            "dedupe_key",
            where="state IN ('queued', 'running')",
            conflict="同样的任务正在进行，请等它完成。",
        ),
        sa.Index("ix_task_state", "state", "id"),
    )

    kind: Mapped[str] = mapped_column(sa.String(60))
    dedupe_key: Mapped[str] = mapped_column(sa.String(120))
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[TaskState] = mapped_column(state_of(TaskState), default=TaskState.QUEUED)
    university_id: Mapped[int | None] = mapped_column(sa.ForeignKey("university.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    progress: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    checkpoint: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"))
    error: Mapped[str] = mapped_column(sa.Text, default="")
    owner: Mapped[str | None] = mapped_column(sa.String(60))
    heartbeat_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    cancel_requested: Mapped[bool] = mapped_column(default=False)


class Lease(Model):
    """Who holds a name until when: two schedulers on one database are safe."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    owner: Mapped[str] = mapped_column(sa.String(60))
    until: Mapped[datetime]
