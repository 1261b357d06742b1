"""Which work each kind of task does. A feature registers its kinds in its ``work`` module.

Work is a function of a ``Progress`` and the task's params; it returns the result (plain JSON values).
A kind is named "<feature>.<verb>", and ``fairs.<feature>.work`` is imported when a worker first meets one:
what work needs (SciPy) never reaches a web process, which only queues tasks.
"""

import importlib
import importlib.util
from collections.abc import Callable
from typing import Any

from fairs import clock
from fairs.tasks import actions
from fairs.tasks.rules import Stopped

Work = Callable[["Progress", dict[str, Any]], dict[str, Any]]
_WORK: dict[str, Work] = {}


def register(kind: str) -> Callable[[Work], Work]:
    """Make the decorated function the work of tasks of ``kind``."""

    def add(work: Work) -> Work:
        _WORK[kind] = work
        return work

    return add


def work_of(kind: str) -> Work:
    """The work of a kind. Raises KeyError for a kind that no feature registered."""
    module = f"fairs.{kind.partition('.')[0]}.work"
    if kind not in _WORK and importlib.util.find_spec(module):
        importlib.import_module(module)
    return _WORK[kind]


def kinds() -> list[str]:
    """The kinds whose work is loaded in this process."""
    return sorted(_WORK)


class Progress:
    """How running work tells how far it is, and hears that it shall stop."""

    def __init__(self, task_id: int, owner: str, checkpoint: dict[str, Any]) -> None:
        self.task_id = task_id
        self.owner = owner
        self.checkpoint = checkpoint

    def report(self, done: int, total: int, note: str = "") -> None:
        """Tell progress (one short transaction of its own). Raises Stopped if the work shall end."""
        if not actions.report(self.task_id, self.owner, done, total, note, clock.now()):
            raise Stopped

    def attach(self, file_id: int) -> None:
        """Offer a file that the work made on the task's page."""
        actions.attach(self.task_id, file_id)

    def keep(self, checkpoint: dict[str, Any]) -> None:
        """Remember from where to resume; call it inside the transaction whose work it covers."""
        actions.checkpoint(self.task_id, checkpoint)
        self.checkpoint = checkpoint
