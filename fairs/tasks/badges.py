"""States of background work as people see them."""

from fairs.tasks.rules import TASK_LABELS, TaskState
from fairs.web.badges import Badge

TONES = {
    TaskState.QUEUED: "waiting",
    TaskState.RUNNING: "waiting",
    TaskState.DONE: "done",
    TaskState.FAILED: "stopped",
    TaskState.STOPPED: "draft",
}


def badge_of(state: TaskState) -> Badge:
    """The badge of a state."""
    return Badge(TASK_LABELS[state], TONES[state])
